"""Whoever was added to a session hears of it once, as it stands then; and is thanked once it is over, for its day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.rules import AT_ONCE, DAILY, USUAL
from portal.infra.database import db
from portal.scheduler.run import do_what_is_due
from portal.training.models import Booking, TrainingSession
from portal.training.records import actions as records_actions
from portal.training.records.queries import record_by_id
from portal.training.records.rules import Days
from portal.training.sessions import actions
from tests.cast import NOW, Cast
from tests.notifications.post_office import PostOffice
from tests.notifications.test_mail import post_office  # noqa: F401 - a fixture
from tests.notifications.test_still_true import emails, morning, send_all
from tests.training.test_corrected_soon import CORRECTED, wants
from tests.training.test_sessions import made
from tests.visitor import text_of

__all__ = ["made"]  # a fixture

DEPUTE = "depute@northfirth.test"
ADDED = "recorded that you were at Finance on "
BEGINS = NOW + timedelta(days=20)
DAY, BEFORE = date(2026, 3, 23), date(2026, 3, 22)


def record_id(session_id: UUID, person_id: UUID) -> UUID:
    mine = (Booking.session_id == session_id, Booking.person_id == person_id)
    return db.session.scalars(select(Booking.id).where(*mine)).one()


def add(work: Any, cast: Cast, session_id: UUID) -> UUID:
    """Somebody was there without a place."""
    depute = cast.northfirth.people["depute"]
    with work():
        session = db.session.get_one(TrainingSession, session_id)
        actions.note_unbooked(session, depute, cast.northfirth.people["officer"])
    with work():
        return record_id(session_id, depute)


def correct(work: Any, cast: Cast, key: UUID, day: date) -> None:
    with work():
        one = record_by_id(cast.northfirth.id, key)
        records_actions.correct_record(one, Days(day, None), cast.northfirth.people["officer"], "told", "")


def told(office: PostOffice) -> str:
    return " ".join(one.get_body(("plain",)).get_content().replace("\n", " ") for one in office.to(DEPUTE))


def on_now(at: Any, minutes: int = 30) -> None:
    at(BEGINS + timedelta(minutes=minutes))


def next_morning(at: Any) -> None:
    morning(at, days=21)
    send_all()


@pytest.mark.parametrize("choice", [USUAL, DAILY])
def test_what_is_corrected_before_somebody_heard_of_it_is_told_as_it_is(
    work: Any,
    cast: Cast,
    made: UUID,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
    choice: str,
) -> None:
    wants(work, cast, choice)
    on_now(at)
    key = add(work, cast, made)
    on_now(at, 40)
    correct(work, cast, key, BEFORE)
    send_all()
    assert told(post_office) == "", "nothing is told of what they have not heard of"
    [email] = emails("training-answered", cast.northfirth.people["depute"])
    assert email.facts["day"] == "Sunday 22 March 2026", "the list of emails says so at once"
    next_morning(at)
    text = told(post_office)
    assert text.count(ADDED + "Sunday 22 March 2026") == 1
    assert CORRECTED not in text


def test_whoever_has_heard_of_it_hears_of_its_correction(
    work: Any,
    cast: Cast,
    made: UUID,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
) -> None:
    wants(work, cast, AT_ONCE)
    on_now(at)
    key = add(work, cast, made)
    send_all()
    on_now(at, 40)
    correct(work, cast, key, BEFORE)
    send_all()
    text = told(post_office)
    assert 0 < text.index(ADDED + "Monday 23 March 2026") < text.index(CORRECTED)


@pytest.mark.parametrize("is_added_again", [False, True])
def test_what_was_removed_is_not_told_and_what_was_added_again_is_told_once(
    work: Any,
    cast: Cast,
    made: UUID,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
    is_added_again: bool,
) -> None:
    depute, officer = wants(work, cast, USUAL), cast.northfirth.people["officer"]
    on_now(at)
    correct(work, cast, add(work, cast, made), BEFORE)
    for n, came in enumerate([(), (depute,)] if is_added_again else [()]):
        on_now(at, 40 + n)
        with work():
            actions.note_attendance(db.session.get_one(TrainingSession, made), came, officer)
    next_morning(at)
    text = told(post_office)
    assert text.count(ADDED) == int(is_added_again)
    assert CORRECTED not in text
    assert (ADDED + "Monday 23 March 2026" in text) is is_added_again


def test_the_page_says_that_they_hear_of_it_with_the_rest(
    app: Flask, work: Any, visit: Any, cast: Cast, made: UUID, at: Any
) -> None:
    wants(work, cast, USUAL)
    on_now(at)
    key = add(work, cast, made)
    typed = {"done_on": ["22", "3", "2026"], "valid_until": ["", "", ""], "reason": "typed", "line": ""}
    page = visit("northfirth.officer").post(f"/training/records/{key}/correct", typed, follow_redirects=True)
    assert "Corrected. CANARYNORTH Depute will be emailed at 8:10am on Tuesday 24 March." in text_of(page)


@pytest.mark.parametrize("day", [BEFORE, DAY, date(2025, 9, 1)])
def test_they_are_thanked_once_the_session_is_over_and_for_its_own_day(
    work: Any,
    cast: Cast,
    made: UUID,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
    day: date,
) -> None:
    wants(work, cast, AT_ONCE)
    on_now(at)
    key = add(work, cast, made)
    if day != DAY:
        correct(work, cast, key, day)
    on_now(at, 60)
    do_what_is_due()
    send_all()
    assert "Thank you for going" not in told(post_office)
    next_morning(at)
    text = told(post_office)
    assert text.count("Thank you for going to Finance on Monday 23 March") == 1
    assert text.count("Thank you for going to Finance") == 1
