"""Every migration goes down and up with data in it and loses nothing, and the models say what the migrations built.

What one migration does to its own rows is asked here while it is new, and later in test_older_migrations.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from config import ROOT
from portal.core import clock
from portal.infra.database import Model, db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.models import Meeting
from portal.meetings.queries import meeting_by_id
from portal.papers.models import Paper
from portal.papers.withdrawing import actions as withdrawing
from portal.papers.withdrawing.rules import ERROR, WHOLE
from portal.scheduler.run import tick
from tests import databases
from tests.cast import anywhere

MIGRATIONS = str(ROOT / "migrations")
DROPPED = {
    ("check_ins", "sealed_care_words"),  # what is needed stands on a request for care now
    ("boards", "paper_target_days"),  # a target holds from a day on, in a table of its own
    ("sessions", "needs_factor"),  # worked out at each request
    ("claims", "reason"),  # a question is a row of its own
    ("paper_versions", "proposed"),  # worked out when a clerk looks, from the agenda as it is then
}
MADE_ANEW = {("audit_lines", "chain_id"), ("audit_lines", "number"), ("audit_lines", "mark")}  # the next minute does
REWORDED = {  # columns whose words change on the way
    ("people", "emails_wanted"),  # "usual" is a word that earlier versions do not know
    ("emails", "template"),  # called like its event
    ("staff_roles", "until_on"),  # one that waits ends on the way down: earlier versions would let it begin
}
RENAMED = {"0016": {"created_at": "made_at", "fired_at": "claimed_at"}}  # what a column was called before a revision
KEPT_THEIR_NAME = {("interrupted_forms", "created_at")}


def revisions() -> list[str]:
    """Every revision but the first, oldest first."""
    script = ScriptDirectory(MIGRATIONS)
    return [one.revision for one in script.walk_revisions() if one.down_revision][::-1]


def before(revision: str) -> str:
    """The revision under one, whatever its number."""
    return str(ScriptDirectory(MIGRATIONS).get_revision(revision).down_revision)


def contents(engine: sa.Engine) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, by table, as the database itself holds it."""
    with engine.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        rows = {name: connection.execute(sa.text(f'SELECT * FROM "{name}" ORDER BY 1')).mappings() for name in tables}  # noqa: S608
        return {name: [dict(row) for row in held] for name, held in rows.items() if name != "alembic_version"}


def shared(rows: list[dict[str, Any]], columns: set[str]) -> list[str]:
    return sorted(str(sorted((name, str(row[name])) for name in columns)) for row in rows)


@pytest.fixture
def filled(dialect: str, tmp_path: Path) -> Iterator[sa.Engine]:
    app, _ = databases.filled(dialect, tmp_path)
    with app.app_context():
        tick()
        db.session.rollback()
        yield db.engine
        db.engine.dispose()


def test_the_models_say_what_the_migrations_built(filled: sa.Engine) -> None:
    flask_migrate.check(directory=MIGRATIONS)
    look = sa.inspect(filled)  # Alembic does not compare these
    for table in Model.metadata.tables.values():
        said = {one.name for one in table.constraints if isinstance(one, sa.CheckConstraint)}
        assert said == {one["name"] for one in look.get_check_constraints(table.name)}, table.name


def test_every_migration_goes_down_and_up_and_loses_nothing(filled: sa.Engine) -> None:
    """What the older tables can hold is all there on the way down, and all of it is there again on the way up."""
    newer = contents(filled)
    for revision in reversed(revisions()):
        newer = goes_down_and_up(filled, revision, newer)
        flask_migrate.downgrade(directory=MIGRATIONS, revision="-1")


Contents = dict[str, list[dict[str, Any]]]


def goes_down_and_up(engine: sa.Engine, revision: str, newer: Contents) -> Contents:
    """One step down from the revision that the database is at, and up again to it; what it held one step down."""
    flask_migrate.downgrade(directory=MIGRATIONS, revision="-1")
    older = contents(engine)
    flask_migrate.upgrade(directory=MIGRATIONS, revision=revision)
    again, newer = (as_called_before(revision, each) for each in (contents(engine), newer))
    assert sum(map(len, older.values())) > 100, revision
    assert again.keys() == newer.keys(), revision
    for table, rows in older.items():
        columns = {name for name in (rows[0] if rows else {}) if (table, name) not in DROPPED | REWORDED}
        said = f"{revision}: {table}"
        assert shared(rows, columns) == shared(newer[table], columns) == shared(again[table], columns), said
        back = {name for name in (again[table][0] if rows else {}) if (table, name) not in MADE_ANEW}
        assert len(again[table]) == len(newer[table]), said
        assert columns <= back | {name for _, name in MADE_ANEW}, said
    return older


def as_called_before(revision: str, held: Contents) -> Contents:
    """The same rows under the column names that they had before a revision."""
    old = RENAMED.get(revision, {})
    return {
        table: [
            {name if (table, name) in KEPT_THEIR_NAME else old.get(name, name): one[name] for name in one}
            for one in rows
        ]
        for table, rows in held.items()
    }


