"""What the things of a line were called when it was written: a line keeps its words when a name or a day changes.

Lines hold ids. The name at a moment is the one that the first later change found; with no later change, that of today.
Where a change does not say what it found, in an older line or as its words were removed, the name of today stands
there as such. What is private now is named in no line, whatever it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from uuid import UUID

from portal.audit import queries
from portal.audit.models import AuditLine
from portal.audit_trail.names import DOWNLOADED, PRIVATE, HeldMeeting, Names, Place, naming_of
from portal.core.clock import london_day
from portal.core.events import Event
from portal.core.naming import NOW_CALLED, Before
from portal.core.text import short_day_words
from portal.corrections import queries as corrections
from portal.corrections.rules import stored_day
from portal.infra.sealed import CannotOpen
from portal.meetings.events import (
    AgendaChanged,
    ItemRestricted,
    MeetingAdjourned,
    MeetingMoved,
    RestrictionLifted,
    SittingCancelled,
)
from portal.meetings.models import Meeting
from portal.meetings.rules import PRIVATE_ITEM, PRIVATE_PAPER
from portal.papers.correcting.rules import MEETING_DAY
from portal.papers.reading import titles as paper_titles

MOVED = (MeetingMoved, MeetingAdjourned, SittingCancelled)
CLOSED_OR_OPENED = (AgendaChanged, ItemRestricted, RestrictionLifted)
GROUP, MEETING, ITEM = ("", "group_id"), ("", "meeting_id"), ("meetings", "item_id")
PAPERS = (("", "paper_id"), (DOWNLOADED, "paper_id"))
Changes = Sequence[tuple[datetime, str]]  # of one thing, the oldest first: what each found; '' where it does not say


def _first_after(changes: Changes, at: datetime) -> str | None:
    return next((was for moment, was in changes if moment > at), None)


@dataclass(frozen=True)
class AsThen:
    """Names and days as they were."""

    now: Names
    names: Mapping[tuple[Place, UUID], Changes] = field(default_factory=dict)
    days: Mapping[UUID, Changes] = field(default_factory=dict)
    private: Mapping[UUID, Changes] = field(default_factory=dict)  # of an item or a paper; '' where it was open

    def name(self, place: Place, thing: UUID, line: AuditLine) -> str:
        """What a thing was called when a line was written; '' for one that nothing may name."""
        now, at = self.now[place].get(thing, ""), line.happened_at
        if isinstance(now, HeldMeeting):
            return self._meeting(now.meeting, at, now.group)
        if now in PRIVATE:
            return now
        naming = naming_of(place)
        if not now and not naming.names_gone:
            return ""
        name = _first_after(self.private.get(thing, ()), at) or self._name(place, thing, at, now)
        return naming.said(line.facts, name) if name else ""

    def _name(self, place: Place, thing: UUID, at: datetime, now: str) -> str:
        was = _first_after(self.names.get((place, thing), ()), at)
        return now if was is None else was or (now and f"{NOW_CALLED}{now}")

    def _meeting(self, meeting: Meeting, at: datetime, group: str) -> str:
        """A meeting by its group and day."""
        was = _first_after(self.days.get(meeting.id, ()), at)
        day = stored_day(was) if was else meeting.meets_on
        return f"{self._name(GROUP, meeting.group_id, at, group)}, {short_day_words(day)}"


def as_then(board_id: UUID, things: Mapping[Place, set[UUID]], now: Names, since: datetime) -> AsThen:
    """What changed of some things of a board since they were first told of, in as many queries for any number."""
    meetings = things.get(MEETING, set())
    wanted = {**things, GROUP: set(now[GROUP])} if meetings else things
    lines = _since(board_id, wanted, since)
    names: dict[tuple[Place, UUID], Changes] = {}
    for place, ids in wanted.items():
        names |= _names_before(place, ids, now, lines)
    days = _moved(board_id, meetings, lines) if meetings else {}
    return AsThen(now, names, days, _private(board_id, wanted, lines))


def _since(board_id: UUID, wanted: Mapping[Place, set[UUID]], since: datetime) -> Sequence[AuditLine]:
    kinds: set[type[Event]] = set(chain.from_iterable(naming_of(place).renamed_by for place in wanted))
    kinds |= {*MOVED} if MEETING in wanted else set()
    kinds |= {*CLOSED_OR_OPENED} if wanted.keys() & {ITEM, *PAPERS} else set()
    return queries.lines_of_kinds(board_id, sorted(kinds, key=lambda kind: kind.__name__), since) if kinds else ()


def _names_before(
    place: Place, ids: set[UUID], now: Names, lines: Sequence[AuditLine]
) -> dict[tuple[Place, UUID], Changes]:
    """Backwards from the names of today, or from nothing for what is gone."""
    before: dict[str, Before] = {name: how for kind, how in naming_of(place).renamed_by.items() for name in kind.names}
    found: dict[UUID, list[tuple[datetime, str]]] = defaultdict(list)
    names: dict[UUID, str] = {}
    for line in reversed(lines):
        thing = _thing(line, place[1]) if line.event in before else None
        if thing in ids:
            name = names.get(thing, str(now[place].get(thing, "")))
            names[thing] = before[line.event](line.facts, _typed(line), name)
            found[thing].append((line.happened_at, names[thing]))
    return {(place, thing): changes[::-1] for thing, changes in found.items()}


def _thing(line: AuditLine, key: str) -> UUID | None:
    return UUID(str(value)) if (value := line.facts.get(key)) else None


def _typed(line: AuditLine) -> Mapping[str, str]:
    try:
        return line.about_people
    except CannotOpen:
        return {}


def _moved(board_id: UUID, meetings: set[UUID], lines: Sequence[AuditLine]) -> dict[UUID, Changes]:
    """Meetings that were moved, adjourned, sit no second time, or whose day was corrected."""
    found: dict[UUID, list[tuple[datetime, str]]] = defaultdict(list)
    names = {name for kind in MOVED for name in kind.names}
    for line in lines:
        if line.event in names and (thing := _thing(line, "meeting_id")) in meetings:
            day = london_day(datetime.fromisoformat(line.facts["was_at"]))
            found[thing].append((line.happened_at, day.isoformat()))
    for one in corrections.of_board(board_id, (MEETING_DAY,)):
        if one.decided_at and one.thing_id in meetings:
            found[one.thing_id].append((one.decided_at, one.was_value))
    return {key: sorted(changes, key=lambda change: change[0]) for key, changes in found.items()}


def _private(board_id: UUID, wanted: Mapping[Place, set[UUID]], lines: Sequence[AuditLine]) -> dict[UUID, Changes]:
    """Items that were closed to some or opened to them, and the papers of those: a private time stays one."""
    items: dict[UUID, list[tuple[datetime, bool]]] = defaultdict(list)
    for line in lines:
        thing = _thing(line, "item_id") if line.event in _WAS_CLOSED else None
        if thing and (was_closed := _WAS_CLOSED[line.event](line)) is not None:
            items[thing].append((line.happened_at, was_closed))
    papers = set().union(*(wanted.get(place, set()) for place in PAPERS))
    of_item = paper_titles.items_of(board_id, papers) if papers and any(map(_ever, items.values())) else {}
    said = {key: [(at, PRIVATE_ITEM if was else "") for at, was in changes] for key, changes in items.items()}
    of_papers = {
        paper: [(at, PRIVATE_PAPER if was else "") for at, was in items[item]]
        for paper, item in of_item.items()
        if item in items
    }
    return {**said, **of_papers}


def _ever(changes: Sequence[tuple[datetime, bool]]) -> bool:
    return any(was_closed for _, was_closed in changes)


def _by_change(line: AuditLine) -> bool | None:
    was = AgendaChanged.was("is_restricted", line.facts, {})
    return was == "yes" if was else None


_WAS_CLOSED: Mapping[str, Callable[[AuditLine], bool | None]] = {
    AgendaChanged.__name__: _by_change,
    ItemRestricted.__name__: lambda _: False,
    RestrictionLifted.__name__: lambda _: True,
}
