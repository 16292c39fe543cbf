"""The demonstration is filled, everyone can sign in, its emails can be read, and it stays current."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask

from config import ROOT, Config
from portal.app import create_app
from portal.core import clock
from portal.demonstration import accounts, seed
from portal.infra.database import db
from portal.meetings.queries import planned_between
from portal.notifications.mailer import send_next
from portal.scheduler.run import do_what_is_due
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder: Path = tmp_path_factory.mktemp("demonstration")
    database = f"sqlite:///{folder / 'portal.db'}"
    config = Config(database_url=database, files_url=f"file://{folder / 'files'}", mailbox_folder=str(folder / "mail"))
    app = create_app(config)
    clock.use(None)  # the demonstration lives in real time
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        seed.fill()
        do_what_is_due()
        while send_next():
            pass
    return app


def test_everyone_can_sign_in_and_sees_a_first_page(demonstration: Flask) -> None:
    clock.use(None)
    for address in accounts.addresses():
        visitor = Visitor(demonstration)
        answer = visitor.post("/sign-in", {"email": address, "password": accounts.PASSWORD})
        assert answer.status_code == 302, address
        page = visitor.get("/")
        assert ("Your next steps" in page.text) is (address != "admin2@northfirth.example"), address


def test_its_emails_can_be_read(demonstration: Flask) -> None:
    clock.use(None)
    stranger = Visitor(demonstration)
    page = stranger.get("/demonstration/mailbox")
    assert "Papers for Northfirth IJB" in text_of(page)
    letter = page.text.split('href="/demonstration/mailbox/')[1].split('"')[0]
    assert "Hello" in stranger.get(f"/demonstration/mailbox/{letter}").text
    for odd in ("../../etc/passwd", "x", "0" * 32):
        assert stranger.get(f"/demonstration/mailbox/{odd}").status_code == 404


def test_there_are_meetings_before_and_after_today_and_a_record(demonstration: Flask) -> None:
    clock.use(None)
    visitor = Visitor(demonstration)
    visitor.post("/sign-in", {"email": "rep@northfirth.example", "password": accounts.PASSWORD})
    page = text_of(visitor.get("/boards/northfirth/notice"))
    assert "met the target of 7 days" in page
    assert "Read " in text_of(visitor.get("/"))


def test_no_day_of_it_lies_in_the_year_2000(demonstration: Flask) -> None:
    """A date that lost its year would lie there. The look is the one with which a migration reports them."""
    report = ScriptDirectory(str(ROOT / "migrations")).get_revision("0015").module
    with demonstration.app_context(), db.engine.begin() as connection:
        assert list(report.days_of_2000(connection)) == []
        connection.execute(sa.text("UPDATE seats SET created_on = '2000-03-03'"))
        assert [(table, column) for table, column, _ in report.days_of_2000(connection)] == [("seats", "created_on")]
        connection.rollback()


def test_a_demonstration_of_last_year_gets_new_meetings(demonstration: Flask) -> None:
    later = datetime.now(UTC) + timedelta(days=400)
    clock.use(lambda: later)
    with demonstration.app_context():
        assert not planned_between(clock.today(), clock.today() + timedelta(days=90))
        db.session.rollback()
        seed.keep_current()
        assert planned_between(clock.today(), clock.today() + timedelta(days=90))
