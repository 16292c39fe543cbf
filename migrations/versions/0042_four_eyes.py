"""who puts what into a payment run and who pays it, so that nobody decides and pays alone where two could"""

from datetime import date
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

claims = sa.table(
    "claims",
    sa.column("run_id", sa.Uuid()),
    sa.column("person_id", sa.Uuid()),
    sa.column("decided_by_id", sa.Uuid()),
    sa.column("run_by_id", sa.Uuid()),
    sa.column("is_by_one", sa.Boolean()),
)
lines = sa.table("supplier_lines", sa.column("run_id", sa.Uuid()), sa.column("run_by_id", sa.Uuid()))
roles = sa.table(
    "staff_roles",
    sa.column("board_id", sa.Uuid()),
    sa.column("person_id", sa.Uuid()),
    sa.column("role", sa.String()),
    sa.column("made_by_id", sa.Uuid()),
    sa.column("made_at", sa.DateTime(timezone=True)),
    sa.column("waits_since", sa.DateTime(timezone=True)),
    sa.column("until_on", sa.Date()),
)
appointments = sa.table(
    "appointments",
    sa.column("id", sa.Uuid()),
    sa.column("made_by_id", sa.Uuid()),
    sa.column("made_at", sa.DateTime(timezone=True)),
)
trail = sa.table(
    "audit_lines",
    sa.column("board_id", sa.Uuid()),
    sa.column("happened_at", sa.DateTime(timezone=True)),
    sa.column("actor_id", sa.Uuid()),
    sa.column("event", sa.String()),
    sa.column("facts", sa.JSON()),
)
runs = sa.table("payment_runs", sa.column("id", sa.Uuid()), sa.column("made_by_id", sa.Uuid()))
LOOKED = {"claims": "decided_by_id", "supplier_lines": "recorded_by_id"}
SIGNED = ("run_by_id", "paid_by_id")


def upgrade() -> None:
    _name_finance()
    _say_who_gave()
    _ask_for_a_second()
    with op.batch_alter_table("care_requests", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invoiced_by_id", sa.Uuid(), nullable=True))
        name = op.f("fk_care_requests_invoiced_by_id_people")
        batch_op.create_foreign_key(name, "people", ["invoiced_by_id"], ["id"])
    for table, looked in LOOKED.items():
        _add_signatures(table, looked)
    _fill_in()
    for table, looked in LOOKED.items():
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column("is_by_one", server_default=None)
            for signed in SIGNED:
                rule = f"{signed} IS NULL OR {looked} IS NULL OR {signed} <> {looked} OR is_by_one"
                batch_op.create_check_constraint(op.f(f"ck_{table}_{signed[:-6]}_by_another"), rule)
    with op.batch_alter_table("claims", schema=None) as batch_op:
        never = "(run_by_id IS NULL OR run_by_id <> person_id) AND (paid_by_id IS NULL OR paid_by_id <> person_id)"
        batch_op.create_check_constraint(op.f("ck_claims_never_paid_own"), never)


def _name_finance() -> None:
    """The address of a board's finance team, and emails to an address that is nobody's own."""
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("finance_email", sa.String(254), nullable=False, server_default=""))
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.alter_column("finance_email", server_default=None)
    with op.batch_alter_table("emails", schema=None) as batch_op:
        batch_op.alter_column("person_id", existing_type=sa.Uuid(), nullable=True)
        goes = "person_id IS NOT NULL OR to_address IS NOT NULL"
        batch_op.create_check_constraint(op.f("ck_emails_goes_somewhere"), goes)


