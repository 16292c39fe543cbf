"""No query reaches a board's rows without a limit: each filter is taken away in turn, and the guard must stop it."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Select, delete, event, exists, func, or_, select, true, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import ORMExecuteState, Session, aliased

from portal.access.decide import Reach
from portal.accounts.models import Person
from portal.audit import queries as audit
from portal.audit.models import AuditLine
from portal.boards.models import Appointment, Board, Group, StaffRole
from portal.boards.seats import days as seats
from portal.check_in import queries as check_ins
from portal.core import clock
from portal.deputes import queries as deputes
from portal.expenses.claims import queries as claims_queries
from portal.expenses.models import Claim, PaymentRun
from portal.expenses.payments import queries as payments_queries
from portal.infra.database import db
from portal.infra.links import token_for
from portal.infra.scope import CrossBoardReason, NoBoardScope, across_boards, unpinned, within
from portal.meetings import queries as meetings
from portal.meetings.models import AgendaItem, Meeting
from portal.mentoring.pairs import queries as mentoring
from portal.notifications import queries as notifications
from portal.notifications.models import Email
from portal.papers.models import Note, Paper, PaperVersion
from portal.papers.packs import queries as packs_queries
from portal.papers.preparing import queries as preparing_queries
from portal.replacement_care.requests import queries as requests_queries
from portal.role_descriptions import queries as roles
from portal.role_profiles import queries as profiles
from portal.scheduler.run import tick
from portal.support_meetings import queries as support
from portal.training.inductions import queries as inductions_queries
from portal.training.models import TrainingSession
from portal.training.records import queries as records_queries
from portal.training.sessions import queries as sessions_queries
from tests.architecture.matrix import cases, path_of
from tests.cast import Cast

PORTAL = Path(__file__).parents[2] / "portal"
ONE = uuid4()
OTHER = aliased(Meeting)

LIMITED = {
    "by its board": select(Paper).where(Paper.board_id == ONE),
    "by its own id": select(Paper).where(Paper.id == ONE),
    "by several ids": select(Paper).where(Paper.id.in_([ONE])),
    "by none at all": select(Paper).where(Paper.title == "x", within(Reach(), Paper)),
    "by reach": select(Paper).where(within(Reach(boards=frozenset({ONE}), groups=frozenset({ONE})), Paper)),
    "by a person": select(Note).where(Note.person_id == ONE),
    "through a join": select(Paper).join(Meeting, Meeting.id == Paper.meeting_id).where(Meeting.board_id == ONE),
    "through the board's key": select(Group).join(Board, Board.id == Group.board_id).where(Board.key == "northfirth"),
    "an outer join that follows": select(Paper)
    .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
    .where(Paper.meeting_id == ONE),
    "through a limited list": select(Email).where(
        Email.person_id.in_(select(Appointment.person_id).where(Appointment.board_id == ONE))
    ),
    "a change of one": update(Paper).where(Paper.id == ONE).values(title="x"),
    "a removal of one": delete(Note).where(Note.paper_id == ONE),
    "people, who belong to no board": select(Person).where(Person.name == "x"),
}
UNLIMITED = {
    "nothing said": select(Paper),
    "something else said": select(Paper).where(Paper.title == "x"),
    "everything within reach": select(Paper).where(within(Reach(everything=True), Paper)),
    "one branch of two": select(Paper).where(or_(Paper.board_id == ONE, Paper.title == "x")),
    "not this board": select(Paper).where(Paper.board_id != ONE),
    "some board": select(Paper).where(Paper.board_id.is_not(None)),
    "the other table only": select(Paper, Group).where(Group.board_id == ONE),
    "two unlimited tables": select(Paper).join(Meeting, Meeting.id == Paper.meeting_id),
    "an outer join's own limit": select(Paper).outerjoin(Note, Note.person_id == ONE),
    "an alias beside it": select(Meeting, OTHER).where(Meeting.id == ONE, OTHER.meets_on == Meeting.meets_on),
    "through an unlimited list": select(Email).where(Email.person_id.in_(select(Appointment.person_id))),
    "a count": select(func.count(Paper.id)).where(true()),
    "a mention inside a test of existence": select(Paper).where(exists().where(Group.board_id == ONE)),
    "of a board or none": select(AuditLine).where(AuditLine.event == "SignedIn"),
    "roles": select(StaffRole).where(StaffRole.role == "clerk"),
    "a change of all": update(Paper).values(title="x"),
    "a removal of some": delete(PaperVersion).where(PaperVersion.status == "refused"),
}


@pytest.mark.parametrize("name", LIMITED)
def test_a_limited_query_runs(name: str) -> None:
    assert unpinned(LIMITED[name]) == frozenset()


@pytest.mark.parametrize("name", UNLIMITED)
def test_an_unlimited_query_is_refused(app: Flask, rolled_back: Any, name: str) -> None:
    with app.app_context(), pytest.raises(NoBoardScope):
        db.session.execute(UNLIMITED[name])


def test_what_spans_boards_on_purpose_says_why(app: Flask, rolled_back: Any) -> None:
    with app.app_context():
        assert db.session.scalars(across_boards(select(Paper).order_by(Paper.id), CrossBoardReason.CLOCK)).all()


def test_the_exceptions_are_few_and_each_is_used_where_it_says() -> None:
    uses = sorted(
        f"{why.name} {path.relative_to(PORTAL)}"
        for path in PORTAL.rglob("*.py")
        for why in CrossBoardReason
        if re.search(rf"CrossBoardReason\.{why.name}\s*\)", path.read_text())
    )
    assert uses == [
        "ASKING boards/queries.py",
        "CLOCK audit/queries.py",
        "CLOCK audit/retention.py",
        "CLOCK boards/seats/queries.py",
        "CLOCK check_in/retention.py",
        "CLOCK deputes/queries.py",
        "CLOCK expenses/claims/queries.py",
        "CLOCK expenses/decisions/queries.py",
        "CLOCK meetings/queries.py",
        "CLOCK mentoring/matching/queries.py",
        "CLOCK notifications/outbox.py",
        "CLOCK notifications/queries.py",
        "CLOCK papers/preparing/queries.py",
        "CLOCK replacement_care/requests/queries.py",
        "CLOCK retention/actions.py",
        "CLOCK retention/queries.py",
        "CLOCK role_descriptions/queries.py",
        "CLOCK role_profiles/queries.py",
        "CLOCK support_meetings/queries.py",
        "CLOCK training/awareness/queries.py",
        "CLOCK training/inductions/queries.py",
        "CLOCK training/records/queries.py",
        "CLOCK training/sessions/queries.py",
        "COORDINATOR boards/figures.py",
        "COORDINATOR mentoring/figures.py",
        "COORDINATOR papers/notice/queries.py",
        "COORDINATOR training/awareness/figures.py",
        "COORDINATOR training/inductions/figures.py",
        "COORDINATOR training/records/figures.py",
        "KEYS infra/sealed.py",
        "OWN_DATA audit/queries.py",
        "OWN_DATA privacy/export.py",
        "PUBLISHED expenses/policies/queries.py",
        "PUBLISHED training/courses/queries.py",
    ]


def asked_by() -> str:
    """Which function of queries.py or figures.py asks right now."""
    frame: Any = sys._getframe()
    while frame and not Path(frame.f_code.co_filename).name.endswith(("queries.py", "figures.py")):
        frame = frame.f_back
    if frame is None:
        return ""
    return f"{Path(frame.f_code.co_filename).relative_to(PORTAL)}:{frame.f_code.co_name}"


@pytest.fixture
def lists(app: Flask, cast: Cast, visit: Any) -> Iterator[dict[str, list[Select[Any]]]]:
    """Every SELECT on a board's tables that pages, emails and the clock make, by the function that makes it."""
    seen: dict[str, list[Select[Any]]] = {}

    def see(state: ORMExecuteState) -> None:
        where = asked_by()
        is_own = where and state.is_select and not (state.is_relationship_load or state.is_column_load)
        if is_own and not state.execution_options.get("across_boards"):
            seen.setdefault(where, []).append(state.statement)

    event.listen(Session, "do_orm_execute", see)
    try:
        with app.app_context():
            feed = token_for("calendar", cast.person("northfirth.rep"), "1")
        visit("").get(f"/calendar/{feed}.ics")
        for role in ("rep", "depute", "officer", "clerk", "approver", "admin"):  # the last one ends roles
            visitor = visit(f"northfirth.{role}")
            visitor.get("/")
            for case in cases(app, cast):
                if case.board == "northfirth" and "sign-out" not in case.rule:
                    data = {"csrf_token": visitor.csrf_token()} if case.method == "POST" else {}
                    visitor.client.open(path_of(case.rule, cast.northfirth), method=case.method, data=data)
        visit("former").get("/")
        with app.app_context():
            tick()
            _ask_what_no_page_asked()
        yield seen
    finally:
        event.remove(Session, "do_orm_execute", see)


