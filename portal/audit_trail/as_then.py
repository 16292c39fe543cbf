"""What the things of a line were called when it was written: a line keeps its words when a name or a day changes.

The name at a moment is what the first later change found. Older lines of a change do not say what it found; then the
name of today stands there, as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from portal.audit import queries
from portal.audit.models import AuditLine
from portal.boards.events import GroupChanged, SeatChanged
from portal.core.clock import london_day
from portal.core.events import Event
from portal.core.text import short_day_words
from portal.corrections import queries as corrections
from portal.corrections.rules import stored_day
from portal.meetings.events import MeetingAdjourned, MeetingMoved
from portal.meetings.models import Meeting
from portal.papers.correcting.rules import MEETING_DAY

RENAMED: Mapping[str, tuple[str, str]] = {  # by the id of the thing: what the change found, and what it left
    "group_id": ("was_name", "now_name"),
    "seat_id": ("was_title", "title"),
}
Changes = Mapping[UUID, Sequence[tuple[datetime, str | None]]]  # the oldest first: what each found; None: not known
NONE: Changes = {}


@dataclass(frozen=True)
class AsThen:
    """Names and days as they were."""

    names: Mapping[str, Changes] = field(default_factory=dict)
    days: Changes = field(default_factory=dict)

    def name(self, key: str, thing: UUID, at: datetime, now: str) -> str:
        """A name at a moment; 'now …' where nobody knows what it was."""
        changes = self.names.get(key, NONE).get(thing, ())
        was = next((was for moment, was in changes if moment > at), now)
        return f"now {now}" if was is None else was

    def meeting(self, meeting: Meeting, at: datetime, group: str) -> str:
        """A meeting by its group and day at a moment."""
        was = next((was for moment, was in self.days.get(meeting.id, ()) if moment > at and was), None)
        day = stored_day(was) if was else meeting.meets_on
        return f"{self.name('group_id', meeting.group_id, at, group)}, {short_day_words(day)}"


def as_then(board_id: UUID, things: Mapping[str, set[UUID]]) -> AsThen:
    """What changed of some things of a board since they were first told of; `things` are ids by what they name."""
    kinds: list[type[Event]] = [GroupChanged] if things.get("group_id") or things.get("meeting_id") else []
    kinds += [SeatChanged] if things.get("seat_id") else []
    kinds += [MeetingMoved, MeetingAdjourned] if things.get("meeting_id") else []
    if not kinds:
        return AsThen()
    lines = queries.lines_of_kinds(board_id, kinds)
    names = {key: _renamed(lines, key) for key in RENAMED}
    return AsThen(names, _moved(board_id, lines) if things.get("meeting_id") else {})


def _renamed(lines: Sequence[AuditLine], key: str) -> Changes:
    of_kind = GroupChanged if key == "group_id" else SeatChanged
    was, now = RENAMED[key]
    found: dict[UUID, list[tuple[datetime, str | None]]] = defaultdict(list)
    for line in lines:
        facts = line.facts
        if line.event in of_kind.names and not (facts.get(was) and facts[was] == facts[now]):
            found[UUID(facts[key])].append((line.happened_at, facts.get(was) or None))
    return found


def _moved(board_id: UUID, lines: Sequence[AuditLine]) -> Changes:
    """Meetings that were moved, adjourned, or whose day was corrected."""
    found: dict[UUID, list[tuple[datetime, str | None]]] = defaultdict(list)
    for line in lines:
        if line.event in (*MeetingMoved.names, *MeetingAdjourned.names):
            day = london_day(datetime.fromisoformat(line.facts["was_at"]))
            found[UUID(line.facts["meeting_id"])].append((line.happened_at, day.isoformat()))
    for one in corrections.of_board(board_id, (MEETING_DAY,)):
        if one.decided_at:
            found[one.thing_id].append((one.decided_at, one.was_value))
    return {key: sorted(changes, key=lambda change: change[0]) for key, changes in found.items()}
