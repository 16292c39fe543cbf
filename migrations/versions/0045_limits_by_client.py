"""counts by keyed hashes, pauses between codes, browsers that passed the second step, letters to be confirmed"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "counts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_counts")),
    )
    op.create_table(
        "factor_pauses",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(length=64), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_factor_pauses_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_pauses")),
        sa.UniqueConstraint("person_id", "way", name=op.f("uq_factor_pauses_person_id_way")),
    )
    op.create_table(
        "unconfirmed_letters",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("sealed_name", sa.Text(), nullable=False),
        sa.Column("sealed_email", sa.Text(), nullable=False),
        sa.Column("sealed_text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_unconfirmed_letters_board_id_boards")),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["public_profiles.id"], name=op.f("fk_unconfirmed_letters_profile_id_public_profiles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unconfirmed_letters")),
    )
    with op.batch_alter_table("unconfirmed_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unconfirmed_letters_board_id"), ["board_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unconfirmed_letters_profile_id"), ["profile_id"], unique=False)

    with op.batch_alter_table("known_browsers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("factor_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("known_browsers", schema=None) as batch_op:
        batch_op.drop_column("factor_at")

    op.drop_table("unconfirmed_letters")
    op.drop_table("factor_pauses")
    op.drop_table("counts")
