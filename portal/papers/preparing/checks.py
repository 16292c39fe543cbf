"""What a clerk should look at before a file is published, beside where it was put: a sentence for each thing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from portal.core.text import together
from portal.meetings.agendas.drafts import title_key
from portal.meetings.agendas.rules import doubles, same_number
from portal.papers.destination import Destination, Kind
from portal.papers.matching.file_names import exempt_words
from portal.papers.matching.titles import is_bare
from portal.papers.preparing.rules import APPROVED, NO_PAPERS

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem
    from portal.papers.models import PaperVersion
    from portal.papers.preparing.queries import PaperThere

GUESSED = "Check that this place is right"
INSTEAD = "{}. Put it in place of {}?"
SAME_FILE = "It is the same file as {}"
SAME_AS_PUBLISHED = "It is the same file as “{}”, which is published already: remove it, or upload the right one"
SAME_AS_WITHDRAWN = "It is the same file as the one that was withdrawn, “{}”"
SAME_TITLE = "Another paper of {} is called “{}”: give each a title of its own, so that readers can tell which is which"
WHICH_OF_THEM = "{}. Check which of them each file belongs to"
SPOKEN = "{} is marked “Verbal item (no paper)”: change the item if it has a paper after all, or choose another"
HIDDEN_LAYER = (
    "There is something hidden inside this PDF: the layer {}. It stays in the file, and people may be able to show it: "
    "take it out if they should not see it"
)
PRIVATE_NAME = (
    "Its name says “{}”, but {} is open to everyone in the group: mark the item as restricted, or choose another"
)
PRIVATE_TITLE = "{} is called “{}”, but is open to everyone in the group: mark it as restricted, or change its title"
PRIVATE_OTHER = "Its name says “{}”, but everyone in the group can read {}: check that nothing in it is private"

NO_TEXT = "It has no text that can be searched or read aloud"
BARE_TITLE = "Readers will see “{}” as its title: give it one that says what it is"

_ONE = "private|exempt|confidential|restricted|official[ –—-]{0,3}sensitive"
_WORDS = rf"[^()\[\]]*\b(?:{_ONE}|not for publication)\b[^()\[\]]*"
_MARKED = (
    re.compile(rf"[(\[]({_WORDS})[)\]]", re.I),
    re.compile(rf"^\W*({_ONE})(?: item| paper)?\s*[:–—-]", re.I),
    re.compile(rf"[:–—-]\s*({_ONE})(?: item| paper)?\W*$", re.I),
)


class Titled(NamedTuple):
    """A file of an item, with the title that its paper has or will have."""

    id: UUID
    paper_id: UUID
    item_id: UUID | None
    title: str


@dataclass(frozen=True)
class Around:
    """What the files of a meeting are looked at beside."""

    known: Mapping[str, str] = field(default_factory=dict)  # by its bytes, what is said of a file
    titles: Mapping[UUID, str] = field(default_factory=dict)  # by a file, the same title of another paper of its item
    copies: Mapping[UUID, str] = field(default_factory=dict)  # by a file, what tells it from others of its name
    gone: Mapping[UUID, str] = field(default_factory=dict)  # the withdrawn papers of the meeting, in words


def known_files(published: Mapping[str, str], withdrawn: Mapping[str, str]) -> dict[str, str]:
    """What is said of a file with the bytes of another one, from titles and names by bytes."""
    said = {key: SAME_AS_WITHDRAWN.format(name) for key, name in withdrawn.items()}
    return said | {key: SAME_AS_PUBLISHED.format(title) for key, title in published.items()}


def same_titles(files: Sequence[Titled], published: Iterable[PaperThere]) -> dict[UUID, str]:
    """By file, the title of another paper of the same item, where the two differ in capitals and marks at most."""
    there = [Titled(one.id, one.id, one.item_id, one.title) for one in published if one.item_id and one.is_published]
    first: dict[UUID, str] = {}
    for one in files:
        key = title_key(one.title)
        others = [other for other in (*there, *files) if (other.item_id, title_key(other.title)) == (one.item_id, key)]
        if key and (same := [other.title for other in others if other.paper_id != one.paper_id]):
            first[one.id] = same[0]
    return first


def numbers_used_twice(items: Sequence[AgendaItem], with_files: Collection[UUID | None]) -> list[str]:
    """Said once on a page, of the items with files: their number is that of another item too."""
    placed = {same_number(one.number) for one in items if one.id in with_files}
    return [WHICH_OF_THEM.format(one) for one in doubles(items) if same_number(one.number) in placed]


def is_approved_minutes(place: Destination) -> bool:
    """Minutes approved without a change are the file that was published as the draft."""
    return (place.kind, place.stage) == (Kind.MINUTES, APPROVED)


def asked(version: PaperVersion, guess: tuple[str, ...], gone: Mapping[UUID, str]) -> tuple[str, ...]:
    """Why a place is not sure; and of a file in place of a withdrawn paper the question whether it is for that."""
    instead = gone.get(version.paper.in_place_of_id, "") if version.paper.in_place_of_id else ""
    if not guess or not instead or not version.is_sorted or version.number > 1:
        return guess
    return (*guess[:-1], INSTEAD.format(guess[-1], instead))


def checks_of(
    version: PaperVersion,
    place: Destination,
    item: AgendaItem | None,
    first: PaperVersion,
    beside: Around = Around(),
) -> tuple[str, ...]:
    """Of a file at a place, whose item is given where it has one; `first` is the first file with the same bytes."""
    found = [SAME_FILE.format(_which(first, beside.copies))] if first is not version else []
    if version.hidden_layers:
        found.append(HIDDEN_LAYER.format(together(version.hidden_layers)))
    if (said_of_it := beside.known.get(version.sha256)) and not is_approved_minutes(place):
        found.append(said_of_it)
    if item is not None:
        found += [SAME_TITLE.format(called(item), beside.titles[version.id])] if version.id in beside.titles else []
        found += [*_of_item(item), *_of_open_item(version.file_name, item)]
    elif place.kind in OPEN_TO_ALL and (said := exempt_words(version.file_name)):
        found.append(PRIVATE_OTHER.format(said[0], OPEN_TO_ALL[place.kind]))
    return tuple(found)


def _which(version: PaperVersion, copies: Mapping[UUID, str]) -> str:
    """'“Budget.pdf”', or '“Budget.pdf” (file 1 of 2 with this name: …)'."""
    told_apart = copies.get(version.id, "")
    return f"“{version.file_name}”{f' ({told_apart})' if told_apart else ''}"


def hard_to_read(version: PaperVersion) -> Iterator[str]:
    """Before publishing: what a reader cannot tell from its title, and words that nobody can search or hear.

    Of pages that are pictures more is said beside it.
    """
    if version.number == 1 and version.paper.kind not in NO_PAPERS and is_bare(version.paper.title):
        yield BARE_TITLE.format(version.paper.title)
    if not version.has_text and not version.picture_words:
        yield NO_TEXT


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
    if said := _private_word(file_name, item.title):
        yield PRIVATE_NAME.format(said, called(item))


def says_private(file_name: str, item: AgendaItem) -> str:
    """The word by which a file, or its item that everyone may read, says that it is private; '' for none."""
    return "" if item.is_restricted else _private_word(file_name, item.title) or private_mark(item.title)


def _private_word(file_name: str, title: str) -> str:
    about = exempt_words(title) if not private_mark(title) else ()
    return next((one for one in exempt_words(file_name) if one not in about), "")


def private_mark(title: str) -> str:
    """'exempt' of '13 Short breaks (exempt)' and of 'Exempt: short breaks'; '' of 'Private care homes'."""
    return next((found.group(1).strip() for one in _MARKED if (found := one.search(title))), "")


def called(item: AgendaItem) -> str:
    return f"Item {item.number}" if item.number else f"“{item.title}”"


def first_of_each(versions: Iterable[PaperVersion]) -> Mapping[UUID, PaperVersion]:
    """By the id of each file, the one that came first of those with the same bytes."""
    first: dict[str, PaperVersion] = {}
    return {one.id: first.setdefault(one.sha256 or one.id.hex, one) for one in versions}
