"""One's own claims, of which a page shows a year or a state at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from portal.core.part_of_list import Part, Way, part_of
from portal.expenses.claims.rules import OPEN_TO_CHANGE, STATUS_WORDS

if TYPE_CHECKING:
    from portal.expenses.models import Claim


def part_of_claims(claims: Sequence[Claim], asked: Mapping[str, str]) -> Part[Claim]:
    """Those that were asked for, and what its rep has still to finish."""
    return part_of(
        claims,
        asked,
        Way("year", "Year of your claims", lambda one: str(one.happened_on.year), newest_first=True),
        Way("state", "State of your claims", lambda one: one.status, STATUS_WORDS),
        always=lambda one: one.status in OPEN_TO_CHANGE,
    )