@pytest.mark.same_anywhere
def test_a_migration_that_loses_a_row_would_be_noticed(filled: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control."""
    upgrade = flask_migrate.upgrade

    def careless(**options: Any) -> None:
        upgrade(**options)
        with filled.begin() as connection:
            connection.execute(sa.text("DELETE FROM page_texts WHERE page = 1"))

    monkeypatch.setattr(flask_migrate, "upgrade", careless)
    with pytest.raises(AssertionError, match="page_texts"):
        goes_down_and_up(filled, revisions()[-1], contents(filled))


def test_runs_made_before_keep_the_references_and_codes_of_their_day(filled: sa.Engine) -> None:
    """What stood in their files until now; and of no journey made before is it known if it was there and back."""
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before("0024"))
    with filled.begin() as connection:
        in_run = "SELECT board_id, person_id FROM claims WHERE run_id IS NOT NULL ORDER BY id"
        for number, (board_id, person_id) in enumerate(connection.execute(sa.text(in_run)).all()):
            row = {"id": f"{number:032x}" if filled.dialect.name == "sqlite" else UUID(int=number), "board": board_id}
            into = "INSERT INTO payees (id, board_id, person_id, reference) VALUES (:id, :board, :person, 'SUP-1')"
            connection.execute(sa.text(into), {**row, "person": person_id})
        connection.execute(sa.text("UPDATE expense_policies SET cost_code = 'CODE-1'"))
    flask_migrate.upgrade(directory=MIGRATIONS)
    claims = contents(filled)["claims"]
    given = {bool(one["run_id"]): (one["payee_reference"], one["cost_code"]) for one in claims}
    assert given == {True: ("SUP-1", "CODE-1"), False: ("", "")}
    assert {one["is_return"] for one in contents(filled)["claim_lines"]} == {None}


def test_who_paid_and_who_appointed_is_filled_in_and_a_role_that_waits_begins_on_no_way(filled: sa.Engine) -> None:
    """From runs and the trail; earlier versions, which know of no waiting, find such a role ended."""
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before("0042"))
    with filled.begin() as connection:
        maker = connection.execute(sa.text("SELECT made_by_id FROM payment_runs ORDER BY id LIMIT 1")).scalar()
        given = "UPDATE audit_lines SET actor_id = :who WHERE event IN ('RepAppointed', 'RoleGiven')"
        connection.execute(sa.text(given), {"who": maker})
        ended = "SELECT count(*) FROM staff_roles WHERE until_on < '1901-01-01'"
        assert connection.execute(sa.text(ended)).scalar() == 2, "one on each board of the cast"
    flask_migrate.upgrade(directory=MIGRATIONS)
    now = contents(filled)
    in_runs = [one for one in now["claims"] if one["run_id"]]
    by_one = {(one["run_by_id"] == one["decided_by_id"], bool(one["is_by_one"])) for one in in_runs}
    assert by_one == {(True, True), (False, False)}, "Southmoor has a second approver"
    assert {one["run_by_id"] for one in now["claims"] if not one["run_id"]} == {None}
    assert maker in {one["made_by_id"] for one in now["appointments"]}
    own = [one for one in now["staff_roles"] if one["person_id"] == maker]
    assert {one["made_by_id"] for one in own} == {None}, "what somebody gave themselves before stays theirs"
    assert maker in {one["made_by_id"] for one in now["staff_roles"]}


def test_invoices_that_one_person_approved_and_paid_stay_and_say_so(filled: sa.Engine) -> None:
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before("0055"))
    is_sqlite = filled.dialect.name == "sqlite"
    with filled.begin() as connection:
        runs = connection.execute(sa.text("SELECT id, board_id, made_by_id FROM payment_runs ORDER BY id")).all()
        ask = "SELECT id FROM care_requests WHERE board_id = :board ORDER BY id LIMIT 1"
        new = "INSERT INTO supplier_lines (id, board_id, run_id, request_id, name, invoice, on_day, pence,"
        new += " payee_reference, cost_code, run_by_id, paid_by_id, is_by_one) VALUES (:id, :board, :run, :request,"
        new += " 'Cura', '', '2026-03-01', 100, '', '', :who, :paid, :alone)"
        for number, (run, board, who) in enumerate(runs):
            request = connection.execute(sa.text(ask), {"board": board}).scalar()
            key = f"{number:032x}" if is_sqlite else UUID(int=number)
            row = {"id": key, "board": board, "run": run, "request": request, "who": who, "alone": False}
            connection.execute(sa.text(new), {**row, "paid": None if number else who})
    flask_migrate.upgrade(directory=MIGRATIONS)
    lines = contents(filled)["supplier_lines"]
    assert {(one["paid_by_id"] == one["run_by_id"], bool(one["is_by_one"])) for one in lines} == {
        (True, True),
        (False, False),
    }


def test_what_was_withdrawn_before_is_measured_to_the_day_of_its_meeting_as_it_was_then(filled: sa.Engine) -> None:
    """By the trail: the first move since then says the day that it was moved from."""
    with unit_of_work():
        ahead = (
            sa.select(Paper)
            .join(Meeting, Meeting.id == Paper.meeting_id)
            .where(Paper.first_published_on.is_not(None), Paper.kind == "paper", Meeting.opened_on > clock.today())
        )
        paper = db.session.scalars(anywhere(ahead.order_by(Paper.id))).first()
        assert paper is not None
        meeting = meeting_by_id(paper.meeting_id)
        was, later = meeting.opened_on, meeting.opened_on + timedelta(days=14)
        withdrawing.withdraw(paper, meeting.version, WHOLE, ERROR)
    with unit_of_work():
        meetings.change(meeting, meeting.version, later, time(10), meeting.place, meeting.link, meeting.kind)
    db.session.rollback()
    for _ in range(2):
        measured = {str(one["measured_to"]) for one in contents(filled)["papers"] if one["withdrawn_at"]}
        assert measured == {was.isoformat()}
        flask_migrate.downgrade(directory=MIGRATIONS, revision=before("0049"))
        flask_migrate.upgrade(directory=MIGRATIONS)
