"""Puts PDFs together into one, in a child process with little memory and time; see making.py.

Each keeps what it is: hidden layers hidden, form values seen, bookmarks under its own, links and named places working.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from portal.infra.documents.pdf import bookmarks, fields
from portal.infra.documents.pdf.bookmarks import Bookmark
from portal.infra.documents.pdf.layers_of_several import write_layers
from portal.infra.documents.pdf.numbering import draw_values, write_numbers
from portal.infra.documents.pdf.part import Part, opened, take_pages
from portal.infra.documents.pdf.places import Place, written
from portal.infra.documents.pdf.things import Thing, kept

if TYPE_CHECKING:
    from typing_extensions import Buffer

LANGUAGE = "en-GB"
TO_PART = "pack:"  # a link of the first file to 'pack:2' leads to the third
GONE_FROM_ANNOTATIONS = ("/AA", "/StructParent")


def joined(
    files: Sequence[tuple[str, str, Sequence[int] | None]], *, title: str, words: str, plain: bool = False
) -> Thing:
    """One PDF from files by their path and title, whole or some of their pages.

    `words` with a {} is the number written on every page; '' writes none. A title of '' gives no bookmark. `plain`
    leaves out what can take long: values, links, and words in hidden layers, which stay hidden all the same.
    """
    import pikepdf

    whole = pikepdf.new()
    parts = [opened(path, called, chosen, plain) for path, called, chosen in files]
    for part in parts:
        part.settle(len(whole.pages))
        take_pages(whole, part)
    if not plain:
        _lead_and_name(whole, parts)
    kept(lambda: write_layers(whole, parts))
    bookmarks.write(whole, list(_bookmarks(parts, words, plain)))
    _describe(whole, title, _language(parts))
    if words:
        write_numbers(whole, parts, words, plain)
    else:
        draw_values(whole, parts)
    return whole


def _lead_and_name(whole: Thing, parts: Sequence[Part]) -> None:
    for part in parts:
        _each_page(whole, parts, part)
    kept(lambda: fields.merge(whole, [part.pdf for part in parts]))
    _write_names(whole, parts)


def _language(parts: Sequence[Part]) -> str:
    """The language of all files but the first, which is our own, where they say one and the same."""
    said = {str(part.pdf.Root.get("/Lang", "")) for part in parts[1:] or parts}
    return said.pop() if len(said) == 1 and "" not in said else LANGUAGE


def _each_page(whole: Thing, parts: Sequence[Part], part: Part) -> None:
    """Links of its pages lead where they did; what would run does not come along."""
    import pikepdf

    for old, new in part.new_index.items():
        annotations = whole.pages[new].obj.get("/Annots")
        if not isinstance(annotations, pikepdf.Array):
            continue
        was = part.pdf.pages[old].obj.Annots
        pairs = [(a, b) for a, b in zip(was, annotations, strict=False) if isinstance(b, pikepdf.Dictionary)]
        if len(pairs) < len(annotations):  # some were nothing
            whole.pages[new].obj.Annots = pikepdf.Array([b for _, b in pairs])
        for before, after in pairs:
            kept(partial(_lead, whole, parts, part, before, after))
            if "/P" in after:
                after.P = whole.pages[new].obj


def _lead(whole: Thing, parts: Sequence[Part], part: Part, before: Thing, after: Thing) -> None:
    for key in GONE_FROM_ANNOTATIONS:
        if key in after:
            del after[key]
    place = part.moved(part.places.led_to_by(before)) or _of_other(parts, part, before)
    if place is not None:
        after.Dest = written(place, whole.pages[place.page].obj)
        if "/A" in after:
            del after["/A"]
    elif "/Dest" in after:
        del after["/Dest"]  # it led nowhere, or to a page that was not taken
    elif str(getattr(after.get("/A"), "get", lambda *_: "")("/S", "")) == "/GoTo":
        del after["/A"]


def _of_other(parts: Sequence[Part], part: Part, before: Thing) -> Place | None:
    """Where our own contents lead."""
    import pikepdf

    action = before.get("/A")
    if part is not parts[0] or not isinstance(action, pikepdf.Dictionary):
        return None
    address = str(action.get("/URI", ""))
    if not address.startswith(TO_PART):
        return None
    return Place(parts[int(address.removeprefix(TO_PART))].starts)


def _write_names(whole: Thing, parts: Sequence[Part]) -> None:
    """Every named place under its name; of two papers with one name, the later one's with its number before it."""
    from pikepdf import Array, Dictionary, String

    every: dict[bytes, Place] = {}
    for number, part in enumerate(parts):
        for name, place in (kept(part.places.every_name) or {}).items():
            moved = part.moved(place)
            if moved is not None:
                every[name if name not in every else b"%d-" % number + name] = moved
    if every:
        flat = [thing for name in sorted(every) for thing in (String(name), _at(whole, every[name]))]
        whole.Root.Names = Dictionary(Dests=whole.make_indirect(Dictionary(Names=Array(flat))))


def _at(whole: Thing, place: Place) -> Thing:
    return written(place, whole.pages[place.page].obj)


def _bookmarks(parts: Sequence[Part], words: str, plain: bool) -> Iterator[Bookmark]:
    for part in parts:
        found = [] if plain else (kept(partial(bookmarks.read, part.pdf, part.places)) or [])
        own = list(_moved(part, found))
        if not part.title:
            yield from own
        elif part.pages:
            number = f", {words[:1].lower() + words[1:]}".format(part.starts + 1) if words else ""
            yield Bookmark(part.title + number, Place(part.starts), under=own)


def _moved(part: Part, found: Sequence[Bookmark]) -> Iterator[Bookmark]:
    """Bookmarks with their places in the whole. Of some pages alone, those that lead to them."""
    is_whole = len(part.pages) == len(part.places.pages)
    for one in found:
        under, place = list(_moved(part, one.under)), part.moved(one.place)
        if is_whole or place or under:
            yield Bookmark(one.title, place, one.address, under, one.style)


def _describe(whole: Thing, title: str, language: str) -> None:
    from pikepdf import Array, Dictionary, Name, String

    if title:
        whole.docinfo["/Title"] = String(title)
    root = whole.Root
    root.Lang = String(language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=bool(title))
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))  # the number that stands on the page
    if "/Outlines" in root:
        root.PageMode = Name.UseOutlines


class _Pipe(io.RawIOBase):
    """What pikepdf writes to: standard output, which knows no way back."""

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        return sys.stdout.buffer.write(data)


def asked(request_path: str, paths: Sequence[str]) -> Thing:
    """What a file of JSON asks for, of files by their paths."""
    with open(request_path, encoding="utf-8") as file:
        request = json.load(file)
    named = [(path, one["title"], one["pages"]) for path, one in zip(paths, request.pop("files"), strict=True)]
    return joined(named, **request)


def main(request_path: str, *paths: str) -> None:
    """The child's side: it answers with a line of JSON, and then the PDF."""
    import pikepdf

    whole = asked(request_path, paths)
    sys.stdout.buffer.write(json.dumps({"pages": len(whole.pages)}).encode() + b"\n")
    whole.save(_Pipe(), object_stream_mode=pikepdf.ObjectStreamMode.generate)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    from portal.infra.documents.sandbox import MEMORY_BYTES, Limits

    Limits(int(sys.argv[1]), MEMORY_BYTES).take()
    main(*sys.argv[2:])
