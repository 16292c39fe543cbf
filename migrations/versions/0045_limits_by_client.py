"""counts by keyed hashes, pauses between codes, browsers that passed the second step"""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0041"
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
    with op.batch_alter_table("known_browsers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("factor_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("known_browsers", schema=None) as batch_op:
        batch_op.drop_column("factor_at")

    op.drop_table("factor_pauses")
    op.drop_table("counts")
