"""Every place in a PDF from which a reader program runs, opens or unpacks something, in a child process only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portal.infra.documents.pdf.things import Thing
from portal.papers.inside.rules import BOOKMARKS

Piece = Thing  # beside what is found in a file, which has that name here
CLICKED = ("/A", "/PA", "/U", "/D")  # keys of actions that wait for a reader's click


@dataclass(frozen=True)
class Place:
    """An action under its key in whatever holds it, on a page."""

    holder: Piece
    key: str
    action: Piece
    page: int

    @property
    def is_automatic(self) -> bool:
        return self.key not in CLICKED

    def clear(self) -> None:
        if self.key in self.holder:
            del self.holder[self.key]


def dictionary(thing: Piece, key: str) -> Piece:
    """What stands under a key where that is a dictionary; an empty one otherwise, whatever somebody's file holds."""
    from pikepdf import Dictionary

    found = thing.get(key) if isinstance(thing, Dictionary) else None
    return found if isinstance(found, Dictionary) else {}


def elements(thing: Piece, key: str) -> list[Piece]:
    """Likewise of an array, which may hold null or names of objects that are not there."""
    from pikepdf import Array, Dictionary

    found = thing.get(key) if isinstance(thing, Dictionary) else None
    return list(found) if isinstance(found, Array) else []


def annotations_of(page: Piece) -> list[Piece]:
    from pikepdf import Dictionary

    return [one for one in elements(page, "/Annots") if isinstance(one, Dictionary)]


def places(pdf: Piece) -> Iterator[Place]:
    """The actions of the file, its pages, what lies on them, form fields and bookmarks, with what follows each."""
    seen: dict[tuple[int, int], int] = {}
    yield from _of(pdf.Root, 0)
    for number, page in enumerate(pdf.pages, start=1):
        yield from _of(page.obj, number)
        for one in annotations_of(page.obj):
            seen[one.objgen] = number if one.is_indirect else 0
            yield from _of(one, number)
    for field in elements(dictionary(pdf.Root, "/AcroForm"), "/Fields"):
        yield from _of_field(field, seen)
    yield from _of_bookmarks(dictionary(dictionary(pdf.Root, "/Outlines"), "/First"), set())


def _of(holder: Piece, page: int) -> Iterator[Place]:
    for key in ("/OpenAction", "/A", "/PA"):
        yield from _chain(holder, key, page)
    events = dictionary(holder, "/AA")
    for key in list(events.keys()):
        yield from _chain(events, str(key), page)


def _chain(holder: Piece, key: str, page: int) -> Iterator[Place]:
    """An action, and those that come after it and wait for the same click: whoever takes out one takes out all.

    A chain that comes back to itself is no PDF that anybody made in earnest: it ends in RecursionError.
    """
    yield from _with_next(holder, key, dictionary(holder, key), page)


def _with_next(holder: Piece, key: str, action: Piece, page: int) -> Iterator[Place]:
    from pikepdf import Dictionary

    if not isinstance(action, Dictionary):
        return
    yield Place(holder, key, action, page)
    for one in [dictionary(action, "/Next"), *elements(action, "/Next")]:
        yield from _with_next(holder, key, one, page)


def _of_field(field: Piece, seen: dict[tuple[int, int], int]) -> Iterator[Place]:
    """A field that lies on a page itself was looked at there; one above it belongs to the page of the first below."""
    from pikepdf import Dictionary

    if not isinstance(field, Dictionary):
        return
    below = [one for one in elements(field, "/Kids") if isinstance(one, Dictionary)]
    if not seen.get(field.objgen):
        yield from _of(field, next((seen[one.objgen] for one in below if seen.get(one.objgen)), 0))
    for one in below:
        yield from _of_field(one, seen)


def _of_bookmarks(first: Piece, seen: set[tuple[int, int]]) -> Iterator[Place]:
    waiting = [first]
    while waiting:
        one = waiting.pop()
        if not one or (one.is_indirect and one.objgen in seen):
            continue
        seen.add(one.objgen)
        yield from _of(one, BOOKMARKS)
        waiting += [dictionary(one, "/Next"), dictionary(one, "/First")]
