"""A second person is independent of the first: neither brought the other in, not even through others, for a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from portal.core.clock import london_day
from portal.core.text import date_words

CLOSE = timedelta(days=365)  # for so long whoever appointed, invited or gave a role to somebody is close to them
MadeBy = Mapping[UUID, Mapping[UUID, datetime]]  # of each person, who appointed, invited or gave them a role, and when


def brought_in(first: UUID, second: UUID, made_by: MadeBy) -> bool:
    """Whether the first appointed, invited or gave a role to the second, or to somebody who did, and so on."""
    seen, ahead = {second}, [second]
    while ahead:
        found = set(made_by.get(ahead.pop(), ())) - seen
        if first in found:
            return True
        seen |= found
        ahead += found
    return False


def independent(first: UUID, second: UUID, made_by: MadeBy) -> bool:
    """Whether the second can be a second person beside the first. portal/boards/independence/queries.py says the same
    to the database."""
    return first != second and not brought_in(first, second, made_by) and not brought_in(second, first, made_by)


def not_independent_of(first: UUID, made_by: MadeBy) -> set[UUID]:
    """Everybody who cannot be a second person beside the first: themselves, and whom either brought in."""
    everyone = {first, *made_by, *(by for makers in made_by.values() for by in makers)}
    return {one for one in everyone if not independent(first, one, made_by)}


def why_not(first: UUID, second: UUID, made_by: MadeBy) -> str:
    """Why the second is not independent of the first, said to the first, as part of a sentence; '' where they are."""
    if brought_in(first, second, made_by):
        day = made_by.get(second, {}).get(first)
        return f"you gave them their role on {_day(day)}" if day else "someone you gave a role gave them theirs"
    if brought_in(second, first, made_by):
        day = made_by.get(first, {}).get(second)
        return f"they gave you your role on {_day(day)}" if day else "someone they gave a role gave you yours"
    return ""


def _day(moment: datetime) -> str:
    return date_words(london_day(moment))
