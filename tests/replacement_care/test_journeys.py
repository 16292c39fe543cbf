"""The journey in the times of care: added by one rule, named only where it was added, and never without being seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import update

from portal.check_in.models import CheckIn
from portal.core import clock
from portal.core.calendar import moment
from portal.core.hours import hour_of
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.meetings.queries import meeting_by_id
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions
from portal.replacement_care.requests.journeys import usual_one_way
from portal.replacement_care.requests.queries import for_meeting, request_by_id
from portal.replacement_care.requests.rules import Span, lacks_journey, with_journey
from tests.cast import NOW, Cast
from tests.replacement_care.asking import ASK
from tests.visitor import text_of

PUT_IN = "you need care from 1:20pm to 4:40pm. We’ve changed the times. Check them, then select Request care again"


@pytest.fixture
def at_two(app: Flask, cast: Cast, rolled_back: Any) -> Any:
    """A meeting from 2pm."""
    key = cast.northfirth.things["coming_id"]
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(key)
        meeting.starts_at = moment(meeting.meets_on, hour_of("2pm", False))
        day = meeting.meets_on
    return key, [str(one) for one in (day.day, day.month, day.year)]


def typed(day: list[str], **changed: str) -> dict[str, Any]:
    form = {**ASK, "day": day, "from_hour": "2pm", "until_hour": "4pm", "once": str(uuid4())}
    return {**form, **changed}


def of_meeting(app: Flask, cast: Cast, key: UUID) -> CareRequest:
    with app.app_context():
        found = for_meeting(cast.northfirth.people["rep"], key)
        assert found
        return found


def ask_before(app: Flask, cast: Cast, one_way: int) -> UUID:
    """The last request of the rep, for another meeting."""
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
        care = actions.ask_for_meeting(meeting, cast.northfirth.people["rep"])
        far = timedelta(minutes=one_way)
        span = Span(care.starts_at - far, care.ends_at + far, 2 * one_way)
        actions.change(care, care.version, span, {"place": "home"})
        return care.id


def test_a_journey_typed_beside_the_times_of_the_meeting_is_put_in_and_seen_first(
    app: Flask, visit: Any, cast: Cast, at_two: Any
) -> None:
    key, day = at_two
    rep, path = visit("northfirth.rep"), f"/care/new?meeting={key}"
    answer = rep.post(path, typed(day))
    assert f"With 40 minutes each way, {PUT_IN}" in text_of(answer)
    assert 'value="13:20"' in answer.text
    assert 'value="16:40"' in answer.text
    assert "your usual journey" not in text_of(answer)
    assert rep.post(path, typed(day, from_hour="1:20pm", until_hour="4:40pm")).status_code == 302
    one = of_meeting(app, cast, key)
    assert "1 hour 20 minutes, included in these times" in text_of(rep.get(f"/care/{one.id}"))
    change = {**typed(day), "version": str(one.version)}
    assert "select Save again" in text_of(rep.post(f"/care/{one.id}/change", change)), "one rule for both forms"
    change = {**change, "from_hour": "1pm", "until_hour": "5pm"}
    assert rep.post(f"/care/{one.id}/change", change).status_code == 302


def test_a_journey_longer_than_the_meeting_is_put_in_too(visit: Any, at_two: Any) -> None:
    key, day = at_two
    answer = visit("northfirth.rep").post(f"/care/new?meeting={key}", typed(day, travel="90"))
    assert "care from 12:30pm to 5:30pm" in text_of(answer)
    assert "longer than the whole time" not in text_of(answer)


def test_a_journey_that_was_left_out_is_not_said_to_be_included(
    app: Flask, visit: Any, cast: Cast, at_two: Any
) -> None:
    """Requests of before journeys were put in."""
    key, _ = at_two
    with app.app_context(), unit_of_work():
        one = actions.ask_for_meeting(meeting_by_id(key), cast.northfirth.people["rep"])
        one.travel_minutes, care_id = 80, one.id
    page = text_of(visit("northfirth.rep").get(f"/care/{care_id}"))
    assert "1 hour 20 minutes, not all of it in these times" in page


def test_the_usual_journey_is_said_before_it_is_sent(app: Flask, visit: Any, cast: Cast, at_two: Any) -> None:
    key, _ = at_two
    ask_before(app, cast, 40)
    rep = visit("northfirth.rep")
    page = rep.get(f"/care/new?meeting={key}")
    assert "cover the meeting and your usual journey, 40 minutes each way." in text_of(page)
    assert 'value="13:20"' in page.text
    index = text_of(rep.get("/care"))
    assert "Care from 1:20pm to 4:40pm, with a journey of 40 minutes each way" in index
    rep.post(f"/care/as-last-time/{key}")
    one = of_meeting(app, cast, key)
    assert (one.starts_at, one.travel_minutes) == (moment(one.on_day, hour_of("1:20pm", False)), 80)


def test_a_cancelled_request_gives_no_usual_journey(app: Flask, visit: Any, cast: Cast, at_two: Any) -> None:
    care_id = ask_before(app, cast, 40)
    with app.app_context(), unit_of_work():
        assert usual_one_way(cast.northfirth.people["rep"], cast.northfirth.id) == 40
        care = request_by_id(cast.northfirth.id, care_id)
        actions.cancel(care, care.version)
        assert usual_one_way(cast.northfirth.people["rep"], cast.northfirth.id) == 0
    page = text_of(visit("northfirth.rep").get(f"/care/new?meeting={at_two[0]}"))
    assert "We do not know your journey: add it if you’ll travel." in page


def test_what_is_no_longer_the_same_as_last_time_is_said(app: Flask, visit: Any, cast: Cast, at_two: Any) -> None:
    """Last time with a journey, and this time online only: the page and its answer say so."""
    ask_before(app, cast, 40)
    (key, _), rep = at_two, visit("northfirth.rep")
    assert "without a journey" not in text_of(rep.get("/care"))
    with app.app_context(), unit_of_work():
        online = update(Meeting).where(Meeting.board_id == cast.northfirth.id, Meeting.id == key)
        db.session.execute(online.values(link="https://meet.example", place=""))
    assert "Care from 2pm to 4pm, without a journey" in text_of(rep.get("/care"))
    sent = rep.post(f"/care/as-last-time/{key}", follow_redirects=True)
    assert "We’ve sent your request, the same as last time but without a journey." in text_of(sent)


def test_care_without_a_journey_gives_no_other_usual_one(app: Flask, cast: Cast, at_two: Any) -> None:
    """The newest was for how the rep came online: the journey of before is still the usual one."""
    ask_before(app, cast, 40)
    with app.app_context(), unit_of_work():
        care = actions.ask_for_meeting(meeting_by_id(at_two[0]), cast.northfirth.people["rep"], is_online=True)
        actions.change(care, care.version, care.span, {"place": "home"})
        care.asked_at += timedelta(minutes=1)
        db.session.flush()
        assert care.travel_minutes == 0
        assert usual_one_way(cast.northfirth.people["rep"], cast.northfirth.id) == 40


@pytest.mark.parametrize("is_said", [True, False])
def test_no_journey_is_added_to_what_is_attended_online(
    app: Flask, visit: Any, cast: Cast, at_two: Any, is_said: bool
) -> None:
    key, _ = at_two
    ask_before(app, cast, 40)
    board = cast.northfirth
    with app.app_context(), unit_of_work():
        if is_said:
            of = {"board_id": board.id, "person_id": board.people["rep"], "meeting_id": key}
            said = CheckIn(**of, group_id=meeting_by_id(key).group_id, coming="online", care="", travel="", attended="")
            said.answered_at = clock.now()
            db.session.add(said)
        else:
            online = update(Meeting).where(Meeting.board_id == board.id, Meeting.id == key)
            db.session.execute(online.values(link="https://meet.example", place=""))
    rep = visit("northfirth.rep")
    assert "They include no journey, as you’re coming online." in text_of(rep.get(f"/care/new?meeting={key}"))
    assert "Care from 2pm to 4pm, without a journey" in text_of(rep.get("/care"))
    rep.post(f"/care/as-last-time/{key}")
    one = of_meeting(app, cast, key)
    assert (one.starts_at, one.travel_minutes) == (moment(one.on_day, hour_of("2pm", False)), 0)


def test_what_of_a_journey_is_put_in() -> None:
    hour, one_way = timedelta(hours=1), timedelta(minutes=40)
    left = Span(NOW, NOW + 2 * hour, 80)
    assert lacks_journey(left, NOW)
    assert with_journey(left, NOW) == Span(NOW - one_way, NOW + 2 * hour + one_way, 80)
    half = Span(NOW - one_way / 2, NOW + hour, 80)
    assert with_journey(half, NOW) == Span(NOW - one_way, NOW + hour + one_way / 2, 80)
    assert not lacks_journey(with_journey(left, NOW), NOW)
    assert not lacks_journey(Span(NOW, NOW + hour), NOW)
