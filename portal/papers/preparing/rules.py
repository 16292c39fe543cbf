"""What is so of preparing papers: reminders, announcements, and where an uploaded file belongs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from portal.core.calendar import is_working_day, last_working_day_before
from portal.core.text import count_words, together
from portal.papers.destination import NOTHING_YET, Destination, minutes, of_item, version_of
from portal.papers.notice.rules import target_day

BUNDLE_FOR = timedelta(minutes=10)


REMIND_AT_HOUR = 8


PREPARE_AHEAD = timedelta(days=30)  # how long before a meeting its clerk is told that papers are missing


THE_AGENDA = "The agenda"  # among what a reminder names as missing


MINUTES_DUE_AFTER_DAYS = 14


MINUTES_CHASED = timedelta(days=120)  # after that nobody is told any more that minutes are missing


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


PAPER, APPENDIX, MINUTES = "paper", "appendix", "minutes"


DRAFT, APPROVED = "draft", "approved"


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


def minutes_due_on(met_on: date) -> date:
    return met_on + timedelta(days=MINUTES_DUE_AFTER_DAYS)


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
class Place:
    """Something a file can be: a paper for an item, or a new version of a paper."""

    id: UUID
    number: str
    title: str
    file_names: tuple[str, ...] = ()


def propose_place(file_name: str, items: Sequence[Place], papers: Sequence[Place]) -> Destination:
    """What a file probably is, from its name."""
    for paper in papers:
        if file_name.lower() in (name.lower() for name in paper.file_names):
            return version_of(paper.id)
    words = _words(file_name)
    if number := _number_in(file_name):
        for item in items:
            if _plain(item.number) == number:
                return of_item(item.id)
    best = max(items, key=lambda item: _likeness(words, _words(item.title)), default=None)
    if best and _likeness(words, _words(best.title)) >= 0.5:
        return of_item(best.id)
    return minutes(DRAFT) if "minutes" in words and "previous" not in words else NOTHING_YET


def _number_in(file_name: str) -> str:
    """'3a' in 'Item 03(a) Budget.pdf'; '2' in 'Att2.pdf'; '' when there is none."""
    stem = re.sub(r"\.pdf$", "", file_name, flags=re.I)
    numbered = r"(?:item|paper|report|appendix|att|agenda)[ _.-]*0*(\d{1,2}(?:\.\d{1,2})?\(?[a-z]?\)?)(?![a-z0-9])"
    leading = r"^0*(\d{1,2}(?:\.\d{1,2})?\(?[a-z]?\)?)(?=[ _.-])"
    found = re.search(numbered, stem, re.I) or re.search(leading, stem, re.I)
    return _plain(found.group(1)) if found else ""


def _plain(number: str) -> str:
    return re.sub(r"[^0-9a-z.]", "", number.lower()).strip(".")


SMALL_WORDS = frozenset({"and", "for", "from", "paper", "pdf", "report", "the", "update"})


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{3,}", text.lower())) - SMALL_WORDS


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(other) if other else 0.0


def title_from(file_name: str) -> str:
    """A title to propose: 'Budget update' for 'Item 05_Budget_update.pdf'."""
    stem = re.sub(r"\.pdf$", "", file_name, flags=re.I)
    words = re.sub(r"[_\s]+", " ", stem)
    bare = re.sub(r"^(item|paper|report)?[ .-]*\d{1,2}(\([a-z]\))?[ .-]+", "", words, flags=re.I).strip(" -.")
    return (bare or words or "Paper")[:300]


@dataclass(frozen=True)
class Sorted:
    """What a clerk says a file is, and its title."""

    version_id: UUID
    place: Destination
    title: str
    is_appendix: bool = False
