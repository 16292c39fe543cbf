"""what the times of a request for care were before they changed, and for which ones the rep asked"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

COLUMNS = ("was_starts_at", "was_ends_at", "times_changed_at", "wanted_starts_at", "wanted_ends_at")


def upgrade() -> None:
    with op.batch_alter_table("care_requests", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("care_requests", schema=None) as batch_op:
        for name in reversed(COLUMNS):
            batch_op.drop_column(name)
