"""One of the files that are joined: opened, made ready, and its pages taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.infra.documents.pdf.form_values import drawn_values
from portal.infra.documents.pdf.layers import Layers
from portal.infra.documents.pdf.places import Place, Places
from portal.infra.documents.pdf.things import Thing, kept

GONE_FROM_PAGES = ("/AA", "/B", "/StructParents", "/PieceInfo", "/Thumb", "/Dur", "/PresSteps")


@dataclass
class Part:
    """One file, and where it comes to stand in the whole."""

    pdf: Thing
    title: str
    pages: tuple[int, ...]  # those taken, by index
    layers: Layers
    places: Places
    drawings: dict[int, bytes] = field(default_factory=dict)
    starts: int = 0

    @property
    def new_index(self) -> dict[int, int]:
        return {old: self.starts + position for position, old in enumerate(self.pages)}

    def moved(self, place: Place | None) -> Place | None:
        """Where a place of this file is in the whole; None when its page was not taken."""
        new = self._new.get(place.page) if place else None
        return None if place is None or new is None else Place(new, place.kind, place.numbers)

    def settle(self, starts: int) -> None:
        self.starts = starts
        self._new = self.new_index


def opened(path: str, title: str, chosen: Sequence[int] | None, plain: bool) -> Part:
    import pikepdf

    pdf = pikepdf.open(path)
    layers, places = Layers(pdf), Places(pdf)
    drawings = {} if plain else (kept(lambda: drawn_values(pdf, path, layers)) or {})
    if not plain:
        kept(layers.take_out)
    count = len(pdf.pages)
    pages = tuple(range(count)) if chosen is None else tuple(one for one in chosen if 0 <= one < count)
    return Part(pdf, title, pages, layers, places, drawings)


def take_pages(whole: Thing, part: Part) -> None:
    pages = part.pdf.pages
    for page in pages if len(part.pages) == len(pages) else [pages[one] for one in part.pages]:
        for key in GONE_FROM_PAGES:
            if key in page.obj:
                del page.obj[key]
        whole.pages.append(page)
