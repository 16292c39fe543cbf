"""The past meetings of a board, of which a page shows a year at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from portal.core.part_of_list import Part, Way, part_of

if TYPE_CHECKING:
    from portal.meetings.models import Meeting


def past_part(meetings: Sequence[Meeting], asked: Mapping[str, str]) -> Part[Meeting]:
    """Those of the year and the group that were asked for."""
    return part_of(
        meetings,
        asked,
        Way("year", "Year of past meetings", lambda one: str(one.meets_on.year), newest_first=True),
        Way("group", "Group", lambda one: one.group.name),
    )
