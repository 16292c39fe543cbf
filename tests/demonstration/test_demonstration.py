"""The demonstration is filled, everyone can sign in, its emails can be read, and it stays current."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask

from config import ROOT
from portal.boards.actions import create_board
from portal.boards.queries import boards
from portal.core import clock
from portal.demonstration import accounts, history, serve
from portal.expenses.models import Claim
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import planned_between
from portal.papers.models import Paper
from tests.demonstration.alone import answer, running, wait_for
from tests.demonstration.filled import CAST, TWO, fill_in, portal_in
from tests.demonstration.plausible import every, oddities
from tests.demonstration.walk import signed_in
from tests.notifications.post_office import free_port, open_post_office
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.slow


def test_one_that_was_stopped_while_it_was_filled_is_begun_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C in the first half minute left boards without people, and nothing started any more."""
    kept = tmp_path / "demonstration"
    kept.mkdir()
    clock.use(None)
    with portal_in(kept).app_context():
        serve.mark_day(kept)
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        with unit_of_work():
            create_board("northfirth", "Northfirth IJB", "Northfirth")
        filled: list[int] = []
        monkeypatch.setattr(history, "fill", lambda: filled.append(len(boards())))
        serve.prepare(kept)
        assert filled == [0], "nothing is left of it"
        assert "Beginning again" in capsys.readouterr().out


@pytest.mark.long
@pytest.mark.same_anywhere
@pytest.mark.parametrize("weekday", [4, 5, 6])
def test_it_is_filled_on_any_day_of_the_week(tmp_path: Path, weekday: int) -> None:
    """Meetings are on weekdays, so at the end of a week the order of the next ones is another."""
    days_on = (weekday - datetime.now(UTC).weekday()) % 7 or 7
    fill_in(tmp_path / "kept", TWO, days_on)
    with portal_in(tmp_path / "kept").app_context():
        assert planned_between(clock.today(), clock.today() + timedelta(days=60))


def test_everyone_can_sign_in_and_sees_a_first_page(demonstration: Flask) -> None:
    clock.use(None)
    for address in CAST:
        visitor = Visitor(demonstration)
        answer = visitor.post("/sign-in", {"email": address, "password": accounts.PASSWORD})
        assert answer.status_code == 302, address
        page = visitor.get("/", follow_redirects=True)
        firsts = {"admin2": "Set up two-step sign-in", "officer": "Today, "}
        assert firsts.get(address.split("@")[0], "Hello ") in page.text, address


def test_its_emails_can_be_read(demonstration: Flask) -> None:
    clock.use(None)
    stranger = Visitor(demonstration)
    page = stranger.get("/demonstration/mailbox?kind=papers")
    assert "to read: Northfirth IJB" in text_of(page)
    letter = page.text.split('href="/demonstration/mailbox/')[1].split('"')[0]
    assert "Hello" in stranger.get(f"/demonstration/mailbox/{letter}").text
    for odd in ("../../etc/passwd", "x", "0" * 32):
        assert stranger.get(f"/demonstration/mailbox/{odd}").status_code == 404


def test_there_are_meetings_before_and_after_today_and_a_record(demonstration: Flask) -> None:
    clock.use(None)
    visitor = Visitor(demonstration)
    visitor.post("/sign-in", {"email": "rep@northfirth.example", "password": accounts.PASSWORD})
    page = text_of(visitor.get("/boards/northfirth/notice"))
    assert "papers met the target" in page
    assert "Read " in text_of(visitor.get("/"))


def test_a_paper_was_withdrawn_and_there_are_standing_items(demonstration: Flask) -> None:
    clock.use(None)
    clerk = signed_in(demonstration, "clerk@northfirth.example")
    with demonstration.app_context():
        assert any(one.withdrawn_at for one in every(Paper))
    board = clerk.get("/boards/northfirth").text
    standing = re.findall(r'href="(/boards/northfirth/groups/[^"]+/standing-items)"', board)
    assert any("Carers’ voice Verbal item" in text_of(clerk.get(one)) for one in standing)


def test_no_day_of_it_lies_in_the_year_2000(demonstration: Flask) -> None:
    """A date that lost its year would lie there. The look is the one with which a migration reports them."""
    report = ScriptDirectory(str(ROOT / "migrations")).get_revision("0015").module
    with demonstration.app_context(), db.engine.begin() as connection:
        assert list(report.days_of_2000(connection)) == []
        connection.execute(sa.text("UPDATE seats SET created_on = '2000-03-03'"))
        assert [(table, column) for table, column, _ in report.days_of_2000(connection)] == [("seats", "created_on")]
        connection.rollback()


