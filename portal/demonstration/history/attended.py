"""Who was at which meeting, and on which days somebody can have been at something else, as the portal knows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from portal.boards.models import Group
from portal.check_in.models import CheckIn
from portal.check_in.rules import CAME, CAME_ONLINE, IN_PERSON, ONLINE
from portal.core.calendar import is_working_day, working_day_from
from portal.infra.database import db
from portal.meetings.models import Meeting, StandIn
from portal.meetings.rules import PLANNED

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town

MANY = 6
THERE = {CAME: False, CAME_ONLINE: True}
SAID = {IN_PERSON: False, ONLINE: True}


@dataclass(frozen=True)
class Attended:
    """Somebody at a meeting: in person or online."""

    who: str  # their role key
    person_id: UUID
    meeting_id: UUID
    group: str
    on: date
    starts_at: datetime
    place: str
    is_online: bool


def attended(town: Town) -> list[Attended]:
    """Everyone who was at a meeting that took place, the earliest first; a depute in the place of the rep.

    As the clerk recorded it, else as they said before.
    """
    instead = _instead(town.board.id)
    columns = (Meeting.id, Group.name, Meeting.meets_on, Meeting.starts_at, Meeting.place)
    said = (CheckIn.person_id, CheckIn.attended, CheckIn.coming)
    statement = (
        select(*columns, *said)
        .join(Meeting, Meeting.id == CheckIn.meeting_id)
        .join(Group, Group.id == Meeting.group_id)
        .where(Meeting.board_id == town.board.id, Group.board_id == town.board.id, CheckIn.board_id == town.board.id)
        .where(Meeting.status == PLANNED, Meeting.meets_on < town.today)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    keys = {person_id: who for who, person_id in town.people.items()}
    found = []
    for meeting_id, group, on, starts_at, place, person_id, was, coming in db.session.execute(statement):
        is_online = THERE.get(was) if was else SAID.get(coming)
        went = instead.get((meeting_id, person_id), person_id)
        if is_online is not None and went in keys:
            found.append(Attended(keys[went], went, meeting_id, group, on, starts_at, place, is_online))
    return sorted(found, key=lambda one: (one.starts_at, one.who))


def _instead(board_id: UUID) -> dict[tuple[UUID, UUID], UUID]:
    """Who stood in at a meeting for whom."""
    statement = select(StandIn.meeting_id, StandIn.on_behalf_of_id, StandIn.person_id)
    statement = statement.where(StandIn.board_id == board_id).order_by(StandIn.id)
    return {(meeting_id, rep_id): who for meeting_id, rep_id, who in db.session.execute(statement)}


def own_turn(town: Town) -> int:
    """Where a board begins in a list that all boards go through, so that no two do the same at the same time."""
    return sum(map(ord, town.key))


def in_turns(chance: Random, were_there: Sequence[Attended], many: int) -> list[Attended]:
    """So many of them, everybody in turn, so that no one person stands for all; the earliest first."""
    by_person: dict[str, list[Attended]] = {}
    for one in chance.sample(were_there, len(were_there)):
        by_person.setdefault(one.who, []).append(one)
    longest = max(map(len, by_person.values()), default=0)
    turns = [found[turn] for turn in range(longest) for _, found in sorted(by_person.items()) if turn < len(found)]
    return sorted(turns[:many], key=lambda one: (one.starts_at, one.who))


def most(who: Sequence[str], day: date) -> list[str]:
    """All of them, or where they are many all but a few, in turn."""
    start = day.month % len(who) if len(who) > MANY else 0
    return [*who[start:], *who[:start]][:MANY]


def days_of_own(town: Town, chance: Random, many: int, least_days_ago: int = 1) -> list[tuple[str, date]]:
    """So many working days, each with one who had a seat then, the earliest first: for events without a meeting."""
    found: set[tuple[date, str]] = set()
    oldest = town.profile.joined_days_ago - 25
    for _ in range(many * 6):
        if len(found) == many or oldest <= least_days_ago:
            break
        day = working_day_from(town.day(-chance.randint(least_days_ago, oldest)))
        there = [who for who in town.reps_on(day) if town.holds(who, day - timedelta(days=12))]
        if there and is_working_day(day) and day < town.today:
            found.add((day, chance.choice(sorted(there))))
    return [(who, day) for day, who in sorted(found)]
