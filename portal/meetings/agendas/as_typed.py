"""Items as a clerk has made them on the page before they are on the agenda: what its boxes say is what will be so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from portal.core.text import together
from portal.core.values import Typed
from portal.meetings.agendas.drafts import Draft, Drafts, numbers_then
from portal.meetings.agendas.rules import Numbered, same_number
from portal.meetings.agendas.said import that_will_change


def as_typed(found: Drafts, typed: Mapping[UUID, Typed]) -> dict[UUID, Draft]:
    """With what was sent of each."""
    now = {key: _as_typed(one, typed[key]) if key in typed else replace(one, adds=False) for key, one in found.items()}
    return {key: replace(one, place=one.place - _gone_before(key, found, now)) for key, one in now.items()}


def _gone_before(key: UUID, found: Drafts, now: Drafts) -> int:
    """How many places at the start an item moves up, as others that come first were unticked."""
    firsts = [one for one, draft in found.items() if draft.place > 0 and not draft.is_number_typed]
    before = firsts[: firsts.index(key)] if key in firsts else []
    return sum(found[one].adds and not now[one].adds for one in before)


def _as_typed(draft: Draft, typed: Typed) -> Draft:
    return replace(draft.as_typed(typed), adds=bool(typed["adds"]))


def numbered_then(drafts: Drafts, there: Sequence[Numbered], ending: int = 0) -> dict[UUID, Draft]:
    """The same, each with the number that it will have."""
    then = numbers_then(there, {key: one for key, one in drafts.items() if one.adds}, ending)
    return {key: replace(one, number=then[key].number) if key in then else one for key, one in drafts.items()}


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
    return {key for key, one in now.items() if _folded(one) != _folded(found[key])}


def _folded(draft: Draft) -> tuple[object, ...]:
    number = draft.number if draft.is_number_typed else ""
    return number, draft.title, draft.purpose, draft.timing, draft.presenter, draft.is_verbal
