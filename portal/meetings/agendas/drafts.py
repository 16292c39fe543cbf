"""Items that are to go on an agenda together: looked at first, and numbered as they will be."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile
from typing import NamedTuple, Protocol, TypeVar
from uuid import UUID, uuid4

from portal.core.names import name_key
from portal.core.values import Typed
from portal.meetings.agendas.early import early_words
from portal.meetings.agendas.pasted import ReadItem
from portal.meetings.agendas.rules import Numbered, numbers_in_order, same_number, whole_of
from portal.meetings.agendas.tails import says_private

STANDING = "Standing item"
AT_END = -1
THERE_ALREADY = "An item of this title is on the agenda already. Tick it if it should be there twice"
KEPT_PRIVATE = "Restricted on the agenda you are copying, so restricted here too. Check its paragraphs when it is added"
RESTRICTED = "restricted"
HAS_A_DAY = "Check whether its date is still right"


class OfAgenda(Numbered, Protocol):
    """An item as it was on an agenda."""

    @property
    def id(self) -> UUID: ...
    @property
    def purpose(self) -> str: ...
    @property
    def timing(self) -> str: ...
    @property
    def presenter(self) -> str: ...
    @property
    def is_verbal(self) -> bool: ...
    @property
    def is_restricted(self) -> bool: ...
    @property
    def paragraphs(self) -> list[str]: ...


class OfEachAgenda(Protocol):
    """A standing item of a group."""

    @property
    def id(self) -> UUID: ...
    @property
    def title(self) -> str: ...
    @property
    def purpose(self) -> str: ...
    @property
    def is_verbal(self) -> bool: ...
    @property
    def is_at_end(self) -> bool: ...
    @property
    def place(self) -> int: ...


@dataclass(frozen=True, kw_only=True)
class Draft:
    """An item before it is on the agenda. `adds` says whether it is ticked at first, `origin` where it comes from."""

    title: str
    number: str = ""
    is_number_typed: bool = False
    purpose: str = ""
    timing: str = ""
    presenter: str = ""
    is_verbal: bool = False
    is_restricted: bool = False
    paragraphs: list[str] = field(default_factory=list)
    asks_privacy: bool = False  # its words may mean that it is restricted, so a clerk says whether it is
    adds: bool = True
    origin: str = ""
    number_read: str = ""  # what a pasted list says, whatever number it will have
    place: int = 0  # as which item of the agenda it comes; 0: after those before it, or AT_END
    notes: tuple[str, ...] = ()

    def shown(self) -> Typed:
        """What the boxes of its form show."""
        boxes = ("title", "number", "purpose", "timing", "presenter", "is_verbal", "paragraphs", "adds")
        return {"shown": self.number, **{name: getattr(self, name) for name in boxes}}

    def as_typed(self, typed: Typed) -> Draft:
        """With what a clerk made of it. A number that was left as it was shown still follows the order."""
        lines = ("title", "number", "purpose", "timing", "presenter")
        changed: Typed = {"is_verbal": typed["is_verbal"], **{name: typed[name] or "" for name in lines}}
        if self.asks_privacy:
            is_restricted = typed["privacy"] == RESTRICTED
            changed |= {"is_restricted": is_restricted, "paragraphs": typed["paragraphs"] if is_restricted else []}
        shown = self.number if typed["shown"] is None else typed["shown"]
        is_typed = bool(changed["number"]) and (self.is_number_typed or changed["number"] != shown)
        return replace(self, **changed, is_number_typed=is_typed)

    def row(self) -> Typed:
        """What is kept of it."""
        number = self.number if self.is_number_typed else ""
        kept = ("title", "purpose", "timing", "presenter", "is_verbal", "is_restricted", "paragraphs")
        return {"number": number, "is_number_typed": bool(number), **{name: getattr(self, name) for name in kept}}


Drafts = Mapping[UUID, Draft]
Kept = TypeVar("Kept")


def of_agenda(items: Sequence[OfAgenda]) -> dict[UUID, Draft]:
    """An agenda again. What was urgent was so on that day, and is not taken along."""
    return {item.id: _again(item) for item in items}


def _again(item: OfAgenda) -> Draft:
    notes = [KEPT_PRIVATE] if item.is_restricted else []
    if any(part.isdigit() and len(part) == 4 for part in item.title.replace("/", " ").split()):
        notes.append(HAS_A_DAY)
    return Draft(
        title=item.title,
        number=item.number if item.is_number_typed else "",
        is_number_typed=item.is_number_typed,
        purpose=item.purpose,
        timing=item.timing,
        presenter=item.presenter,
        is_verbal=item.is_verbal,
        is_restricted=item.is_restricted,
        paragraphs=list(item.paragraphs),
        asks_privacy=not item.is_restricted and says_private(item.title),
        notes=tuple(notes),
    )


def of_pasted(items: Sequence[ReadItem], last: int = 0) -> dict[UUID, Draft]:
    """A pasted list. Its numbers follow the order, but for those that are not the next ones; `last` is on the agenda.

    Their keys are their places, as the same list read again has the same.
    """
    first = next((item.number for item in items if item.number), "")
    before = last if first == str(last + 1) else 0
    drafts = {}
    for place, item in enumerate(items, 1):
        expected = str(before + 1)
        is_typed = item.number not in ("", expected)
        if not item.is_left_out:
            before = whole_of(item.number or expected, before)
        drafts[UUID(int=place)] = _of_line(item, is_typed)
    return drafts


def _of_line(item: ReadItem, is_typed: bool) -> Draft:
    return Draft(
        title=item.title,
        number=item.number if is_typed else "",
        is_number_typed=is_typed,
        purpose=item.purpose,
        timing=item.timing,
        presenter=item.presenter,
        is_verbal=item.is_verbal,
        paragraphs=list(item.paragraphs) if item.may_be_private else [],
        asks_privacy=item.may_be_private,
        adds=not item.is_left_out,
        origin=item.typed,
        number_read=item.number,
        notes=item.notes,
    )


def with_standing(drafts: Drafts, standing: Sequence[OfEachAgenda]) -> dict[UUID, Draft]:
    """The same, with the standing items that are not among them, each with its place."""
    there = {title_key(one.title) for one in drafts.values()}
    more = [one for one in standing if title_key(one.title) not in there]
    first = {one.id: number for number, one in enumerate((one for one in more if _is_first(one)), 1)}
    return {**drafts, **{one.id: _standing(one, one.place or first.get(one.id, AT_END)) for one in more}}


def _is_first(item: OfEachAgenda) -> bool:
    return not item.place and not item.is_at_end


def _standing(item: OfEachAgenda, place: int) -> Draft:
    asks = says_private(item.title)
    draft = Draft(title=item.title, purpose=item.purpose, is_verbal=item.is_verbal, asks_privacy=asks, origin=STANDING)
    number = str(item.place) if item.place else ""
    return replace(draft, place=place, number=number, is_number_typed=bool(number))


def how_many_end_it(there: Sequence[Numbered], standing: Sequence[OfEachAgenda]) -> int:
    """How many of the last items of an agenda are standing ones that come at the end: others go before them."""
    at_end = {title_key(one.title) for one in standing if one.is_at_end}
    return sum(1 for _ in takewhile(lambda one: title_key(one.title) in at_end, reversed(there)))


def in_their_places(there: Sequence[Kept], drafts: Sequence[tuple[Kept, Draft]], ending: int = 0) -> list[Kept]:
    """What is on an agenda and what is added to it, in one order: first, at a place of its own, or at the end.

    `ending`: how many of those there stay behind what is added.
    """
    there, last = there[: len(there) - ending], there[len(there) - ending :]
    order = [*there, *(one for one, draft in drafts if not draft.place)]
    for one, draft in sorted((pair for pair in drafts if pair[1].place > 0), key=lambda pair: pair[1].place):
        order.insert(draft.place - 1, one)
    return [*order, *last, *(one for one, draft in drafts if draft.place == AT_END)]


def as_they_will_be(drafts: Drafts, there: Sequence[Numbered], ending: int = 0) -> dict[UUID, Draft]:
    """In their order and with the numbers they will have among what is on the agenda; its own are not ticked."""
    titles = {title_key(one.title) for one in there}
    checked = {key: _unless_there(one, titles) for key, one in drafts.items()}
    numbers = _numbers(there, {key: one for key, one in checked.items() if one.adds}, ending)
    shown = in_their_places([], list(checked.items()))
    return {key: replace(checked[key], number=numbers.get(key, checked[key].number)) for key in shown}


class Then(NamedTuple):
    """An item with the number that it will have."""

    number: str
    is_number_typed: bool
    title: str


def numbers_that_change(drafts: Drafts) -> list[str]:
    """Of a pasted list whose items come behind others: '“Budget” is 2 in your list, and will be 5'."""
    return [
        f"“{one.title}” is {one.number_read} in your list, and will be {one.number}"
        for one in drafts.values()
        if one.adds and one.number_read and same_number(one.number_read) != same_number(one.number)
    ]


def with_early_times(drafts: Drafts, starts_at: datetime) -> dict[UUID, Draft]:
    """The same; of each whose time is before the meeting starts, that is asked."""
    asked = {key: early_words(one.timing, starts_at) for key, one in drafts.items()}
    return {key: replace(one, notes=(*one.notes, asked[key])) if asked[key] else one for key, one in drafts.items()}


def _numbers(there: Sequence[Numbered], added: Drafts, ending: int) -> dict[UUID, str]:
    return {key: one.number for key, one in numbers_then(there, added, ending).items()}


def numbers_then(there: Sequence[Numbered], added: Drafts, ending: int) -> dict[UUID, Then]:
    """Every item that there will be, in its order: what is added by its key, and what is there by some other."""
    on_agenda = {uuid4(): one for one in there}
    items: Mapping[UUID, Numbered] = {**on_agenda, **added}
    order = in_their_places(list(on_agenda), list(added.items()), ending)
    numbers = numbers_in_order((items[key].number, items[key].is_number_typed) for key in order)
    those = ((key, items[key], number) for key, number in zip(order, numbers, strict=True))
    return {key: Then(number, one.is_number_typed, one.title) for key, one, number in those}


def _unless_there(draft: Draft, there: Collection[str]) -> Draft:
    if title_key(draft.title) not in there:
        return draft
    return replace(draft, adds=False, notes=(*draft.notes, THERE_ALREADY))


def title_key(title: str) -> str:
    """What two titles that are the same have in common."""
    return " ".join("".join(c if c.isalnum() else " " for c in name_key(title)).split())
