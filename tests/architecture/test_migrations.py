"""Every migration goes down and up with data in it and loses nothing, and the models say what the migrations built."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import current_app

from config import ROOT
from portal.accounts.models import Person, SignedInSession
from portal.infra.database import Model, db
from portal.scheduler.run import tick
from tests import databases
from tests.cast import NOW

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
def test_emails_that_wait_are_called_like_their_events(filled: sa.Engine) -> None:
    count = sa.text("SELECT template, count(*) FROM emails GROUP BY template ORDER BY template")
    flask_migrate.downgrade(directory=MIGRATIONS, revision="0015")
    with filled.connect() as connection:
        before = dict(connection.execute(count).all())
    flask_migrate.upgrade(directory=MIGRATIONS)
    with filled.connect() as connection:
        after = dict(connection.execute(count).all())
    assert before["papers-published"] == after["papers-announced"]
    assert "papers-announced" not in before
    assert "papers-published" not in after


@pytest.mark.same_anywhere
def test_lines_written_before_there_were_chains_join_them(filled: sa.Engine) -> None:
    flask_migrate.downgrade(directory=MIGRATIONS, revision="0001")
    flask_migrate.upgrade(directory=MIGRATIONS)
    tick()
    db.session.rollback()
    lines = contents(filled)["audit_lines"]
    assert lines
    assert all(line["number"] and line["mark"] for line in lines)


@pytest.mark.same_anywhere
def test_on_the_way_down_no_ended_session_comes_to_life(filled: sa.Engine) -> None:
    """Earlier versions take every row for a session that lives."""
    flask_migrate.downgrade(directory=MIGRATIONS, revision="0013")
    moments = dict.fromkeys(("began_at", "seen_at", "proved_at"), NOW)
    with filled.begin() as connection:
        sessions = sa.Table("sessions", sa.MetaData(), autoload_with=connection)
        ids = sa.table("people", sa.column("id")).c.id
        person_id = connection.scalar(sa.select(ids).order_by(ids).limit(1))
        for key, ended_at in (("alive", None), ("ended", NOW)):
            row = {"key": key, "person_id": person_id, "needs_factor": False, "ended_at": ended_at, **moments}
            connection.execute(sessions.insert().values(**row))
    flask_migrate.downgrade(directory=MIGRATIONS, revision="0012")
    assert [row["key"] for row in contents(filled)["sessions"]] == ["alive"]


def said_by_upgrading(revision: str) -> list[str]:
    """What Alembic writes on the console, line by line."""
    console = io.StringIO()
    hooks = current_app.extensions["migrate"].migrate.configure_callbacks
    hooks.append(lambda config: setattr(config, "stdout", console) or config)
    flask_migrate.upgrade(directory=MIGRATIONS, revision=revision)
    hooks.pop()
    return console.getvalue().splitlines()


@pytest.mark.same_anywhere
def test_days_of_the_year_2000_are_reported_and_nothing_is_changed(filled: sa.Engine) -> None:
    before_it = ScriptDirectory(MIGRATIONS).get_revision("0015").down_revision
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before_it)
    assert said_by_upgrading("0015") == [], "it is silent where there are none"
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before_it)
    with filled.begin() as connection:
        connection.execute(sa.text("UPDATE payment_runs SET paid_on = '2000-03-03'"))
        connection.execute(sa.text("UPDATE seats SET votes_from = '1999-12-31', closed_on = '2000-12-31'"))
    older = contents(filled)
    header, _, *lines = said_by_upgrading("0015")
    assert contents(filled) == older
    runs, seats = (sorted(str(UUID(str(row["id"]))) for row in older[table]) for table in ("payment_runs", "seats"))
    assert "A date typed without its year became one of these" in header
    assert lines == [
        f"- payment_runs.paid_on: {len(runs)} rows, {'; '.join(runs)}",
        f"- seats.closed_on: {len(seats)} rows, {'; '.join(seats)}",
    ]


@pytest.mark.same_anywhere
def test_addresses_that_no_mail_reaches_are_reported_by_id_and_nothing_is_changed(filled: sa.Engine) -> None:
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before("0018"))
    assert said_by_upgrading("0018") == [], "it is silent where there are none"
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before("0018"))
    with filled.begin() as connection:
        connection.execute(sa.text("UPDATE people SET email = 'a@b;' WHERE email = 'rep@northfirth.test'"))
        connection.execute(sa.text("UPDATE people SET email = 'eva@bücher.test' WHERE email = 'clerk@northfirth.test'"))
        connection.execute(sa.text("UPDATE nominations SET email = '<ann@council.test>'"))
    older = contents(filled)
    said = said_by_upgrading("0018")
    assert contents(filled) == older
    wrong = ("a@b;", "eva@bücher.test")
    people = sorted(str(UUID(str(row["id"]))) for row in older["people"] if row["email"] in wrong)
    named = sorted(str(UUID(str(row["id"]))) for row in older["nominations"])
    assert "Nothing was changed" in said[0]
    assert said[-2:] == [
        f"- people: person; {', '.join(people)}",
        f"- nominations: nomination of a depute; {', '.join(named)}",
    ]
    assert "@" not in "".join(said), "an address is nobody's business on a console"


@pytest.mark.same_anywhere
def test_sessions_stay_when_what_they_need_is_worked_out_and_are_asked_again_on_the_way_back(filled: sa.Engine) -> None:
    """Going back, whoever has a factor or a role of staff is asked for it: rather once too often than never."""
    emails = {"rep@northfirth.test": False, "clerk@northfirth.test": True, "mentor@northfirth.test": True}
    found = db.session.scalars(sa.select(Person).where(Person.email.in_(emails)).order_by(Person.email))
    people = {one.email: one for one in found}
    people["mentor@northfirth.test"].totp = "a secret"
    moments = dict.fromkeys(("began_at", "seen_at", "proved_at"), NOW)
    db.session.add_all(SignedInSession(key=email, person_id=one.id, **moments) for email, one in people.items())
    db.session.commit()
    flask_migrate.downgrade(directory=MIGRATIONS, revision=before("0014"))
    assert {row["key"]: bool(row["needs_factor"]) for row in contents(filled)["sessions"]} == emails
    flask_migrate.upgrade(directory=MIGRATIONS)
    assert {row["key"] for row in contents(filled)["sessions"]} == set(emails)
    assert "needs_factor" not in contents(filled)["sessions"][0]


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


@pytest.mark.same_anywhere
def test_the_target_of_a_board_goes_down_and_up_and_holds_from_the_beginning(filled: sa.Engine) -> None:
    with filled.begin() as connection:
        connection.execute(sa.text("UPDATE paper_targets SET days = 9"))
    flask_migrate.downgrade(directory=MIGRATIONS, revision="0016")
    assert {one["paper_target_days"] for one in contents(filled)["boards"]} == {9}
    flask_migrate.upgrade(directory=MIGRATIONS)
    targets = contents(filled)["paper_targets"]
    assert {(one["days"], str(one["from_on"]), str(one["meetings_from"])) for one in targets} == {
        (9, "1900-01-01", "1900-01-01")
    }


@pytest.mark.same_anywhere
def test_what_has_no_place_below_goes_down_as_what_comes_nearest(filled: sa.Engine) -> None:
    """A meeting that did not take place is cancelled there, and one whose attendance is known was held."""
    with filled.begin() as connection:
        connection.execute(sa.text("UPDATE meetings SET status = 'not_held'"))
        connection.execute(sa.text("UPDATE check_ins SET attended = 'came'"))
    flask_migrate.downgrade(directory=MIGRATIONS, revision="0016")
    assert {one["status"] for one in contents(filled)["meetings"]} == {"cancelled"}
    flask_migrate.upgrade(directory=MIGRATIONS)
    held = contents(filled)
    with_attendance = {one["meeting_id"] for one in held["check_ins"]}
    assert with_attendance
    assert {one["id"] for one in held["meetings"] if one["attendance_at"]} == with_attendance
    assert all(one["attendance_on"] for one in held["check_ins"])
    assert all(one["opened_on"] == one["meets_on"] for one in held["meetings"])


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
