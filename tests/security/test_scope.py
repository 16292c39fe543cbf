"""No query reaches a board's rows without a limit: each filter is taken away in turn, and the guard must stop it."""

from __future__ import annotations

import gc
import re
import weakref
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, exists, func, or_, select, true, update
from sqlalchemy.orm import aliased

from portal.access.decide import Reach
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.boards.models import Appointment, Board, Group, StaffRole
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, NoBoardScope, across_boards, keep, unpinned, within
from portal.meetings.models import AgendaItem, Meeting
from portal.notifications.models import Email
from portal.papers.models import Note, Paper, PaperVersion

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


@pytest.mark.parametrize("name", UNLIMITED)
def test_an_unlimited_query_cannot_be_kept(name: str) -> None:
    with pytest.raises(NoBoardScope):
        keep(UNLIMITED[name])


def test_only_the_very_statement_that_is_kept_runs_unseen(app: Flask, rolled_back: Any) -> None:
    """Neither the same one made once more, nor what is made of it, is taken for it."""
    kept = keep(select(Paper).where(Paper.board_id == ONE))
    bare = kept._generate()
    bare._where_criteria = ()
    wider = kept.join(Meeting, Meeting.id != Paper.meeting_id)
    with app.app_context():
        assert db.session.scalars(kept).all() == []
        for made_of_it in (bare, wider, select(Paper), kept.union_all(bare)):
            with pytest.raises(NoBoardScope):
                db.session.execute(made_of_it)


def test_a_union_with_one_unlimited_part_cannot_be_kept() -> None:
    limited = select(Paper.id).where(Paper.board_id == ONE)
    keep(limited.union_all(limited))
    with pytest.raises(NoBoardScope):
        keep(limited.union_all(limited, select(Paper.id)))


def test_a_statement_that_is_gone_is_not_remembered() -> None:
    """Or another one that came to stand where it stood would run unseen."""
    kept = weakref.ref(keep(select(Paper).where(Paper.board_id == ONE)))
    gc.collect()
    assert kept() is None


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
        "ASKING audit/queries.py",
        "ASKING boards/asking.py",
        "CLOCK audit/queries.py",
        "CLOCK audit/retention.py",
        "CLOCK boards/queries.py",
        "CLOCK boards/seats/queries.py",
        "CLOCK check_in/retention.py",
        "CLOCK check_in/undoing/queries.py",
        "CLOCK corrections/rows_that_go.py",
        "CLOCK demonstration/day/moving.py",
        "CLOCK demonstration/mailbox/letters.py",
        "CLOCK deputes/queries.py",
        "CLOCK expenses/claims/originals.py",
        "CLOCK expenses/claims/queries.py",
        "CLOCK expenses/decisions/queries.py",
        "CLOCK meetings/queries.py",
        "CLOCK mentoring/matching/queries.py",
        "CLOCK notifications/outbox.py",
        "CLOCK notifications/queries.py",
        "CLOCK papers/preparing/queries.py",
        "CLOCK papers/withdrawing/actions.py",
        "CLOCK replacement_care/requests/clock_queries.py",
        "CLOCK retention/actions.py",
        "CLOCK retention/queries.py",
        "CLOCK role_descriptions/queries.py",
        "CLOCK role_profiles/letters/actions.py",
        "CLOCK role_profiles/queries.py",
        "CLOCK support_meetings/queries.py",
        "CLOCK training/awareness/queries.py",
        "CLOCK training/inductions/queries.py",
        "CLOCK training/records/queries.py",
        "CLOCK training/sessions/queries.py",
        "COORDINATOR boards/figures.py",
        "COORDINATOR corrections/queries.py",
        "COORDINATOR mentoring/figures.py",
        "COORDINATOR papers/notice/queries.py",
        "COORDINATOR training/awareness/figures.py",
        "COORDINATOR training/inductions/figures.py",
        "COORDINATOR training/records/figures.py",
        "COORDINATOR training/sessions/queries.py",
        "FILES infra/storage/named.py",
        "KEYS infra/keys.py",
        "OWN_DATA audit/queries.py",
        "OWN_DATA privacy/export.py",
        "PUBLISHED boards/joined.py",
        "PUBLISHED expenses/policies/queries.py",
        "PUBLISHED training/courses/queries.py",
    ]
