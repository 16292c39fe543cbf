"""Every change to a board's expenses policy: drafted, its terms set one category at a time, published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from portal.boards.models import Board
from portal.core import clock
from portal.core.values import Typed
from portal.expenses.categories import KEYS
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.prices import price_again
from portal.expenses.events import PolicyDraftDiscarded, PolicyDrafted, PolicyPublished
from portal.expenses.models import Claim, ClaimLine, ExpensePolicy, PolicyTerms
from portal.expenses.policies import queries
from portal.expenses.policies.defaults import default_terms
from portal.expenses.policies.publishing import left_to_another
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import acting, record
from portal.infra.versions import EditConflict, save_unless_changed

COPIED = ("deadline_days", "pay_days", "decided_by", "not_covered", "prefix", "cost_code")


TERMS = ("is_covered", "rate", "band_miles", "rate_after", "cap", "cap_per", "receipt_over", "examples")


class AnotherPublishes(Exception):
    """Whoever wrote a policy that begins at once does not publish it."""


def begin_draft(board: Board) -> ExpensePolicy:
    """The board's draft; if there is none, a new one from the newest policy, or from the national rates."""
    if draft := queries.draft_policy(board.id):
        return draft
    newest = next(iter(queries.policies(board.id)), None)
    draft = ExpensePolicy(board_id=board.id, from_on=clock.today())
    for name in COPIED if newest else ():
        setattr(draft, name, getattr(newest, name))
    draft.prefix = draft.prefix or board.short_name[:2].upper()
    db.session.add(draft)
    db.session.flush()
    kept = queries.terms_of(board.id, [newest.id])[newest.id] if newest else {}
    proposals = default_terms(draft.from_on)
    for category in KEYS:
        found = {name: getattr(kept[category], name) for name in TERMS} if category in kept else {}
        terms = found or ({} if newest else proposals.get(category, {}))
        db.session.add(PolicyTerms(board_id=board.id, policy_id=draft.id, category=category, **terms))
    record(PolicyDrafted(board_id=board.id, policy_id=draft.id))
    return draft


def change_draft(draft: ExpensePolicy, version: int, typed: Typed) -> None:
    """Keep what holds for the whole policy. Raises EditConflict."""
    if save_unless_changed(draft, version, **typed):
        record(PolicyDrafted(board_id=draft.board_id, policy_id=draft.id))


def change_terms(draft: ExpensePolicy, terms: PolicyTerms, typed: Typed, version: int | None = None) -> None:
    """What the draft says of one kind of expense. Raises EditConflict when the version is not what the page showed."""
    if terms not in db.session:  # a kind that came after the draft was begun
        terms = _added(terms)
    if save_unless_changed(terms, terms.version if version is None else version, **typed):
        record(PolicyDrafted(board_id=draft.board_id, policy_id=draft.id))


def _added(terms: PolicyTerms) -> PolicyTerms:
    """Two at once add one: the second finds the other's."""
    try:
        with db.session.begin_nested():
            db.session.add(terms)
    except IntegrityError:
        raise EditConflict from None
    return terms


def discard(draft: ExpensePolicy, version: int) -> None:
    """The draft is gone, with what it says of each kind of expense; the policy in force stays. Raises EditConflict."""
    of_draft = (PolicyTerms.board_id == draft.board_id, PolicyTerms.policy_id == draft.id)
    one = (ExpensePolicy.id == draft.id, ExpensePolicy.version == version, ExpensePolicy.published_at.is_(None))
    with db.session.begin_nested():
        db.session.execute(delete(PolicyTerms).where(*of_draft))
        if rows_changed(delete(ExpensePolicy).where(*one)) != 1:
            raise EditConflict
    record(PolicyDraftDiscarded(board_id=draft.board_id, policy_id=draft.id, from_on=draft.from_on))


def publish(draft: ExpensePolicy, version: int, from_on: date) -> int:
    """The policy holds from a day on. Claims not sent yet are priced again; how many come to something else now.

    Raises EditConflict, and AnotherPublishes where it begins at once and whoever wrote it wants to, or somebody who is
    not independent of them, and another could.
    """
    by = acting.get()
    if by and left_to_another(draft, by, from_on):
        raise AnotherPublishes
    days: Typed = {"draft_from_on": draft.from_on, "from_on": from_on}
    save_unless_changed(draft, version, published_at=clock.now(), from_on=from_on)
    record(PolicyPublished(board_id=draft.board_id, policy_id=draft.id, **days))
    return sum(_changes_price(claim) for claim in claims_queries.open_claims(draft.board_id))


def _changes_price(claim: Claim) -> bool:
    """Price a claim again; whether it comes to anything else now."""
    before = _prices(claims_queries.lines(claim.id))
    lines, _ = price_again(claim)
    return _prices(lines) != before


def _prices(lines: Sequence[ClaimLine]) -> list[tuple[int, int]]:
    return [(one.cost, one.covered) for one in lines]
