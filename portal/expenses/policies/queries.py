"""Finding policies and what they say of each kind of expense."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ScalarSelect, select

from portal.access.permissions import BOARDS_READ
from portal.boards import queries as boards
from portal.boards.models import Board
from portal.expenses.categories import BY_KEY
from portal.expenses.models import Claim, ExpensePolicy, PolicyTerms
from portal.expenses.pricing import Terms
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sight import Sight, seen_with


def policies(board_id: UUID) -> Sequence[ExpensePolicy]:
    """The published policies of a board, the one with the latest start first."""
    statement = select(ExpensePolicy).where(ExpensePolicy.board_id == board_id, ExpensePolicy.published_at.is_not(None))
    order = (ExpensePolicy.from_on.desc(), ExpensePolicy.published_at.desc(), ExpensePolicy.id)
    return db.session.scalars(statement.order_by(*order)).all()


def days_to_send(claims: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], int]:
    """In how many days a claim is to be sent, by (board, day); boards without a policy on that day are left out."""
    wanted = set(claims)
    said = (ExpensePolicy.board_id, ExpensePolicy.from_on, ExpensePolicy.deadline_days)
    statement = select(*said).where(
        ExpensePolicy.board_id.in_({board_id for board_id, _ in wanted}), ExpensePolicy.published_at.is_not(None)
    )
    order = (ExpensePolicy.from_on, ExpensePolicy.published_at, ExpensePolicy.id.desc())
    rows = db.session.execute(statement.order_by(*order)).all() if wanted else []
    return {
        (of, day): days for of, day in wanted for board_id, from_on, days in rows if board_id == of and from_on <= day
    }


def policy_on(board_id: UUID, day: date) -> ExpensePolicy | None:
    """The policy in force on a day."""
    return next((one for one in policies(board_id) if one.from_on <= day), None)


def deadline_days() -> ScalarSelect[int]:
    """In how many days a claim is to be sent, by the policy of the day it is about; for a statement on claims."""
    said = (ExpensePolicy.board_id == Claim.board_id, ExpensePolicy.published_at.is_not(None))
    statement = select(ExpensePolicy.deadline_days).where(*said, ExpensePolicy.from_on <= Claim.happened_on)
    order = (ExpensePolicy.from_on.desc(), ExpensePolicy.published_at.desc(), ExpensePolicy.id)
    return statement.order_by(*order).limit(1).correlate(Claim).scalar_subquery()


def policies_on(board_ids: Iterable[UUID], day: date) -> dict[UUID, ExpensePolicy]:
    """The policy in force on a day, of each board that has one."""
    statement = select(ExpensePolicy).where(
        ExpensePolicy.board_id.in_(list(board_ids)),
        ExpensePolicy.published_at.is_not(None),
        ExpensePolicy.from_on <= day,
    )
    order = (ExpensePolicy.from_on, ExpensePolicy.published_at, ExpensePolicy.id.desc())
    return {one.board_id: one for one in db.session.scalars(statement.order_by(*order))}


def draft_policy(board_id: UUID) -> ExpensePolicy | None:
    statement = select(ExpensePolicy).where(ExpensePolicy.board_id == board_id, ExpensePolicy.published_at.is_(None))
    return db.session.scalar(statement)


def policy_by_id(board_id: UUID, policy_id: UUID) -> ExpensePolicy:
    """One of a board, for emails."""
    statement = select(ExpensePolicy).where(ExpensePolicy.board_id == board_id, ExpensePolicy.id == policy_id)
    return db.session.scalars(statement).one()


def terms_of(board_id: UUID, policy_ids: Iterable[UUID]) -> dict[UUID, dict[str, PolicyTerms]]:
    """What each policy says, by category."""
    statement = select(PolicyTerms).where(PolicyTerms.board_id == board_id, PolicyTerms.policy_id.in_(list(policy_ids)))
    found: dict[UUID, dict[str, PolicyTerms]] = defaultdict(dict)
    for one in db.session.scalars(statement.order_by(PolicyTerms.category)):
        found[one.policy_id][one.category] = one
    return found


@dataclass(frozen=True)
class DraftTerms:
    """One category of a board's draft policy."""

    board: Board
    draft: ExpensePolicy
    terms: PolicyTerms
    board_id: UUID


@seen_with(BOARDS_READ)
def draft_terms(sight: Sight, board: str, category: str) -> DraftTerms | None:
    """What the draft says of a category, for those who see the board."""
    found = boards.board(sight.person, board)
    draft = draft_policy(found.id) if found else None
    if found is None or draft is None:
        return None
    if category not in BY_KEY:
        return None
    terms = terms_of(found.id, [draft.id])[draft.id].get(category)
    return DraftTerms(found, draft, terms or new_terms(draft, category), found.id)


def new_terms(draft: ExpensePolicy, category: str) -> PolicyTerms:
    """What a policy says of a kind of expense that came after it was begun: not covered yet. Not saved."""
    terms = PolicyTerms(board_id=draft.board_id, policy_id=draft.id, category=category)
    terms.is_covered, terms.cap_per, terms.examples, terms.version = False, "item", "", 1
    return terms


def version_of(draft: ExpensePolicy, category: str) -> int:
    """The version that is kept of what a draft says of a category."""
    statement = select(PolicyTerms.version).where(
        PolicyTerms.board_id == draft.board_id, PolicyTerms.policy_id == draft.id, PolicyTerms.category == category
    )
    return db.session.scalar(statement) or 1


@dataclass(frozen=True)
class SaidOn:
    """What the policy of a day says of one kind of expense, and since when that policy is in force."""

    from_on: date
    terms: PolicyTerms


def said_on(board_id: UUID, wanted: Iterable[tuple[str, date]]) -> dict[tuple[str, date], SaidOn]:
    """What a board's policies say by (category, day); what had no policy on its day is left out."""
    found = policies(board_id)
    in_force = {(category, day): next((one for one in found if one.from_on <= day), None) for category, day in wanted}
    said = terms_of(board_id, {one.id for one in in_force.values() if one})
    return {
        key: SaidOn(one.from_on, said[one.id].get(key[0]) or new_terms(one, key[0]))
        for key, one in in_force.items()
        if one
    }


def as_terms(kept: PolicyTerms) -> Terms:
    return kept.terms


def register() -> list[tuple[UUID, dict[str, bool]]]:
    """What the newest policy of every board covers, by board: for everyone."""
    newest: dict[UUID, UUID] = {}
    statement = select(ExpensePolicy.board_id, ExpensePolicy.id).where(ExpensePolicy.published_at.is_not(None))
    statement = statement.order_by(ExpensePolicy.from_on, ExpensePolicy.published_at, ExpensePolicy.id.desc())
    for board_id, policy_id in db.session.execute(across_boards(statement, CrossBoardReason.PUBLISHED)):
        newest[board_id] = policy_id
    says: dict[UUID, dict[str, bool]] = defaultdict(dict)
    covered = select(PolicyTerms.policy_id, PolicyTerms.category, PolicyTerms.is_covered)
    covered = covered.where(PolicyTerms.policy_id.in_(list(newest.values())))
    for policy_id, category, is_covered in db.session.execute(covered.order_by(PolicyTerms.category)):
        says[policy_id][category] = is_covered
    return [(board_id, says[policy_id]) for board_id, policy_id in newest.items()]
