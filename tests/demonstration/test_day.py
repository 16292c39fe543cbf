"""Moving the demonstration ahead, morning by morning, and back to today."""

from __future__ import annotations

import http.cookiejar
import re
import shutil
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from portal.boards import queries as boards
from portal.core import clock
from portal.core.text import short_day_words
from portal.demonstration.day import moving
from portal.demonstration.mailbox import letters
from portal.meetings.queries import planned_between
from portal.notifications.models import Email
from tests.demonstration.alone import answer, running, wait_for
from tests.demonstration.filled import checkout_in, filled_demonstration
from tests.demonstration.plausible import every
from tests.notifications.post_office import free_port
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.slow
DAY = timedelta(days=1)


@pytest.fixture
def rep(own_demonstration: Flask) -> Iterator[Visitor]:
    """Morag, in the time of a demonstration of her own."""
    clock.use(clock.moved_by_file(Path(own_demonstration.config["PORTAL"].clock_file)))
    visitor = Visitor(own_demonstration)
    visitor.post("/demonstration/sign-in", {"who": "rep@northfirth.example"})
    visitor.token = ""
    yield visitor
    clock.use(None)


def move(visitor: Visitor, to: date) -> str:
    """What the page says afterwards."""
    page = text_of(visitor.post("/demonstration/day", {"day": to.isoformat()}, follow_redirects=True))
    visitor.token = ""
    return page


def sent_on(app: Flask) -> list[date]:
    with app.app_context():
        return [one.head.day for one in reversed(letters.letters())]


def test_it_offers_days_around_the_next_meeting(rep: Visitor) -> None:
    page = text_of(rep.get("/demonstration/day"))
    with rep.app.app_context():
        meeting = next(one for one in planned_between(clock.today() + DAY, clock.today() + 60 * DAY))
    assert f"Tomorrow: {short_day_words(clock.today() + DAY)}" in page
    assert f"The day after the meeting: {short_day_words(meeting.meets_on + DAY)}" in page
    assert "Moving the day moves it for all of them" in page
    assert "This also undoes" not in page


def of(board: str, group: str, day: date) -> Any:
    return SimpleNamespace(board_id=board, group=SimpleNamespace(name=group), meets_on=day)


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (1, ["Tomorrow, the day of the meeting", "The day after the meeting", "In a week", "In a month"]),
        (3, ["Tomorrow", "The day of the meeting", "The day after the meeting", "In a week", "In a month"]),
        (6, ["Tomorrow", "The day of the meeting", "The day after the meeting, in a week", "In a month"]),
        (7, ["Tomorrow", "The day of the meeting, in a week", "The day after the meeting", "In a month"]),
    ],
)
def test_each_day_has_one_button(ahead: int, said: list[str]) -> None:
    clock.use(None)
    found = moving.choices([of("", "Main Group", clock.today() + ahead * DAY)])
    assert [one.words for one in found] == said
    assert [one.day for one in found] == sorted({one.day for one in found})


def test_without_a_meeting_it_offers_days_all_the_same() -> None:
    assert [one.words for one in moving.choices([])] == ["Tomorrow", "In a week", "In a month"]


def test_all_meetings_of_the_next_day_are_named(rep: Visitor) -> None:
    """Of whoever belongs to none of them those of all boards, each with its board."""
    with rep.app.app_context():
        board = boards.board_by_key("southmoor")
        planned = planned_between(clock.today() + DAY, clock.today() + 60 * DAY)
        first = [one for one in planned if one.meets_on == planned[0].meets_on]
        names = moving.names_of(first)
        assert moving.names_of([of(board.id, "Audit Committee", clock.today())]) == ["Audit Committee (Southmoor)"]
    page = text_of(Visitor(rep.app).get("/demonstration/day"))
    assert all(name in page for name in names)
    assert f"The next {'meetings are' if len(first) > 1 else 'meeting is'} {names[0]}" in page


def test_it_moves_and_what_is_due_on_the_way_happens(rep: Visitor) -> None:
    start = clock.today()
    before = len(sent_on(rep.app))
    page = move(rep, start + 12 * DAY)
    assert f"The demonstration’s day is now {short_day_words(start + 12 * DAY)}" in page
    assert clock.today() == start + 12 * DAY
    days = sent_on(rep.app)
    assert days == sorted(days)
    on_the_way = {day for day in days[before:] if start < day <= start + 12 * DAY}
    assert len(on_the_way) > 5, "each morning, and not all on the last"
    assert "Hello Morag" in text_of(rep.get("/")), "she is signed in as before"
    assert "Step 1 of 5" in text_of(rep.get("/")), "and follows the tour"