def _say_who_gave() -> None:
    """Who appointed people and gave them roles, where the trail says it; what somebody gave themselves stays theirs."""
    for table in ("appointments", "staff_roles"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("made_by_id", sa.Uuid(), nullable=True))
            batch_op.add_column(sa.Column("made_at", sa.DateTime(timezone=True), nullable=True))
            if table == "staff_roles":
                batch_op.add_column(sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_{table}_made_by_id_people"), "people", ["made_by_id"], ["id"])
    connection = op.get_bind()
    said = sa.select(trail).where(trail.c.event.in_(("RepAppointed", "RoleGiven")), trail.c.actor_id.is_not(None))
    for line in connection.execute(said.order_by(trail.c.happened_at)).mappings().all():
        facts, given = line["facts"], {"made_by_id": line["actor_id"], "made_at": line["happened_at"]}
        if line["event"] == "RepAppointed":
            one = sa.update(appointments).where(appointments.c.id == UUID(facts["appointment_id"]))
        else:
            theirs = (roles.c.person_id == UUID(facts["person_id"]), roles.c.person_id != line["actor_id"])
            same = (roles.c.board_id == line["board_id"], roles.c.role == facts["role"])
            one = sa.update(roles).where(*theirs, *same)
        connection.execute(one.values(**given))
    with op.batch_alter_table("staff_roles", schema=None) as batch_op:
        rule = "waits_since IS NOT NULL OR made_by_id IS NULL OR made_by_id <> person_id"
        rule += " OR role NOT IN ('officer', 'approver', 'admin')"
        batch_op.create_check_constraint(op.f("ck_staff_roles_begins_with_another"), rule)


def _ask_for_a_second() -> None:
    """What an approver decides for somebody they appointed or invited waits until another agrees."""
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seconded_by_id", sa.Uuid(), nullable=True))
        batch_op.add_column(sa.Column("is_decided_alone", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_foreign_key(op.f("fk_claims_seconded_by_id_people"), "people", ["seconded_by_id"], ["id"])
        rule = "seconded_by_id IS NULL OR (seconded_by_id <> decided_by_id AND seconded_by_id <> person_id"
        rule += " AND (helped_by_id IS NULL OR seconded_by_id <> helped_by_id))"
        batch_op.create_check_constraint(op.f("ck_claims_seconded_by_another"), rule)
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.alter_column("is_decided_alone", server_default=None)
    op.create_table(
        "first_decisions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("board_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("by_id <> person_id", name=op.f("ck_first_decisions_never_own")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_first_decisions_by_id_people")),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_first_decisions_claim_id_claims")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_first_decisions_person_id_people")),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name=op.f("fk_first_decisions_board_id_boards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_first_decisions")),
        sa.UniqueConstraint("claim_id", name=op.f("uq_first_decisions_claim_id")),
    )
    with op.batch_alter_table("first_decisions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_first_decisions_board_id"), ["board_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_first_decisions_claim_id"), ["claim_id"], unique=False)


def _add_signatures(table: str, looked: str) -> None:
    people = [name for name in (looked, *SIGNED) if name != "decided_by_id"]
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name in people:
            batch_op.add_column(sa.Column(name, sa.Uuid(), nullable=True))
            batch_op.create_foreign_key(op.f(f"fk_{table}_{name}_people"), "people", [name], ["id"])
        batch_op.add_column(sa.Column("is_by_one", sa.Boolean(), nullable=False, server_default=sa.false()))


def _fill_in() -> None:
    """Who made the run put everything into it; who marked it as paid was kept by nobody but the trail."""
    for table in (claims, lines):
        maker = sa.select(runs.c.made_by_id).where(runs.c.id == table.c.run_id).scalar_subquery()
        op.execute(sa.update(table).where(table.c.run_id.is_not(None)).values(run_by_id=maker))
    own = sa.update(claims).where(claims.c.run_by_id == claims.c.person_id)
    op.execute(own.values(run_by_id=None))
    op.execute(sa.update(claims).where(claims.c.run_by_id == claims.c.decided_by_id).values(is_by_one=True))


def downgrade() -> None:
    op.drop_table("first_decisions")
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_claims_seconded_by_another"), type_="check")
        batch_op.drop_constraint(op.f("fk_claims_seconded_by_id_people"), type_="foreignkey")
        batch_op.drop_column("is_decided_alone")
        batch_op.drop_column("seconded_by_id")
    ended = sa.update(roles).where(roles.c.waits_since.is_not(None))  # earlier versions would let it begin
    op.execute(ended.values(until_on=date(1900, 1, 1)))
    with op.batch_alter_table("staff_roles", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_staff_roles_begins_with_another"), type_="check")
        batch_op.drop_column("waits_since")
    for table in ("appointments", "staff_roles"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(op.f(f"fk_{table}_made_by_id_people"), type_="foreignkey")
            batch_op.drop_column("made_at")
            batch_op.drop_column("made_by_id")
    op.execute("DELETE FROM emails WHERE person_id IS NULL")
    with op.batch_alter_table("emails", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_emails_goes_somewhere"), type_="check")
        batch_op.alter_column("person_id", existing_type=sa.Uuid(), nullable=False)
    with op.batch_alter_table("boards", schema=None) as batch_op:
        batch_op.drop_column("finance_email")
    with op.batch_alter_table("claims", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_claims_never_paid_own"), type_="check")
    for table, looked in LOOKED.items():
        people = [name for name in (looked, *SIGNED) if name != "decided_by_id"]
        with op.batch_alter_table(table, schema=None) as batch_op:
            for signed in SIGNED:
                batch_op.drop_constraint(op.f(f"ck_{table}_{signed[:-6]}_by_another"), type_="check")
            batch_op.drop_column("is_by_one")
            for name in people:
                batch_op.drop_constraint(op.f(f"fk_{table}_{name}_people"), type_="foreignkey")
                batch_op.drop_column(name)
    with op.batch_alter_table("care_requests", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_care_requests_invoiced_by_id_people"), type_="foreignkey")
        batch_op.drop_column("invoiced_by_id")
