"""What templates say of items: why one is restricted, and since when; and whether an agenda changes any more."""

from __future__ import annotations

from portal.core import clock
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.rules import restriction_changed_words, restriction_words, why_agenda_fixed, why_order_fixed


def restriction_changed(item: AgendaItem) -> str:
    """That the restriction of a published item was changed, and when; '' where it never was."""
    day = item.restriction_changed_on
    return restriction_changed_words(day, item.is_restricted) if day else ""


def restricted_because(item: AgendaItem, is_read: bool) -> str:
    """Why an item is restricted, and what whoever reads its papers may not do."""
    return restriction_words(item.paragraphs, is_read)


def is_agenda_fixed(meeting: Meeting) -> bool:
    """Whether nothing is added to an agenda or changed on it any more."""
    return bool(why_agenda_fixed(meeting))


def is_order_fixed(meeting: Meeting) -> bool:
    return bool(why_order_fixed(meeting, clock.now()))
