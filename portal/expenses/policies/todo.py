"""What expenses policies want of those who write them: one to publish, and a draft to publish or discard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Label, case, exists, select

from portal.access.permissions import CLAIMS_DECIDE, POLICY_WRITE
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.boards.models import Board
from portal.expenses.events import PolicyDrafted
from portal.expenses.models import ExpensePolicy
from portal.expenses.policies.wording import SEEN_BY, wrote_it
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import UNSAID, Line


@dataclass(frozen=True)
class PolicyWanted:
    """A board that has no expenses policy in force."""

    board_id: UUID
    board: str
    board_name: str


@dataclass(frozen=True)
class PolicyInDraft:
    """A board with a draft of its next policy, and who wrote that last: 'You' for themselves."""

    board_id: UUID
    board: str
    board_name: str
    written_by: str | None


OF_BOARD = (Board.id.label("board_id"), Board.key.label("board"), Board.short_name.label("board_name"))


def _has_policy(who: Whoever) -> ColumnElement[bool]:
    in_force = (ExpensePolicy.published_at.is_not(None), ExpensePolicy.from_on <= who.today)
    return exists().where(ExpensePolicy.board_id == Board.id, *in_force)


def _no_policy(who: Whoever) -> Rows:
    """For its approvers: its administrators have it on the list of what their board needs."""
    return select(*OF_BOARD).where(who.within(CLAIMS_DECIDE, Board), ~_has_policy(who))


def _drafted_policy(who: Whoever) -> Rows:
    """Where none is in force, the line that asks for one is enough."""
    is_drafted = exists().where(ExpensePolicy.board_id == Board.id, ExpensePolicy.published_at.is_(None))
    return select(*OF_BOARD, _written_by(who)).where(who.within(POLICY_WRITE, Board), is_drafted, _has_policy(who))


def _written_by(who: Whoever) -> Label[str | None]:
    """A board has one draft at a time, so the newest line on the trail is about it."""
    name = case((AuditLine.actor_id == who.id, "You"), else_=Person.name)
    lines = select(name).select_from(AuditLine).outerjoin(Person, Person.id == AuditLine.actor_id)
    lines = lines.where(AuditLine.board_id == Board.id, AuditLine.event == PolicyDrafted.__name__)
    newest = lines.order_by(AuditLine.happened_at.desc(), AuditLine.id).limit(1)
    return newest.correlate(Board).scalar_subquery().label("written_by")


def _publish_policy(found: Sequence[PolicyInDraft], today: date) -> Iterator[Line]:
    for one in found:
        title = f"Publish or discard the draft expenses policy of {one.board_name}"
        words = ". ".join(said for said in (wrote_it(one.written_by), SEEN_BY) if said)
        yield Line(today, title, words, {"board": one.board}, day_is=UNSAID)


def _write_policy(found: Sequence[PolicyWanted], today: date) -> Iterator[Line]:
    for one in found:
        title, words = f"Publish an expenses policy for {one.board_name}", "Without one, no expense is covered"
        yield Line(today, title, words, {"board": one.board}, day_is=UNSAID)


NO_POLICY = ToDo(
    "expenses policy to publish",
    Whom.STAFF,
    PolicyWanted,
    _no_policy,
    Says("expenses.policy", _write_policy, names_board=True),
)
DRAFTED_POLICY = ToDo(
    "expenses policy in draft",
    Whom.STAFF,
    PolicyInDraft,
    _drafted_policy,
    Says("expenses.publish_policy", _publish_policy, names_board=True),
)
