"""What is so of preparing papers: reminders, announcements, and what a clerk says that a file is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fnmatch import fnmatchcase
from uuid import UUID

from portal.core.calendar import is_working_day, last_working_day_before, working_day_by
from portal.core.text import count_words, date_words, short_day_words, together
from portal.papers.destination import Destination
from portal.papers.notice.rules import MINUTES_DUE_AFTER_DAYS, target_day

BUNDLE_FOR = timedelta(minutes=10)


REMIND_AT_HOUR = 8


PREPARE_AHEAD = timedelta(days=30)  # how long before a meeting its clerk is told that papers are missing


THE_AGENDA = "The agenda"  # among what a reminder names as missing


MINUTES_CHASED = timedelta(
    days=370
)  # after that nobody is told any more that minutes are missing; figures still say it


EQUALITY = (
    ("", "Not said"),
    ("done", "An equality impact assessment is attached or published"),
    ("not_needed", "An equality impact assessment is not needed"),
)


CARER_IMPACT = (
    ("", "Not stated"),
    ("none", "Stated: none"),
    ("limited", "Stated: limited"),
    ("substantial", "Stated: substantial"),
)


PAPER, APPENDIX, MINUTES, AGENDA = "paper", "appendix", "minutes", "agenda"
PAPER_OR_APPENDIX = ((PAPER, "Paper"), (APPENDIX, "Appendix"))
NO_PAPERS = (MINUTES, AGENDA)  # what counts of papers, and the record of their notice, leave out

# Titles of items that never have a paper, as LIKE of SQL reads them.
NEVER_WITH_PAPER = (
    *("welcome", "welcome and %", "welcome & %", "welcome, %", "welcome/%", "introductions", "chair%remarks%"),
    *("opening remarks%", "%apologies%", "sederunt%", "attendance", "quorum%", "order of business"),
    *("declaration%of%interest%", "declarations", "declarations and transparency%", "matters arising%"),
    *("any other%business%", "any urgent business%", "aob", "aocb", "a.o.b%", "a.o.c.b%"),
    *(
        "date%of%next meeting%",
        "next meeting%",
        "close",
        "close of %",
        "close and %",
        "meeting close%",
        "closing remarks%",
    ),
)


DRAFT, APPROVED = "draft", "approved"


def never_has_a_paper(title: str) -> bool:
    return any(fnmatchcase(title.lower(), pattern.replace("%", "*")) for pattern in NEVER_WITH_PAPER)


def last_working_day_words(target: date, today: date) -> str:
    """'. Last working day: Friday 27 November', where papers are due on a day that is none; '' once that is over."""
    last = working_day_by(target)
    return f". Last working day: {short_day_words(last)}" if today <= last < target else ""


def reminder_mornings(meets_on: date, target_days: int, reminder_days: Iterable[int]) -> frozenset[date]:
    """The days at whose 8am officers hear that papers are missing.

    The board's own days, the day of the target, the last working day before it when it is not one itself,
    and every day after it up to the meeting.
    """
    target = target_day(meets_on, target_days)
    days = {meets_on - timedelta(days=before) for before in reminder_days}
    days |= {meets_on - timedelta(days=before) for before in range(target_days + 1)}
    if not is_working_day(target):
        days.add(last_working_day_before(target))
    return frozenset(days)


def is_ready(is_agenda_published: bool, missing: int) -> bool:
    """Whether nothing of a meeting's papers is left to publish; `missing` papers are."""
    return is_agenda_published and not missing


def missing_words(is_agenda_published: bool, missing: int) -> str:
    """What of a meeting's papers is not published, alike on every page and in emails: 'the agenda and 2 papers'."""
    return together(
        [*([] if is_agenda_published else ["the agenda"]), *([count_words(missing, "paper")] if missing else [])]
    )


def is_minutes_morning(met_on: date, today: date) -> bool:
    """14 days after a meeting, then every week."""
    days = (today - met_on).days
    return days >= MINUTES_DUE_AFTER_DAYS and days % 7 == 0


def announce_at(now: datetime, windows: Sequence[datetime]) -> datetime:
    """When to tell people of what is published now: at once, or when the ten minutes that are running are over.

    `windows` are the moments at which earlier publications of the meeting were or will be announced.
    """
    for began in sorted(windows, reverse=True):
        if began > now:
            return began
        if now < began + BUNDLE_FOR:
            return began + BUNDLE_FOR
    return now


@dataclass(frozen=True)
class Sorted:
    """What a clerk says a file is, and its title."""

    version_id: UUID
    place: Destination
    title: str
    is_appendix: bool = False
    guessed: tuple[str, ...] = ()  # why the place is a guess that the clerk left as it was
    overrules: bool = False  # the clerk chose otherwise than was proposed


def title_told_apart(title: str, kind: str, stage: str) -> str:
    """The title of minutes with whether they are approved, where it does not say so: there may be both of a meeting."""
    said = APPROVED if stage == APPROVED else DRAFT
    if kind != MINUTES or re.search(rf"\b{said}\b", title, re.IGNORECASE):
        return title
    return f"{title} ({said})"


def title_with_meeting(title: str, kind: str, stage: str, day: date) -> str:
    """Minutes with whether they are approved, and of which meeting: many have the same title."""
    return f"{title_told_apart(title, kind, stage)}, meeting of {date_words(day)}" if kind == MINUTES else title
