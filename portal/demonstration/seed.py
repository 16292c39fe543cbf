"""Fills the demonstration: people in every role, and meetings before and after today with their papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from flask import current_app

from portal.access.roles import COORDINATOR, REP, Viewer
from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.boards import actions as board_actions
from portal.boards import queries as board_queries
from portal.boards.models import Board, Group
from portal.boards.people import actions as people_actions
from portal.boards.seats import actions as seats_actions
from portal.core import clock
from portal.demonstration import accounts, care, claims, mentoring, papers, progress, roles, training
from portal.demonstration.made_papers import Document, document
from portal.demonstration.moments import on_day, send_what_waits
from portal.deputes import actions as depute_actions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meeting_actions
from portal.meetings import queries as meeting_queries
from portal.meetings.models import Meeting
from portal.training.courses.actions import add_national_courses

NAMES = {"northfirth": "Northfirth", "southmoor": "Southmoor"}
GROUPS = (("{} Integration Joint Board", "board"), ("Strategic Planning Group", "spg"), ("Audit Committee", "audit"))


@dataclass(frozen=True)
class Planned:
    """One paper of a made meeting: which document, and days of notice."""

    key: str
    notice: int


PAST = (  # days ago, and what was on the agenda
    (320, (Planned("finance-update", 5), Planned("strategic-plan", 5), Planned("performance-report", 2))),
    (236, (Planned("carers-strategy", 8), Planned("finance-update", 8), Planned("risk-register", 3))),
    (152, (Planned("directions-log", 9), Planned("workforce-plan", 9), Planned("internal-audit-plan", 9))),
    (68, (Planned("annual-accounts", 10), Planned("short-breaks-statement", 10), Planned("winter-plan", 6))),
    (24, (Planned("finance-update", 8), Planned("home-care-commissioning", 8), Planned("hospital-discharge", 4))),
)
PLANNING = ("strategic-plan-review", "iia-carers-strategy")
WITHOUT_MINUTES = 68
COMING = ("finance-update", "carers-act-update", "chief-officers-report", "performance-report")


def fill() -> None:
    """Everything from nothing, in several transactions."""
    if not current_app.config["PORTAL"].is_demonstration:
        raise RuntimeError("The demonstration's people belong in its own database only.")
    with unit_of_work():
        roles.write_model()
        add_national_courses()
    for key, name in NAMES.items():
        progress.at(f"{name}: people")
        with unit_of_work():
            board = _board(key, name)
        with unit_of_work():
            rep_id = _id_of(board, "rep")
            roles.write_roles(board, accounts.PEOPLE[key]["officer"], rep_id)
            roles.log_hours(board, rep_id)
            roles.open_to_the_public(board, rep_id)
            claims.publish_policies(board)
            care.publish_policy(board)
            training.fill(board)
        with unit_of_work():
            _deputes(board)
        for number, (days_ago, planned) in enumerate(PAST):
            progress.at(f"{name}: meetings", number, len(PAST))
            _past_meeting(board, days_ago, planned)
        _coming_meetings(board)
        with unit_of_work():
            roles.write_to_rep(board, rep_id)
            roles.answer_check_in(board, rep_id)
        progress.at(f"{name}: claims, care and training")
        if key == "northfirth":
            _withdrawn_and_standing(board)
            with unit_of_work():
                claims.fill(board, *(_id_of(board, role) for role in ("rep", "depute", "approver", "approver2")))
                training.induct(board, rep_id, _id_of(board, "officer"))
                training.teach(board, rep_id)
                mentoring.fill(board, *(_id_of(board, role) for role in ("rep", "depute", "mentor", "officer")))
                mentoring.support(board, rep_id)
                care.fill(
                    board, rep_id, _id_of(board, "depute"), _id_of(board, "officer"), _next_meeting_of(board, rep_id)
                )
    with unit_of_work():
        people_actions.give_role(None, _person(*accounts.COORDINATOR), COORDINATOR)


def is_whole() -> bool:
    """Whether it was filled to its end: the coordinator comes last."""
    return bool(board_queries.coordinators())


def _withdrawn_and_standing(board: Board) -> None:
    clerk_id = _id_of(board, "clerk")
    papers.add_standing_items(_main_group(board), clerk_id)
    main = _main_group(board)
    soon = next(one for one in _ahead(board, 5) if one.group_id == main.id)  # whatever day of the week it is today
    papers.withdraw_and_correct(soon, document(board, soon.meets_on, COMING[2]), clerk_id)


def _next_meeting_of(board: Board, rep_id: UUID) -> Meeting:
    """The next one to which the rep goes: for one to which their depute goes, they need no care."""
    return next(one for one in _ahead(board, 5) if not meeting_queries.who_goes_instead(rep_id, one))


def _ahead(board: Board, days: int) -> list[Meeting]:
    """The meetings of a board that begin so many days from now or later."""
    today = clock.today()
    ahead = meeting_queries.planned_between(today + timedelta(days=days), today + timedelta(days=200))
    return [one for one in ahead if one.board_id == board.id]


def keep_current() -> None:
    """A demonstration that was filled long ago gets new meetings to come."""
    for board in map(_board_by_key, NAMES):
        ahead = meeting_queries.planned_between(clock.today(), clock.today() + timedelta(days=200))
        if not any(meeting.board_id == board.id for meeting in ahead):
            _coming_meetings(board)


def _board_by_key(key: str) -> Board:
    board = board_queries.board_by_key(key)
    assert board is not None
    return board


def _person(email: str, name: str) -> Person:
    moment, hashed = clock.now() - timedelta(days=400), PasswordHasher().hash(accounts.PASSWORD)  # nobody is new
    person = Person(email=email, name=name, password_hash=hashed, invited_at=moment, joined_at=moment)
    db.session.add(person)
    db.session.flush()
    return person


def _board(key: str, name: str) -> Board:
    people = accounts.PEOPLE[key]
    contact = f"{people['officer']}, 01632 960 {'101' if key == 'northfirth' else '202'}"
    whom = {"contact": contact, "finance_email": f"finance@{key}.example"}
    whom |= {"controller": GROUPS[0][0].format(name), "controller_address": f"1 High Street, {name}"}
    whom |= {"data_protection_contact": "Data protection officer", "data_protection_email": f"dpo@{key}.example"}
    whom["health_condition"] = "care"
    board = board_actions.create_board(key, GROUPS[0][0].format(name), name, **whom)
    groups = [board_actions.create_group(board, title.format(name), kind) for title, kind in GROUPS]
    for role, person_name in people.items():
        person = _person(accounts.address(role, key), person_name)
        if role == REP:
            _sit(groups, person)
        else:
            people_actions.give_role(board, person, role.rstrip("2"), clock.today() - timedelta(days=400))
    return board


def _sit(groups: Sequence[Group], person: Person) -> None:
    """The rep sits on the board and the planning group; one seat on each of two groups is empty."""
    today = clock.today()
    since, until = today - timedelta(days=400), today + timedelta(days=500)
    for group in groups[:2]:
        seat = seats_actions.create_seat(group, "Carer representative", since, date(2026, 9, 1))
        seats_actions.appoint(seat, person, "unpaid_carer", since, until).made_at = clock.now() - timedelta(days=400)
    for group, days in zip(groups[1:], (140, 35), strict=True):
        seats_actions.create_seat(group, "Second carer representative", today - timedelta(days=days))


def _deputes(board: Board) -> None:
    """One depute who has agreed, and one who waits for the officer's word."""
    rep, group = Viewer(_id_of(board, "rep")), _main_group(board)
    depute = person_by_email(accounts.address("depute", board.key))
    assert depute is not None
    known = depute_actions.nominate(rep, group, depute.name, depute.email, "We have shared the role for a year", None)
    depute_actions.confirm(known, _id_of(board, "officer"))
    depute_actions.agree(known)
    depute_actions.nominate(rep, group, "Isla Grant", f"isla@{board.key}.example", "She chairs the carers' forum", None)


