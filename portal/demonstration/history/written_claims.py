"""A claim as its person writes it: begun, with the lines of their plan in place of those of last time, and receipts."""

from __future__ import annotations

import io
from functools import cache
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from portal.demonstration.history.spending import NEIGHBOUR, RECEIPT, Line
from portal.expenses.categories import BY_KEY, CARE
from portal.expenses.claims import actions, queries
from portal.expenses.claims.receipts import add_receipt
from portal.meetings import queries as meetings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from portal.demonstration.history.claim_plans import Planned
    from portal.demonstration.world.towns import Town
    from portal.expenses.models import Claim, ClaimLine


def begun(town: Town, plan: Planned, chance: Random) -> Claim:
    """The one that the portal has drafted, or a new one."""
    if plan.draft_id:
        return queries.claim_by_id(town.board.id, plan.draft_id)
    if plan.meeting_id:
        return actions.begin_for_meeting(meetings.meeting_by_id(plan.meeting_id), plan.person_id)
    return actions.begin(_key(chance), town.board.id, plan.person_id, plan.what, plan.title, plan.on)


def with_lines(claim: Claim, plan: Planned, chance: Random) -> None:
    write_lines(claim, plan.lines, plan.on, chance)


def write_lines(claim: Claim, lines: Iterable[Line], on: date, chance: Random) -> None:
    """What was copied from last time is put right or taken away; what was paid for care stays."""
    there = {one.category: one for one in queries.lines(claim.id)}
    for planned in lines:
        found = there.pop(planned.category, None)
        if found and found.is_copied and _is_same(found, planned):
            continue
        line = actions.save_line(claim, found.id if found else _key(chance), {**planned.said, "spent_on": on})
        if planned.receipt == RECEIPT:
            _keep_receipt(claim, line, chance)
    for left in there.values():
        if left.category == CARE and left.paid and not left.is_copied:
            because = {"no_receipt_because": chance.choice(NEIGHBOUR)}
            actions.save_line(claim, left.id, {"category": CARE, "spent_on": left.spent_on, **because})
        else:
            actions.remove_line(claim, left)


def _is_same(line: ClaimLine, planned: Line) -> bool:
    """Whether what was copied is what it is this time, and nothing has to be added to it."""
    return planned.receipt == "" and all(getattr(line, name) == value for name, value in planned.said.items())


def _keep_receipt(claim: Claim, line: ClaimLine, chance: Random) -> None:
    """Each has a mark of its own, as if it were another file each time."""
    words, mark = BY_KEY[line.category].words, f"{chance.getrandbits(256):064x}"
    add_receipt(claim, line, f"{words}.pdf", "application/pdf", _receipt(line.category), mark)


def _key(chance: Random) -> UUID:
    return UUID(int=chance.getrandbits(128), version=4)


@cache
def _receipt(category: str) -> bytes:
    """One small PDF of each kind of expense."""
    from reportlab.pdfgen.canvas import Canvas  # heavy

    out = io.BytesIO()
    page = Canvas(out, pagesize=(220, 300), invariant=1)
    page.setTitle(f"Receipt: {BY_KEY[category].words}")
    page.setFont("Helvetica-Bold", 13)
    page.drawString(20, 260, "RECEIPT")
    page.setFont("Helvetica", 10)
    for number, words in enumerate((BY_KEY[category].words, "Paid with thanks", "Made up for the demonstration")):
        page.drawString(20, 230 - 18 * number, words)
    page.save()
    return out.getvalue()
