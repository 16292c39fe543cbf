"""Facts of the past are put right by somebody entitled, with a reason, and both values stay beside the figure."""

from __future__ import annotations

from csv import reader as csv_rows
from datetime import time, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.access.roles import ADMIN
from portal.boards.models import Board, Group
from portal.boards.people import actions as people_actions
from portal.boards.queries import paper_targets
from portal.core.text import day_words
from portal.corrections import actions
from portal.corrections.models import Correction
from portal.corrections.rules import is_better
from portal.infra.correctable import NotAsItWas
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.versions import EditConflict
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.correcting import actions as correcting
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.corrections.sheets import assert_both_targets
from tests.visitor import text_of

PACK = "Days before the meeting the whole pack was there"
OVER = NOW + timedelta(days=12)  # the cast's meeting was on 13 March, with ten days of notice
WHY = "The minutes say so"


def corrections(work_or_app: Any = None) -> list[Correction]:
    statement = select(Correction).where(Correction.kind.in_(("meeting-day", "meeting-held", "paper-target")))
    return list(db.session.scalars(anywhere(statement.order_by(Correction.asked_at, Correction.id))))


def told(template: str) -> list[UUID]:
    statement = select(Email.person_id).where(Email.template == template).order_by(Email.id)
    return list(db.session.scalars(anywhere(statement)))


@pytest.fixture
def second(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    """Another administrator of Northfirth."""
    with app.app_context(), unit_of_work():
        someone = person("second@northfirth.test", "Second Administrator")
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), someone, ADMIN)
        return someone.id


def correct(visitor: Any, things: dict[str, Any], day: int, month: str = "3") -> Any:
    typed = {"what": "day", "day": [str(day), month, "2026"], "reason": WHY}
    return visitor.post(f"/meetings/{things['meeting_id']}/correct", typed)


