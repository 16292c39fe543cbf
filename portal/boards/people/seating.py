"""Which seat each rep of a list gets, one after the other, and where a seat is added for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import uuid4

from portal.boards.seats.rules import SeatDays, overlaps, seat_for
from portal.core.names import name_key
from portal.core.text import date_words

Terms = Sequence[tuple[date, date]]


class NoSeat(ValueError):
    """Somebody gets no seat of a group for a term; the message says why, in a sentence."""


class NoneFree(NoSeat):
    """The same, where one more seat would help."""


@dataclass(frozen=True)
class GroupToFill:
    """A group that reps of a list may join: its seats, and when each person sits on it, by email address."""

    name: str
    seats: Sequence[SeatDays] = ()
    terms: Mapping[str, Terms] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """The seat that a rep of a list gets, and whether it is added for them."""

    seat: SeatDays
    is_new: bool = False


class Seating:
    """The seats of all groups, as the reps of a list take them."""

    def __init__(self, groups: Mapping[str, GroupToFill], may_add_seats: bool) -> None:
        """Groups by the key of their names (core/names.py)."""
        self._groups = dict(groups)
        self._may_add_seats = may_add_seats
        self._listed: dict[tuple[str, str], list[tuple[date, date]]] = defaultdict(list)

    def problem_with_group(self, name: str) -> str:
        if name_key(name) in self._groups:
            return ""
        return f"There is no group called “{name[:60]}”" if name else "A carer rep needs a group"

    def name_of_group(self, name: str) -> str:
        """The group's own name, however it was written."""
        return self._groups[name_key(name)].name if name_key(name) in self._groups else name

    def take(self, name: str, email: str, from_on: date, until_on: date) -> Place:
        """The place on a group that somebody gets for this term. Raises NoSeat."""
        key = name_key(name)
        group, listed = self._groups[key], self._listed[key, email]
        if overlaps(from_on, until_on, listed):
            raise NoSeat("This person is in the list twice, for the same group and days. Remove one of the rows")
        if overlaps(from_on, until_on, group.terms.get(email, ())):
            raise NoSeat("This person has this role already on some of these days. Remove the row, or change its days")
        place = self._place(group, from_on, until_on)
        listed.append((from_on, until_on))
        others = [seat for seat in group.seats if seat is not place.seat]
        self._groups[key] = replace(group, seats=[*others, place.seat.with_term(from_on, until_on)])
        return place

    def _place(self, group: GroupToFill, from_on: date, until_on: date) -> Place:
        if seat := seat_for(group.seats, from_on, until_on):
            return Place(seat)
        if not self._may_add_seats:
            raise NoneFree(_no_seat(group, from_on, until_on))
        return Place(SeatDays(uuid4(), uuid4(), from_on), is_new=True)


def _no_seat(group: GroupToFill, from_on: date, until_on: date) -> str:
    if not group.seats:
        return f"There is no seat on {group.name}. Add one first"
    days = f"from {date_words(from_on)} to {date_words(until_on)}"
    return f"{group.name} has no seat free {days}. Add a seat to the group, or change these days"
