"""What pressing Publish will do, worked out before anybody presses it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from portal.meetings.rules import has_opened
from portal.papers.amount import Amount, amount_of
from portal.papers.notice.rules import is_late, notice_words
from portal.papers.preparing.checks import (
    GUESSED,
    Around,
    asked,
    checks_of,
    first_of_each,
    hard_to_read,
    numbers_used_twice,
)
from portal.papers.preparing.rules import AGENDA, APPENDIX, MINUTES, NO_PAPERS

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem, Meeting
    from portal.papers.models import PaperVersion

SAME_FILE = "is the very file that is published as “{}”: remove it, or upload the right one"


@dataclass(frozen=True)
class Line:
    """One file that will be published: for which item, its days of notice, and whether that misses the target."""

    item: str  # '3 Budget'; of the agenda and of minutes what they are; '' of a paper for no item
    is_restricted: bool
    is_appendix: bool
    title: str
    pages: int
    is_new_version: bool
    is_minutes: bool
    notice: str  # in words; none of minutes
    late: bool
    file_name: str
    kind: str
    paper_id: UUID
    number: int  # of the file among those of its paper
    item_id: UUID | None  # of an item that a clerk can change
    guess: tuple[str, ...]  # that its place is a guess, and why
    checks: tuple[str, ...]  # anything else to look at
    pictures: str = ""  # how many of its pages are pictures, in words
    in_place_of: str = ""  # the withdrawn paper that it corrects, in words
    is_guess: bool = False  # no clerk has confirmed its place
    id: UUID | None = None  # of the file


@dataclass(frozen=True)
class LeftOut:
    """A file that stays, and why; `look_at` is its id where a clerk has still to look at its pages."""

    file_name: str
    why: str
    look_at: UUID | None = None
    id: UUID | None = None  # of the file


@dataclass(frozen=True)
class Plan:
    """Everything the page before Publish says."""

    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    new_items: tuple[str, ...]
    missing: tuple[str, ...]
    only_appendix: tuple[str, ...]  # items that have nothing but appendices
    tells_nobody: str  # why nobody is emailed about papers, or ''
    doubled: tuple[str, ...] = ()  # the numbers that several items have, of those with files

    @property
    def amount(self) -> Amount:
        return amount_of((line.kind, line.pages) for line in self.lines)

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.new_items

    @property
    def guesses(self) -> int:
        return sum(one.is_guess for one in self.lines)


def ready_to_publish(
    versions: Sequence[PaperVersion], has_opened: bool, same: Collection[UUID] = ()
) -> list[PaperVersion]:
    """The files that Publish takes: sorted, checked, of each paper only the newest; no minutes before it has opened.

    Of what was made from another file a clerk has seen every page. `same`: those that are open already.
    """
    ready = [one for one in versions if one.is_sorted and one.status == "ready" and not one.paper.withdrawn_at]
    ready = [one for one in ready if one.id not in same]
    ready = [one for one in ready if (has_opened or one.paper.kind != MINUTES) and not one.must_be_looked_at]
    newest = {one.paper_id: one.number for one in sorted(ready, key=lambda one: one.number)}
    return [one for one in ready if newest[one.paper_id] == one.number]


def make_plan(
    meeting: Meeting,
    versions: Sequence[PaperVersion],
    items: Sequence[AgendaItem],
    missing: Sequence[str],
    published: Mapping[UUID, set[str]],
    today: date,
    now: datetime,
    gone: Mapping[UUID, str] = MappingProxyType({}),
    beside: Around = Around(),  # noqa: B008 - nothing changes it
    same: Collection[UUID] = (),
) -> Plan:
    """From a meeting, its unpublished files, its items and what is published of them, without changing anything."""
    going = ready_to_publish(versions, has_opened(meeting, now), same)
    staying = [v for v in versions if v not in going]
    covered = {v.paper.item_id for v in going}
    names = {item.id: f"{item.number} {item.title}".strip() for item in items}
    by_id = {item.id: item for item in items}
    soon = {names[item_id] for item_id in covered if item_id in names}
    first = first_of_each(versions)
    return Plan(
        lines=tuple(_line(meeting, v, by_id, first[v.id], beside, today, gone) for v in in_agenda_order(going, items)),
        left_out=tuple(_left_out(v, has_opened(meeting, now), going, same) for v in staying),
        new_items=tuple(
            f"{names[item.id]}{' (restricted)' * item.is_restricted}" for item in items if item.published_at is None
        ),
        missing=tuple(title for title in missing if title not in soon),
        only_appendix=tuple(names[item_id] for item_id in names if _kinds(item_id, going, published) == {APPENDIX}),
        tells_nobody=_why_nobody(meeting, now),
        doubled=tuple(numbers_used_twice(items, covered)),
    )


def in_agenda_order(versions: Sequence[PaperVersion], items: Sequence[AgendaItem]) -> list[PaperVersion]:
    """The agenda, papers by their items, each before its appendices, then what is for no item, and minutes."""
    at: dict[UUID | None, int] = {item.id: number for number, item in enumerate(items)}

    def order(version: PaperVersion) -> tuple[int, int, bool]:
        paper = version.paper
        part = {AGENDA: 0, MINUTES: 3}.get(paper.kind, 1 if paper.item_id in at else 2)
        return part, at.get(paper.item_id, 0), paper.kind == APPENDIX

    return sorted(versions, key=order)


def _kinds(item_id: UUID, going: Sequence[PaperVersion], published: Mapping[UUID, set[str]]) -> set[str]:
    """What an item has, once all that is ready is published."""
    return {one.paper.kind for one in going if one.paper.item_id == item_id} | published.get(item_id, set())


def _line(
    meeting: Meeting,
    version: PaperVersion,
    items: Mapping[UUID, AgendaItem],
    first: PaperVersion,
    beside: Around,
    today: date,
    gone: Mapping[UUID, str],
) -> Line:
    paper = version.paper
    item = items.get(paper.item_id) if paper.item_id else None
    counts_from = paper.first_published_on or today
    why = asked(version, tuple(version.guessed), gone)
    guess = (f"{GUESSED}. {'. '.join(why)}",) if why else ()
    is_minutes, is_paper = paper.kind == MINUTES, paper.kind not in NO_PAPERS
    return Line(
        item=f"{item.number} {item.title}".strip() if item else "" if is_paper else paper.kind.capitalize(),
        is_restricted=item is not None and item.is_restricted,
        is_appendix=paper.kind == APPENDIX,
        title=paper.called,
        pages=version.pages,
        is_new_version=paper.first_published_on is not None,
        is_minutes=is_minutes,
        notice="" if is_minutes else notice_words(counts_from, meeting.opened_on),
        late=is_paper and is_late(counts_from, meeting.opened_on, meeting.target_days),
        file_name=version.file_name,
        kind=paper.kind,
        paper_id=version.paper_id,
        number=version.number,
        item_id=item.id if item else None,
        guess=guess,
        checks=(*checks_of(version, version.place, item, first, beside), *hard_to_read(version)),
        pictures=version.picture_words,
        in_place_of=gone.get(paper.in_place_of_id, "") if paper.in_place_of_id and version.number == 1 else "",
        is_guess=bool(version.guessed),
        id=version.id,
    )


def _left_out(
    version: PaperVersion, meeting_has_opened: bool, going: Sequence[PaperVersion], same: Collection[UUID]
) -> LeftOut:
    to_look_at = version.id if version.status == "ready" and version.must_be_looked_at else None
    newer = next((one.file_name for one in going if one.paper_id == version.paper_id), "")
    why = SAME_FILE.format(version.paper.title) if version.id in same else ""
    why = why or _why_left_out(version, meeting_has_opened, newer)
    return LeftOut(version.file_name, why, to_look_at, version.id)


def _why_left_out(version: PaperVersion, meeting_has_opened: bool, newer: str) -> str:
    if version.status == "checking":
        return f"is still being checked. {version.reason}".strip() if version.reason else "is still being checked"
    if version.status == "refused":
        return f"cannot be published: {version.reason}"
    if version.paper.withdrawn_at:
        return "belongs to a paper that was withdrawn: say which item it is for"
    if version.must_be_looked_at:
        return f"was {version.made_words[0].lower()}{version.made_words[1:]}: look at every page before you publish"
    if version.is_sorted and not meeting_has_opened and version.paper.kind == MINUTES:
        return "are minutes, and the meeting has not begun"
    if version.is_sorted:
        return f"is replaced by a newer file, “{newer}”" if newer else "is replaced by a newer file"
    if version.is_held_back:
        return "will not be published: you chose “Do not publish yet”"
    return "is not matched yet: say which item it belongs to"


def _why_nobody(meeting: Meeting, now: datetime) -> str:
    if meeting.status == "not_held":
        return "The meeting did not take place, so nobody is emailed about its papers."
    if meeting.status != "planned":
        return "The meeting is cancelled, so nobody is emailed about its papers."
    return "The meeting is over, so nobody is emailed about its papers." if meeting.starts_at < now else ""
