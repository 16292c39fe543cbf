"""The cast: one person a role on Northfirth, the same on Southmoor, one on both, one disabled, one whose term ended.

Southmoor has a second approver, who pays what the first decides; Northfirth's is alone.

Every text of a board holds its canary, so that a page which shows the wrong board's words is found out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from argon2 import PasswordHasher

from portal.access.roles import ADMIN, APPROVER, CLERK, COORDINATOR, DEPUTE, MENTOR, OFFICER, Viewer
from portal.accounts.models import Person
from portal.boards import actions as boards
from portal.boards.models import Appointment, Board, StaffRole
from portal.boards.people import actions as people_actions
from portal.boards.seats import actions as seats_actions
from portal.check_in import actions as check_in_actions
from portal.check_in import queries as check_ins
from portal.core import clock
from portal.deputes import actions as deputes
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.unit_of_work import emails_written, unit_of_work
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.meetings.agendas import actions as agendas
from portal.meetings.agendas import queries as agenda_queries
from portal.meetings.models import Meeting
from portal.meetings.queries import meeting_by_id
from portal.papers.preparing import actions as preparing_actions
from portal.papers.preparing import queries as preparing_queries
from portal.papers.preparing.proposals import propose
from portal.papers.preparing.rules import Sorted
from portal.retention import actions as retention
from portal.scheduler.run import do_what_is_due, work_once
from tests import cast_support
from tests.cast_support import NOW as NOW
from tests.cast_support import TODAY as TODAY
from tests.made_papers import made_paper

PASSWORD = "correct horse battery thistle"
HALF_WAY = "half.way@northfirth.test"  # of this address a second factor is required in tests; nobody of the cast has it
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
STAFF = {"depute": DEPUTE, "mentor": MENTOR, "officer": OFFICER, "clerk": CLERK, "approver": APPROVER, "admin": ADMIN}


NOBODY = UUID(int=0)
NO_FILE = UUID(int=1)
ABOUT = {  # where addresses name their thing as others do, and are about another of the cast
    ("claims-for-reps", "claim_id"): "draft_id",
    ("claims-for-reps", "line_id"): "draft_line_id",
    ("care-receipts", "receipt_id"): "care_receipt_id",
    ("mentoring", "request_id"): "mentor_request_id",
    ("mentoring", "session_id"): "mentoring_session_id",
    ("carer-awareness", "session_id"): "awareness_id",
    ("downloads-requests", "request_id"): "request_of_downloads_id",
}


@dataclass
class BoardCast:
    """One board of the cast: its people and things by name."""

    key: str
    canary: str
    id: UUID = NOBODY
    people: dict[str, UUID] = field(default_factory=dict)
    seconds: dict[str, UUID] = field(default_factory=dict)  # of a role that somebody has: no rows more in the matrix
    things: dict[str, Any] = field(default_factory=dict)

    def in_address(self, rule: str) -> dict[str, Any]:
        """What the placeholders of a route stand for, by name."""
        begins = rule.split("/")[1]
        about = {name: self.things[thing] for (start, name), thing in ABOUT.items() if start == begins}
        return {"version_id": NO_FILE, **self.things, **about}


@dataclass
class Cast:
    """Everyone, by name like 'northfirth.clerk', 'both', 'disabled', 'coordinator'."""

    northfirth: BoardCast
    southmoor: BoardCast
    others: dict[str, UUID] = field(default_factory=dict)

    @property
    def boards(self) -> tuple[BoardCast, BoardCast]:
        return self.northfirth, self.southmoor

    def person(self, name: str) -> UUID:
        board, _, role = name.partition(".")
        if not role:
            return self.others[name]
        held: BoardCast = getattr(self, board)
        return (held.people | held.seconds)[role]

    def everyone(self) -> list[str]:
        return [f"{board.key}.{role}" for board in self.boards for role in board.people] + list(self.others)


def anywhere(statement: Any) -> Any:
    """Let a test's own look into the database span boards."""
    return across_boards(statement, CrossBoardReason.CLOCK)


def person(email: str, name: str, **more: Any) -> Person:
    """Somebody with an account and the cast's password."""
    made = Person(email=email, name=name, password_hash=HASH, invited_at=NOW, joined_at=NOW, **more)
    db.session.add(made)
    db.session.flush()
    return made