def _ask_what_no_page_asked() -> None:
    """What only a change, an email or the operator asks."""
    today = clock.today()
    with suppress(NoResultFound):
        seats.hold_seats(ONE)
    seats.days_of_seats(ONE)
    seats.terms_of_reps(ONE)
    with suppress(NoResultFound):
        seats.seat(ONE, ONE)
    meetings.coming_stand_ins(ONE, today)
    meetings.last_position(ONE)
    list(audit.whole_chain(ONE))
    notifications.emails_by_id([str(ONE)])
    deputes.deputes_of(ONE, ONE, ONE)
    check_ins.open_check_ins(ONE)
    check_ins.one_of_meeting(ONE, ONE)
    profiles.with_photo(ONE, today)
    profiles.groups_of_reps(ONE, today)
    roles.earlier_agreement(ONE, SimpleNamespace(group_id=ONE, number=1), ONE)
    with suppress(NoResultFound):
        roles.description(ONE, ONE)
    with suppress(NoResultFound):
        claims_queries.claim_by_id(ONE, ONE)
    claims_queries.last_sent(ONE, ONE, ONE)
    claims_queries.own_claim_by_id(ONE, ONE)
    claims_queries.claim_for_meeting(ONE, ONE)
    claims_queries.open_claims(ONE)
    claims_queries.next_number(ONE, 2026)
    claims_queries.role_began(ONE, ONE)
    claims_queries.other_lines(Claim(id=ONE, person_id=ONE, board_id=ONE))
    payments_queries.next_run_number(ONE)
    payments_queries.is_in_run(PaymentRun(id=ONE, board_id=ONE), ONE)
    with suppress(IndexError):
        inductions_queries.induction(ONE, ONE)
    with suppress(NoResultFound):
        records_queries.record_by_id(ONE, ONE)
    records_queries.own_record_by_id(ONE, ONE)
    requests_queries.open_of_person(ONE)
    requests_queries.own_request_by_id(ONE, ONE)
    with suppress(NoResultFound):
        requests_queries.request_by_id(ONE, ONE)
    for find_one in (
        mentoring.request_of,
        mentoring.pair_by_id,
        mentoring.pulse_by_id,
        sessions_queries.session_by_id,
    ):
        with suppress(NoResultFound):
            find_one(ONE, ONE)
    mentoring.pulse_of(ONE, ONE, today)
    mentoring.waiting_request(ONE, ONE)
    mentoring.mentor_of_board(ONE, ONE)
    mentoring.pairs_of_mentor(ONE, ONE)
    mentoring.open_pairs_of(ONE)
    with suppress(NoResultFound):
        mentoring.mentor_for_update(ONE)
    support.how_it_was(Meeting(id=ONE), ONE)
    with suppress(NoResultFound):
        sessions_queries.session_for_update(TrainingSession(id=ONE))
    sessions_queries.people_of(ONE, ONE, "booked")
    roles.to_agree(ONE, [ONE])
    roles.last_number(ONE, ONE)
    roles.draft(ONE, ONE)
    check_ins.by_link(ONE, "1")
    for ask in (
        preparing_queries.announcement_windows,
        preparing_queries.next_version_number,
        packs_queries.pack_by_id,
        preparing_queries.version_by_id,
    ):
        ask(ONE)
    for ask_several in (preparing_queries.announced, preparing_queries.draft_minutes_published):
        ask_several([ONE])


