"""A line of the trail keeps its words: it names a thing as it was called when the line was written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Flask

from portal.boards import actions as boards
from portal.boards.events import GroupChanged
from portal.boards.models import Group
from portal.boards.people import actions as people
from portal.boards.queries import board_by_key
from portal.boards.seats import actions as seats
from portal.boards.seats.queries import appointments_of_seat
from portal.infra.database import db
from portal.infra.unit_of_work import record, unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.events import AgendaChanged, MeetingComesSoon
from portal.meetings.queries import meeting_by_id
from tests.cast import NOW, TODAY, Cast
from tests.visitor import text_of

PATH = "/boards/northfirth/audit"


def test_a_meeting_keeps_its_day_in_lines_from_before_it_was_moved_or_corrected(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast, at: Any
) -> None:
    meeting_id, of = things["meeting_id"], {"board_id": cast.northfirth.id, "meeting_id": things["meeting_id"]}
    with app.app_context(), unit_of_work():
        record(MeetingComesSoon(**of))
    at(NOW + timedelta(hours=1))
    with app.app_context(), unit_of_work():
        one = meeting_by_id(meeting_id)
        moved = {"meets_on": TODAY + timedelta(days=9), "hour": one.starts_at.time(), "place": "Hall"}
        meetings.change(one, one.version, **moved, link="", kind=one.kind)
    at(NOW + timedelta(hours=2))
    with app.app_context(), unit_of_work():
        record(AgendaChanged(**of))
    at(NOW + timedelta(days=12))
    admin = visit("northfirth.admin")
    typed = {"what": "day", "day": ["8", "3", "2026"], "reason": "The minutes say so"}
    assert admin.post(f"/meetings/{meeting_id}/correct", typed).status_code == 302
    assert "Main Group, Friday 13 March" in text_of(admin.get(f"{PATH}?event=MeetingComesSoon"))
    assert "Main Group, Thursday 12 March" in text_of(admin.get(f"{PATH}?event=AgendaChanged"))
    page = text_of(admin.get(f"{PATH}?event=RecordCorrected"))
    assert "now held on 8 March 2026, reason: The minutes say so" in page


def test_a_group_keeps_its_name_and_says_that_it_is_todays_where_the_older_one_was_not_kept(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast, at: Any
) -> None:
    of = {"board_id": cast.northfirth.id, "meeting_id": things["meeting_id"]}
    with app.app_context(), unit_of_work():
        record(MeetingComesSoon(**of))
    at(NOW + timedelta(hours=1))
    with app.app_context(), unit_of_work():
        record(GroupChanged(board_id=cast.northfirth.id, group_id=things["group_id"]))  # as older lines are
    at(NOW + timedelta(hours=2))
    with app.app_context(), unit_of_work():
        record(AgendaChanged(**of))
    at(NOW + timedelta(hours=3))
    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, things["group_id"])
        boards.change_group(group, "Planning Group", group.kind, group.parent_id)
    admin = visit("northfirth.admin")
    assert "now called Planning Group, Friday 13 March" in text_of(admin.get(f"{PATH}?event=MeetingComesSoon"))
    assert "CANARYNORTH Main Group, Friday 13 March" in text_of(admin.get(f"{PATH}?event=AgendaChanged"))
    assert "name: was CANARYNORTH Main Group, now Planning Group" in text_of(admin.get(f"{PATH}?event=GroupChanged"))


def test_what_lines_say_of_days_and_that_they_are_not_sealed_yet(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    with app.app_context(), unit_of_work():
        board = board_by_key("northfirth")
        assert board
        people.invite_to_role(board, "Una", "una@new.test", "clerk", TODAY + timedelta(days=5))
        [sitting] = appointments_of_seat(board.id, things["taken_seat_id"])[:1]
        seats.end_appointment(sitting, date(2026, 4, 9), "other")
    admin = visit("northfirth.admin")
    given = text_of(admin.get(f"{PATH}?event=RoleGiven"))
    assert "clerk, from 8 March 2026" in given
    assert "not sealed yet" in given
    assert "“Not sealed yet” means that a line is new" in given
    assert ", now until 9 April 2026" in text_of(admin.get(f"{PATH}?event=AppointmentEnded"))
    assert "not sealed yet" in admin.get(f"{PATH}.csv").text
