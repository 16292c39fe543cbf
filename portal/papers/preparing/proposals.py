"""What each waiting file probably is: by its name, the agenda, and the files that are there or came with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from portal.meetings.rules import is_over
from portal.papers.destination import NOTHING_YET, THE_AGENDA, Destination, minutes, of_item, version_of
from portal.papers.matching.file_names import read_name
from portal.papers.matching.kinds import NO_SUCH_ITEM, NOT_OPEN, NOT_RESTRICTED, FileKind, Item, Known, Match, There
from portal.papers.matching.rules import match
from portal.papers.matching.titles import propose_title

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem, Meeting
    from portal.papers.models import PaperVersion

NO_AGENDA = "There is no agenda yet. Add its items, and we’ll match this file to them"


@dataclass(frozen=True)
class Proposal:
    """Where a file belongs, its title, and `why` that is not sure."""

    place: Destination = NOTHING_YET
    title: str = ""
    is_appendix: bool = False
    is_sure: bool = False
    why: str = ""


def propose(
    meeting: Meeting,
    versions: Sequence[PaperVersion],
    items: Sequence[AgendaItem],
    papers: Iterable[There],
    now: datetime,
    other_days: Collection[date] = (),
) -> dict[UUID, Proposal]:
    """By the id of each file that is neither sorted nor kept back. Older versions come first, however sent."""
    known = known_of(meeting, items, now, other_days)
    there = list(papers)
    found: dict[UUID, Match] = {}
    for version in sorted(_waiting(versions), key=lambda one: read_name(one.file_name).version.rank):
        found[version.id] = match(version.file_name, replace(known, papers=tuple(there)), version.title_inside)
        there = _with(there, version, found[version.id])
    return {
        version.id: _proposal(version, found[version.id], known.items) for version in versions if version.id in found
    }


def _waiting(versions: Iterable[PaperVersion]) -> list[PaperVersion]:
    return [one for one in versions if is_to_match(one)]


def is_to_match(version: PaperVersion) -> bool:
    """Whether nobody has said yet what a file is, or that it stays back."""
    return not version.is_sorted and not version.is_held_back and version.status != "refused"


def known_of(meeting: Meeting, items: Sequence[AgendaItem], now: datetime, other_days: Collection[date] = ()) -> Known:
    """What the names of a meeting's files are compared with; `other_days` are those of the group's other meetings."""
    board, group = meeting.board, meeting.group.name
    own_names = (f"{board.name} {group}", board.name, board.short_name, group)
    return Known(
        items=[Item(one.id, one.number, one.title, one.is_restricted) for one in items],
        is_over=is_over(meeting.starts_at, now),
        meets_on=meeting.meets_on,
        opened_on=meeting.opened_on,
        other_days=frozenset(other_days),
        own_names=own_names,
    )


def _with(there: Sequence[There], version: PaperVersion, found: Match) -> list[There]:
    """What is there, with this file: as one more of a paper, or as a paper of its own."""
    if found.kind is FileKind.NEW_VERSION:
        return [
            replace(one, file_names=(*one.file_names, version.file_name)) if one.id == found.id else one
            for one in there
        ]
    item_id = found.id if found.kind in (FileKind.ITEM, FileKind.APPENDIX) else None
    return [*there, There(version.paper_id, (version.file_name,), item_id, found.is_appendix)]


def _proposal(version: PaperVersion, found: Match, items: Sequence[Item]) -> Proposal:
    title = propose_title(version.file_name, found, items, version.title_inside)
    is_about_place = found.why not in (NOT_OPEN, NOT_RESTRICTED)  # checks.py says those of any place
    why = (NO_AGENDA if not items and found.why == NO_SUCH_ITEM else found.why) if is_about_place else ""
    return Proposal(_place(found), title, found.is_appendix, found.is_sure, why)


def _place(found: Match) -> Destination:
    if found.kind is FileKind.MINUTES:
        return minutes(found.stage)
    if found.kind is FileKind.AGENDA:
        return THE_AGENDA
    if found.id is None:
        return NOTHING_YET
    return version_of(found.id) if found.kind is FileKind.NEW_VERSION else of_item(found.id)