def without_filter(statement: Select[Any]) -> Select[Any]:
    bare = statement._generate()
    bare._where_criteria = ()
    return bare


@pytest.mark.long
def test_every_list_without_its_filter_is_refused(lists: dict[str, list[Select[Any]]]) -> None:
    tried = 0
    for where, statements in lists.items():
        for statement in {str(one): one for one in statements if isinstance(one, Select)}.values():
            if _reads_boards_tables(statement):
                tried += 1
                assert unpinned(without_filter(statement)), f"{where} would leak without its filter: {statement}"
    assert tried > 40
    never_tried = _functions_that_select() - lists.keys()
    assert never_tried == NOT_BY_THEMSELVES, "let a page use them, or say that they are used elsewhere"


def _reads_boards_tables(statement: Select[Any]) -> bool:
    return bool(unpinned(select(*statement.selected_columns).select_from(*statement.get_final_froms())))


NOT_BY_THEMSELVES = {
    "accounts/queries.py:known_browser",  # of a person, on no board
    "boards/queries.py:board_by_key",  # boards themselves are public
    "replacement_care/requests/queries.py:to_pay",
    "expenses/claims/queries.py:of_person",  # a part of a statement, as are the two below
    "mentoring/matching/queries.py:_low",
    "training/inductions/queries.py:first_meeting",
    "role_descriptions/queries.py:_newest",
    "role_descriptions/queries.py:with_earlier",
    "role_profiles/queries.py:_sits",
    "role_profiles/queries.py:photos_of",
    "notifications/queries.py:_in_sight",  # parts of statements that others run
    "notifications/queries.py:_shown",
}


def _functions_that_select() -> set[str]:
    """Functions of queries.py that read a table of a board and are no exception of Across."""
    found = set()
    for path in [*PORTAL.rglob("*queries.py"), *PORTAL.rglob("figures.py")]:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef):
                source = ast.unparse(node)
                if "select(" in source and "across_boards" not in source and "Person" not in source:
                    found.add(f"{path.relative_to(PORTAL)}:{node.name}")
    return found
