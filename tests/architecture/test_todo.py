"""No kind of what waits for people stands untried: somebody has each, its pages say it, and what they link to opens."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import ADMIN, APPROVER, CLERK, DEPUTE, Viewer
from portal.accounts import invitations
from portal.accounts.models import Person
from portal.boards import actions as boards
from portal.boards.models import Board, Group
from portal.boards.people import actions as people_actions
from portal.boards.seats import actions as seats
from portal.capabilities import GATHERED
from portal.check_in import actions as check_ins
from portal.check_in.undoing import actions as undoing
from portal.core import clock
from portal.deputes import actions as deputes
from portal.deputes.models import Nomination
from portal.expenses.claims import actions as claims
from portal.expenses.decisions import actions as decisions
from portal.identity import find_viewer
from portal.infra.database import db
from portal.infra.kept import Whoever
from portal.infra.todo import AnyToDo, Waiting, ask
from portal.infra.todo_line import Line
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.mentoring.matching import actions as matching
from portal.mentoring.models import Mentor, MentorRequest, Pair
from portal.papers.withdrawing import queries as withdrawing
from portal.papers.withdrawing.actions import withdraw
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.rules import Span
from portal.role_descriptions import actions as roles
from portal.training.models import TrainingRecord
from portal.training.records import actions as records
from tests.architecture.matrix import viewer_of
from tests.cast import NOW, TODAY, BoardCast, Cast, person
from tests.visitor import Visitor

ROOT = Path(__file__).parents[2]
DAYS = (0, 7, 31, 36)  # after the cast's own day: papers and care come due, pairs are asked if it helps
ROWS, FIRST_PAGE, DESK = "rows", "first page", "desk"


def waits(app: Flask, people: list[UUID]) -> Iterator[tuple[str, str, UUID, str]]:
    """(kind, page, person, address) of whatever waits for each of some people now."""
    with app.test_request_context("/"):
        today = clock.today()
        for person_id in people:
            for kind, rows in ask(
                GATHERED.todo, find_viewer(db.session.get_one(Person, person_id)), today
            ).rows.items():
                if rows:
                    yield kind.name, ROWS, person_id, ""
                    yield from ((kind.name, page, person_id, line.address) for page, line in said(kind, rows))
        db.session.rollback()


def said(kind: AnyToDo, rows: list[Any]) -> Iterator[tuple[str, Line]]:
    """The lines of each page, as it would show them."""
    found = Waiting({kind: rows})
    yield from ((FIRST_PAGE, line) for line in found.lines(lambda one: one.first_page, clock.today()))
    yield from ((DESK, line) for line in found.lines(lambda one: one.desk, clock.today()))


def every_sentence() -> set[tuple[str, str]]:
    every = {(kind.name, ROWS) for kind in GATHERED.todo}
    every |= {(kind.name, FIRST_PAGE) for kind in GATHERED.todo if kind.first_page}
    return every | {(kind.name, DESK) for kind in GATHERED.todo if kind.desk}


def more_waits(board: BoardCast) -> list[UUID]:
    """What the cast lacks: a depute who did not agree, a match, claims, training, a new rep, two admins, an offer."""
    rep, officer = board.people["rep"], board.people["officer"]
    colleague = person("second@northfirth.test", "Second Administrator")
    people_actions.give_role(db.session.get_one(Board, board.id), colleague, ADMIN)
    people_actions.give_role(almost_empty(board), colleague, ADMIN)
    settle(board, rep, board.people["approver"])
    nomination = db.session.get_one(Nomination, board.things["nomination_id"])
    deputes.confirm(nomination, officer)
    mentor = db.session.scalars(select(Mentor).where(Mentor.board_id == board.id)).one()
    matching.propose(db.session.get_one(MentorRequest, board.things["mentor_request_id"]), mentor.id, officer)
    db.session.get_one(Pair, board.things["pair_id"]).next_on = TODAY + timedelta(days=1)
    claims.prompt_for_activity(board.id, rep, "event", "Away day", TODAY)
    records.answer_record(db.session.get_one(TrainingRecord, board.things["record_id"]), officer, True)
    records.add_record(uuid4(), board.id, rep, {"title": "Chairing", "done_on": TODAY}, None)
    group, new = db.session.get_one(Group, board.things["group_id"]), person("new@northfirth.test", "New Rep")
    seat = seats.create_seat(group, "New seat", TODAY - timedelta(days=20))
    days = TODAY - timedelta(days=20), TODAY + timedelta(days=600)
    seats.appoint(seat, new, "unpaid_carer", *days).made_at = NOW - timedelta(days=20)
    seats_that_end(group, new)
    check_in = check_ins.check_in_of(meeting_by_id(board.things["meeting_id"]), new.id)
    check_in.printed, check_in.address = True, "1 High Street"
    words = {"purpose": "Speak for carers", "promises": []}
    roles.write_draft(group, 0, {**words, "hours_a_month": 3, "contact": "Ann Fraser"})
    roles.write_model(0, words)
    undoing.cannot_come(check_ins.check_in_of(meeting := meeting_by_id(board.things["coming_id"]), rep), meeting)
    care_to_pay(board, rep)
    paper = withdrawing.paper_by_id(board.things["paper_id"])
    withdraw(paper, meeting_by_id(paper.meeting_id).version, "paper", "error")
    decisions.ask_clerks(board.id, board.things["meeting_id"])
    elsewhere = db.session.scalars(select(Person.id).where(Person.email == "rep@southmoor.test")).one()
    people_actions.invite_to_role(db.session.get_one(Board, board.id), "Una Typed", "rep@southmoor.test", ADMIN)
    unwilling = people_actions.invite_to_role(
        db.session.get_one(Board, board.id), "Una Unwilling", "una@unwilling.test", CLERK
    )
    invitations.decline(unwilling)
    assert nomination.person_id
    return [new.id, nomination.person_id, colleague.id, elsewhere, asked_to_agree_again(board, nomination)]


def seats_that_end(group: Group, someone: Person) -> None:
    """A seat that somebody has left, and one whose term ends within weeks."""
    for title, left in (("Seat that was left", -3), ("Seat that ends", 20)):
        seat = seats.create_seat(group, title, TODAY - timedelta(days=90))
        seats.appoint(seat, someone, "unpaid_carer", TODAY - timedelta(days=90), TODAY + timedelta(days=left))


def almost_empty(board: BoardCast) -> Board:
    """A board without a policy, on which nobody is a clerk or rep any more."""
    empty = boards.create_board("empty", "Empty Joint Board", "Empty")
    approver, former = db.session.get_one(Person, board.people["approver"]), person("former@empty.test", "Former")
    people_actions.give_role(empty, approver, APPROVER)
    days = TODAY - timedelta(days=20), TODAY - timedelta(days=1)
    people_actions.give_role(empty, former, CLERK, *days)
    seat = seats.create_seat(boards.create_group(empty, "Group", "board"), "Seat", TODAY - timedelta(days=20))
    seats.appoint(seat, former, "unpaid_carer", *days)
    return empty


def asked_to_agree_again(board: BoardCast, like: Nomination) -> UUID:
    """A depute who agreed before the role was described as it is."""
    depute = person("second-depute@northfirth.test", "Second Depute")
    people_actions.give_role(db.session.get_one(Board, board.id), depute, DEPUTE)
    of = {"board_id": board.id, "group_id": like.group_id, "on_behalf_of_id": like.on_behalf_of_id}
    agreed = {"status": "confirmed", "nominated_at": NOW, "agreed_at": NOW, "sealed_why": ""}
    db.session.add(Nomination(**of, **agreed, person_id=depute.id, name=depute.name, email=depute.email))
    return depute.id


def care_to_pay(board: BoardCast, person_id: UUID) -> None:
    """Care that took place a week ago, that the board pays for, and whose invoice nobody entered; and care that was
    arranged for tomorrow, of which nobody will have said whether it took place.
    """
    began = NOW - timedelta(days=7)
    typed = {"what": "event", "title": "Open day", "meeting_id": None, "is_paid_by_board": True}
    care.ask(uuid4(), board.id, person_id, person_id, Span(began, began + timedelta(hours=2), 0), typed)
    span = Span(NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2))
    untold = care.ask(uuid4(), board.id, person_id, person_id, span, {"what": "event", "title": "Talk"})
    arranging.arrange(untold, untold.version, board.people["officer"], span, {"arrangement": "Jo comes"})


def settle(board: BoardCast, person_id: UUID, approver_id: UUID) -> None:
    """A claim that is approved, and in no payment run."""
    claim = claims.begin(uuid4(), board.id, person_id, "event", "Open day", TODAY)
    typed = {"category": "taxi", "spent_on": TODAY, "tenths": None, "paid": 900, "no_receipt_because": "Lost"}
    line = claims.save_line(claim, uuid4(), typed)
    claims.send(claim, claim.version)
    decisions.decide(claim, claim.version, approver_id, {line.id: (True, "")})


def test_each_kind_waits_for_somebody_and_opens(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> None:
    people, untried = [*cast.northfirth.people.values(), cast.person("coordinator")], every_sentence()

    def look() -> None:
        for kind, page, person_id, address in list(waits(app, people)):
            if (kind, page) in untried:
                untried.remove((kind, page))
                if address:
                    assert Visitor(app, person_id).get(address, follow_redirects=True).status_code == 200, (
                        kind,
                        page,
                        address,
                    )

    look()
    with app.app_context(), unit_of_work():
        people += more_waits(cast.northfirth)
    for days in DAYS:
        at(NOW + timedelta(days=days))
        look()
    assert untried == set(), "give the cast, or more_waits, somebody for whom it waits"


@pytest.mark.parametrize("kind", GATHERED.todo, ids=lambda kind: kind.name)
def test_each_kind_is_said_or_tells_where_a_rep_stands(app: Flask, kind: AnyToDo) -> None:
    assert any((kind.first_page, kind.desk, kind.in_table))
    for says in filter(None, (kind.first_page, kind.desk)):
        assert says.endpoint in app.view_functions


def test_of_somebody_of_no_role_only_invitations_are_asked(app: Flask, cast: Cast, rolled_back: Any) -> None:
    with app.app_context():
        waiting = ask(GATHERED.todo, find_viewer(db.session.get_one(Person, cast.person("nobody"))), TODAY).rows
        assert {kind.name: rows for kind, rows in waiting.items()} == {"invitation to answer": []}


def test_what_is_kept_holds_nobodys_ids_and_no_day(app: Flask, cast: Cast) -> None:
    """A SELECT that asked for the day itself would ask for the same day ever after."""
    for name in cast.everyone():
        like = (viewer_of(app, cast, name) or Viewer(cast.person(name))).without_ids()
        for kind in GATHERED.todo:
            given = kind.rows(Whoever(like)).compile().params.items()
            baked = {key: one for key, value in given for one in several(value) if isinstance(one, UUID | date)}
            assert not baked, f"{kind.name}: these are to be put in as it runs, with Whoever"


def several(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple | set | frozenset) else [value]


def test_nobody_is_told_of_a_board_that_is_not_theirs(app: Flask, cast: Cast) -> None:
    """The same statement is run for one after the other, twice. A coordinator's work is of all boards."""
    names = [name for name in cast.everyone() if name != "coordinator"]
    viewers = [one for name in names if (one := viewer_of(app, cast, name))]
    with app.app_context():
        told = [
            {one.board_id for one in chain(*ask(GATHERED.todo, viewer, TODAY).rows.values())}
            for viewer in [*viewers, *viewers]
        ]
    assert all(boards <= viewer.boards_with_any() for boards, viewer in zip(told, [*viewers, *viewers], strict=True))
    assert set.union(*told) == {board.id for board in cast.boards}


@pytest.mark.parametrize("path", sorted((ROOT / "portal").glob("*/todo.py")), ids=lambda path: path.parent.name)
def test_the_sentences_of_each_kind_fit_its_rows(path: Path) -> None:
    """As mypy says of a kind without a type of its own; in a table of kinds of any row it would let anything pass."""
    for node in ast.parse(path.read_text()).body if path.parent.name != "infra" else ():
        named = isinstance(node, ast.AnnAssign) and "Any" in ast.unparse(node.annotation)
        assert not named, f"{path}:{node.lineno} leave the type to mypy, which then compares the row with the sentences"
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "TODO":
            assert isinstance(node.value, ast.Tuple)
            assert {type(one) for one in node.value.elts} == {ast.Name}, "give each kind a name of its own"