def test_back_again_nothing_of_the_days_to_come_is_left(rep: Visitor) -> None:
    start, before = clock.today(), sent_on(rep.app)
    move(rep, start + 9 * DAY)
    assert len(sent_on(rep.app)) > len(before)
    with rep.app.app_context():
        assert [one.template for one in every(Email) if clock.london_day(one.asked_at) > start]
    rep.token = ""
    page = text_of(rep.post("/demonstration/day/back", follow_redirects=True))
    rep.token = ""
    assert f"The demonstration’s day is now {short_day_words(start)}" in page
    assert clock.today() == start
    assert sent_on(rep.app) == before
    assert "Hello Morag" in text_of(rep.get("/"))
    with rep.app.app_context():
        assert not moving.is_moved()
        assert not [one.template for one in every(Email) if clock.london_day(one.asked_at) > start]


@pytest.mark.parametrize("days", [0, -1, -400, 61])
def test_it_moves_neither_back_nor_too_far(rep: Visitor, days: int) -> None:
    start = clock.today()
    assert "That day has passed" in move(rep, start + days * DAY)
    assert clock.today() == start
    with rep.app.app_context(), pytest.raises(ValueError, match="is not ahead"):
        moving.ahead_to(start + days * DAY)


def test_from_a_day_ahead_no_earlier_one_is_reached_but_today(rep: Visitor) -> None:
    start = clock.today()
    move(rep, start + 3 * DAY)
    assert "That day has passed" in move(rep, start + 2 * DAY)
    assert clock.today() == start + 3 * DAY
    assert "by anyone else using the demonstration" in text_of(rep.get("/demonstration/day"))


def test_a_day_that_is_none_moves_nothing(rep: Visitor) -> None:
    start = clock.today()
    for typed in ("", "yesterday", "2026-13-01", "9999999-01-01"):
        page = text_of(rep.post("/demonstration/day", {"day": typed}, follow_redirects=True))
        assert "That day has passed" in page
    assert clock.today() == start


def test_whoever_is_half_way_through_signing_in_is_signed_out(own_demonstration: Flask) -> None:
    """What is due removes such a session before long."""
    clock.use(clock.moved_by_file(Path(own_demonstration.config["PORTAL"].clock_file)))
    visitor, to = Visitor(own_demonstration), clock.today() + 12 * DAY
    visitor.post("/demonstration/sign-in", {"who": "admin2@northfirth.example"})
    visitor.token = ""
    assert visitor.get("/").location == "/sign-in/code"
    assert f"The demonstration’s day is now {short_day_words(to)}" in move(visitor, to)
    assert visitor.get("/").location == "/demonstration"


def test_a_stranger_may_move_it_as_well(own_demonstration: Flask) -> None:
    clock.use(clock.moved_by_file(Path(own_demonstration.config["PORTAL"].clock_file)))
    stranger, tomorrow = Visitor(own_demonstration), clock.today() + DAY
    assert f"The demonstration’s day is now {short_day_words(tomorrow)}" in move(stranger, tomorrow)


class Browser:
    """Cookies, pages and forms over a real connection."""

    def __init__(self, address: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=60) as page:
            return str(page.read().decode())

    def post(self, path: str, form: str, **fields: str) -> str:
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', self.get(form))
        assert token
        body = urllib.parse.urlencode({"csrf_token": token[1], **fields}).encode()
        request = urllib.request.Request(self.address + path, body, {"Origin": self.address})
        with self.opener.open(request, timeout=120) as page:
            return str(page.read().decode())


@pytest.mark.long
def test_both_processes_live_on_the_day_it_was_moved_to(tmp_path: Path) -> None:
    """The web server says which day it is, and the scheduler dates the email that it sends then."""
    clock.use(None)
    checkout, port = checkout_in(tmp_path), free_port()
    kept = checkout / "instance" / "demonstration"
    shutil.copytree(filled_demonstration(), kept)
    to = clock.today() + 2 * DAY
    with running(checkout, tmp_path / "log", "flask", "--app", "wsgi", "portal", "demo", PORT=str(port)):
        wait_for(lambda: answer(f"http://127.0.0.1:{port}/help") == 200)
        browser = Browser(f"http://127.0.0.1:{port}")
        page = browser.post("/demonstration/day", "/demonstration/day", day=to.isoformat())
        assert f"The demonstration’s day is now {short_day_words(to)}" in page
        browser.post("/forgotten-password", "/forgotten-password", email="rep@southmoor.example")
        wait_for(lambda: any("password" in subject and day == to for subject, day in _written(kept / "mailbox")))
    assert "Traceback" not in (tmp_path / "log").read_text()


def _written(mailbox: Path) -> Iterator[tuple[str, date]]:
    for path in mailbox.glob("*.eml"):
        message = message_from_bytes(path.read_bytes())
        yield message["Subject"], clock.london_day(parsedate_to_datetime(message["Date"]).astimezone(UTC))


def test_its_clock_runs_at_the_speed_of_the_machine(rep: Visitor) -> None:
    move(rep, clock.today() + DAY)
    ahead = clock.now() - datetime.now(UTC)
    assert timedelta(0) < ahead < 2 * DAY
    assert abs(clock.now() - datetime.now(UTC) - ahead) < timedelta(seconds=1)
