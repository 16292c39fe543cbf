"""Items as a clerk has made them on the page before they are on the agenda: what its boxes say is what will be so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from portal.core.text import together
from portal.core.values import Typed
from portal.meetings.agendas.drafts import Draft, Drafts, numbers_then
from portal.meetings.agendas.rules import Numbered, same_number
from portal.meetings.agendas.said import that_will_change


def as_typed(found: Drafts, typed: Mapping[UUID, Typed]) -> dict[UUID, Draft]:
    """With what was sent of each; of a number that two boxes have, neither makes way for the other."""
    now = {key: _as_typed(one, typed[key]) if key in typed else replace(one, adds=False) for key, one in found.items()}
    used = Counter(same_number(one.number) for one in now.values() if one.adds and one.number)
    twice = {number for number, times in used.items() if times > 1}
    return {
        key: replace(one, is_number_typed=True) if one.adds and same_number(one.number) in twice else one
        for key, one in now.items()
    }


def _as_typed(draft: Draft, typed: Typed) -> Draft:
    return replace(draft.as_typed(typed), adds=bool(typed["adds"]))


def numbered_then(drafts: Drafts, there: Sequence[Numbered], ending: int = 0) -> dict[UUID, Draft]:
    """The same, each with the number that it will have."""
    then = numbers_then(there, {key: one for key, one in drafts.items() if one.adds}, ending)
    return {key: replace(one, number=then[key].number) if key in then else one for key, one in drafts.items()}


def other_numbers(found: Drafts, now: Drafts, there: Sequence[Numbered], ending: int = 0) -> dict[UUID, str]:
    """Of boxes that were left as they were shown and would be saved with another number: which one that is.

    The page has said that ticked items are numbered in their order, so what only ticks change is not among them.
    """
    then = numbered_then(now, there, ending)
    by_ticks = numbered_then({key: replace(one, adds=now[key].adds) for key, one in found.items()}, there, ending)
    return {
        key: then[key].number
        for key, one in now.items()
        if one.adds
        and not one.is_number_typed
        and one.number not in ("", then[key].number)
        and (found[key].number, by_ticks[key].number) != (one.number, then[key].number)
    }


def keeping(drafts: Drafts, kept: Collection[UUID]) -> dict[UUID, Draft]:
    """The same, with the numbers that some of them have in their boxes."""
    return {key: replace(one, is_number_typed=True) if key in kept else one for key, one in drafts.items()}


def shared_numbers(drafts: Drafts, there: Sequence[Numbered], ending: int = 0) -> dict[UUID, str]:
    """Of each item that is to be added and whose number another will have too: that it has, to be said beside it."""
    then = numbers_then(there, {key: one for key, one in drafts.items() if one.adds}, ending)
    said = {}
    for key in then.keys() & drafts.keys():
        number = same_number(then[key].number)
        others = [one.title for other, one in then.items() if other != key and same_number(one.number) == number]
        if number and others:
            said[key] = f"Number {then[key].number} is also used by {together([f'“{one}”' for one in others])}"
    return said


def changed_there(drafts: Drafts, there: Sequence[Numbered], ending: int = 0) -> list[str]:
    """Of the items that are on the agenda: the numbers that change once these come between them."""
    added = {key: one for key, one in drafts.items() if one.adds}
    then = [one for key, one in numbers_then(there, added, ending).items() if key not in added]
    return that_will_change(there, then)


def changed_here(found: Drafts, now: Drafts) -> set[UUID]:
    """Those of which something that is folded away is other than the page proposed it."""
    return {key for key, one in now.items() if _folded(one, found[key]) != _folded(found[key], found[key])}


def _folded(draft: Draft, found: Draft) -> tuple[object, ...]:
    number = draft.number if draft.is_number_typed else found.number
    return number, draft.title, draft.purpose, draft.timing, draft.presenter, draft.is_verbal
