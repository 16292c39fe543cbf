"""How the things of lines are named today, by where their names are found."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple
from uuid import UUID

from portal.boards import queries as boards
from portal.boards.events import GroupChanged
from portal.capability import gathered
from portal.core.events import Event
from portal.core.naming import Before, Naming, was_fact, was_in
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.meetings.rules import PRIVATE_ITEM, PRIVATE_PAPER
from portal.papers.events import PaperDetailsChanged
from portal.papers.reading import titles as paper_titles

Place = tuple[str, str]  # the capability, '' for any, and the name of the id
PEOPLE = ("person_id", "first_by_id", "on_behalf_of_id", "of_id", "mentor_id", "invited_by_id", "asked_by")
NAMED = (*PEOPLE, "group_id", "meeting_id", "paper_id")  # whichever capability tells of them
DOWNLOADED = "downloaded"  # the place of papers in lines of downloads
PRIVATE = (PRIVATE_ITEM, PRIVATE_PAPER)


class HeldMeeting(NamedTuple):
    """A meeting in the place of a name, and what its group is called now."""

    meeting: Meeting
    group: str


Names = Mapping[Place, Mapping[UUID, "str | HeldMeeting"]]


def _groups(board_id: UUID, _ids: Collection[UUID]) -> dict[UUID, str]:
    return {group.id: group.name for group in boards.every_group(board_id)}


PAPER: Mapping[type[Event], Before] = {PaperDetailsChanged: was_in(PaperDetailsChanged, "title")}
COMMON: Mapping[Place, Naming] = {
    ("", "group_id"): Naming(_groups, {GroupChanged: was_fact("was_name")}),
    ("", "paper_id"): Naming(paper_titles.titles, PAPER),
    (DOWNLOADED, "paper_id"): Naming(paper_titles.titles_never_withdrawn, PAPER),
}
UNCHANGED = Naming(lambda _board_id, _ids: {})  # people have one name; of a meeting its group and day may be others
FOUND_BELOW = {("", key) for key in (*PEOPLE, "group_id", "meeting_id")}


def naming_of(place: Place) -> Naming:
    return COMMON.get(place) or gathered().trail_names.get(place, UNCHANGED)


def names_today(board_id: UUID, ids: Mapping[Place, set[UUID]]) -> Names:
    """Names of everything that some lines mention: a query for each kind of thing."""
    groups = _groups(board_id, ())
    everybody = boards.people_named(set().union(*(ids.get(("", key), ()) for key in PEOPLE)))
    held = meetings.meetings_by_id(board_id, ids.get(("", "meeting_id"), set()))
    return {
        **{place: naming_of(place).find(board_id, found) for place, found in ids.items() if place not in FOUND_BELOW},
        **{("", key): everybody for key in PEOPLE},
        ("", "group_id"): groups,
        ("", "meeting_id"): {one.id: HeldMeeting(one, groups[one.group_id]) for one in held},
    }