def fill() -> Cast:
    """The whole cast, committed."""
    clock.use(lambda: NOW)
    cast = Cast(BoardCast("northfirth", "CANARYNORTH"), BoardCast("southmoor", "CANARYSOUTH"))
    for board in cast.boards:
        _fill_board(board)
    with unit_of_work():
        _fill_others(cast)
    return cast


def _fill_board(cast: BoardCast) -> None:
    with unit_of_work():
        board = boards.create_board(
            cast.key, f"{cast.canary} Joint Board", cast.key.title(), **cast_support.said_of(cast)
        )
        group = boards.create_group(board, f"{cast.canary} Main Group", "board")
        cast.id = board.id
        for role, kind in STAFF.items():
            someone = person(f"{role}@{cast.key}.test", f"{cast.canary} {role.title()}")
            people_actions.give_role(board, someone, kind)
            cast.people[role] = someone.id
        if cast.key == "southmoor":
            second = person(f"approver2@{cast.key}.test", f"{cast.canary} Second")
            people_actions.give_role(board, second, APPROVER)
            cast.seconds["approver2"] = second.id
        own = {"role": OFFICER, "made_by_id": cast.people["depute"], "waits_since": NOW}  # it does not begin by itself
        own_role = StaffRole(board_id=board.id, person_id=cast.people["depute"], from_on=TODAY, **own)
        db.session.add(own_role)
        cast.things["own_role_id"] = own_role.id
        rep = person(f"rep@{cast.key}.test", f"{cast.canary} Rep")
        cast.people["rep"] = rep.id
        seat = seats_actions.create_seat(group, f"{cast.canary} Seat", TODAY - timedelta(days=500))
        appointment = seats_actions.appoint(
            seat, rep, "unpaid_carer", TODAY - timedelta(days=200), TODAY + timedelta(days=600)
        )
        appointment.made_at = NOW - timedelta(days=200)
        empty = seats_actions.create_seat(group, f"{cast.canary} Empty seat", TODAY - timedelta(days=100))
        cast.things |= {"board": cast.key, "group_id": group.id, "seat_id": empty.id, "taken_seat_id": seat.id}
        cast.things |= {"appointment_id": appointment.id, "role_id": _role_of(board, cast.people["approver"])}
        meeting = _call(group, TODAY + timedelta(days=10))
        coming = _call(group, TODAY + timedelta(days=40))
        item = meetings.add_item(meeting, title=f"{cast.canary} Budget", purpose="decision")
        spoken = meetings.add_item(meeting, title=f"{cast.canary} Welcome", is_verbal=True)
        secret = meetings.add_item(
            meeting, title=f"{cast.canary} Contract", is_restricted=True, paragraphs=["3", "12", "14"]
        )
        check_in_actions.ask(meeting.id, is_reminder=False)
        meetings.let_stand_in(meeting, cast.people["depute"], rep.id)
        emails_written()  # handled while there is no care yet, so that nobody is asked whether it is still needed
        cast.things |= {"meeting_id": meeting.id, "coming_id": coming.id, "item_id": item.id, "spoken_id": spoken.id}
        cast.things["secret_item_id"] = secret.id
        agendas.add_standing_item(group, uuid4(), {"title": f"{cast.canary} Apologies", "is_verbal": True})
        cast.things["standing_item_id"] = agenda_queries.standing_items(board.id, group.id)[0].id
        cast.things["stand_in_id"] = _only("StandIn", meeting.id)
        hold = retention.place_hold(board.id, rep.id, f"{cast.canary} hold", cast.people["admin"])
        nomination = deputes.nominate(
            Viewer(rep.id), group, f"{cast.canary} Nominee", f"nominee@{cast.key}.test", f"{cast.canary} why", None
        )
        nomination.person_id = cast.people["depute"]
        cast.things |= {"nomination_id": nomination.id}
        cast_support.fill_role(cast, board, group, rep.id)
        cast_support.fill_stepping_down(cast)
        cast_support.fill_expenses(cast, board, rep.id)
        cast_support.fill_care(cast, board, meeting)
        cast_support.fill_training(cast, board)
        cast_support.fill_mentoring(cast, board, rep)
        cast_support.fill_support(cast, meeting, item.id)
        cast_support.fill_support_notes(cast, board)
        cast.things |= {"hold_id": hold.id, "person_id": cast.people["clerk"]}
        cast_support.fill_corrections(cast, board, group)
        cast_support.fill_proposal(cast)
    _forget_old_news(cast.id)
    publish(meeting, {"1 Budget.pdf": 3, "3 Contract.pdf": 2}, words=cast.canary)
    do_what_is_due()
    _remember_papers(cast, meeting)
    with unit_of_work():
        cast_support.fill_withdrawn(cast, meeting)


