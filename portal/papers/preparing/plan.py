"""What pressing Publish will do, worked out before anybody presses it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from portal.meetings.rules import has_opened
from portal.papers.notice.rules import is_late, notice_words
from portal.papers.preparing.rules import APPENDIX, MINUTES

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem, Meeting
    from portal.papers.models import PaperVersion


@dataclass(frozen=True)
class Line:
    """One file that will be published: for which item, its days of notice, and whether that misses the target."""

    item: str  # 'Item 3: Budget'; '' of minutes, and of a paper for no item
    is_appendix: bool
    title: str
    pages: int
    is_new_version: bool
    is_minutes: bool
    notice: str  # in words; none of minutes
    late: bool


@dataclass(frozen=True)
class Plan:
    """Everything the page before Publish says."""

    lines: tuple[Line, ...]
    left_out: tuple[tuple[str, str], ...]  # (file name, why)
    new_items: tuple[str, ...]
    missing: tuple[str, ...]
    tells_nobody: str  # why nobody is emailed about papers, or ''

    @property
    def pages(self) -> int:
        return sum(line.pages for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.new_items


def ready_to_publish(versions: Sequence[PaperVersion], has_opened: bool) -> list[PaperVersion]:
    """The files that Publish takes: sorted, checked, of each paper only the newest; no minutes before it has opened."""
    ready = [one for one in versions if one.is_sorted and one.status == "ready" and not one.paper.withdrawn_at]
    ready = [one for one in ready if has_opened or one.paper.kind != MINUTES]
    newest = {one.paper_id: one.number for one in sorted(ready, key=lambda one: one.number)}
    return [one for one in ready if newest[one.paper_id] == one.number]


def make_plan(
    meeting: Meeting,
    versions: Sequence[PaperVersion],
    items: Sequence[AgendaItem],
    missing: Sequence[str],
    today: date,
    now: datetime,
) -> Plan:
    """From a meeting, its unpublished files and its items, worked out without changing anything."""
    going = ready_to_publish(versions, has_opened(meeting, now))
    staying = [v for v in versions if v not in going]
    covered = {v.paper.item_id for v in going}
    names = {item.id: f"{item.number} {item.title}".strip() for item in items}
    called = {item.id: f"Item {item.number}: {item.title}" if item.number else item.title for item in items}
    soon = {names[item_id] for item_id in covered if item_id in names}
    return Plan(
        lines=tuple(_line(meeting, v, called, today) for v in going),
        left_out=tuple((v.file_name, _why_left_out(v, has_opened(meeting, now))) for v in staying),
        new_items=tuple(names[item.id] for item in items if item.published_at is None),
        missing=tuple(title for title in missing if title not in soon),
        tells_nobody=_why_nobody(meeting, now),
    )


def _line(meeting: Meeting, version: PaperVersion, called: Mapping[UUID, str], today: date) -> Line:
    is_minutes = version.paper.kind == MINUTES
    first = version.paper.first_published_on or today
    counted = not is_minutes
    return Line(
        item=called.get(version.paper.item_id, "") if version.paper.item_id else "",
        is_appendix=version.paper.kind == APPENDIX,
        title=version.paper.title,
        pages=version.pages,
        is_new_version=version.paper.first_published_on is not None,
        is_minutes=is_minutes,
        notice=notice_words(first, meeting.opened_on) if counted else "",
        late=counted and is_late(first, meeting.opened_on, meeting.target_days),
    )


def _why_left_out(version: PaperVersion, meeting_has_opened: bool) -> str:
    if version.status == "checking":
        return f"is still being checked. {version.reason}".strip() if version.reason else "is still being checked"
    if version.status == "refused":
        return f"cannot be published: {version.reason}"
    if version.paper.withdrawn_at:
        return "belongs to a paper that was withdrawn: say which item it is for"
    if version.is_sorted and not meeting_has_opened and version.paper.kind == MINUTES:
        return "are minutes, and the meeting has not begun"
    if version.is_sorted:
        return "is replaced by a newer file"
    return "is not sorted yet: say which item it belongs to"


def _why_nobody(meeting: Meeting, now: datetime) -> str:
    if meeting.status == "not_held":
        return "The meeting did not take place, so nobody is emailed about its papers."
    if meeting.status != "planned":
        return "The meeting is cancelled, so nobody is emailed about its papers."
    return "The meeting is over, so nobody is emailed about its papers." if meeting.starts_at < now else ""
