"""What a clerk should look at before a file is published, beside where it was put: a sentence for each thing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from portal.meetings.agendas.rules import doubles, same_number
from portal.papers.destination import Destination, Kind
from portal.papers.matching.file_names import exempt_words

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem
    from portal.papers.models import PaperVersion

GUESSED = "Check that this place is right"
SAME_FILE = "It is the same file as “{}”"
SAME_AS_PUBLISHED = "It is the same file as “{}”, which is published already: remove it, or upload the right one"
SAME_AS_WITHDRAWN = "It is the same file as the one that was withdrawn, “{}”"
NUMBER_TWICE = "More than one item has the number {}: check that this is the right one"
SPOKEN = "{} is marked “Verbal item (no paper)”: change the item if it has a paper after all, or choose another"
PRIVATE_NAME = (
    "Its name says “{}”, but {} is open to everyone in the group: mark the item as restricted, or choose another"
)
PRIVATE_TITLE = "{} is called “{}”, but is open to everyone in the group: mark it as restricted, or change its title"
PRIVATE_OTHER = "Its name says “{}”, but everyone in the group can read {}: check that nothing in it is private"

_WORDS = r"[^()\[\]]*\b(?:private|exempt|confidential|restricted|not for publication)\b[^()\[\]]*"
_MARKED = (
    re.compile(rf"[(\[]({_WORDS})[)\]]", re.I),
    re.compile(r"^\W*(private|exempt|confidential|restricted)(?: item| paper)?\s*[:–—-]", re.I),
    re.compile(r"[:–—-]\s*(private|exempt|confidential|restricted)(?: item| paper)?\W*$", re.I),
)


@dataclass(frozen=True)
class Around:
    """What the files of a meeting are looked at beside."""

    doubled: frozenset[UUID] = frozenset()  # the items whose number another has too
    known: Mapping[str, str] = field(default_factory=dict)  # by its bytes, what is said of a file


def known_files(published: Mapping[str, str], withdrawn: Mapping[str, str]) -> dict[str, str]:
    """What is said of a file with the bytes of another one, from titles and names by bytes."""
    said = {key: SAME_AS_WITHDRAWN.format(name) for key, name in withdrawn.items()}
    return said | {key: SAME_AS_PUBLISHED.format(title) for key, title in published.items()}


def around(items: Sequence[AgendaItem], known: Mapping[str, str]) -> Around:
    numbers = {same_number(one.number) for one in doubles(items)}
    return Around(frozenset(one.id for one in items if same_number(one.number) in numbers), known)


def checks_of(
    version: PaperVersion,
    place: Destination,
    item: AgendaItem | None,
    first: PaperVersion,
    beside: Around = Around(),
) -> tuple[str, ...]:
    """Of a file at a place, whose item is given where it has one; `first` is the first file with the same bytes."""
    found = [SAME_FILE.format(first.file_name)] if first is not version else []
    if said_of_it := beside.known.get(version.sha256):
        found.append(said_of_it)
    if item is not None:
        found += [NUMBER_TWICE.format(item.number)] if item.id in beside.doubled else []
        found += [*_of_item(item), *_of_open_item(version.file_name, item)]
    elif place.kind in OPEN_TO_ALL and (said := exempt_words(version.file_name)):
        found.append(PRIVATE_OTHER.format(said[0], OPEN_TO_ALL[place.kind]))
    return tuple(found)


OPEN_TO_ALL = {Kind.AGENDA: "the agenda", Kind.MINUTES: "the minutes"}


def _of_item(item: AgendaItem) -> Iterator[str]:
    if item.is_verbal:
        yield SPOKEN.format(called(item))


def _of_open_item(file_name: str, item: AgendaItem) -> Iterator[str]:
    """What says private while everyone reads; in 'Private care homes' it is what the item is about."""
    if item.is_restricted:
        return
    if marked := private_mark(item.title):
        yield PRIVATE_TITLE.format(called(item), marked)
    about = exempt_words(item.title) if not marked else ()
    if said := [one for one in exempt_words(file_name) if one not in about]:
        yield PRIVATE_NAME.format(said[0], called(item))


def private_mark(title: str) -> str:
    """'exempt' of '13 Short breaks (exempt)' and of 'Exempt: short breaks'; '' of 'Private care homes'."""
    return next((found.group(1).strip() for one in _MARKED if (found := one.search(title))), "")


def called(item: AgendaItem) -> str:
    return f"Item {item.number}" if item.number else f"“{item.title}”"


def first_of_each(versions: Iterable[PaperVersion]) -> Mapping[UUID, PaperVersion]:
    """By the id of each file, the one that came first of those with the same bytes."""
    first: dict[str, PaperVersion] = {}
    return {one.id: first.setdefault(one.sha256 or one.id.hex, one) for one in versions}
