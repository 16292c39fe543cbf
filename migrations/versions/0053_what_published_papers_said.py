"""what the details of a published paper were, and when the restriction of an item was changed

Of changes before this one nothing is known: no page says anything of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.add_column(sa.Column("earlier_details", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.alter_column("earlier_details", server_default=None)
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.add_column(sa.Column("restriction_changed_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.drop_column("restriction_changed_on")
    with op.batch_alter_table("papers", schema=None) as batch_op:
        batch_op.drop_column("earlier_details")
