"""Drawing on pages that are there: the number of each, and values of forms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from portal.infra.documents.pdf import boxes
from portal.infra.documents.pdf.part import Part
from portal.infra.documents.pdf.things import Thing, kept


def write_numbers(whole: Thing, parts: Sequence[Part], words: str, plain: bool) -> None:
    from pikepdf import Dictionary, Name

    font = whole.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    drawn = _drawings(parts)
    save = whole.make_stream(b"q\n")
    for index, page in enumerate(whole.pages):
        stamp = kept(partial(boxes.number_stamp, page.obj, words.format(index + 1))) or b""
        append(whole, page.obj, save, drawn.get(index, b"") + stamp, plain)
        _add_font(page.obj, font)


def draw_values(whole: Thing, parts: Sequence[Part]) -> None:
    save = whole.make_stream(b"q\n")
    for index, drawing in _drawings(parts).items():
        append(whole, whole.pages[index].obj, save, drawing)


def _drawings(parts: Sequence[Part]) -> dict[int, bytes]:
    return {
        part.new_index[old]: drawing for part in parts for old, drawing in part.drawings.items() if old in part.pages
    }


def append(whole: Thing, page: Thing, save: Thing, drawing: bytes, plain: bool = False) -> None:
    """Draw something after the content of a page, in the plain state that a page begins with."""
    from pikepdf import Array, Stream

    contents = page.get("/Contents")
    parts = list(contents) if isinstance(contents, Array) else [contents]
    parts = [one for one in parts if isinstance(one, Stream)]
    end, anew = (b"", None) if plain else (kept(lambda: boxes.closing(page)) or (b"", None))
    if anew is not None:
        parts = [whole.make_stream(anew)]
    page.Contents = Array([save, *parts, whole.make_stream(b"\n" + end + b"Q\n" + drawing)])


def _add_font(page: Thing, font: Thing) -> None:
    from pikepdf import Dictionary

    resources = page.get("/Resources")
    if not isinstance(resources, Dictionary):
        page.Resources = resources = Dictionary()
    fonts = resources.get("/Font")
    if not isinstance(fonts, Dictionary):
        resources.Font = fonts = Dictionary()
    fonts[boxes.FONT] = font
