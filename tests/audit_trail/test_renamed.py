"""Whatever is renamed, moved or removed: every line of the trail that was there before reads as it did."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import event, select

from portal.audit_trail import names as trail
from portal.boards import actions as boards
from portal.boards.events import GroupClosed
from portal.boards.models import Board, Group, Seat
from portal.boards.seats import actions as seats
from portal.capabilities import GATHERED
from portal.core import clock
from portal.expenses.claims import actions as claims
from portal.expenses.drafts import actions as drafts
from portal.expenses.models import Claim
from portal.expenses.policies import actions as policies
from portal.expenses.policies import queries as policy_queries
from portal.infra.database import db
from portal.infra.unit_of_work import record, unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.events import MeetingComesSoon
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.queries import meeting_by_id
from portal.papers.detailing import actions as details
from portal.papers.events import MinutesPublished, PaperDownloaded
from portal.replacement_care.models import CareProvider
from portal.replacement_care.policy import actions as care
from portal.training.courses import actions as courses
from portal.training.models import Course, TrainingSession
from portal.training.sessions import actions as sessions
from tests.audit_trail.test_words_of_then import a_paper, an_item
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.visitor import text_of

PATH = "/boards/northfirth/audit"
Place = tuple[str, str]
Step = Callable[[Cast], None]
KEEP_THEIR_NAME = {
    ("corrections", "correction_id"): "it keeps the words in which it was asked for",
    ("expenses", "run_id"): "it has a number, for good",
    ("notifications", "email_id"): "it says to whom it went",
    ("training", "step_id"): "a step is added or taken out, and not changed",
    **{("", key): "nobody is given another name" for key in trail.PEOPLE},
}


def one(cast: Cast, model: Any, key: str) -> Any:
    return db.session.get_one(model, cast.northfirth.things[key])


def of(cast: Cast, *keys: str) -> dict[str, Any]:
    return {"board_id": cast.northfirth.id, **{key: cast.northfirth.things[key] for key in keys}}


def provider(cast: Cast, name: str) -> None:
    found = one(cast, CareProvider, "provider_id")
    care.keep_provider(cast.northfirth.id, found, {"name": name})


def moved(cast: Cast) -> None:
    meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
    hour = meeting.starts_at.astimezone(clock.LONDON).time()
    day = meeting.meets_on + timedelta(days=1)
    meetings.change(meeting, meeting.version, day, hour, meeting.place, meeting.link, meeting.kind)


def session(cast: Cast) -> None:
    found = one(cast, TrainingSession, "session_id")
    day = timedelta(days=1)
    sessions.change(found, found.version, {"starts_at": found.starts_at + day, "ends_at": found.ends_at + day})
    sessions.change(found, found.version, {"title": "NEW, quite"})


def begin(cast: Cast) -> None:
    claim = claims.begin(uuid4(), cast.northfirth.id, cast.northfirth.people["rep"], "event", "Then", TODAY)
    typed = {"category": "taxi", "spent_on": TODAY, "paid": 1000, "no_receipt_because": "Lost"}
    claims.save_line(claim, uuid4(), typed)


def send(_cast: Cast) -> None:
    claim = db.session.scalars(anywhere(select(Claim).where(Claim.title == "Then"))).one()
    claims.send(claim, claim.version)


def delete(_cast: Cast) -> None:
    claim = db.session.scalars(anywhere(select(Claim).where(Claim.title == "Then"))).one()
    drafts.delete_draft(claim, claim.version)


def a_draft(cast: Cast) -> None:
    draft = policies.begin_draft(db.session.get_one(Board, cast.northfirth.id))
    policies.change_draft(draft, draft.version, {"pay_days": 9})


def publish(cast: Cast) -> None:
    draft = policy_queries.draft_policy(cast.northfirth.id)
    assert draft
    policies.publish(draft, draft.version, TODAY + timedelta(days=40))


def discard(cast: Cast) -> None:
    draft = policy_queries.draft_policy(cast.northfirth.id)
    assert draft
    policies.discard(draft, draft.version)


def a_new_item(cast: Cast) -> None:
    meetings.add_item(one(cast, Meeting, "coming_id"), title="Trains")
    meetings.change_item(the_new_item(), purpose="noting")


def the_new_item() -> AgendaItem:
    found = db.session.scalars(anywhere(select(AgendaItem.id).where(AgendaItem.title.in_(("Trains", "Buses")))))
    return an_item(found.one())


def items_before_it(cast: Cast) -> None:
    first = meetings.add_item(one(cast, Meeting, "coming_id"), title="First")
    meetings.move_item(an_item(first.id), -1)
    meetings.change_item(the_new_item(), title="Buses")


# Of each kind: what writes a line with its name; what renames it; and the name that the line has for good.
RENAMED: dict[Place, list[tuple[Step, Step, str]]] = {
    ("", "group_id"): [
        (
            lambda cast: record(GroupClosed(**of(cast, "group_id"))),
            lambda cast: boards.change_group(one(cast, Group, "group_id"), "NEW", "board", None),
            "CANARYNORTH Main Group",
        )
    ],
    ("", "meeting_id"): [
        (lambda cast: record(MeetingComesSoon(**of(cast, "meeting_id"))), moved, "Main Group, Friday 13 March"),
        (
            lambda cast: record(MeetingComesSoon(**of(cast, "meeting_id"))),
            lambda cast: boards.change_group(one(cast, Group, "group_id"), "NEW", "board", None),
            "CANARYNORTH Main Group, Friday 13 March",
        ),
    ],
    ("", "paper_id"): [
        (
            lambda cast: record(MinutesPublished(**of(cast, "meeting_id", "paper_id"), version_id=uuid4())),
            lambda cast: details.change_details(a_paper(cast.northfirth.things["paper_id"]), title="NEW"),
            "Budget",
        )
    ],
    (trail.DOWNLOADED, "paper_id"): [
        (
            lambda cast: record(PaperDownloaded(**of(cast, "meeting_id", "paper_id"), version_id=uuid4())),
            lambda cast: details.change_details(a_paper(cast.northfirth.things["paper_id"]), title="NEW"),
            "Budget",
        )
    ],
    ("boards", "seat_id"): [
        (
            lambda cast: seats.change_seat(one(cast, Seat, "seat_id"), "Before", TODAY, None),
            lambda cast: seats.change_seat(one(cast, Seat, "seat_id"), "NEW", TODAY, None),
            "Before",
        )
    ],
    ("expenses", "claim_id"): [(begin, send, "not sent"), (begin, delete, "not sent")],
    ("expenses", "policy_id"): [
        (a_draft, publish, "the policy from 3 March 2026"),
        (a_draft, discard, "the policy from 3 March 2026"),
    ],
    ("meetings", "item_id"): [
        (a_new_item, items_before_it, "item 1, Trains"),
        (a_new_item, lambda _: meetings.remove_item(the_new_item()), "item 1, Trains"),
    ],
    ("replacement_care", "provider_id"): [
        (lambda cast: provider(cast, "Ann’s Care"), lambda cast: provider(cast, "NEW"), "Ann’s Care")
    ],
    ("training", "course_id"): [
        (
            lambda cast: courses.change_course(one(cast, Course, "course_id"), {"title": "Old", "minutes": 31}),
            lambda cast: courses.change_course(one(cast, Course, "course_id"), {"title": "NEW"}),
            "Old",
        )
    ],
    ("training", "session_id"): [
        (
            lambda cast: sessions.change(
                found := one(cast, TrainingSession, "session_id"), found.version, {"place": "Hall"}
            ),
            session,
            "",
        )
    ],
}


def lines(visit: Any) -> list[list[str]]:
    """The rows of the file but those that say that it was downloaded, the newest first."""
    sheet = visit("northfirth.admin").get(f"{PATH}.csv").data.decode("utf-8-sig")
    return [row for row in list(csv.reader(StringIO(sheet)))[1:] if row[3] != "Downloaded this trail"]


def pages(visit: Any) -> str:
    admin = visit("northfirth.admin")
    return " ".join(text_of(admin.get(f"{PATH}?page={number}")) for number in (1, 2))


def test_every_kind_of_thing_with_a_name_is_renamed_here_or_never() -> None:
    common = {("", key) for key in trail.NAMED} | {(trail.DOWNLOADED, "paper_id")}
    assert RENAMED.keys() | KEEP_THEIR_NAME.keys() == common | GATHERED.trail_names.keys()
    assert not RENAMED.keys() & KEEP_THEIR_NAME.keys()


@pytest.mark.parametrize(
    ("place", "number"), [(place, number) for place, cases in RENAMED.items() for number in range(len(cases))]
)
def test_lines_from_before_a_thing_was_renamed_stay_as_they_were(
    app: Flask, visit: Any, cast: Cast, at: Any, place: Place, number: int
) -> None:
    written, renamed, name = RENAMED[place][number]
    at(NOW + timedelta(hours=1))
    with app.app_context(), unit_of_work():
        written(cast)
    at(NOW + timedelta(hours=2))
    before = lines(visit)
    assert any(name in row[4] for row in before if row[1] > "2026-03-03 10:30"), before[:9]
    at(NOW + timedelta(hours=3))
    with app.app_context(), unit_of_work():
        renamed(cast)
    at(NOW + timedelta(hours=4))
    after = lines(visit)
    assert len(after) > len(before), "the renaming is a line"
    assert after[-len(before) :] == before
    for row in before[:5]:
        assert row[4].replace("; ", ", ") in pages(visit)


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The SELECTs of a visit."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.extend([statement] * statement.startswith("SELECT"))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_queries_do_not_grow_with_lines_nor_with_renamings(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    def some(first: int, last: int) -> None:
        for number in range(first, last):
            at(NOW + timedelta(minutes=number))
            with app.app_context(), unit_of_work():
                details.change_details(a_paper(cast.northfirth.things["paper_id"]), title=f"Title {number}")
                meetings.change_item(an_item(cast.northfirth.things["item_id"]), title=f"Item {number}")
                boards.change_group(one(cast, Group, "group_id"), f"Group {number}", "board", None)

    def queries() -> int:
        at(NOW + timedelta(hours=1))
        admin.get(f"{PATH}.csv")  # the session is kept up to date
        with counted(app) as found:
            admin.get(f"{PATH}.csv")
        return len(found)

    admin = visit("northfirth.admin")
    some(1, 3)
    few = queries()
    some(3, 30)
    assert 0 < queries() == few
