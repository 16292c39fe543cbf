"""What is asked before numbers are saved: one that comes twice or falls back, and an order other than on the page."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from portal.core.text import together
from portal.meetings.agendas.drafts import Draft, Drafts, numbers_then
from portal.meetings.agendas.rules import Numbered, doubles, numbers_in_order, out_of_order, same_number
from portal.meetings.agendas.said import Before, OnAgenda, as_they_are


class Asked(NamedTuple):
    """What there is to ask, and the agenda as it would be saved."""

    words: list[str]
    agenda: list[str]


def asked_of(drafts: Drafts, there: Sequence[Numbered], ending: int = 0) -> Asked:
    """Of items as a page has them now, in the order in which it shows them."""
    added = {key: one for key, one in drafts.items() if one.adds}
    then = numbers_then(there, added, ending)
    words = [*numbers_said(there, list(then.values())), *_order_said(added, [key for key in then if key in added])]
    return Asked(words, [f"{one.number} {one.title}" for one in then.values()])


def numbers_said(before: Sequence[Numbered], then: Sequence[Numbered]) -> list[str]:
    """Numbers that come twice or fall back, and did not before."""
    known = {str(one) for one in (*doubles(before), *out_of_order(before))}
    return [str(one) for one in (*doubles(then), *out_of_order(then)) if str(one) not in known]


def if_numbered(items: Sequence[OnAgenda], item_id: UUID | None, title: str, number: str) -> list[str]:
    """What to ask where a number is typed for an item of an agenda, or for a new one at its end."""
    place = next((at for at, one in enumerate(items) if one.id == item_id), len(items))
    before = list(as_they_are(items).values())
    before[place : place + 1] = [one._replace(title=title) for one in before[place : place + 1]]
    then = [one._replace(is_number_typed=one.is_number_typed or _is_same(one.number, number)) for one in before]
    then[place : place + 1] = [Before(number, title, is_number_typed=True)]
    numbers = numbers_in_order((one.number, one.is_number_typed) for one in then)
    return numbers_said(before, [one._replace(number=now) for one, now in zip(then, numbers, strict=True)])


def _is_same(number: str, other: str) -> bool:
    return same_number(number) == same_number(other)


def _order_said(shown: Drafts, order: Sequence[UUID]) -> Iterator[str]:
    """'“Short breaks” will come before “Carers’ voice”, which is always number 3': the page has them the other way."""
    page, then = list(shown), list(order)
    for key in (key for key, one in shown.items() if one.place > 0):
        now_before = set(then[: then.index(key)]) & set(page[page.index(key) :])
        now_after = set(then[then.index(key) :]) & set(page[: page.index(key)])
        for some, words in ((now_before, "before"), (now_after, "after")):
            if some:
                titles = together([f"“{shown[one].title}”" for one in then if one in some])
                yield f"{titles} will come {words} {_called(shown[key])}"


def _called(draft: Draft) -> str:
    is_set = draft.is_number_typed and draft.number == str(draft.place)
    return f"“{draft.title}”" + (f", which is always number {draft.number}" if is_set else "")


def marks(words: Collection[str]) -> list[str]:
    """Short ones, which a form brings back: what its page asked."""
    return [sha256(one.encode()).hexdigest()[:12] for one in words]
