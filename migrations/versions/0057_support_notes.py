"""notes about supporting a rep, which the rep reads too"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "support_notes",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", sa.Uuid(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed_text", sa.Text(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_support_notes_board_id_boards")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_support_notes_changed_by_id_people")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_support_notes_person_id_people")),
        sa.ForeignKeyConstraint(["written_by_id"], ["people.id"], name=op.f("fk_support_notes_written_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_notes")),
    )
    with op.batch_alter_table("support_notes", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_notes_board_id"), ["board_id"], unique=False)
        batch_op.create_index("ix_support_notes_person", ["person_id", "written_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("support_notes", schema=None) as batch_op:
        batch_op.drop_index("ix_support_notes_person")
        batch_op.drop_index(batch_op.f("ix_support_notes_board_id"))

    op.drop_table("support_notes")
