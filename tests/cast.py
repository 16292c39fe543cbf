"""The cast: one person a role on Northfirth, the same on Southmoor, one on both, one disabled, one whose term ended.

Every text of a board holds its canary, so that a page which shows the wrong board's words is found out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from argon2 import PasswordHasher

from portal.access.roles import ADMIN, APPROVER, CLERK, COORDINATOR, DEPUTE, OFFICER, Asker
from portal.accounts.models import Person
from portal.boards import actions as boards
from portal.boards.models import Appointment, Board
from portal.core import clock
from portal.demonstration.made_papers import made_paper
from portal.deputes import actions as deputes
from portal.expenses import actions as expenses
from portal.expenses import deciding, paying, policies
from portal.infra.database import db
from portal.infra.scope import Across, across_boards
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.models import Meeting
from portal.papers import actions as papers
from portal.papers import queries as paper_queries
from portal.papers.actions import Sorted
from portal.replacement_care import actions as care
from portal.replacement_care import arranging
from portal.replacement_care import queries as care_queries
from portal.replacement_care.rules import proposed
from portal.retention import actions as retention
from portal.role_descriptions import actions as roles
from portal.role_profiles import actions as profiles
from portal.role_profiles import queries as profile_queries
from portal.role_profiles.models import ProfileMessage
from portal.scheduler.run import do_what_is_due, work_once
from portal.training import actions as training
from portal.training import queries as training_queries

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)  # a Tuesday
TODAY = date(2026, 3, 3)
PASSWORD = "correct horse battery thistle"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
STAFF = {"depute": DEPUTE, "officer": OFFICER, "clerk": CLERK, "approver": APPROVER, "admin": ADMIN}


NOBODY = UUID(int=0)


@dataclass
class BoardCast:
    """One board of the cast: its people and things by name."""

    key: str
    canary: str
    id: UUID = NOBODY
    people: dict[str, UUID] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)


@dataclass
class Cast:
    """Everybody, by name like 'northfirth.clerk', 'both', 'disabled', 'coordinator'."""

    northfirth: BoardCast
    southmoor: BoardCast
    others: dict[str, UUID] = field(default_factory=dict)

    @property
    def boards(self) -> tuple[BoardCast, BoardCast]:
        return self.northfirth, self.southmoor

    def person(self, name: str) -> UUID:
        board, _, role = name.partition(".")
        return self.others[name] if not role else getattr(self, board).people[role]

    def everyone(self) -> list[str]:
        return [f"{board.key}.{role}" for board in self.boards for role in board.people] + list(self.others)


def anywhere(statement: Any) -> Any:
    """Let a test's own look into the database span boards."""
    return across_boards(statement, Across.CLOCK)


def person(email: str, name: str, **more: Any) -> Person:
    """Somebody with an account and the cast's password."""
    made = Person(id=uuid4(), email=email, name=name, password_hash=HASH, invited_at=NOW, joined_at=NOW, **more)
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
        board = boards.create_board(cast.key, f"{cast.canary} Joint Board", cast.key.title(), contact=cast.canary)
        group = boards.create_group(board, f"{cast.canary} Main Group", "board")
        cast.id = board.id
        for role, kind in STAFF.items():
            someone = person(f"{role}@{cast.key}.test", f"{cast.canary} {role.title()}")
            boards.give_role(board, someone, kind)
            cast.people[role] = someone.id
        rep = person(f"rep@{cast.key}.test", f"{cast.canary} Rep")
        cast.people["rep"] = rep.id
        seat = boards.create_seat(group, f"{cast.canary} Seat", TODAY - timedelta(days=500))
        appointment = boards.appoint(
            seat, rep, "unpaid_carer", TODAY - timedelta(days=200), TODAY + timedelta(days=600)
        )
        empty = boards.create_seat(group, f"{cast.canary} Empty seat", TODAY - timedelta(days=100))
        cast.things |= {"board": cast.key, "group_id": group.id, "seat_id": empty.id, "taken_seat_id": seat.id}
        cast.things |= {"appointment_id": appointment.id, "role_id": _role_of(board, cast.people["approver"])}
        meeting = _call(group, TODAY + timedelta(days=10))
        coming = _call(group, TODAY + timedelta(days=40))
        item = meetings.add_item(meeting, title=f"{cast.canary} Budget", purpose="decision")
        spoken = meetings.add_item(meeting, title=f"{cast.canary} Welcome", is_verbal=True)
        secret = meetings.add_item(
            meeting, title=f"{cast.canary} Contract", is_restricted=True, paragraphs=["3", "12", "14"]
        )
        meetings.let_stand_in(meeting, cast.people["depute"], rep.id)
        cast.things |= {"meeting_id": meeting.id, "coming_id": coming.id, "item_id": item.id, "spoken_id": spoken.id}
        cast.things["secret_item_id"] = secret.id
        cast.things["stand_in_id"] = _only("StandIn", meeting.id)
        hold = retention.place_hold(board.id, rep.id, f"{cast.canary} hold", cast.people["admin"])
        nomination = deputes.nominate(
            Asker(rep.id), group, f"{cast.canary} Nominee", f"nominee@{cast.key}.test", f"{cast.canary} why", None
        )
        nomination.person_id = cast.people["depute"]
        cast.things |= {"nomination_id": nomination.id}
        _fill_role(cast, board, group, rep.id)
        _fill_expenses(cast, board, rep.id)
        _fill_care(cast, board, meeting)
        _fill_training(cast, board)
        cast.things |= {"hold_id": hold.id, "person_id": cast.people["clerk"]}
    publish(meeting, {"1 Budget.pdf": 3, "3 Contract.pdf": 2}, words=cast.canary)
    do_what_is_due()
    _remember_papers(cast, meeting)


