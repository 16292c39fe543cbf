"""What is said once an agenda was changed: numbers that are others now, that several items have, or out of order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol
from uuid import UUID

from portal.meetings.agendas.rules import Numbered, doubles, out_of_order, same_number

MOST_NAMED = 5


class OnAgenda(Numbered, Protocol):
    """An item of an agenda, with its id."""

    @property
    def id(self) -> UUID: ...


class Before(NamedTuple):
    """An item as it was."""

    number: str
    title: str
    is_number_typed: bool


def as_they_are(items: Sequence[OnAgenda]) -> dict[UUID, Before]:
    """To be kept while the items change."""
    return {one.id: Before(one.number, one.title, one.is_number_typed) for one in items}


def said_of_numbers(before: Mapping[UUID, Before], items: Sequence[OnAgenda], besides: Collection[UUID] = ()) -> str:
    """'Numbers that changed: “Care” was 3 and is 4 now. Number 9 is used 2 times: “Budget” and “Risks”.'; '' of none.

    Of `besides` a clerk changed the number on purpose.
    """
    moved = [
        f"“{one.title}” was {before[one.id].number} and is {one.number} now"
        for one in items
        if one.id in before and one.id not in besides and before[one.id].number != one.number
    ]
    earlier = list(before.values())
    known = {str(one) for one in (*doubles(earlier), *out_of_order(earlier))}
    now = [str(one) for one in (*doubles(items), *out_of_order(items)) if str(one) not in known]
    return " ".join([*([f"Numbers that changed: {some(moved)}."] if moved else []), *(f"{one}." for one in now)])


def some(said: Sequence[str]) -> str:
    left = len(said) - MOST_NAMED
    more = [f"and {left} more"] if left > 0 else []
    return "; ".join([*said[:MOST_NAMED], *more])


def that_will_change(there: Sequence[Numbered], then: Sequence[Numbered]) -> list[str]:
    """Of items on an agenda, before others come between them: '“Budget” is 3 on this agenda, and will be 4'."""
    return [
        f"“{was.title}” is {was.number} on this agenda, and will be {now.number}"
        for was, now in zip(there, then, strict=True)
        if same_number(was.number) != same_number(now.number)
    ]