def test_its_claims_payments_and_care_could_be_real(demonstration: Flask) -> None:
    """Each day follows the one before, what took days took some, and everyone had the role they acted in."""
    clock.use(None)
    with demonstration.app_context():
        assert list(oddities(clock.today())) == []
        paid = [one for one in every(Claim) if one.paid_on]
        paid[0].paid_on = paid[0].happened_on - timedelta(days=1)
        assert "its days are not in order" in " ".join(oddities(clock.today()))
        db.session.rollback()


def test_its_approver_is_told_of_what_is_left_to_pay(demonstration: Flask) -> None:
    clock.use(None)
    visitor = Visitor(demonstration)
    visitor.post("/sign-in", {"email": "approver2@northfirth.example", "password": accounts.PASSWORD})
    page = text_of(visitor.get("/"))
    assert re.search(r"Make a payment run: \d+ approved claims?", page)
    assert re.search(r"Record when finance paid run \d+", page)


@pytest.mark.long
def test_nothing_around_it_opens_the_demonstration_to_others(
    demonstration: Flask, checkout: Path, tmp_path: Path
) -> None:
    """Settings of a real portal, of gunicorn, and a gunicorn.conf.py in its folder, all at once."""
    clock.use(None)
    port, open_port, real = free_port(), free_port(), tmp_path / "real"
    opened = f"bind = '0.0.0.0:{open_port}'\nopen({str(tmp_path / 'was-read')!r}, 'w')\n"
    (checkout / "gunicorn.conf.py").write_text(opened)
    Visitor(demonstration).post("/forgotten-password", {"email": "rep@northfirth.example"})
    mailbox = checkout / "instance" / "demonstration" / "mailbox"
    before = len(list(mailbox.glob("*.eml")))
    with open_post_office() as office:
        environ = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(office.port), "SMTP_STARTTLS": "no", "PORT": str(port)}
        environ |= {"DATABASE_URL": f"sqlite:///{real / 'portal.db'}", "FILES_URL": f"file://{real}/files"}
        environ |= {"GUNICORN_CMD_ARGS": f"--bind 0.0.0.0:{open_port}", "FORWARDED_ALLOW_IPS": "*"}
        demo = ("flask", "--app", "wsgi", "portal", "demo")
        with running(checkout, tmp_path / "log", *demo, **environ, HOST="0.0.0.0") as process:  # noqa: S104 - in vain
            wait_for(lambda: answer(f"http://127.0.0.1:{port}/help") == 200)
            assert answer(f"http://127.0.0.1:{port}/help", host="portal.board.scot") == 403
            assert answer(f"http://127.0.0.2:{port}/help") == 0, "it listens on more than 127.0.0.1"
            assert answer(f"http://127.0.0.1:{open_port}/help") == 0
            wait_for(lambda: len(list(mailbox.glob("*.eml"))) > before)
            assert office.taken == []
    assert process.returncode == 0
    assert not real.exists()
    assert not (tmp_path / "was-read").exists()
    said = (tmp_path / "log").read_text()
    unused = "The demonstration does not use DATABASE_URL, FILES_URL, SMTP_HOST, SMTP_PORT and SMTP_STARTTLS"
    assert said.count(unused) == 1
    assert "Traceback" not in said


@pytest.mark.long
def test_started_by_hand_for_everyone_it_answers_this_machine_alone(checkout: Path, tmp_path: Path) -> None:
    port = free_port()
    (checkout / "gunicorn.conf.py").unlink(missing_ok=True)
    command = ("gunicorn", "--bind", f"0.0.0.0:{port}", "--forwarded-allow-ips", "*", "wsgi:app")
    with running(checkout, tmp_path / "log", *command, PORTAL_ENV="demonstration"):
        wait_for(lambda: answer(f"http://127.0.0.1:{port}/help") == 200)
        assert answer(f"http://127.0.0.2:{port}/help") == 403
        assert answer(f"http://127.0.0.1:{port}/static/mark.svg", host="portal.board.scot") == 403


def test_its_people_are_put_into_no_other_database(app: Flask) -> None:
    with app.app_context(), pytest.raises(RuntimeError, match="its own database only"):
        history.fill()