def _fill_role(cast: BoardCast, board: Board, group: Any, rep_id: UUID) -> None:
    """A role in two versions, the first agreed to; hours and a letter of the depute; a rep's public profile."""
    words: dict[str, Any] = {"purpose": f"{cast.canary} purpose", "promises": ["care"], "hours_a_month": 12}
    words |= {name: f"{cast.canary} {name}" for name in ("governance", "outside", "representing", "gives", "contact")}
    for version in ("first", "second"):
        draft = roles.write_draft(group, 0, {**words, "outside": f"{cast.canary} visits, {version}"})
        roles.publish(draft, draft.version)
        if version == "first":
            roles.agree(draft, rep_id)
    depute_id = cast.people["depute"]
    profiles.give_time(depute_id, board.id, group.id, TODAY, 90, "preparation")
    profiles.show_publicly(board.id, rep_id, ("groups", "contact"), f"{cast.canary} about me", b"")
    profile = profile_queries.profile(board.id, rep_id)
    assert profile
    letter = ProfileMessage(id=uuid4(), board_id=board.id, person_id=depute_id, name="Lee", email="lee@x.test")
    letter.text, letter.sent_at = f"{cast.canary} letter", NOW
    db.session.add(letter)
    db.session.flush()
    entry = profile_queries.time_since(depute_id, TODAY)[0]
    cast.things |= {"profile_id": profile.id, "entry_id": entry.id, "message_id": letter.id}


def _fill_expenses(cast: BoardCast, board: Board, rep_id: UUID) -> None:
    """A policy and the draft of the next; a claim of the depute that waits, one of the rep in a payment run."""
    depute_id, approver_id = cast.people["depute"], cast.people["approver"]
    policy = policies.begin_draft(board)
    policies.change_draft(policy, policy.version, {"not_covered": f"{cast.canary} not covered", "prefix": "ZZ"})
    policies.publish(policy, policy.version, TODAY - timedelta(days=150))
    policies.begin_draft(board)
    claims = {}
    for name, person_id in (("waits", depute_id), ("paid", rep_id)):
        title = f"{cast.canary} {name}"
        one = expenses.begin(uuid4(), board.id, person_id, "event", title, TODAY - timedelta(days=9))
        typed = {"category": "car", "spent_on": one.happened_on, "tenths": 200, "note": f"{cast.canary} from here"}
        line = expenses.keep_line(one, uuid4(), typed)
        receipt = expenses.add_receipt(one, line, f"{cast.canary}.jpg", "image/jpeg", b"picture", "ab" * 32)
        expenses.send(one, one.version)
        claims[name] = (one, line, receipt)
    one, line, _ = claims["paid"]
    deciding.decide(one, one.version, approver_id, {line.id: (True, "")})
    run = paying.make_run(board.id, approver_id, [one.id])
    waits, line, receipt = claims["waits"]
    cast.things |= {"claim_id": waits.id, "line_id": line.id, "receipt_id": receipt.id}
    care = expenses.begin(uuid4(), board.id, depute_id, "event", f"{cast.canary} cared", TODAY - timedelta(days=8))
    typed = {"category": "replacement_care", "spent_on": care.happened_on, "paid": 1000}
    line = expenses.keep_line(care, uuid4(), typed)
    locked = expenses.add_receipt(care, line, "care.jpg", "image/jpeg", b"picture", "cd" * 32)
    expenses.send(care, care.version)
    of_officer = (uuid4(), board.id, depute_id, "event", f"{cast.canary} helped", TODAY - timedelta(days=7))
    helped = expenses.begin(*of_officer, helped_by_id=cast.people["officer"])
    typed = {"category": "car", "spent_on": helped.happened_on, "tenths": 30, "note": f"{cast.canary} from there"}
    line = expenses.keep_line(helped, uuid4(), typed)
    cast.things |= {"draft_id": helped.id, "draft_line_id": line.id, "care_receipt_id": locked.id}
    cast.things |= {"run_id": run.id, "category": "taxi"}