def _main_group(board: Board) -> Group:
    return next(group for group in board_queries.groups(board.id) if group.kind == "board")


def _past_meeting(board: Board, days_ago: int, planned: Sequence[Planned]) -> None:
    meets_on = _weekday(clock.today() - timedelta(days=days_ago))
    with on_day(meets_on - timedelta(days=60)), unit_of_work():
        meeting = meeting_actions.schedule(_main_group(board), meets_on, time(10), "Town Hall, Harbour Street")
        meeting_actions.add_item(meeting, title="Welcome and apologies", is_verbal=True)
        documents = {paper: document(board, meets_on, paper.key) for paper in planned}
        for one in documents.values():
            _add_item(meeting, one)
    send_what_waits(meets_on - timedelta(days=59))
    for days in sorted({paper.notice for paper in planned}, reverse=True):
        files = [documents[paper].file for paper in planned if paper.notice == days]
        with on_day(meets_on - timedelta(days=days)):
            papers.upload_and_publish(meeting, files)
    if days_ago != WITHOUT_MINUTES:
        with on_day(meets_on + timedelta(days=12)):
            papers.upload_and_publish(meeting, [document(board, meets_on, "minutes-board").as_file("Draft minutes")])
        send_what_waits(meets_on + timedelta(days=13))


def _coming_meetings(board: Board) -> None:
    today = clock.today()
    group = _main_group(board)
    with unit_of_work():
        soon = meeting_actions.schedule(
            group, _weekday(today + timedelta(days=12)), time(10), "Town Hall, Harbour Street"
        )
        later = meeting_actions.schedule(
            group, _weekday(today + timedelta(days=54)), time(14), "", "https://meet.northfirth.example/board"
        )
        spg = next(g for g in board_queries.groups(board.id) if g.kind == "spg")
        planning = meeting_actions.schedule(spg, _weekday(today + timedelta(days=8)), time(13, 30), "Library, Room 2")
    _open_pack(board, soon)
    with unit_of_work():
        meeting_actions.let_stand_in(soon, _id_of(board, "depute"), _id_of(board, "rep"))
        for key in COMING:
            _add_item(later, document(board, later.meets_on, key))
        for key in PLANNING:
            _add_item(planning, document(board, planning.meets_on, key))


def _id_of(board: Board, role: str) -> UUID:
    person = person_by_email(accounts.address(role, board.key))
    assert person is not None
    return person.id


def _weekday(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _add_item(meeting: Meeting, one: Document) -> None:
    meeting_actions.add_item(meeting, title=one.title, purpose=one.purpose)


def _open_pack(board: Board, meeting: Meeting) -> None:
    """The next meeting's papers, published today."""
    open_to_all = [document(board, meeting.meets_on, key) for key in COMING[:3]]
    award = document(board, meeting.meets_on, "contract-award")
    with unit_of_work():
        meeting_actions.add_item(meeting, title="Welcome and apologies", is_verbal=True)
        for one in open_to_all:
            _add_item(meeting, one)
        meeting_actions.add_item(
            meeting, title=award.title, is_restricted=True, paragraphs=["6", "8", "9"], purpose=award.purpose
        )
    papers.upload_and_publish(meeting, [one.file for one in (*open_to_all, award)], tell=True)
