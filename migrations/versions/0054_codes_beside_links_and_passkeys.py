"""when the mail server took a link to sign in, in which browser it was asked for, and passkeys

A link that is on its way now has no code beside it. Recovery codes that are made from now on are kept as passwords are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkeys",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_passkeys_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkeys")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkeys_credential_id")),
    )
    with op.batch_alter_table("passkeys", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkeys_person_id"), ["person_id"], unique=False)
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.alter_column("key", existing_type=sa.String(length=64), type_=sa.String(length=200))
    with op.batch_alter_table("mailed_links", schema=None) as batch_op:
        batch_op.add_column(sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("asked_in", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_mailed_links_asked_in"), ["asked_in"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("mailed_links", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mailed_links_asked_in"))
        batch_op.drop_column("asked_in")
        batch_op.drop_column("taken_at")
    op.execute(sa.text("DELETE FROM recovery_codes WHERE length(key) > 64"))  # what came before cannot check them
    with op.batch_alter_table("recovery_codes", schema=None) as batch_op:
        batch_op.alter_column("key", existing_type=sa.String(length=200), type_=sa.String(length=64))
    op.drop_table("passkeys")
