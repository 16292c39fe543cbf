"""The table in which a clerk says what each file is: what needs a look first, and everything that a file can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from portal.papers.destination import (
    NOTHING_YET,
    THE_AGENDA,
    Destination,
    Kind,
    minutes,
    of_item,
    version_of,
)
from portal.papers.matching.titles import title_from_name
from portal.papers.preparing.checks import Around, Titled, asked, called, checks_of, first_of_each
from portal.papers.preparing.rules import APPROVED, DRAFT

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem
    from portal.papers.models import PaperVersion
    from portal.papers.preparing.proposals import Proposal
    from portal.papers.preparing.queries import PaperThere

REFUSED, TO_CHECK, MATCHED, HELD_BACK = "Cannot be used", "Check these", "Matched", "Kept back"
UNMATCHED, UNSURE = "Not matched", "Unsure"
Places = Sequence[tuple[Destination, str]]


@dataclass(frozen=True)
class Row:
    """One file of the table: why its place is not sure, and what else there is to look at."""

    version: PaperVersion
    guess: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    has_place: bool = False

    @property
    def is_to_check(self) -> bool:
        return bool(self.guess or self.checks)

    @property
    def is_guess(self) -> bool:
        """Whether its place can be ticked as right."""
        return bool(self.guess) and self.has_place

    @property
    def mark(self) -> str:
        """The word before why its place is not sure: that there is none, or that it is a guess."""
        return UNSURE if self.has_place else UNMATCHED


@dataclass(frozen=True)
class FileGroup:
    """Rows under one heading."""

    heading: str
    rows: tuple[Row, ...]


def groups(
    versions: Sequence[PaperVersion],
    proposals: Mapping[UUID, Proposal],
    order: Places,
    items: Mapping[Destination, AgendaItem],
    beside: Around = Around(),  # noqa: B008 - nothing changes it
) -> list[FileGroup]:
    """What cannot be used, then what is not sure, then what is, and what stays back; each in the agenda's order."""
    found: dict[str, list[Row]] = {REFUSED: [], TO_CHECK: [], MATCHED: [], HELD_BACK: []}
    at = {place: number for number, (place, _) in enumerate(order)}
    place_of = {one.id: proposals[one.id].place if one.id in proposals else one.place for one in versions}
    first = first_of_each(versions)
    for version in sorted(versions, key=lambda one: at.get(place_of[one.id], 0)):
        place = place_of[version.id]
        guess = asked(version, guess_of(version, proposals.get(version.id)), beside.gone)
        checks = checks_of(version, place, items.get(place), first[version.id], beside)
        row = Row(version, guess, checks, place != NOTHING_YET)
        found[_heading(row)].append(row)
    return [FileGroup(heading, tuple(rows)) for heading, rows in found.items() if rows]


def _heading(row: Row) -> str:
    if row.version.status == "refused":
        return REFUSED
    if row.version.is_held_back:
        return HELD_BACK
    return TO_CHECK if row.is_to_check else MATCHED


def guess_of(version: PaperVersion, proposal: Proposal | None) -> tuple[str, ...]:
    """Why the place of a file is not sure: as it is proposed now, or as a clerk saved it without a look."""
    if proposal is None:
        return tuple(version.guessed)
    return (proposal.why,) if proposal.why else ()


def title_of(version: PaperVersion, proposal: Proposal | None) -> str:
    """What a clerk typed or saved, or else what is proposed."""
    is_touched = version.paper.title != title_from_name(version.file_name)
    return version.paper.title if proposal is None or is_touched else proposal.title


def titled(
    versions: Sequence[PaperVersion],
    proposals: Mapping[UUID, Proposal] = MappingProxyType({}),
) -> list[Titled]:
    """The files that are, or will be, papers of an item of their own."""
    found = []
    for one in versions:
        proposal = proposals.get(one.id)
        place = proposal.place if proposal else one.place
        if place.kind is Kind.ITEM and one.status != "refused":
            found.append(Titled(one.id, one.paper_id, place.id, title_of(one, proposal)))
    return found


def items_at(
    items: Iterable[AgendaItem],
    papers: Iterable[PaperThere],
    versions: Iterable[PaperVersion] = (),
    proposals: Mapping[UUID, Proposal] = MappingProxyType({}),
) -> dict[Destination, AgendaItem]:
    """The item of each place that has one: its own, or that of the paper of which a file is a new version.

    That paper may be a waiting file itself.
    """
    by_id = {one.id: one for one in items}
    proposed = {one.paper_id: proposals[one.id].place.id for one in versions if one.id in proposals}
    of_papers = proposed | {one.id: one.item_id for one in papers}
    newer = {version_of(paper): by_id[item] for paper, item in of_papers.items() if item in by_id}
    return newer | {of_item(one.id): one for one in by_id.values()}


def places(
    items: Iterable[AgendaItem],
    papers: Iterable[PaperThere],
    versions: Sequence[PaperVersion],
    proposals: Mapping[UUID, Proposal],
    has_opened: bool = True,
) -> Places:
    """Everything a file of this meeting can be, with its words; minutes once it has begun, or where one is placed."""
    of_items = [(of_item(one.id), item_words(one)) for one in items]
    newer = _newer(list(papers))
    waiting = [(version_of(one.paper_id), f"New version of: {one.file_name}") for one in _replaced(versions, proposals)]
    placed = {one.place for one in versions}
    of_minutes = [(minutes(DRAFT), "Draft minutes"), (minutes(APPROVED), "Approved minutes")]
    of_minutes = [one for one in of_minutes if has_opened or one[0] in placed]
    the_agenda = (THE_AGENDA, "The agenda itself")
    return [(NOTHING_YET, "Do not publish yet"), the_agenda, *of_items, *newer, *waiting, *of_minutes]


def _newer(papers: Sequence[PaperThere]) -> list[tuple[Destination, str]]:
    """A new version of each paper; of those with one title, the name of the file says which is meant."""
    times = Counter(one.title for one in papers)
    which = {one.id: f" ({one.file_names[-1]})" if times[one.title] > 1 else "" for one in papers}
    return [(version_of(one.id), f"New version of: {one.title}{which[one.id]}") for one in papers]


def places_for(version: PaperVersion, places: Places) -> Places:
    """What one file can be: the first of a paper is no new version of that paper."""
    own = version_of(version.paper_id)
    return [one for one in places if version.number > 1 or one[0] != own]


def item_words(item: AgendaItem) -> str:
    """'13 (restricted) Short breaks'."""
    return " ".join(one for one in (item.number, "(restricted)" if item.is_restricted else "", item.title) if one)


def _replaced(versions: Iterable[PaperVersion], proposals: Mapping[UUID, Proposal]) -> list[PaperVersion]:
    """The waiting files of which another waiting one seems to be a newer version."""
    newer = {one.place.id for one in proposals.values() if one.place.kind is Kind.NEW_VERSION}
    return [one for one in versions if one.id in proposals and one.paper_id in newer]


def restricted_places(at: Mapping[Destination, AgendaItem]) -> dict[str, str]:
    """By place, which item it is of, where that is restricted."""
    return {str(place): called(item) for place, item in at.items() if item.is_restricted}
