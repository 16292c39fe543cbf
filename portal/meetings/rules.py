"""What is so of meetings: dates, agenda numbers, and when a depute's access ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from portal.core.clock import london_day
from portal.core.text import date_words, together

MEETING_KINDS = (
    ("ordinary", "Ordinary"),
    ("special", "Special"),
    ("development", "Development session"),
)
PURPOSES = (
    ("", "Not said"),
    ("decision", "For decision"),
    ("discussion", "For discussion"),
    ("noting", "For noting"),
    ("assurance", "For assurance"),
)
DEPUTE_ACCESS_DAYS = 60
DEPUTE_MINUTES_DAYS = 14
CALLED_LATE_DAYS = 3
PLANNED, CANCELLED, NOT_HELD = "planned", "cancelled", "not_held"
HAD_ITS_DAY = (PLANNED, NOT_HELD)  # what is measured once the day is over; who cancels does so before it begins
CORRECT_IT = "An administrator can correct the record."
DAY_STAYS = "its day and time can no longer be changed"
SCHEDULE = "Schedule 7A to the Local Government (Scotland) Act 1973"
# Its paragraphs: number and short label.
EXEMPT_PARAGRAPHS = (
    ("1", "Particular employee or office-holder"),
    ("2", "Occupier of authority accommodation"),
    ("3", "Applicant for or recipient of a service"),
    ("4", "Applicant for or recipient of financial assistance"),
    ("5", "Adoption, care, fostering or education of a child"),
    ("6", "Financial or business affairs of a person"),
    ("7", "Social work reports"),
    ("8", "Proposed contract spending"),
    ("9", "Terms in contract negotiations"),
    ("10", "Identity of tenderer"),
    ("11", "Labour relations"),
    ("12", "Legal advice and proceedings"),
    ("13", "Proposed notices, orders or directions"),
    ("14", "Crime prevention, investigation or prosecution"),
    ("15", "Identity of a protected informant"),
)


def earliest_for_depute(today: date) -> date:
    """The day of the oldest meeting that a depute who stood in may still read."""
    return today - timedelta(days=DEPUTE_ACCESS_DAYS)


def last_day_of_minutes(published_on: date) -> date:
    """Until when whoever stood in may read minutes that were published on a day."""
    return published_on + timedelta(days=DEPUTE_MINUTES_DAYS)


def earliest_minutes_for_depute(today: date) -> date:
    """The day on which minutes that a depute may still read were published at the earliest."""
    return today - timedelta(days=DEPUTE_MINUTES_DAYS)


def as_webcal(address: str) -> str:
    """The address of a feed as calendar programs open it: a phone that follows it asks whether to subscribe."""
    return "webcal://" + address.partition("://")[2]


def is_over(starts_at: datetime, now: datetime) -> bool:
    return starts_at < now


def is_called_late(meets_on: date, today: date) -> bool:
    """Whether a new meeting is so near that people hear of it at once, not with other news."""
    return meets_on <= today + timedelta(days=CALLED_LATE_DAYS)


REMOVED = "removed"  # what was done with an item that is on no agenda any more
PRIVATE_ITEM, PRIVATE_PAPER = (
    "a private item",
    "a private paper",
)  # to whoever may not know what a restricted item is about


def item_words(number: str, title: str) -> str:
    """'item 5, Budget', as the trail calls an item."""
    return f"item {number}, {title}" if number else f"item “{title}”"


def title_in(words: str) -> str:
    """The title in words like these."""
    return words.partition(", ")[2] if not words.startswith("item “") else words[len("item “") : -1]


class Recorded(Protocol):
    """A meeting with what is on record of it."""

    @property
    def status(self) -> str: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def opened_on(self) -> date: ...
    @property
    def meets_on(self) -> date: ...
    @property
    def attendance_at(self) -> datetime | None: ...
    @property
    def minutes_published_at(self) -> datetime | None: ...


def sits_again(meeting: Recorded) -> bool:
    """Whether it was adjourned: its first day is over, or running, and it sits on another one."""
    return meeting.meets_on != meeting.opened_on


def why_settled(meeting: Recorded) -> str:
    """Why nothing ordinary changes a meeting any more, whatever the hour; '' while something may."""
    if meeting.status == CANCELLED:
        return f"This meeting has been cancelled. {CORRECT_IT}"
    if meeting.status == NOT_HELD:
        return f"This meeting did not take place. {CORRECT_IT}"
    if meeting.minutes_published_at:
        return f"The minutes of this meeting have been published, so {DAY_STAYS}. {CORRECT_IT}"
    if meeting.attendance_at and not sits_again(meeting):  # who came on the first day says nothing of the next
        return f"Attendance has been recorded for this meeting, so {DAY_STAYS}. {CORRECT_IT}"
    return ""


def why_agenda_fixed(meeting: Recorded) -> str:
    """Why nothing is added to an agenda, or changed on it; '' while it may be. Items are restricted all the same."""
    if meeting.status != PLANNED:
        return why_settled(meeting)
    if meeting.minutes_published_at:
        return "The minutes of this meeting have been published, so its agenda can no longer be changed."
    return ""


def why_order_fixed(meeting: Recorded, now: datetime) -> str:
    """Why no item is moved up or down; '' while it may be."""
    if fixed := why_agenda_fixed(meeting):
        return fixed
    begun = "This meeting has begun, so the order of its items can no longer be changed."
    return begun if has_opened(meeting, now) else ""


def why_not_moved(meeting: Recorded, now: datetime) -> str:
    """Why a meeting is neither moved nor cancelled; '' when it can be."""
    if settled := why_settled(meeting):
        return settled
    if meeting.starts_at > now:
        return ""
    if london_day(now) == meeting.meets_on:
        return "This meeting has begun. You can adjourn it, or record that it did not take place, until midnight."
    return f"This meeting is over, so {DAY_STAYS}. {CORRECT_IT}"


def why_not_ended(meeting: Recorded, now: datetime) -> str:
    """Why a meeting is neither adjourned nor marked as one that did not take place; '' when it can be."""
    if settled := why_settled(meeting):
        return settled
    if meeting.starts_at > now:
        return "This meeting has not begun. Change its date, or cancel it."
    if london_day(now) != meeting.meets_on:
        return f"This meeting is over, so {DAY_STAYS}. {CORRECT_IT}"
    return ""


def has_opened(meeting: Recorded, now: datetime) -> bool:
    """Whether its first sitting has begun: “Are papers on time?” rests on the agenda as it is."""
    return london_day(now) > meeting.opened_on or (not sits_again(meeting) and meeting.starts_at <= now)


def restriction_words(paragraphs: Sequence[str], is_read: bool) -> str:
    """Why an item is restricted, with what each paragraph is about, and what whoever reads its papers may not do."""
    labels = dict(EXEMPT_PARAGRAPHS)
    named = together([f"{one} ({_in_a_sentence(labels[one])})" if one in labels else one for one in paragraphs])
    which = f"paragraph{'s' if len(paragraphs) > 1 else ''} {named} of {SCHEDULE}" if named else SCHEDULE
    duty = (
        " Do not share its papers, or talk about them, with anyone who is not allowed to see them." if is_read else ""
    )
    return f"Restricted: {which}.{duty}"


def restriction_changed_words(changed_on: date, is_restricted: bool) -> str:
    """Of an item that is published: since when it is as it is, and what it was."""
    was = "It was not restricted" if is_restricted else "It was restricted"
    return f"Changed on {date_words(changed_on)}. {was}."


def _in_a_sentence(label: str) -> str:
    return f"{label[0].lower()}{label[1:]}"
