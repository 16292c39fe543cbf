"""Whether a second factor is to come is worked out at each request, from the roles of that London day."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pyotp
import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import WITH_SECOND_FACTOR
from portal.accounts.models import Person
from portal.boards import asking
from portal.boards.models import Board, Seat
from portal.boards.people.actions import give_role
from portal.boards.seats.actions import appoint
from portal.check_in.actions import check_in_of
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.links import token_for
from portal.meetings.queries import meeting_by_id
from tests.accounts.test_pages import latest_link
from tests.cast import NOW, PASSWORD, TODAY, Cast, anywhere
from tests.papers.test_pages import queries_on
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.usefixtures("required_of_staff")
PEOPLE = "/boards/northfirth/people"
MIDNIGHTS = {  # the first day of a role, and when it begins in London
    "winter": (date(2026, 3, 4), datetime(2026, 3, 4, 0, 0, tzinfo=UTC)),
    "summer": (date(2026, 7, 2), datetime(2026, 7, 1, 23, 0, tzinfo=UTC)),
}
SECOND = timedelta(seconds=1)
every_midnight = pytest.mark.parametrize(("first_day", "midnight"), MIDNIGHTS.values(), ids=MIDNIGHTS)


def requires(app: Flask, whom: str) -> AbstractContextManager[Any]:
    return patch.dict(app.config, PORTAL=dataclasses.replace(app.config["PORTAL"], second_factor_of=whom))


@pytest.fixture
def has_role(app: Flask, cast: Cast, rolled_back: Any) -> Callable[..., None]:
    """has_role('northfirth.rep', 'clerk', first, last) gives a role on Northfirth for these days."""

    def give(name: str, role: str, first: date, last: date | None = None) -> None:
        with app.app_context(), unit_of_work():
            board = db.session.get_one(Board, cast.northfirth.id)
            give_role(board, db.session.get_one(Person, cast.person(name)), role, first, last)

    return give


def is_awaiting_second_factor(visitor: Visitor) -> bool:
    """Whether whatever they open leads to the second step of signing in."""
    asked = visitor.get("/account").headers.get("Location", "").startswith("/sign-in?next=/account")
    return asked and visitor.get("/sign-in").headers.get("Location", "").startswith("/sign-in/code")


def offered_by(page: Any) -> tuple[str, str]:
    """The secret that a page shows to be scanned: readable, and as its form sends it back."""
    readable = re.search(r"<strong>([A-Z2-7 ]+)</strong>", page.text)
    sealed = re.search(r'name="offered"[^>]*value="([^"]+)"', page.text)
    assert readable
    assert sealed
    return readable[1].replace(" ", ""), sealed[1]


def set_up(visitor: Visitor, moment: datetime, path: str = "/sign-in/set-up-code") -> Any:
    secret, offered = offered_by(visitor.get(path))
    return visitor.post(path, {"offered": offered, "code": pyotp.TOTP(secret).at(moment)})


@pytest.mark.parametrize("role", WITH_SECOND_FACTOR[:-1])
def test_whoever_joins_by_invitation_sets_it_up_before_anything_opens(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, role: str
) -> None:
    typed = {"name": "Una New", "email": "una@unknown.test", "role": role}
    with requires(app, ""):
        visit("northfirth.admin").post(f"{PEOPLE}/new", typed)
    new = visit("")
    joined = new.post(latest_link(app, "invitation"), {"password": PASSWORD, "known_as": "Una"})
    assert joined.status_code == 302
    assert is_awaiting_second_factor(new)
    assert "scan" in text_of(new.get("/sign-in/set-up-code")).lower()


@every_midnight
def test_a_role_asks_for_its_second_factor_from_its_first_moment(
    visit: Any, has_role: Any, at: Any, first_day: date, midnight: datetime
) -> None:
    has_role("northfirth.rep", "clerk", first_day)
    at(midnight - SECOND)
    rep = visit("northfirth.rep")
    assert rep.get("/account").status_code == 200
    assert rep.get(PEOPLE).status_code == 403, "the role is not theirs yet"
    at(midnight)
    assert is_awaiting_second_factor(rep)
    assert rep.get(PEOPLE).headers["Location"].startswith("/sign-in?next=")
    assert rep.post("/account/notifications", {"emails_wanted": "daily"}).headers["Location"].startswith("/sign-in?")
    assert "Write these codes on paper" in text_of(set_up(rep, midnight))
    assert not is_awaiting_second_factor(rep)
    assert rep.get(PEOPLE).status_code == 200


def test_a_session_of_the_evening_before_is_judged_by_the_new_day(visit: Any, has_role: Any, at: Any) -> None:
    first_day, midnight = MIDNIGHTS["summer"]
    has_role("northfirth.rep", "officer", first_day)
    at(midnight - SECOND)
    rep = visit("northfirth.rep")
    assert rep.get("/account").status_code == 200
    at(midnight)
    assert is_awaiting_second_factor(rep)


@every_midnight
def test_where_no_factor_is_required_a_role_opens_its_pages_from_its_first_moment(
    app: Flask, visit: Any, has_role: Any, at: Any, first_day: date, midnight: datetime
) -> None:
    has_role("northfirth.rep", "clerk", first_day)
    with requires(app, ""):
        at(midnight - SECOND)
        rep = visit("northfirth.rep")
        assert rep.get(PEOPLE).status_code == 403
        at(midnight)
        assert rep.get(PEOPLE).status_code == 200


@every_midnight
def test_an_appointment_opens_its_meetings_from_its_first_moment(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any, first_day: date, midnight: datetime
) -> None:
    """In the session of the evening before: nothing of what somebody may see is remembered."""
    with app.app_context(), unit_of_work():
        seat = db.session.scalars(anywhere(select(Seat).where(Seat.id == things["seat_id"]))).one()
        appoint(
            seat,
            db.session.get_one(Person, cast.person("nobody")),
            "unpaid_carer",
            first_day,
            first_day + timedelta(days=300),
        )
    path = f"/meetings/{things['coming_id']}"
    at(midnight - SECOND)
    noor = visit("nobody")
    assert noor.get(path).status_code == 404
    at(midnight)
    assert noor.get(path).status_code == 200, "a rep is asked for no second factor"
    assert noor.get("/boards/northfirth/notice").status_code == 200


@every_midnight
def test_a_role_that_has_ended_asks_for_nothing(
    visit: Any, has_role: Any, at: Any, first_day: date, midnight: datetime
) -> None:
    at(midnight - timedelta(hours=1))
    has_role("northfirth.rep", "clerk", first_day - timedelta(days=1), first_day - timedelta(days=1))
    rep = visit("northfirth.rep")
    assert is_awaiting_second_factor(rep)
    at(midnight)
    assert not is_awaiting_second_factor(rep)
    assert rep.get("/account").status_code == 200
    assert rep.get(PEOPLE).status_code == 403


def test_whoever_has_set_one_up_is_asked_for_it_whatever_their_roles(visit: Any, has_role: Any, at: Any) -> None:
    has_role("northfirth.rep", "clerk", TODAY, TODAY)
    set_up(visit("northfirth.rep"), NOW)
    tomorrow = NOW + timedelta(days=1)
    at(tomorrow)
    again = visit("")
    again.post("/sign-in", {"email": "rep@northfirth.test", "password": PASSWORD})
    assert is_awaiting_second_factor(again)
    assert again.get("/sign-in/code").status_code == 200


def test_one_that_is_set_up_in_one_browser_ends_every_other_session(visit: Any) -> None:
    one, other = visit("northfirth.rep"), visit("northfirth.rep")
    assert other.get("/account").status_code == 200
    set_up(one, NOW, "/account/second-factor")
    assert one.get("/account").status_code == 200
    assert other.get("/account").status_code == 302
    assert not is_awaiting_second_factor(other)


def test_whoever_has_passed_it_is_not_asked_again_when_another_role_begins(visit: Any, has_role: Any, at: Any) -> None:
    has_role("northfirth.clerk", "admin", TODAY + timedelta(days=1))
    clerk = visit("northfirth.clerk")
    set_up(clerk, NOW)
    at(datetime(2026, 3, 3, 20, 0, tzinfo=UTC))
    assert clerk.get("/boards/northfirth/audit").status_code == 403
    at(datetime(2026, 3, 4, 1, 0, tzinfo=UTC))
    assert clerk.get("/boards/northfirth/audit").status_code == 200


def test_it_can_be_required_of_single_addresses(app: Flask, visit: Any) -> None:
    rep, clerk = visit("northfirth.rep"), visit("northfirth.clerk")
    with requires(app, "a@b.test,rep@northfirth.test"):
        assert is_awaiting_second_factor(rep)
        assert not is_awaiting_second_factor(clerk)


def test_half_way_the_pages_and_links_of_everybody_work_and_show_nothing_of_ones_own(
    app: Flask, visit: Any, has_role: Any, cast: Cast
) -> None:
    rep_id = cast.northfirth.people["rep"]
    has_role("northfirth.rep", "clerk", TODAY)
    rep = visit("northfirth.rep")
    with app.app_context(), unit_of_work():
        one = check_in_of(meeting_by_id(cast.northfirth.things["meeting_id"]), rep_id)
        check_in = "/check-in/" + token_for("check-in", one.id, str(one.generation))
        feed = f"/calendar/{token_for('calendar', rep_id, '1')}.ics"
    assert is_awaiting_second_factor(rep)
    assert rep.get("/").headers["Location"] == "/sign-in/code"
    for path in ("/help", "/privacy", "/public/boards/northfirth", "/sign-in/set-up-code", check_in, feed):
        page = rep.get(path)
        assert page.status_code == 200, path
        assert "portal-menu" not in page.text, path
    assert rep.post(check_in, {"attendance": "yes"}).status_code == 200
    assert rep.post("/sign-out").headers["Location"] == "/sign-in"


def test_a_session_of_yesterday_sets_nothing_up_without_the_password(
    app: Flask, visit: Any, has_role: Any, at: Any, cast: Cast
) -> None:
    """Somebody else may be sitting at that computer by now."""
    has_role("northfirth.rep", "clerk", TODAY + timedelta(days=1))
    at(datetime(2026, 3, 3, 20, 0, tzinfo=UTC))
    rep = visit("northfirth.rep")
    _, offered = offered_by(rep.get("/account/second-factor"))
    morning = datetime(2026, 3, 4, 7, 0, tzinfo=UTC)
    at(morning)
    path = "/sign-in/set-up-code?next=/role"
    assert "Enter your password again" in text_of(rep.get(path))
    assert "not your password" in text_of(
        rep.post(path, {"offered": offered, "code": "1", "present_password": "wrong"})
    )
    with app.app_context():
        assert not db.session.get_one(Person, cast.northfirth.people["rep"]).has_factor
    assert rep.post(path, {"present_password": PASSWORD}).headers["Location"] == path
    assert 'href="/role"' in set_up(rep, morning, path).text, "and they go on where they were going"
    assert rep.get("/account").status_code == 200


def test_who_is_asking_is_found_once_a_request_and_the_factor_costs_no_query(
    app: Flask, visit: Any, things: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[Any] = []
    look = asking.session_and_roles
    monkeypatch.setattr(asking, "session_and_roles", lambda *who: found.append(who) or look(*who))
    for name in ("northfirth.rep", "northfirth.depute"):
        for path in ("/", "/help", f"/meetings/{things['meeting_id']}"):
            with requires(app, ""):
                nobody_is_asked = queries_on(app, visit(name), path)
            found.clear()
            assert queries_on(app, visit(name), path) == nobody_is_asked
            assert len(found) == 1, path
