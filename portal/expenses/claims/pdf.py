"""A claim on paper, for whoever made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from portal.core.clock import london_day
from portal.core.money import pounds
from portal.core.text import day_words
from portal.expenses.categories import BY_KEY
from portal.expenses.claims.rules import DECIDED, STATUS_WORDS, shares
from portal.expenses.models import Claim, ClaimLine
from portal.infra.documents import printing
from portal.infra.documents.printing import Story


def printed(claim: Claim, lines: Sequence[ClaimLine], board: str) -> bytes:
    """The PDF of a claim with its lines."""
    title = f"{claim.title}, {day_words(claim.happened_on)}"
    return printing.document(title, f"{board}. {claim.reference or 'Not sent yet'}", _story(claim, lines))


def _story(claim: Claim, lines: Sequence[ClaimLine]) -> Story:
    yield printing.heading(STATUS_WORDS[claim.status])
    yield from printing.labelled(list(_state(claim, lines)))
    yield printing.heading("What it cost")
    for one in lines:
        yield from printing.labelled(list(_line(one)))


def _state(claim: Claim, lines: Sequence[ClaimLine]) -> Iterator[tuple[str, str]]:
    yield "Claimed by", claim.person.name
    if claim.sent_at:
        yield "Sent on", day_words(london_day(claim.sent_at))
    if claim.decided_at:
        yield "Decided on", day_words(london_day(claim.decided_at))
    if claim.paid_on:
        yield "Paid on", day_words(claim.paid_on)
    cost, covered = sum(one.cost for one in lines), sum(one.covered for one in lines)
    yield "Claimed" if claim.sent_at else "Comes to", pounds(cost)
    if claim.status in DECIDED:
        yield "Of this", "; ".join(shares(cost, covered, sum(one.approved or 0 for one in lines)).words)
    else:
        yield "Covered by the expenses policy", pounds(covered)


def _line(line: ClaimLine) -> Iterator[tuple[str, str]]:
    yield BY_KEY[line.category].words, pounds(line.cost)
    yield day_words(line.spent_on), line.worked_out()
    if line.note:
        yield "Note", line.note
    if line.no_receipt_because:
        yield "No receipt", line.no_receipt_because
    if line.cost != line.covered:
        yield "Covered by the expenses policy", pounds(line.covered)
    if line.approved:
        yield "Approved", pounds(line.approved)
    if line.declined_because:
        yield "Not approved", f"{pounds(line.covered)}. {line.declined_because}"
