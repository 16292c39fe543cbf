"""Puts PDFs together into one, in a child process with little memory and time; see making.py.

Each keeps what it is: hidden layers hidden, form values seen, bookmarks under its own, links and named places working.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from portal.infra.documents.pdf import bookmarks, boxes, fields
from portal.infra.documents.pdf.bookmarks import Bookmark
from portal.infra.documents.pdf.form_values import drawn_values
from portal.infra.documents.pdf.layers import Layers
from portal.infra.documents.pdf.places import BROKEN, Place, Places, written

Thing = Any
LANGUAGE = "en-GB"
TO_PART = "pack:"  # a link of the first file to 'pack:2' leads to the third
GONE_FROM_PAGES = ("/AA", "/B", "/StructParents", "/PieceInfo", "/Thumb", "/Dur", "/PresSteps")
GONE_FROM_ANNOTATIONS = ("/AA", "/StructParent")


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


def joined(
    files: Sequence[tuple[str, str, Sequence[int] | None]], *, title: str, words: str, plain: bool = False
) -> Thing:
    """One PDF from files by their path and title, whole or some of their pages.

    `words` with a {} is the number written on every page; '' writes none. A title of '' gives no bookmark. `plain`
    leaves out what can take long: values, links, and words in hidden layers, which stay hidden all the same.
    """
    import pikepdf

    whole = pikepdf.new()
    parts = [_opened(path, called, chosen, plain) for path, called, chosen in files]
    for part in parts:
        part.settle(len(whole.pages))
        _take_pages(whole, part)
    if not plain:
        _lead_and_name(whole, parts)
    _kept(lambda: _write_layers(whole, parts), None)
    bookmarks.write(whole, list(_bookmarks(parts, words, plain)))
    _describe(whole, title, _language(parts))
    if words:
        _number(whole, parts, words, plain)
    else:
        _draw_values(whole, parts)
    return whole


def _lead_and_name(whole: Thing, parts: Sequence[Part]) -> None:
    for part in parts:
        _each_page(whole, parts, part)
    _kept(lambda: fields.merge(whole, [part.pdf for part in parts]), None)
    _write_names(whole, parts)


def _language(parts: Sequence[Part]) -> str:
    """The language of all files but the first, which is our own, where they say one and the same."""
    said = {str(part.pdf.Root.get("/Lang", "")) for part in parts[1:] or parts}
    return said.pop() if len(said) == 1 and "" not in said else LANGUAGE


def _opened(path: str, title: str, chosen: Sequence[int] | None, plain: bool) -> Part:
    import pikepdf

    pdf = pikepdf.open(path)
    layers, places = Layers(pdf), Places(pdf)
    drawings = {} if plain else _kept(lambda: drawn_values(pdf, path, layers), {})
    if not plain:
        _kept(layers.take_out, None)
    count = len(pdf.pages)
    pages = tuple(range(count)) if chosen is None else tuple(one for one in chosen if 0 <= one < count)
    return Part(pdf, title, pages, layers, places, drawings)


def as_shown(path: str) -> bytes | None:
    """A file as a reader sees it, for its words: values of forms are a part of its pages, and hidden layers are out.

    None of a file that is so already, or too damaged for it.
    """
    found: bytes | None = _kept(partial(_as_shown, path), None)
    return found


def _as_shown(path: str) -> bytes | None:
    import pikepdf

    with pikepdf.open(path) as pdf:
        layers = Layers(pdf)
        drawings = _kept(lambda: drawn_values(pdf, path, layers, every=True), {})
        if not drawings and not _kept(lambda: layers.any_hidden, False):
            return None
        _kept(layers.take_out, None)
        save = pdf.make_stream(b"q\n")
        for index, drawing in drawings.items():
            _append(pdf, pdf.pages[index].obj, save, drawing)
        out = io.BytesIO()
        pdf.save(out, encryption=False)
        return out.getvalue()


def _kept(find: Callable[[], Any], otherwise: Any) -> Any:
    """What is found; of a file too damaged for it, something else: its pages are taken all the same."""
    import pikepdf

    try:
        return find()
    except (pikepdf.PikepdfError, *BROKEN):
        return otherwise


def _take_pages(whole: Thing, part: Part) -> None:
    pages = part.pdf.pages
    for page in pages if len(part.pages) == len(pages) else [pages[one] for one in part.pages]:
        for key in GONE_FROM_PAGES:
            if key in page.obj:
                del page.obj[key]
        whole.pages.append(page)


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
            _kept(partial(_lead, whole, parts, part, before, after), None)
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
        for name, place in _kept(part.places.every_name, {}).items():
            moved = part.moved(place)
            if moved is not None:
                every[name if name not in every else b"%d-" % number + name] = moved
    if every:
        flat = [thing for name in sorted(every) for thing in (String(name), _at(whole, every[name]))]
        whole.Root.Names = Dictionary(Dests=whole.make_indirect(Dictionary(Names=Array(flat))))


def _at(whole: Thing, place: Place) -> Thing:
    return written(place, whole.pages[place.page].obj)


def _write_layers(whole: Thing, parts: Sequence[Part]) -> None:
    """The layers of all files, each on or off as in its own."""
    from pikepdf import Array, Dictionary

    layered = [part for part in parts if part.layers.groups]
    if not layered:
        return

    def copied(part: Part, things: Any) -> list[Thing]:
        return [whole.copy_foreign(one) for one in things]

    groups = [one for part in layered for one in copied(part, part.layers.groups)]
    off = [one for part in layered for one in copied(part, part.layers.off(part.layers.default))]
    order = [
        entry for part in layered for entry in (Array([part.title or "-", *copied(part, part.layers.groups)]),)
    ]  # in its reader's list of layers each paper's stand under its title
    default = Dictionary(OFF=Array(off), Order=Array(order), BaseState=_name("/ON"))
    automatic = [one for part in layered for one in _automatic(whole, part)]
    if automatic:
        default.AS = Array(automatic)
    properties = Dictionary(OCGs=Array(groups), D=default)
    if any(part.layers.other is not None for part in layered):
        others = [
            (part, part.layers.other if part.layers.other is not None else part.layers.default) for part in layered
        ]
        hidden = [one for part, other in others for one in copied(part, part.layers.off(other))]
        properties.Configs = Array([Dictionary(Intent=_name("/View"), OFF=Array(hidden), BaseState=_name("/ON"))])
    whole.Root.OCProperties = properties


def _automatic(whole: Thing, part: Part) -> Iterator[Thing]:
    """When layers are shown by themselves, such as on paper alone."""
    from pikepdf import Array, Dictionary

    rules = part.layers.default.get("/AS")
    for rule in rules if isinstance(rules, Array) else ():
        if isinstance(rule, Dictionary) and isinstance(rule.get("/OCGs"), Array):
            groups = [whole.copy_foreign(one) for one in rule.OCGs if part.layers.has(one)]
            named = {key: rule.get(key) for key in ("/Event", "/Category") if key in rule}
            yield Dictionary({"/OCGs": Array(groups), **{key: _plain(one) for key, one in named.items()}})


def _plain(thing: Thing) -> Thing:
    from pikepdf import Array

    return Array([_name(str(one)) for one in thing]) if isinstance(thing, Array) else _name(str(thing))


def _name(text: str) -> Thing:
    from pikepdf import Name

    return Name(text if text.startswith("/") and len(text) > 1 else "/View")


def _bookmarks(parts: Sequence[Part], words: str, plain: bool) -> Iterator[Bookmark]:
    for part in parts:
        found = [] if plain else _kept(partial(bookmarks.read, part.pdf, part.places), [])
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

    whole.docinfo["/Title"] = String(title)
    root = whole.Root
    root.Lang = String(language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))  # the number that stands on the page
    if "/Outlines" in root:
        root.PageMode = Name.UseOutlines


def _number(whole: Thing, parts: Sequence[Part], words: str, plain: bool) -> None:
    from pikepdf import Dictionary, Name

    font = whole.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    )
    drawn = _drawings(parts)
    save = whole.make_stream(b"q\n")
    for index, page in enumerate(whole.pages):
        stamp = _kept(partial(boxes.number_stamp, page.obj, words.format(index + 1)), b"")
        _append(whole, page.obj, save, drawn.get(index, b"") + stamp, plain)
        _add_font(page.obj, font)


def _draw_values(whole: Thing, parts: Sequence[Part]) -> None:
    save = whole.make_stream(b"q\n")
    for index, drawing in _drawings(parts).items():
        _append(whole, whole.pages[index].obj, save, drawing)


def _drawings(parts: Sequence[Part]) -> dict[int, bytes]:
    return {
        part.new_index[old]: drawing for part in parts for old, drawing in part.drawings.items() if old in part.pages
    }


def _append(whole: Thing, page: Thing, save: Thing, drawing: bytes, plain: bool = False) -> None:
    """Draw something after the content of a page, in the plain state that a page begins with."""
    from pikepdf import Array, Stream

    contents = page.get("/Contents")
    parts = list(contents) if isinstance(contents, Array) else [contents]
    parts = [one for one in parts if isinstance(one, Stream)]
    end, anew = (b"", None) if plain else _kept(lambda: boxes.closing(page), (b"", None))
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


class _Pipe(io.RawIOBase):
    """What pikepdf writes to: standard output, which knows no way back."""

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
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
    from portal.infra.documents.sandbox import limit

    limit(int(sys.argv[1]))
    main(*sys.argv[2:])
