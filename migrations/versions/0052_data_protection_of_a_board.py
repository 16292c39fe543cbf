"""who is responsible for a board's personal data, where to write, and why it may hold data about health"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0049"
branch_labels = None
depends_on = None

COLUMNS = {"controller": 200, "controller_address": 300, "data_protection_email": 254, "health_condition": 20}


def upgrade() -> None:
    with op.batch_alter_table("boards", schema=None) as batch_op:
        for name, most in COLUMNS.items():
            batch_op.add_column(sa.Column(name, sa.String(most), nullable=False, server_default=""))
    with op.batch_alter_table("boards", schema=None) as batch_op:
        for name in COLUMNS:
            batch_op.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("boards", schema=None) as batch_op:
        for name in reversed(COLUMNS):
            batch_op.drop_column(name)
