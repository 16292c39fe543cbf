"""Lines about care, apologies, mentoring and notes stand in the trail, and neither page nor file says about whom."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from uuid import UUID

from portal.audit.queries import by_staff_names
from portal.check_in.events import RepCannotCome
from portal.core.events import Event, every_event
from portal.infra.unit_of_work import acting, record
from portal.meetings.events import DeputeStandsIn
from portal.mentoring.events import MentorChanged, MentorConfirmed, NoteKept
from portal.replacement_care.events import CareAsked, CareTextRead
from tests.cast import Cast
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
