"""Where links and bookmarks of a PDF lead: explicit places, named ones in trees or dictionaries, and broken ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from portal.infra.documents.pdf.things import BROKEN, Thing

MOST_NAMES = 100_000
KINDS = ("/XYZ", "/Fit", "/FitH", "/FitV", "/FitR", "/FitB", "/FitBH", "/FitBV")


@dataclass(frozen=True)
class Place:
    """A page by its index, and how it is shown: '/XYZ' with left, top and zoom, or the like."""

    page: int
    kind: str = "/Fit"
    numbers: tuple[float | None, ...] = ()


class Places:
    """Every place in one file that something may lead to."""

    def __init__(self, pdf: Thing) -> None:
        self._root = pdf.Root
        self.pages: dict[tuple[int, int], int] = {}
        for index, page in enumerate(pdf.pages):
            self.pages.setdefault(page.obj.objgen, index)

    def every_name(self) -> dict[bytes, Place]:
        return self.named

    @cached_property
    def named(self) -> dict[bytes, Place]:
        """By name. Of two with one name the first holds, and those of the tree come before the older dictionary."""
        found: dict[bytes, Place] = {}
        for name, value in self._every_name():
            place = self._explicit(value)
            if place is not None:
                found.setdefault(name, place)
        return found

    def _every_name(self) -> Iterator[tuple[bytes, Thing]]:
        from pikepdf import Dictionary

        names, older = self._root.get("/Names"), self._root.get("/Dests")
        if isinstance(names, Dictionary):
            yield from leaves(names.get("/Dests"))
        if isinstance(older, Dictionary):
            for name, value in older.items():
                yield name[1:].encode("utf-8", "surrogateescape"), value

    def of(self, destination: Thing) -> Place | None:
        """The place that a /Dest, or the /D of an action, stands for; None when it leads nowhere."""
        from pikepdf import Name, String

        try:
            if isinstance(destination, String):
                return self.named.get(bytes(destination))
            if isinstance(destination, Name):
                return self.named.get(str(destination)[1:].encode("utf-8", "surrogateescape"))
            return self._explicit(destination)
        except BROKEN:
            return None

    def led_to_by(self, thing: Thing) -> Place | None:
        """The place that a link or a bookmark leads to, by itself or by its action."""
        from pikepdf import Dictionary

        if "/Dest" in thing:
            return self.of(thing.get("/Dest"))
        action = thing.get("/A")
        if isinstance(action, Dictionary) and str(action.get("/S", "")) == "/GoTo":
            return self.of(action.get("/D"))
        return None

    def _explicit(self, value: Thing) -> Place | None:
        from pikepdf import Array, Dictionary

        if isinstance(value, Dictionary):
            value = value.get("/D")
        if not isinstance(value, Array) or not len(value):
            return None
        page = self._page(value[0])
        return None if page is None else Place(page, *_shown(list(value)[1:]))

    def _page(self, thing: Thing) -> int | None:
        from pikepdf import Dictionary

        if isinstance(thing, Dictionary):
            return self.pages.get(thing.objgen)
        if isinstance(thing, int) and not isinstance(thing, bool):  # as some programs number pages, from 0
            return thing if 0 <= thing < len(self.pages) else None
        return None


def _shown(rest: list[Thing]) -> tuple[str, tuple[float | None, ...]]:
    kind = str(rest[0]) if rest else ""
    return (kind, tuple(map(_number, rest[1:5]))) if kind in KINDS else ("/Fit", ())


def _number(thing: Thing) -> float | None:
    try:
        return float(thing)
    except (TypeError, ValueError):
        return None


def leaves(root: Thing, key: str = "/Names") -> Iterator[tuple[bytes, Thing]]:
    """The names and values of a tree, whatever its limits say; a node that comes again is passed over."""
    from pikepdf import Array, Dictionary, String

    waiting = [root]
    seen: set[tuple[int, int]] = set()
    while waiting and len(seen) < MOST_NAMES:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or (node.is_indirect and node.objgen in seen):
            continue
        seen.add(node.objgen)
        pairs, kids = node.get(key), node.get("/Kids")
        if isinstance(pairs, Array):
            flat = list(pairs)
            yield from ((bytes(n), v) for n, v in zip(flat[::2], flat[1::2], strict=False) if isinstance(n, String))
        if isinstance(kids, Array):
            waiting.extend(reversed(list(kids)))


def written(place: Place, page: Thing) -> Thing:
    """An explicit destination on a page of the file that is being made."""
    from pikepdf import Array, Name

    numbers = [None if one is None else round(one, 3) for one in place.numbers]
    return Array([page, Name(place.kind), *numbers])
