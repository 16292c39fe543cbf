"""Lines about care, apologies, mentoring and notes stand in the trail, and neither page nor file says about whom."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import date, datetime
from io import StringIO
from typing import Any
from uuid import UUID

from portal.audit.actions import _line
from portal.audit.queries import by_staff_names
from portal.audit_trail.reading import lines_shown
from portal.boards.events import RoleGiven
from portal.capabilities import GATHERED
from portal.check_in.events import RepCannotCome
from portal.core.events import Event, every_event
from portal.corrections.events import PrivateRowCorrected, RowCorrected
from portal.infra.unit_of_work import acting, record
from portal.meetings.events import DeputeStandsIn
from portal.mentoring.events import MentorChanged, MentorConfirmed, NoteKept
from portal.replacement_care.events import CareAsked, CareTextRead
from tests.cast import NOW, Cast
from tests.visitor import text_of

PATH = "/boards/northfirth/audit"
PRIVATE = ("replacement_care", "mentoring", "check_in", "support_meetings")  # what these tell of is private
WORDS = (
    "Care",
    "Apolog",
    "Pulse",
    "Note",
    "CannotCome",
    "Wellbeing",
    "Mentor",
    "DeputeStands",
)  # so is what is called like this
NOTHING_PRIVATE = {  # why the trail names people in these, or names nobody whom it could hide
    "AttendanceConfirmed": "it is about a meeting, and names nobody",
    "AttendanceNoted": "the board has a record of who was at training",
    "CarePolicyChanged": "it is about the board",
    "CareProviderChanged": "it is about a provider",
    "CareTextsRemoved": "it says how many, and names nobody",
    "CareWaits": "it says how many, and names nobody",
    "PackPosted": "it says to whom papers were posted, and nothing of how they are",
    "PacksToPost": "it says how many, and names nobody",
    "PulseLow": "it names nobody",
    "PulseSeen": "it names the officer who looked after it, and nobody else",
    "SupportMeetingCalledOff": "it is about a meeting of the group, and names nobody",
    "SupportMeetingSet": "it is about a meeting of the group, and names nobody",
    "SupportMeetingTomorrow": "it is about a meeting of the group, and names nobody",
}


SOME = {UUID: UUID(int=1), str: "2026-03-03", int: 3, bool: True, date: date(2026, 3, 3), datetime: NOW}


def one_of(kind: type[Event], board: Any) -> Event:
    """An event with something in every field, and the people and things of the cast wherever it can name one."""
    known = {**board.things, "person_id": board.people["rep"], "mentor_id": board.people["mentor"]}
    known |= dict.fromkeys(("on_behalf_of_id", "of_id", "first_by_id"), board.people["rep"])
    values = {f.name: known.get(f.name, SOME[str if f.metadata else _type_of(f.type)]) for f in fields(kind)}
    return kind(**{**values, "board_id": board.id})


def _type_of(written: Any) -> Any:
    named = {"UUID": UUID, "int": int, "bool": bool, "date": date, "datetime": datetime}
    return next((named[word] for word in re.findall(r"\w+", str(written)) if word in named), str)


def test_no_private_line_says_anything_but_what_happened(app: Any, cast: Cast) -> None:
    """Of every event that is private, whatever its fields hold; and who it was only where staff did it."""
    board = cast.northfirth
    kinds = [one for one in every_event() if one.unnamed and one.__module__.startswith("portal.")]
    with app.app_context(), by(board.people["officer"]):
        shown = lines_shown(board.id, [_line(one_of(kind, board)) for kind in kinds])
    says = {kind.__name__: one.about for kind, one in zip(kinds, shown, strict=True) if one.about}
    assert says.keys() == {"PackDownloaded", "PaperDownloaded"}, "which name the papers, and nobody"
    assert {kind.__name__ for kind, one in zip(kinds, shown, strict=True) if one.who != "Not shown"} == {
        kind.__name__ for kind in kinds if kind.by_staff
    }


def test_a_corrected_row_of_what_is_private_is_private() -> None:
    """Whether somebody was at a meeting is no affair of an administrator; a day of payment or training is on record."""
    rows = {kind: one.is_private for kind, one in GATHERED.correctable.items() if not one.is_of_board}
    assert rows == {"attendance": True, "training-record": False, "payment-day": False}


def test_corrected_attendance_is_not_shown_and_the_page_says_so(visit: Any, cast: Cast, work: Any) -> None:
    board, people = cast.northfirth, cast.northfirth.people
    of_row = {"correction_id": board.things["row_correction_id"], "person_id": people["rep"]}
    with by(people["officer"]), work():
        record(PrivateRowCorrected(board_id=board.id, **of_row, was="Came online", now="Absent"))
        record(RowCorrected(board_id=board.id, **of_row, was="paid on 24 March", now="paid on 25 March"))
        record(RoleGiven(board_id=board.id, person_id=people["mentor"], role="mentor"))
    page = text_of(visit("northfirth.admin").get(PATH))
    assert "Corrected a private record about someone CANARYNORTH Officer" in page
    assert "Came online" not in page
    assert "was paid on 24 March, now paid on 25 March" in page
    assert "Gave a role: CANARYNORTH Mentor, mentor" in page
    assert "If someone is given the role of mentor, or it ends, a line about that names them" in page
    assert "is coming to a meeting or was there" in page


@contextmanager
def by(person_id: UUID) -> Iterator[None]:
    token = acting.set(person_id)
    yield
    acting.reset(token)


def may_be_private(event: type[Event]) -> bool:
    capability = event.__module__.split(".")[1]
    return capability in PRIVATE or any(word in event.__name__ for word in WORDS)


def test_every_event_of_what_is_private_names_nobody_or_says_why() -> None:
    ours = [one for one in every_event() if one.__module__.startswith("portal.") and may_be_private(one)]
    named = {one.__name__ for one in ours if not one.unnamed}
    assert named == set(NOTHING_PRIVATE), "unnamed=True, by_staff=True, or say why not"


def test_neither_page_nor_file_says_about_whom_a_private_line_is(visit: Any, cast: Cast, work: Any) -> None:
    board, people = cast.northfirth, cast.northfirth.people
    of_pair = {"pair_id": board.things["pair_id"], "person_id": people["rep"], "mentor_id": people["mentor"]}
    with by(people["rep"]), work():
        request = {"request_id": board.things["request_id"], "person_id": people["rep"], "version": 1}
        record(CareAsked(board_id=board.id, **request))
        record(NoteKept(board_id=board.id, **of_pair))
        of_meeting = {"meeting_id": board.things["meeting_id"], "person_id": people["rep"], "depute": False}
        record(RepCannotCome(board_id=board.id, **of_meeting))
    admin = visit("northfirth.admin")
    for event, sentence in (
        ("CareAsked", "Asked for care"),
        ("NoteKept", "Shared a note of mentoring"),
        ("RepCannotCome", "Sent apologies"),
    ):
        page = text_of(admin.get(f"{PATH}?event={event}"))
        assert f"{sentence} Not shown, " in page
        sheet = admin.client.get(f"{PATH}.csv?event={event}").data.decode("utf-8-sig")
        rows = list(csv.DictReader(StringIO(sheet)))
        assert {(row["Who"], row["What"], row["About"]) for row in rows} - {("The portal", sentence, "")} == {
            ("Not shown", sentence, "")
        }
        for person in ("rep", "mentor"):
            assert f"{sentence} Not shown" not in text_of(admin.get(f"{PATH}?person={people[person]}"))


def test_staff_who_read_what_is_private_answer_for_it_by_name(visit: Any, cast: Cast, work: Any) -> None:
    board, people = cast.northfirth, cast.northfirth.people
    with by(people["officer"]), work():
        request = {"request_id": board.things["request_id"], "person_id": people["rep"], "version": 1}
        record(CareTextRead(board_id=board.id, **request))
    admin, read = visit("northfirth.admin"), "Read the details of a request for care CANARYNORTH Officer, "
    assert "CareTextRead" in by_staff_names()
    assert read in text_of(admin.get(f"{PATH}?event=CareTextRead"))
    assert read in text_of(admin.get(f"{PATH}?person={people['officer']}"))
    assert "Read the details" not in text_of(admin.get(f"{PATH}?person={people['rep']}")).split("Show these lines")[1]


def test_nothing_of_a_mentor_or_of_a_depute_who_goes_names_them(visit: Any, cast: Cast, work: Any) -> None:
    board, people = cast.northfirth, cast.northfirth.people
    with by(people["rep"]), work():
        of_both = {"person_id": people["mentor"], "on_behalf_of_id": people["rep"]}
        record(DeputeStandsIn(board_id=board.id, meeting_id=board.things["meeting_id"], **of_both))
        record(MentorChanged(board_id=board.id, person_id=people["rep"]))
    with by(people["officer"]), work():
        record(MentorConfirmed(board_id=board.id, person_id=people["mentor"]))
    admin = visit("northfirth.admin")
    for sentence, event in (
        ("Let a depute stand in Not shown, ", "DeputeStandsIn"),
        ("Changed what a mentor offers Not shown, ", "MentorChanged"),
        ("Accepted an offer to mentor CANARYNORTH Officer, ", "MentorConfirmed"),
    ):
        page = text_of(admin.get(f"{PATH}?event={event}"))
        assert sentence in page
    page = text_of(admin.get(PATH))
    for words in ("when a depute stands in", "whether they are a carer rep or staff", "On a small board"):
        assert words in page