def _call(group: Any, day: date) -> Meeting:
    return meetings.schedule(group, day, time(10), place="CANARY" + group.name[6:11] + " Hall")


def _forget_old_news(board_id: UUID) -> None:
    """Everyone heard of meetings and notes a while ago: no email about these is on its way."""
    from sqlalchemy import delete

    from portal.notifications.models import Email

    old = Email.template.in_(("meeting-called", "support-note"))
    with unit_of_work():
        db.session.execute(delete(Email).where(old, Email.board_id == board_id))


def _role_of(board: Board, person_id: UUID) -> UUID:
    from sqlalchemy import select

    from portal.boards.models import StaffRole

    return db.session.scalars(
        select(StaffRole.id).where(StaffRole.board_id == board.id, StaffRole.person_id == person_id)
    ).one()


def _only(name: str, meeting_id: UUID) -> UUID:
    from sqlalchemy import select

    from portal.meetings import models

    model = getattr(models, name)
    return db.session.scalars(select(model.id).where(model.meeting_id == meeting_id)).one()


def publish(meeting: Meeting, files: dict[str, int], tell: bool = True, words: str = "") -> None:
    """Upload made papers (name and pages), check, sort as proposed, and publish."""
    with unit_of_work():
        meeting = meeting_by_id(meeting.id)
        preparing_actions.upload(
            meeting, [(name, made_paper(f"{words} {name}".strip(), pages)) for name, pages in files.items()], 50_000_000
        )
    while work_once():
        pass
    with unit_of_work():
        meeting = meeting_by_id(meeting.id)
        preparing_actions.sort_files(meeting, as_proposed(meeting, preparing_queries.unpublished(meeting.id)))
        publication = preparing_actions.publish(meeting, meeting.version)
        if not tell:
            publication.announce_at = None
    while work_once():
        pass


def as_proposed(meeting: Meeting, versions: Any) -> list[Sorted]:
    """What a clerk says who takes every proposal."""
    items, papers = meeting_queries.items(meeting.id), preparing_queries.places_of_papers(meeting.id)
    found = propose(meeting, versions, items, papers, clock.now())
    return [Sorted(key, one.place, one.title, one.is_appendix) for key, one in found.items()]


def _remember_papers(cast: BoardCast, meeting: Meeting) -> None:
    from sqlalchemy import select

    from portal.notifications.models import Email
    from portal.papers.models import Paper

    found = db.session.scalars(select(Paper).where(Paper.meeting_id == meeting.id).order_by(Paper.id)).all()
    by_item = {paper.item_id: paper.id for paper in found}
    cast.things["paper_id"] = by_item[cast.things["item_id"]]
    cast.things["secret_paper_id"] = by_item[cast.things["secret_item_id"]]
    of_meeting = select(Email.id).where(Email.meeting_id == meeting.id, Email.person_id == cast.people["rep"])
    rep = check_ins.of_meeting(meeting.id)[cast.people["rep"]]
    cast.things["check_in_id"] = rep.id
    cast.things["email_id"] = db.session.scalars(of_meeting.where(Email.template == "papers-announced")).one()
    db.session.rollback()


def _fill_others(cast: Cast) -> None:
    coordinator = person("coordinator@carers.test", "Fiona Coordinator")
    people_actions.give_role(None, coordinator, COORDINATOR)
    both = person("both@both.test", "Bo Both")
    people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), both, CLERK)
    people_actions.give_role(db.session.get_one(Board, cast.southmoor.id), both, OFFICER)
    disabled = person("disabled@northfirth.test", "Dee Disabled", disabled_at=NOW)
    people_actions.give_role(db.session.get_one(Board, cast.northfirth.id), disabled, CLERK)
    nobody = person("nobody@nowhere.test", "Noor Norole")
    former = person("former@northfirth.test", "Fred Former")
    things = cast.northfirth.things
    db.session.add(
        Appointment(
            board_id=cast.northfirth.id,
            group_id=things["group_id"],
            seat_id=things["seat_id"],
            person_id=former.id,
            capacity="former_carer",
            from_on=TODAY - timedelta(days=100),
            until_on=TODAY - timedelta(days=10),
        )
    )
    everyone = {"coordinator": coordinator, "both": both, "disabled": disabled, "nobody": nobody, "former": former}
    cast.others |= {name: one.id for name, one in everyone.items()}
