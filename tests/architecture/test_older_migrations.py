"""What single migrations of earlier versions do to the rows of their time. They never change again."""

from __future__ import annotations

import io
from uuid import UUID

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import current_app

from portal.accounts.models import Person, SignedInSession
from portal.infra.database import db
from portal.scheduler.run import tick
from tests.architecture.test_migrations import MIGRATIONS, before, contents, filled
from tests.cast import NOW

__all__ = ["filled"]  # the fixture of a filled database
pytestmark = [pytest.mark.long, pytest.mark.same_anywhere]


def said_by_upgrading(revision: str) -> list[str]:
    """What Alembic writes on the console, line by line."""
    console = io.StringIO()
    hooks = current_app.extensions["migrate"].migrate.configure_callbacks
    hooks.append(lambda config: setattr(config, "stdout", console) or config)
    flask_migrate.upgrade(directory=MIGRATIONS, revision=revision)
    hooks.pop()
    return console.getvalue().splitlines()


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


def test_lines_written_before_there_were_chains_join_them(filled: sa.Engine) -> None:
    flask_migrate.downgrade(directory=MIGRATIONS, revision="0001")
    flask_migrate.upgrade(directory=MIGRATIONS)
    tick()
    db.session.rollback()
    lines = contents(filled)["audit_lines"]
    assert lines
    assert all(line["number"] and line["mark"] for line in lines)


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
