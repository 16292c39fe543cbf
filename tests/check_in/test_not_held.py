"""Attendance of a meeting that turned out not to have taken place: said first, shown with no count, in no figure."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask

from portal.check_in import queries
from portal.check_in.actions import check_in_of
from portal.check_in.recording import actions
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.meetings.queries import meeting_by_id
from tests.cast import NOW, Cast
from tests.visitor import text_of

OVER = NOW + timedelta(days=12)
SAID = (
    "This meeting did not take place. Attendance was recorded before that was known. It is not counted in any figures."
)


def recorded(app: Flask, cast: Cast, things: dict[str, Any], how: str) -> None:
    with app.app_context(), unit_of_work():
        actions.confirm_attendance(meeting_by_id(things["meeting_id"]), [(cast.person("northfirth.rep"), how)])


def counted(app: Flask, cast: Cast) -> tuple[int, int]:
    """At how many meetings somebody was absent, and how many rows of attendance there are."""
    with app.app_context():
        board, today = cast.northfirth.id, clock.today()
        return sum(queries.absent_running(board, today).values()), len(queries.attendance_recorded(board, today))


def test_a_meeting_that_did_not_take_place_counts_nobody_and_says_so(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    recorded(app, cast, things, "absent")
    before, path = counted(app, cast), f"/meetings/{things['meeting_id']}/coming"
    clerk = visit("northfirth.clerk")
    assert "did not take place" not in text_of(clerk.get(path))
    assert "Attendance at this meeting, by the quarter" in text_of(clerk.get(path))
    with app.app_context(), unit_of_work():
        db.session.get_one(Meeting, things["meeting_id"]).status = "not_held"
    page = text_of(clerk.get(path))
    assert page.index(SAID) < page.index("Absent")
    assert "Attendance at this meeting, by the quarter" not in page
    assert counted(app, cast) == (before[0] - 1, before[1] - 1)
    assert ": absent" not in text_of(clerk.get(f"/meetings/{things['meeting_id']}"))


def test_what_is_recorded_of_everybody_is_not_asked_for(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}"
    assert "Record attendance" in text_of(clerk.get(f"{path}/coming"))
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        everyone = [(key, "came") for key in queries.everyone_asked(meeting)]
        actions.confirm_attendance(meeting, everyone)
    assert "Record attendance" not in text_of(clerk.get(f"{path}/coming"))
    page = text_of(clerk.get(f"{path}/attendance"))
    assert "Record attendance" not in page
    assert "Correct attendance of" in page


def test_of_a_cancelled_meeting_nobody_is_awaited_and_nothing_is_to_post(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}/coming"
    asks = ("No answer yet", "Printed papers to post")
    before = text_of(clerk.get(path))
    assert [one in before for one in asks] == [True, True]
    with app.app_context(), unit_of_work():
        db.session.get_one(Meeting, things["coming_id"]).status = "cancelled"
    after = text_of(clerk.get(path))
    assert "This meeting has been cancelled." in after
    assert [one in after for one in asks] == [False, False]


def test_of_a_cancelled_meeting_nothing_is_said_of_notice_and_answers_are_of_before(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}"
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        for person_id in queries.everyone_asked(meeting):
            one = check_in_of(meeting, person_id)
            one.coming, one.answered_for, one.answered_at = "in_person", meeting.meets_on, NOW
    pages = {"": path, "paper": f"/papers/{things['paper_id']}", "coming": f"{path}/coming"}
    goes = (
        "Days left",
        "ent 10 days before",
        "Let a depute stand in",
        "Who is coming",
        " Coming ",
        " is needed",
        "Will travel",
    )

    def said() -> set[str]:
        shown = " ".join(
            text_of(clerk.get(one)) + text_of(visit("northfirth.officer").get(one)) for one in pages.values()
        )
        return {one for one in (*goes, "Who was due to come", "Said they would come") if one in shown}

    assert said() >= {"Days left", "ent 10 days before", "Let a depute stand in", "Who is coming", " Coming "}
    with app.app_context(), unit_of_work():
        db.session.get_one(Meeting, things["meeting_id"]).status = "cancelled"
    assert said() == {"Who was due to come", "Said they would come"}
