"""Care that was cancelled and is asked for again: for how the rep comes now, alike on every page and as saved."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.check_in import queries
from portal.core.text import hour_words
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.queries import for_meeting
from portal.replacement_care.requests.rules import Span
from tests.cast import Cast
from tests.check_in.test_check_in import FIRST, answered_before
from tests.visitor import text_of

ONLINE = {**FIRST, "coming": "online", "care": "same", "care_words": ""}
IN_PERSON = {**ONLINE, "coming": "in_person"}
BOTH = "As last time: yes, from 9:25am to 12:35pm, or 10am to 12pm if you join online"


@pytest.fixture
def path(app: Flask, cast: Cast, rolled_back: Any, rep_goes: Any) -> str:
    """The check-in of a meeting at 10am, for a rep who travelled 35 minutes each way to another."""
    north = cast.northfirth
    answered_before(app, cast)
    with app.app_context(), unit_of_work():
        one = for_meeting(north.people["rep"], north.things["coming_id"])
        assert one
        far = timedelta(minutes=35)
        care.change(one, one.version, Span(one.starts_at - far, one.ends_at + far, 70), {"place": "home"})
    return f"/meetings/{north.things['meeting_id']}/check-in"


def now(app: Flask, cast: Cast) -> CareRequest:
    with app.app_context():
        found = for_meeting(cast.northfirth.people["rep"], cast.northfirth.things["meeting_id"])
        assert found
        return found


def hours(one: CareRequest) -> tuple[str, str, int]:
    return hour_words(one.starts_at), hour_words(one.ends_at), one.travel_minutes


def cancel(app: Flask, cast: Cast, span: Span | None = None) -> None:
    """Cancel what there is, with times typed by the rep before, if they are given."""
    with app.app_context(), unit_of_work():
        one = for_meeting(cast.northfirth.people["rep"], cast.northfirth.things["meeting_id"])
        assert one
        if span:
            care.keep_hours(one, one.version)
            care.change(one, one.version, span, {})
        care.cancel(one, one.version)


@pytest.mark.parametrize(("again", "saved"), [(IN_PERSON, ("9:25am", "12:35pm", 70)), (ONLINE, ("10am", "12pm", 0))])
def test_worked_out_times_are_worked_out_anew_for_how_they_come_now(
    app: Flask, visit: Any, cast: Cast, path: str, again: dict[str, Any], saved: tuple[str, str, int]
) -> None:
    rep = visit("northfirth.rep")
    rep.post(path, {**(ONLINE if again is IN_PERSON else IN_PERSON), "care": "different", "care_words": "Sitting"})
    cancel(app, cast)
    page = rep.post(path, {"coming": again["coming"], "shown": "coming"})
    assert BOTH in text_of(page)
    assert rep.post(path, again).status_code == 302
    assert hours(now(app, cast)) == saved
    assert now(app, cast).is_worked_out


def test_the_label_says_both_before_anything_is_chosen(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    rep = visit("northfirth.rep")
    rep.post(path, {**ONLINE, "care": "different", "care_words": "Sitting"})
    cancel(app, cast)
    assert BOTH in text_of(rep.get(path))


def test_typed_times_stay_and_get_the_journey_of_whoever_travels_now(
    app: Flask, visit: Any, cast: Cast, path: str
) -> None:
    rep, key = visit("northfirth.rep"), cast.northfirth.things["meeting_id"]
    rep.post(path, {**ONLINE, "care": "different", "care_words": "Sitting"})
    one = now(app, cast)
    cancel(app, cast, Span(one.starts_at, one.ends_at + timedelta(hours=1)))
    rep.post(path, {**IN_PERSON, "care": "no"})
    assert BOTH in text_of(rep.get(path)), "what was cancelled is not last time"
    assert "with your usual journey added, 35 minutes each way" in text_of(rep.get(f"/care/new?meeting={key}"))
    rep.post(path, {**IN_PERSON, "care": "different", "care_words": "Sitting"})
    assert hours(now(app, cast)) == ("9:25am", "1:35pm", 70)
    assert not now(app, cast).is_worked_out


def test_whoever_travels_after_all_is_offered_the_journey_that_is_left_out(
    app: Flask, visit: Any, cast: Cast, path: str
) -> None:
    """Asked for online, kept as it is in person: the care page says so, as it does the other way round."""
    rep = visit("northfirth.rep")
    rep.post(path, {**ONLINE, "care": "different", "care_words": "Sitting"})
    one = now(app, cast)
    left, page = "these times include no journey", f"/care/{one.id}"
    assert left not in text_of(rep.get(page))
    rep.post(path, {**IN_PERSON, "care": "keep", "travel": "none"})
    assert left not in text_of(rep.get(page)), "who need not travel has no journey"
    assert rep.post(path, {**IN_PERSON, "care": "keep"}).headers["Location"] == page
    offered = "With your usual journey, 35 minutes each way, you need care from 9:25am to 12:35pm. Put the journey in"
    assert f"{left}. {offered}" in text_of(rep.get(page))
    form = rep.get(f"{page}/change?with-journey=1").text
    assert all(f'value="{typed}"' in form for typed in ("09:25", "12:35", "35"))


def test_a_journey_that_was_taken_out_is_asked_for_where_no_other_is_known(
    app: Flask, visit: Any, cast: Cast, path: str
) -> None:
    """Taken out to come online, then in person after all: a journey was promised, and nothing added or said."""
    rep = visit("northfirth.rep")
    rep.post(path, {**IN_PERSON, "care": "different", "care_words": "Sitting"})
    with app.app_context(), unit_of_work():
        for one in (
            coming_request(cast),
            for_meeting(cast.northfirth.people["rep"], cast.northfirth.things["meeting_id"]),
        ):
            assert one
            one.travel_minutes = 0
            if one.meeting_id == cast.northfirth.things["meeting_id"]:
                one.starts_at, one.ends_at = one.meeting.starts_at, one.meeting.starts_at + timedelta(hours=2)
    page = f"/care/{now(app, cast).id}"
    assert rep.post(path, {**IN_PERSON, "care": "keep", "travel": "bus"}).headers["Location"] == page
    says = "these times include no journey. If you need care while you travel, add your journey."
    assert says in text_of(rep.get(page))
    rep.post(path, {**IN_PERSON, "care": "keep", "travel": "none"})
    assert says not in text_of(rep.get(page))


def coming_request(cast: Cast) -> CareRequest:
    found = for_meeting(cast.northfirth.people["rep"], cast.northfirth.things["coming_id"])
    assert found
    return found


def test_asked_for_again_it_begins_as_it_was(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    """Without a journey, while nobody says that they travel."""
    rep, meeting = visit("northfirth.rep"), cast.northfirth.things["meeting_id"]
    rep.post(path, {**ONLINE, "care": "different", "care_words": "Sitting"})
    cancel(app, cast)
    with app.app_context(), unit_of_work():
        check_in = queries.check_in(meeting, cast.northfirth.people["rep"])
        assert check_in
        check_in.coming = ""
    page = rep.get(f"/care/new?meeting={meeting}")
    assert 'value="10:00"' in page.text
    assert "35 minutes" not in text_of(page)


def test_there_is_no_journey_to_what_is_online_only(app: Flask, visit: Any, cast: Cast, path: str) -> None:
    rep, meeting = visit("northfirth.rep"), cast.northfirth.things["meeting_id"]
    rep.post(path, {**IN_PERSON, "care": "no"})
    assert "Care from 9:25am" in text_of(rep.get("/care"))
    with app.app_context(), unit_of_work():
        one = meeting_by_id(meeting)
        one.place, one.link = "", "https://meet.example"
    assert "Care from 10am to 12pm" in text_of(rep.get("/care"))
    rep.post(f"/care/as-last-time/{meeting}")
    assert hours(now(app, cast)) == ("10am", "12pm", 0)