def _fill_care(cast: BoardCast, board: Board, meeting: Meeting) -> None:
    """A policy, a provider, and a request of the depute for the meeting, which the officer arranges."""
    policy = {"is_provided": True, "arranged_by": "officer", "hourly_rate": 1500, "words": f"{cast.canary} policy"}
    arranging.keep_policy(board, 1, policy)
    named = {"name": f"{cast.canary} Provider", "contact": cast.canary, "lead_days": 4}
    arranging.keep_provider(board.id, None, named)
    depute_id, span = cast.people["depute"], proposed(meeting.starts_at, 30)
    typed = {"what": "meeting", "meeting_id": meeting.id, "title": f"{cast.canary} meets", "place": "home"}
    words = {"who": "arranged", "kind": "company", "note": f"{cast.canary} note"}
    one = care.ask(uuid4(), board.id, depute_id, depute_id, span, {**typed, **words})
    arranging.take(one, one.version, cast.people["officer"])
    cast.things |= {"request_id": one.id, "taken_id": one.id, "provider_id": care_queries.providers(board.id)[0].id}


def _fill_training(cast: BoardCast, board: Board) -> None:
    """A plan, a course, and a record of the depute with its certificate, which waits for the officer."""
    training.set_up_plan(board.id)
    training.add_step(board.id, f"{cast.canary} step", "rep", 500)
    typed = {"title": f"{cast.canary} course", "why": cast.canary, "for_whom": ["rep"], "is_required": True}
    course = training.add_course(board.id, typed)
    learned = {"title": f"{cast.canary} learned", "done_on": TODAY - timedelta(days=9), "course_id": course.id}
    proof = (f"{cast.canary}.jpg", "image/jpeg", b"picture")
    one = training.add_record(uuid4(), board.id, cast.people["depute"], learned, proof)
    step = next(one for one in training_queries.steps([board.id])[board.id] if cast.canary in one.title)
    cast.things |= {"record_id": one.id, "course_id": course.id, "step_id": step.id}
    cast.things["inducted_id"] = cast.things["appointment_id"]


def _call(group: Any, day: date) -> Meeting:
    return meetings.call(group, day, time(10), place="CANARY" + group.name[6:11] + " Hall")


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
    from portal.meetings.queries import meeting_by_id

    with unit_of_work():
        meeting = meeting_by_id(meeting.id)
        papers.upload(
            meeting, [(name, made_paper(f"{words} {name}".strip(), pages)) for name, pages in files.items()], 50_000_000
        )
    while work_once():
        pass
    with unit_of_work():
        meeting = meeting_by_id(meeting.id)
        papers.sort_files(meeting, [as_proposed(version) for version in paper_queries.unpublished(meeting.id)])
        publication = papers.publish(meeting, meeting.version)
        if not tell:
            publication.announce_at = None
    while work_once():
        pass


def as_proposed(version: Any) -> Sorted:
    return Sorted(version.id, version.proposed, version.paper.title)


def _remember_papers(cast: BoardCast, meeting: Meeting) -> None:
    from sqlalchemy import select

    from portal.notifications.models import Email
    from portal.papers.models import Paper

    found = db.session.scalars(select(Paper).where(Paper.meeting_id == meeting.id)).all()
    by_item = {paper.item_id: paper.id for paper in found}
    cast.things["paper_id"] = by_item[cast.things["item_id"]]
    cast.things["secret_paper_id"] = by_item[cast.things["secret_item_id"]]
    of_meeting = select(Email.id).where(Email.meeting_id == meeting.id, Email.person_id == cast.people["rep"])
    cast.things["email_id"] = db.session.scalars(of_meeting.where(Email.template == "papers-published")).one()
    db.session.rollback()


def _fill_others(cast: Cast) -> None:
    coordinator = person("coordinator@carers.test", "Fiona Coordinator")
    boards.give_role(None, coordinator, COORDINATOR)
    both = person("both@both.test", "Bo Both")
    boards.give_role(db.session.get_one(Board, cast.northfirth.id), both, CLERK)
    boards.give_role(db.session.get_one(Board, cast.southmoor.id), both, OFFICER)
    disabled = person("disabled@northfirth.test", "Dee Disabled", disabled_at=NOW)
    boards.give_role(db.session.get_one(Board, cast.northfirth.id), disabled, CLERK)
    nobody = person("nobody@nowhere.test", "Noor Norole")
    former = person("former@northfirth.test", "Fred Former")
    things = cast.northfirth.things
    db.session.add(
        Appointment(
            id=uuid4(),
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
