"""Who publishes a policy that begins at once, and what is said of one that was published lately.

Whoever wrote the draft last is on the audit trail; whoever publishes it must be independent of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from portal.access.roles import ADMIN, APPROVER
from portal.audit import queries as audit
from portal.boards import queries as boards
from portal.boards.independence import queries as independence
from portal.boards.independence.rules import independent, why_not
from portal.core import clock
from portal.core.clock import london_day
from portal.core.text import date_words
from portal.expenses.events import PolicyDrafted, PolicyPublished
from portal.expenses.policies.queries import policies
from portal.expenses.policies.wording import wrote_it

if TYPE_CHECKING:
    from collections.abc import Iterable

    from portal.expenses.models import ExpensePolicy

LATELY = timedelta(days=30)


@dataclass(frozen=True)
class LeftToAnother:
    """Why somebody cannot publish a draft, and who can."""

    because: str
    names: list[str]


def left_to_another(draft: ExpensePolicy, who: UUID, from_on: date) -> LeftToAnother | None:
    """None where they may publish it: from a day to come on, or as another wrote it, or with nobody else to do so."""
    writer = _who(draft, PolicyDrafted)
    if writer is None or from_on > clock.today() or len(boards.able(draft.board_id, APPROVER)) < 2:
        return None
    made_by = independence.made_by(draft.board_id)
    able = {**boards.able(draft.board_id, APPROVER), **boards.able(draft.board_id, ADMIN)}
    names = [name for key, name in able.items() if independent(writer, key, made_by)]
    if not names or independent(writer, who, made_by):
        return None
    if writer == who:
        return LeftToAnother("You wrote it", names)
    name = boards.people_named([writer])[writer]
    return LeftToAnother(f"{name} wrote it, and {why_not(who, writer, made_by)}", names)


def writer_words(draft: ExpensePolicy, who: UUID) -> str:
    """'You wrote it', 'Ann Fraser wrote it'; '' where the trail does not say."""
    writer = _who(draft, PolicyDrafted)
    return wrote_it(("You" if writer == who else boards.people_named([writer])[writer]) if writer else None)


def _who(policy: ExpensePolicy, event: type[PolicyDrafted | PolicyPublished]) -> UUID | None:
    """Who did something to a policy the last time."""
    lines = audit.lines_that_mention(policy.board_id, [event], [policy.id])
    return lines[-1].actor_id if lines else None


def published_lately(board_id: UUID, days: Iterable[date]) -> list[str]:
    """Of the policies of some days, those published within 30 days, and by whom: as sentences."""
    wanted, found = set(days), policies(board_id)
    used = {one.id: one for day in wanted for one in found if one.from_on <= day and _first(found, day) is one}
    return [_said(one) for one in used.values() if is_new(one)]


def is_new(policy: ExpensePolicy) -> bool:
    """Whether a policy was published within 30 days."""
    return policy.published_at is not None and policy.published_at > clock.now() - LATELY


def _first(found: Iterable[ExpensePolicy], day: date) -> ExpensePolicy | None:
    return next((one for one in found if one.from_on <= day), None)


def _said(policy: ExpensePolicy) -> str:
    by = _who(policy, PolicyPublished)
    name = f" by {boards.people_named([by])[by]}" if by else ""
    on = date_words(london_day(policy.published_at)) if policy.published_at else ""
    return f"The policy from {date_words(policy.from_on)} was published on {on}{name}"