def test_what_makes_a_figure_worse_is_corrected_at_once_and_both_values_stay(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(OVER)
    admin = visit("northfirth.admin")
    assert correct(admin, things, 8).status_code == 302  # five days of notice: both papers miss the target
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/notice"))
    assert "0 of 2 papers met the target of 7 days: 0%" in page
    assert "Was: held on 13 March 2026. Now: held on 8 March 2026." in page
    assert f"{PACK}: 10 days before this correction, 5 days after it, on " in page
    assert "Papers on time: 2 of 2 (7 days’ notice) before this correction, 0 of 2 (7 days’ notice) after it" in page
    assert "(better)" not in page
    assert WHY in page
    sheet = visit("northfirth.rep").get("/boards/northfirth/notice.csv").text
    assert "was held on 13 March 2026, now held on 8 March 2026" in sheet
    assert WHY in text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    everywhere = text_of(visit("coordinator").get("/notice"))
    assert "Northfirth: 1 correction to records used for this figure. Without corrections, 2 of 2" in everywhere
    assert "All boards: 1 correction to records used for this figure. Without corrections, 4 of 4" in everywhere
    line = "CANARYNORTH Main Group, 13 March 2026: was held on 13 March 2026, now held on 8 March 2026"
    assert line in everywhere, "each correction is listed, as many as are counted"
    lines = list(csv_rows(visit("coordinator").get("/notice.csv").text.lstrip("\ufeff").splitlines()))
    found = {one[0]: one[-7:-4] for one in lines}
    assert found["Northfirth"] == ["1", line, "100"]
    assert found["All boards"] == ["1", "", "100"]
    with app.app_context():
        heard = told("record-corrected")
    people = cast.northfirth.people
    assert {people["rep"], people["officer"], people["clerk"], cast.person("coordinator")} <= set(heard)
    assert people["admin"] not in heard, "whoever made it knows"


def test_what_makes_a_figure_better_waits_for_a_second_person(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast, second: UUID
) -> None:
    from tests.visitor import Visitor

    at(OVER)
    admin = visit("northfirth.admin")
    assert "Another administrator or the coordinator must confirm" in text_of(
        admin.get(correct(admin, things, 14).headers["Location"])
    )
    before = text_of(visit("northfirth.rep").get("/boards/northfirth/notice"))
    assert "14 March 2026" not in before
    with app.app_context():
        [waiting] = corrections()
        assert {second, cast.person("coordinator")} <= set(told("correction-asked"))
        assert cast.northfirth.people["admin"] not in told("correction-asked")
    own = admin.post(f"/corrections/{waiting.id}/confirm")
    assert "You asked for this correction" in text_of(admin.get(own.headers["Location"]))
    assert "Confirm the correction" not in text_of(admin.get(f"/corrections/{waiting.id}"))
    colleague = Visitor(app, second)
    said = "Northfirth, CANARYNORTH Main Group, 13 March 2026"
    change = "The day of a meeting: was held on 13 March 2026, to become held on 14 March 2026"
    for page in (text_of(colleague.get("/")), text_of(visit("coordinator").get("/"))):
        assert f"Confirm a correction: {said}" in page
        assert change in page
    listed = text_of(colleague.get("/corrections"))
    assert said in listed
    assert change in listed
    shown = text_of(visit("coordinator").get(f"/corrections/{waiting.id}"))
    assert "The day of a meeting, CANARYNORTH Joint Board." in shown
    assert "Was: held on 13 March 2026. To become: held on 14 March 2026." in shown
    assert f"{PACK}: 10 days now, 11 days if it is confirmed (better)." in shown
    assert "It makes this figure better: days before the meeting the whole pack was there. A second" in shown
    colleague.post(f"/corrections/{waiting.id}/confirm")
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/notice"))
    assert "Was: held on 13 March 2026. Now: held on 14 March 2026." in page
    assert "confirmed by a second person" in page
    coordinator = visit("coordinator")
    again = coordinator.post(f"/corrections/{waiting.id}/confirm")
    assert "Someone has already decided on this correction" in text_of(coordinator.get(again.headers["Location"]))


def test_the_coordinator_declines_and_the_record_stays(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(OVER)
    correct(visit("northfirth.admin"), things, 14)
    with app.app_context():
        [waiting] = corrections()
    coordinator = visit("coordinator")
    assert str(waiting.id) in coordinator.get("/corrections").text
    page = coordinator.post(f"/corrections/{waiting.id}/decline", {"why": " "})
    assert "Say why you refuse the correction" in text_of(page)
    refused = coordinator.post(f"/corrections/{waiting.id}/decline", {"why": "The minutes say the 13th"})
    assert "The record is not changed. CANARYNORTH Admin will be emailed" in text_of(
        coordinator.get(refused.headers["Location"])
    )
    with app.app_context():
        [declined] = corrections()
        assert declined.status == "declined"
        assert meeting_by_id(things["meeting_id"]).opened_on == TODAY + timedelta(days=10)
        assert told("correction-declined") == [cast.northfirth.people["admin"]]
    page = text_of(visit("northfirth.admin").get(f"/corrections/{waiting.id}"))
    assert "Requested: held on" in page.replace("was held", "held")
    assert "Refused by CANARYNORTH" not in page
    assert "Refused because: The minutes say the 13th" in page
    assert "Now:" not in page
    assert "Corrected at" not in page


def test_another_boards_corrections_are_not_there(visit: Any, cast: Cast, at: Any) -> None:
    theirs = cast.southmoor.things
    at(OVER)
    admin = visit("northfirth.admin")
    for path in (
        f"/corrections/{theirs['correction_id']}",
        f"/meetings/{theirs['meeting_id']}/correct",
        f"/paper-targets/{theirs['target_id']}/correct",
        f"/carer-awareness/{theirs['awareness_id']}/correct",
        f"/attendance/{theirs['check_in_id']}/correct",
        f"/training/records/{theirs['record_id']}/correct",
        f"/payment-runs/{theirs['run_id']}/correct",
        "/boards/southmoor/corrections",
    ):
        assert admin.get(path).status_code == 404, path
    assert visit("northfirth.clerk").get(f"/meetings/{cast.northfirth.things['meeting_id']}/correct").status_code == 403


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"what": "day", "day": ["13", "3", "2026"]}, "The record says this day already"),
        ({"what": "day", "day": ["13", "3", "2027"]}, "This day is in the future"),
        ({"what": "day", "day": ["13", "2", "2026"]}, "had not been added by this day"),
        ({"what": "day"}, "Enter the day on which it was held"),
        ({"what": "held"}, "Select what is right"),
        ({"what": "not_held", "reason": " "}, "Say why the record is wrong"),
    ],
)
def test_a_correction_that_cannot_be_right_is_refused(
    visit: Any, things: dict[str, Any], at: Any, typed: dict[str, Any], words: str
) -> None:
    at(OVER)
    page = visit("northfirth.admin").post(f"/meetings/{things['meeting_id']}/correct", {"reason": WHY, **typed})
    assert words in text_of(page)


def test_a_meeting_that_is_not_over_has_nothing_to_correct(visit: Any, things: dict[str, Any]) -> None:
    assert visit("northfirth.admin").get(f"/meetings/{things['meeting_id']}/correct").status_code == 302


