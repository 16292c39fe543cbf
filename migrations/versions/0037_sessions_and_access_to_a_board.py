"""where somebody is signed in, and what a board did to somebody's access"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("browser", sa.String(60), nullable=False, server_default="Another browser"))
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.alter_column("browser", server_default=None)
    op.create_table(
        "board_access",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("signed_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reading_ended_on", sa.Date(), nullable=True),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_board_access_board_id_boards")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_board_access_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_access")),
        sa.UniqueConstraint("person_id", "board_id", name=op.f("uq_board_access_person_id_board_id")),
    )
    with op.batch_alter_table("board_access", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_access_board_id"), ["board_id"], unique=False)


def downgrade() -> None:
    op.drop_table("board_access")
    with op.batch_alter_table("sessions", schema=None) as batch_op:
        batch_op.drop_column("browser")
