"""The bookmarks of a PDF, read whatever state they are in, and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from portal.core.text import clean_line
from portal.infra.documents.pdf.places import Place, Places, written
from portal.infra.documents.pdf.things import BROKEN, Thing

MOST, DEEPEST, LONGEST_TITLE = 10_000, 20, 500


@dataclass
class Bookmark:
    """A title, the place or the address on the web that it leads to, and those under it."""

    title: str
    place: Place | None = None
    address: str = ""
    under: list[Bookmark] = field(default_factory=list)
    style: int = 0  # 1 italic, 2 bold

    def moved(self, by: int) -> Bookmark:
        """The same with its pages counted from `by`."""
        place = self.place and Place(self.place.page + by, self.place.kind, self.place.numbers)
        return Bookmark(self.title, place, self.address, [one.moved(by) for one in self.under], self.style)


class _Reader:
    def __init__(self, places: Places) -> None:
        self.places = places
        self.seen: set[tuple[int, int]] = set()

    def chain(self, thing: Thing, depth: int) -> Iterator[Bookmark]:
        """A bookmark and those after it. One that comes again ends the chain."""
        from pikepdf import Dictionary

        while isinstance(thing, Dictionary) and self._is_new(thing):
            under = list(self.chain(thing.get("/First"), depth + 1)) if depth < DEEPEST else []
            one = self._one(thing, under)
            if one.title:
                yield one
            else:
                yield from under
            thing = thing.get("/Next")

    def _is_new(self, thing: Thing) -> bool:
        if len(self.seen) >= MOST or not thing.is_indirect or thing.objgen in self.seen:
            return False
        self.seen.add(thing.objgen)
        return True

    def _one(self, thing: Thing, under: list[Bookmark]) -> Bookmark:
        title = thing.get("/Title")
        named = "" if title is None else clean_line(str(title))[:LONGEST_TITLE]
        style = thing.get("/F", 0)
        return Bookmark(
            named, self.places.led_to_by(thing), _address(thing), under, style if isinstance(style, int) else 0
        )


def _address(thing: Thing) -> str:
    from pikepdf import Dictionary

    action = thing.get("/A")
    if not isinstance(action, Dictionary) or str(action.get("/S", "")) != "/URI":
        return ""
    address = str(action.get("/URI", ""))
    return address if address.lower().startswith(("http://", "https://", "mailto:")) else ""


def read(pdf: Thing, places: Places) -> list[Bookmark]:
    """The bookmarks of a file; those that can be read, of a broken tree."""
    from pikepdf import Dictionary

    found: list[Bookmark] = []
    root = pdf.Root.get("/Outlines")
    if not isinstance(root, Dictionary):
        return found
    try:
        for one in _Reader(places).chain(root.get("/First"), 1):
            found.append(one)
    except BROKEN:
        pass
    return found


def write(pdf: Thing, bookmarks: Sequence[Bookmark]) -> None:
    """Give a file these bookmarks, the first level open and the others closed."""
    from pikepdf import Dictionary, Name

    if not bookmarks:
        return
    pages = [page.obj for page in pdf.pages]
    root = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=len(bookmarks)))
    _write_under(pdf, root, bookmarks, lambda place: written(place, pages[place.page]))
    pdf.Root.Outlines = root


def _write_under(pdf: Thing, parent: Thing, bookmarks: Sequence[Bookmark], lead: Callable[[Place], Thing]) -> None:
    from pikepdf import Dictionary, String

    things = [pdf.make_indirect(Dictionary(Title=String(one.title), Parent=parent)) for one in bookmarks]
    for thing, before in zip(things[1:], things, strict=False):
        thing.Prev, before.Next = before, thing
    for thing, one in zip(things, bookmarks, strict=True):
        _point(thing, one, lead)
        if one.under:
            thing.Count = -len(one.under)
            _write_under(pdf, thing, one.under, lead)
    parent.First, parent.Last = things[0], things[-1]


def _point(thing: Thing, one: Bookmark, lead: Callable[[Place], Thing]) -> None:
    from pikepdf import Dictionary, Name, String

    if one.place:
        thing.Dest = lead(one.place)
    elif one.address:
        thing.A = Dictionary(S=Name.URI, URI=String(one.address))
    if one.style:
        thing.F = one.style
