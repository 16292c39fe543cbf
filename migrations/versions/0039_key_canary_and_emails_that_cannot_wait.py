"""a word by which keys are tried, and emails that cannot wait"""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "key_canary",
        sa.Column("sealed_word", sa.String(length=200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_canary")),
    )


    with op.batch_alter_table("emails", schema=None) as batch_op:
        batch_op.add_column(sa.Column("turn", sa.SmallInteger(), nullable=False, server_default="1"))
        batch_op.drop_index("ix_emails_to_send")
        batch_op.create_index("ix_emails_to_send", ["status", "turn", "not_before"], unique=False)

    with op.batch_alter_table("emails", schema=None) as batch_op:
        batch_op.alter_column("turn", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("emails", schema=None) as batch_op:
        batch_op.drop_index("ix_emails_to_send")
        batch_op.create_index("ix_emails_to_send", ["status", "not_before"], unique=False)
        batch_op.drop_column("turn")
    op.drop_table("key_canary")
