"""what was taken out of a file, and which of its pages are pictures"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of the files that are there nobody counted: NULL says so, where 0 would say that there are none."""
    with op.batch_alter_table("paper_versions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_out", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("picture_pages", sa.Integer(), nullable=True))
    with op.batch_alter_table("page_texts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_picture", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("read_by_machine", sa.Text(), nullable=True))

    with op.batch_alter_table("paper_versions", schema=None) as batch_op:
        batch_op.alter_column("taken_out", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("page_texts", schema=None) as batch_op:
        batch_op.drop_column("read_by_machine")
        batch_op.drop_column("is_picture")
    with op.batch_alter_table("paper_versions", schema=None) as batch_op:
        batch_op.drop_column("picture_pages")
        batch_op.drop_column("taken_out")
