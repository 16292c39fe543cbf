"""when a payee reference was changed, and invitations of people who have an account, which they accept or decline

Of references that are there it is unknown when they were changed: the trail says of nobody whose it was. Whoever has an
account keeps what they were given before; on the way down, offers that wait are withdrawn and their address is taken
out, as an address was one person's.
"""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

ONLY_ACCOUNTS = sa.text("offered_to_id IS NULL")
JOIN_NOTHING = "offered_to_id IS NULL OR (joined_at IS NULL AND password_hash IS NULL AND sealed_totp IS NULL)"


def upgrade() -> None:
    with op.batch_alter_table("payees", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invitation_declined_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("offered_to_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_people_offered_to_id_people"), "people", ["offered_to_id"], ["id"])
        batch_op.create_check_constraint(batch_op.f("ck_people_offers_join_nothing"), JOIN_NOTHING)
        batch_op.create_check_constraint(
            batch_op.f("ck_people_offered_to_another"), "offered_to_id IS NULL OR offered_to_id <> id"
        )
        batch_op.drop_constraint("uq_people_email", type_="unique")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_people_offered_to_id"), ["offered_to_id"], unique=False)
    only = {"sqlite_where": ONLY_ACCOUNTS, "postgresql_where": ONLY_ACCOUNTS}
    op.create_index("uq_people_email", "people", ["email"], unique=True, **only)


def downgrade() -> None:
    columns = (sa.column("id", sa.Uuid()), sa.column("email"), sa.column("offered_to_id", sa.Uuid()))
    people, connection = sa.table("people", *columns, sa.column("invitation_withdrawn_at")), op.get_bind()
    offers = sa.select(people.c.id).where(people.c.offered_to_id.is_not(None))
    for one in connection.execute(offers).scalars().all():
        gone = {"email": f"{one.hex}@gone.invalid", "invitation_withdrawn_at": sa.func.now()}
        connection.execute(sa.update(people).where(people.c.id == one).values(gone))
    op.drop_index("uq_people_email", "people")
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_people_offered_to_id"))
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.create_unique_constraint("uq_people_email", ["email"])
        batch_op.drop_constraint(batch_op.f("ck_people_offered_to_another"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_people_offers_join_nothing"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_people_offered_to_id_people"), type_="foreignkey")
        batch_op.drop_column("offered_to_id")
        batch_op.drop_column("invitation_declined_at")
    with op.batch_alter_table("payees", schema=None) as batch_op:
        batch_op.drop_column("changed_at")
