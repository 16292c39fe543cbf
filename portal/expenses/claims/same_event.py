"""Whether two claims of somebody are for one event: the one rule, for whoever claims, helps or decides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from portal.core.text import half_width

MEETING = "meeting"
SMALL_WORDS = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "our", "the", "to", "with"})


@dataclass(frozen=True)
class Event:
    """What a claim is for."""

    what: str
    title: str
    on: date
    meeting_id: UUID | None


def same_event(one: Event, other: Event) -> bool:
    """The same meeting; or the same activity on the same day, whatever kind of thing it was called.

    Two meetings are told apart by which they are. Where a claim does not say which, the day tells.
    """
    if one.meeting_id and other.meeting_id:
        return one.meeting_id == other.meeting_id
    if one.on != other.on:
        return False
    return one.what == other.what == MEETING or same_activity(one.title, other.title)


def same_activity(one: str, other: str) -> bool:
    """'Carers’ Week' and 'Carers week, stall': all that one title says stands in the other."""
    first, second = _words(one), _words(other)
    return bool(first and second) and (first <= second or second <= first)


def _words(title: str) -> set[str]:
    plain = re.sub(r"['’]", "", half_width(title).casefold())
    found = {re.sub(r"(?<=\w\w)s$", "", word) for word in re.findall(r"\w+", plain)}
    return (found - SMALL_WORDS) or found
