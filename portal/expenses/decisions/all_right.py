"""Claims with nothing to look at twice: approved as a whole with one button, and then the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from portal.access.roles import Viewer
from portal.expenses.decisions import closeness, queries
from portal.expenses.decisions.forms import NO, YES, DecisionForm
from portal.expenses.decisions.rules import speaks_against
from portal.expenses.models import Claim

LOOKED_AT = (
    "warnings",
    "new_policies",
    "unconfirmed",
    "unproven",
    "same_receipts",
    "same_lines",
    "others",
    "changes",
    "questions",
    "second",
)  # what a page of a claim says to look at before deciding


def is_all_right(page: Mapping[str, object], attendance: Sequence[str]) -> bool:
    """Whether nothing on the page of a claim is to be looked at first, and nothing speaks against their being there."""
    return not any(page[name] for name in LOOKED_AT) and not speaks_against(attendance)


def say_yes(form: DecisionForm) -> bool:
    """Yes to every line, though none was answered by itself; False where somebody chose no before that."""
    answers = [entry.form.say for entry in form.lines]
    for one in answers:
        one.data = one.data if one.data == NO else YES
    return all(one.data == YES for one in answers)


def next_to_decide(approver: Viewer) -> UUID | None:
    """The claim that has waited longest of those on which this approver can say something new."""
    return next((one.id for one in queries.to_decide(approver) if _is_theirs(one, approver.id)), None)


def _is_theirs(claim: Claim, approver_id: UUID) -> bool:
    first = claim.first if claim.first and claim.first.version == claim.version else None
    if claim.helped_by_id == approver_id or (first and first.by_id == approver_id):
        return False
    return first is None or not closeness.is_left_to_others(claim, first.by_id, approver_id)
