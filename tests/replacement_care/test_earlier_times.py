"""What the officer reads of times that changed: what they were, what they are now, and when that was."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from portal.core.clock import LONDON
from portal.core.text import short_day_words
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.arranging.actions import arrange
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.actions import ask_for_meeting, follow
from portal.replacement_care.requests.earlier_times import NO_WISH, NOTHING_EARLIER, when_changed, when_offered
from portal.replacement_care.requests.queries import request_by_id
from portal.replacement_care.requests.rules import Span
from tests.cast import NOW, Cast
from tests.replacement_care.asking import ARRANGE, ASK, asked, do, request_of
from tests.replacement_care.test_two_tabs import newest_email
from tests.visitor import text_of

CHANGED = "Changed on Tuesday 3 March"


def arranged(app: Flask, visit: Any, cast: Cast) -> tuple[Any, Any, CareRequest]:
    """Care from 9am to 2pm, arranged as the rep asked."""
    one = asked(app, visit, cast)
    rep, officer = visit("northfirth.rep"), visit("northfirth.officer")
    do(officer, one, "arrange", 1, **ARRANGE)
    return rep, officer, request_of(app, cast)


def change(rep: Any, app: Flask, cast: Cast, **typed: object) -> None:
    one = request_of(app, cast)
    assert rep.post(f"/care/{one.id}/change", {**ASK, **typed, "version": str(one.version)}).status_code == 302


def shown(officer: Any, one: CareRequest) -> str:
    return text_of(officer.get(f"/care/{one.id}/arrange"))


def test_the_officer_reads_what_the_times_were_and_when_they_changed(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast)
    assert "Changed on" not in shown(officer, one)
    change(rep, app, cast, until_hour="3pm")
    page = shown(officer, one)
    assert "When Friday 20 March 2026, from 9am to 3pm" in page
    assert CHANGED in page
    assert ": from Friday 20 March, from 9am to 2pm, to Friday 20 March, from 9am to 3pm." in page
    change(rep, app, cast, until_hour="4pm")
    assert "from 9am to 2pm, to Friday 20 March, from 9am to 4pm." in shown(officer, one), "as they were arranged"
    change(rep, app, cast)
    assert "Changed on" not in shown(officer, one), "they are as they were arranged"


def test_another_note_is_no_change_of_the_times(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast)
    change(rep, app, cast, note="OTHERWORDS")
    assert "Changed on" not in shown(officer, one)
    assert "Change not accepted yet" in shown(officer, one)


def test_other_times_than_the_rep_changed_to_do_not_hide_that_they_changed(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast)
    change(rep, app, cast, until_hour="3pm")
    version = request_of(app, cast).version
    form = {**ARRANGE, "from_hour": "10am", "anyway": "y", "version": str(version)}
    done = officer.post(f"/care/{one.id}/arrange", form, follow_redirects=True)
    did = "You did not accept their change to Friday 20 March, from 9am to 3pm: they need to agree to your times"
    assert did in text_of(done)
    page = shown(officer, one)
    assert "Rep to confirm" in page
    assert "Other times offered" in page
    assert "When Friday 20 March 2026, from 10am to 2pm" in page
    assert "The rep asked for Friday 20 March, from 9am to 3pm. These times were offered instead, and the rep" in page
    assert ": from Friday 20 March, from 9am to 2pm, to Friday 20 March, from 9am to 3pm." in page
    do(rep, one, "agree", request_of(app, cast).version)
    page = shown(officer, one)
    assert "Changed on" not in page, "everybody has agreed"
    assert "The rep asked for" not in page


def test_accepting_the_change_keeps_what_it_was(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast)
    change(rep, app, cast, until_hour="3pm")
    do(officer, one, "agree-times", request_of(app, cast).version)
    assert "from 9am to 2pm, to Friday 20 March, from 9am to 3pm." in shown(officer, one)
    change(rep, app, cast, until_hour="4pm")
    page = shown(officer, one)
    assert "from Friday 20 March, from 9am to 3pm, to Friday 20 March, from 9am to 4pm." in page, "since the accepted"


def test_a_meeting_that_moves_changes_the_times_too(app: Flask, visit: Any, cast: Cast) -> None:
    _, officer, one = arranged(app, visit, cast)
    with app.app_context(), unit_of_work():
        care = request_by_id(cast.northfirth.id, one.id)
        was_at = care.starts_at + timedelta(hours=1)
        moved = Meeting(meets_on=care.on_day + timedelta(days=1), starts_at=was_at + timedelta(days=1))
        follow(care, moved, was_at)
    page = shown(officer, one)
    assert ": from Friday 20 March, from 9am to 2pm, to Saturday 21 March, from 9am to 2pm." in page


def test_the_email_of_an_offer_names_the_day_and_no_word_that_was_typed(app: Flask, visit: Any, cast: Cast) -> None:
    one, officer = asked(app, visit, cast, title="Mum’s clinic"), visit("northfirth.officer")
    do(officer, one, "take", 1)
    do(officer, one, "arrange", 2, **{**ARRANGE, "day": ["21", "3", "2026"], "from_hour": "10am"}, anyway="y")
    words = newest_email(app, cast, "care-to-agree")
    assert "Your officer has offered other times for your request about an event on Friday 20 March." in words
    assert "clinic" not in words


def test_the_email_of_an_offer_names_the_meeting(app: Flask, cast: Cast, rolled_back: Any) -> None:
    north = cast.northfirth
    with app.app_context(), unit_of_work():
        one = ask_for_meeting(meeting_by_id(north.things["meeting_id"]), north.people["rep"], "CAREWORDS")
        later = Span(one.starts_at + timedelta(hours=1), one.ends_at)
        arrange(one, one.version, north.people["officer"], later, {"arrangement": "Jo comes", "place": "home"})
    words = newest_email(app, cast, "care-to-agree")
    assert "for your request about CANARYNORTH Main Group on Friday 13 March." in words
    assert not any(said in words for said in ("CAREWORDS", "Jo comes", "home"))


@pytest.mark.parametrize(
    ("days", "hours", "words"), [(1, 0, "The day has"), (0, 1, "The times have"), (1, 1, "The day and times have")]
)
def test_the_email_says_what_changed_as_the_meeting_moved(
    app: Flask, visit: Any, cast: Cast, days: int, hours: int, words: str
) -> None:
    _, _, one = arranged(app, visit, cast)
    with app.app_context(), unit_of_work():
        care = request_by_id(cast.northfirth.id, one.id)
        was_at = care.starts_at + timedelta(hours=1)
        now_at = was_at + timedelta(days=days, hours=hours)
        follow(care, Meeting(meets_on=now_at.date(), starts_at=now_at), was_at)
    day = short_day_words(now_at.date())
    said = f"{words} changed for your request about an event on {day}. Please sign in"
    assert said in newest_email(app, cast, "care-to-agree")


def span(first: int, last: int) -> Span:
    return Span(datetime(2026, 3, 20, first, tzinfo=LONDON), datetime(2026, 3, 20, last, tzinfo=LONDON))


def test_what_is_kept_of_earlier_times() -> None:
    nine, ten, eleven = span(9, 14), span(10, 14), span(11, 14)
    assert when_changed(nine, nine, NOW) == {}
    assert when_changed(nine, ten, NOW)["was_starts_at"] == nine.starts_at
    assert when_changed(ten, eleven, NOW, nine)["was_starts_at"] == nine.starts_at
    assert when_changed(ten, nine, NOW, nine) == NOTHING_EARLIER
    assert when_offered(nine, ten, None)["wanted_starts_at"] == nine.starts_at
    assert when_offered(ten, eleven, nine)["wanted_starts_at"] == nine.starts_at
    assert when_offered(ten, nine, nine) == NO_WISH, "what the rep asked for after all"
