"""what a provider's invoice was before it was changed, and when a claim was first sent"""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

claims = sa.table(
    "claims",
    sa.column("id", sa.Uuid()),
    sa.column("sent_at", sa.DateTime(timezone=True)),
    sa.column("first_sent_at", sa.DateTime(timezone=True)),
)
questions = sa.table("claim_questions", sa.column("claim_id", sa.Uuid()))


def upgrade() -> None:
    with op.batch_alter_table("care_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cost_was", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("cost_changed_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_sent_at", sa.DateTime(timezone=True), nullable=True))

    # Of a claim that was asked about, when it was first sent is not known any more.
    asked = sa.select(questions.c.claim_id)
    first = sa.update(claims).where(claims.c.id.not_in(asked)).values(first_sent_at=claims.c.sent_at)
    op.execute(first)


def downgrade() -> None:
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.drop_column("first_sent_at")

    with op.batch_alter_table("care_requests", schema=None) as batch_op:
        batch_op.drop_column("cost_changed_at")
        batch_op.drop_column("cost_was")
