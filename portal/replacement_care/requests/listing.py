"""One's own requests for care, of which a page shows a year at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from portal.core.part_of_list import Part, Way, part_of

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest


def part_of_requests(requests: Sequence[CareRequest], asked: Mapping[str, str], today: date) -> Part[CareRequest]:
    """Those of the year that was asked for, and what is still to come."""
    year: Way[CareRequest] = Way("year", "Year of your requests", lambda one: str(one.on_day.year), newest_first=True)
    return part_of(requests, asked, year, always=lambda one: one.on_day >= today)