def test_a_target_that_measured_meetings_is_corrected_with_both_values(
    visit: Any, work: Any, cast: Cast, at: Any, app: Flask
) -> None:
    at(OVER)
    with app.app_context():
        target = paper_targets(cast.northfirth.id)[0]
    admin, path = visit("northfirth.admin"), f"/paper-targets/{target.id}/correct"
    assert "The record says this already" in text_of(admin.post(path, {"days": "7", "reason": WHY}))
    coming = OVER.date() + timedelta(days=30)
    with work():
        meetings.schedule(db.session.get_one(Group, cast.northfirth.things["group_id"]), coming, time(10), "Town Hall")
    page = text_of(admin.get(path))
    assert "By this target the papers of 2 coming meetings are due too" in page
    due = coming - timedelta(days=7)
    assert f"CANARYNORTH Main Group, {day_words(coming)}: due by {day_words(due)} now" in page
    admin.post(path, {"days": "14", "reason": WHY})
    with app.app_context():
        assert cast.northfirth.people["clerk"] in told("record-corrected"), "their deadlines moved"
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/notice"))
    assert "0 of 2 papers met the target of 14 days: 0%" in page
    assert "Was: 7 days. Now: 14 days." in page
    assert_both_targets(visit("northfirth.rep"))


def test_a_fact_that_changed_meanwhile_is_not_overwritten(
    work: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    at(OVER)
    admin, meeting = cast.northfirth.people["admin"], meeting_by_id(things["meeting_id"])
    with work():
        first = correcting.correct_day(meeting, meeting.opened_on + timedelta(days=1), admin, WHY)
        correcting.correct_day(meeting_by_id(meeting.id), meeting.opened_on - timedelta(days=1), admin, WHY)
    with pytest.raises(NotAsItWas), work():
        actions.confirm(first, cast.person("coordinator"))
    assert db.session.get_one(Correction, first.id).status == "waiting"


def test_two_who_confirm_at_once_make_one_correction(work: Any, things: dict[str, Any], at: Any, cast: Cast) -> None:
    at(OVER)
    meeting = meeting_by_id(things["meeting_id"])
    with work():
        one = correcting.correct_day(
            meeting, meeting.opened_on + timedelta(days=1), cast.northfirth.people["admin"], WHY
        )
        actions.confirm(one, cast.person("coordinator"))
    with pytest.raises(EditConflict), work():
        actions.confirm(one, cast.person("both"))


def test_the_database_takes_no_better_figure_from_one_person_alone(work: Any, cast: Cast, things: Any) -> None:
    one = db.session.get_one(Correction, things["correction_id"])
    with pytest.raises(IntegrityError), work():
        one.status, one.decided_by_id = "made", one.asked_by_id


scores = st.dictionaries(st.sampled_from("abc"), st.floats(-9, 9, allow_nan=False))


@given(scores, scores)
def test_whatever_is_better_anywhere_needs_a_second_person(before: dict[str, float], after: dict[str, float]) -> None:
    better = [name for name in before if name not in after or after[name] > before[name]]
    assert is_better(before, after) == bool(better)


def test_what_waits_is_shown_with_both_values_and_is_not_asked_for_twice(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    admin, meeting = visit("northfirth.admin"), f"/meetings/{things['meeting_id']}"
    correct(admin, things, 14)
    for path in ("/boards/northfirth/corrections", meeting, "/boards/northfirth/notice", f"{meeting}/correct"):
        page = text_of(admin.get(path))
        assert "Was: held on 13 March 2026. To become: held on 14 March 2026." in page, path
        assert "confirmed by another administrator of the board, or by the coordinator" in page, path
    assert "Waiting to be confirmed" not in text_of(visit("northfirth.rep").get(meeting))
    assert "There are no corrections" not in text_of(visit("northfirth.rep").get("/boards/northfirth/corrections"))
    again = text_of(admin.get(correct(admin, things, 14).headers["Location"]))
    assert "Someone has already asked for this correction" in again
    with app.app_context():
        assert len(corrections()) == 1
    said = "the record says held on 13 March 2026, and should say held on 14 March 2026"
    assert f"{said}, reason: {WHY}" in text_of(admin.get("/boards/northfirth/audit"))


def test_a_correction_waits_on_the_first_page_of_whoever_was_emailed_of_it(app: Flask, visit: Any, cast: Cast) -> None:
    asked = f"/corrections/{cast.northfirth.things['correction_id']}"
    assert asked not in visit("northfirth.admin").get("/").text, "they asked for it"
    with app.app_context(), unit_of_work():
        colleague = person("third@northfirth.test", "Third Administrator")
        people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), colleague, ADMIN)
    for path in ("/", "/corrections"):
        assert asked in visit("coordinator").get(path).text
