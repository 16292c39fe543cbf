"""A made-up board as it stands in the database: its groups, seats and people, and who held what on which day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from portal.access.roles import DEPUTE, REP
from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.boards import queries as boards
from portal.boards.models import Board, Group, Seat
from portal.boards.seats import days, queries
from portal.core import clock
from portal.demonstration.accounts import address
from portal.demonstration.world.profiles import Profile, profiles
from portal.deputes import queries as deputes


@dataclass(frozen=True)
class Sat:
    """Somebody in a seat of a group from a day until a day, both included: only of those who have joined."""

    who: str
    person_id: UUID
    group: str
    seat_id: UUID
    capacity: str
    from_on: date
    until_on: date


@dataclass(frozen=True)
class Deputises:
    """Who stands in for whom at a group's meetings, since the day they agreed."""

    who: str
    person_id: UUID
    for_: str
    group: str
    since: date


@dataclass(frozen=True)
class Town:
    """One board of the demonstration. `today` is the day of the start, wherever the clock stands meanwhile."""

    profile: Profile
    board: Board
    groups: Mapping[str, Group]  # by kind: board, spg, audit, locality
    people: Mapping[str, UUID]  # by role key: rep, rep2, depute, officer, approver2, former1, invited …
    seats: Mapping[str, tuple[Seat, ...]]  # by kind of group
    sat: tuple[Sat, ...]
    deputises: tuple[Deputises, ...]
    today: date

    @property
    def key(self) -> str:
        return self.profile.key

    @property
    def began_on(self) -> date:
        """The day the board joined: nothing happened before."""
        return self.day(-self.profile.joined_days_ago)

    def day(self, number: int) -> date:
        """So many days after today; before today where it is negative."""
        return self.today + timedelta(days=number)

    def name(self, who: str) -> str:
        return self.profile.names[who]

    def who_is(self, person_id: UUID) -> str:
        """Their role key."""
        return next(key for key, theirs in self.people.items() if theirs == person_id)

    def sitting(self, group: str, on: date) -> list[str]:
        """The role keys of those who sit on a group on a day."""
        return [one.who for one in self.sat if one.group == group and one.from_on <= on <= one.until_on]

    def reps_on(self, on: date) -> list[str]:
        """Of those who sit on any group on a day, each once."""
        return list(dict.fromkeys(one.who for one in self.sat if one.from_on <= on <= one.until_on))

    def groups_of(self, who: str, on: date) -> list[str]:
        """The kinds of the groups on which somebody sits on a day."""
        return [one.group for one in self.sat if one.who == who and one.from_on <= on <= one.until_on]

    def since(self, who: str, group: str, on: date) -> date:
        """Since when somebody has been on a group on which they sit on a day, without a break of more than a day."""
        held = [one for one in self.sat if (one.who, one.group) == (who, group) and one.from_on <= on]
        first = on
        for one in reversed(held):
            if one.until_on >= first - timedelta(days=1):
                first = one.from_on
        return first

    def first_day(self, who: str) -> date:
        """The first day on which somebody had a seat, or could stand in."""
        held = [one.from_on for one in self.sat if one.who == who]
        held += [one.since for one in self.deputises if one.who == who]
        return min(held, default=self.began_on)

    def depute_of(self, rep: str, group: str, on: date) -> str | None:
        """Who could stand in for a rep on a day."""
        fits = [one for one in self.deputises if (one.for_, one.group) == (rep, group) and one.since <= on]
        return fits[0].who if fits else None

    def holds(self, who: str, on: date) -> bool:
        """Whether somebody has a role on the board on a day: the staff have since it joined."""
        if who.startswith(DEPUTE):
            return any(one.who == who and one.since <= on for one in self.deputises)
        if any(one.who == who for one in self.sat) or who.startswith(REP):
            return bool(self.groups_of(who, on))
        return who in self.profile.cast and on >= self.began_on


def towns() -> list[Town]:
    """Every board of the demonstration that is filled, Northfirth first."""
    return [town(one) for one in profiles() if boards.board_by_key(one.key)]


def town(profile: Profile, today: date | None = None) -> Town:
    """One of them, as its people stand in the database."""
    board = boards.board_by_key(profile.key)
    assert board is not None
    people = _people(profile)
    return Town(
        profile=profile,
        board=board,
        groups=(groups := {one.kind: one for one in boards.groups(board.id)}),
        people={key: one.id for key, one in people.items()},
        seats={kind: _seats(board, group) for kind, group in groups.items()},
        sat=_sat(board, groups, people),
        deputises=_deputises(board, groups, people),
        today=today or clock.today(),
    )


def _people(profile: Profile) -> dict[str, Person]:
    found = {who: person_by_email(address(who, profile.key)) for who in profile.names}
    return {who: one for who, one in found.items() if one}


def _seats(board: Board, group: Group) -> tuple[Seat, ...]:
    of_group = days.days_of_seats(board.id, Seat.group_id == group.id)
    return tuple(days.seat(board.id, one.seat_id) for one in of_group)


def _sat(board: Board, groups: Mapping[str, Group], people: Mapping[str, Person]) -> tuple[Sat, ...]:
    kinds, keys = {one.id: kind for kind, one in groups.items()}, {one.id: who for who, one in people.items()}
    found = [
        Sat(keys[one.person_id], one.person_id, kinds[one.group_id], seat.seat_id, one.capacity, *held)
        for seat in days.days_of_seats(board.id)
        for one in queries.appointments_of_seat(board.id, seat.seat_id)
        if (held := one.held) and one.person.joined_at and one.person_id in keys  # an account that ended has no address
    ]
    return tuple(sorted(found, key=lambda one: (one.from_on, one.group, one.who)))


def _deputises(board: Board, groups: Mapping[str, Group], people: Mapping[str, Person]) -> tuple[Deputises, ...]:
    kinds, keys = {one.id: kind for kind, one in groups.items()}, {one.id: who for who, one in people.items()}
    return tuple(
        Deputises(
            keys[one.person_id],
            one.person_id,
            keys[one.on_behalf_of_id],
            kinds[one.group_id],
            clock.london_day(one.agreed_at),
        )
        for one, _ in deputes.nominations_of_board(board.id)
        if one.agreed_at and one.person_id
    )
