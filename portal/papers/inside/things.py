"""What lies inside a PDF beside its pages, each with how to take it out; in a child process only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from portal.papers.inside.places import Piece, Place, annotations_of, dictionary, elements, places
from portal.papers.inside.rules import (
    REFUSED,
    Thing,
    is_settings,
    kind_of_address,
    kind_of_link,
    kind_of_script,
)

MEDIA = ("/RichMedia", "/Screen", "/Movie", "/3D", "/Sound")
ACTS = {"/RichMediaExecute": "media", "/Rendition": "media", "/Movie": "media"}
Found = tuple[Thing, Callable[[], object]]


def things(pdf: Piece) -> list[Found]:
    """Everything to refuse or to take out."""
    return [*_of_names(pdf), *_of_form(pdf), *_attached(pdf), *_on_pages(pdf), *_actions(places(pdf))]


def take_out(found: Iterable[Found]) -> None:
    for _, clear in found:
        clear()


def _actions(found: Iterable[Place]) -> Iterator[Found]:
    for place in found:
        kind, name = _kind_of(place)
        if kind:
            yield Thing(kind, name, place.page), place.clear


def _kind_of(place: Place) -> tuple[str, str]:
    """The kind of an action, '' where it is harmless, and the file or address that it is about."""
    action, automatic = place.action, place.is_automatic
    kind = str(action.get("/S", ""))
    if "/JS" in action or kind == "/JavaScript":
        return kind_of_script(_script(action)), ""
    if kind == "/Launch":
        return _launched(action, automatic)
    if kind in ("/GoToR", "/GoToE") or (kind == "/Thread" and "/F" in action):
        name = _file_name(action)
        return kind_of_link(name or "x.pdf", automatic), name
    if kind == "/URI":
        address = _words(action.get("/URI"))
        found = kind_of_address(address, automatic)
        return found, "" if found == "script" else address
    if kind in ("/SubmitForm", "/ImportData"):
        return "opens" if automatic else "sends" if kind == "/SubmitForm" else "link", ""
    return ACTS.get(kind, ""), ""


def _launched(action: Piece, automatic: bool) -> tuple[str, str]:
    """A program may be named, with what it is given, for each kind of computer by itself."""
    own = [dictionary(action, key) for key in ("/Win", "/Mac", "/Unix")]
    names = [_file_name(one) for one in (action, *own) if one and "/F" in one]
    kinds = [kind_of_link(name, automatic) for name in names]
    given = any("/P" in one for one in own if one)
    return next((kind for kind in kinds if kind != "link"), "program" if given or not names else "link"), next(
        iter(names), ""
    )


def _script(action: Piece) -> str:
    return _words(action.get("/JS"))


def _words(thing: Piece) -> str:
    from pikepdf import Stream

    if isinstance(thing, Stream):
        content = thing.read_bytes()
        return content.decode("utf-16" if content[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8", "replace")
    return "" if thing is None else str(thing)


def _file_name(holder: Piece) -> str:
    """The file that an action names: by a string, or by a description of a file."""
    from pikepdf import Dictionary

    file = holder.get("/F")
    if isinstance(file, Dictionary):
        return next((_words(file.get(key)) for key in ("/UF", "/F", "/DOS", "/Unix", "/Mac") if key in file), "")
    return _words(file)


def _of_names(pdf: Piece) -> Iterator[Found]:
    names = dictionary(pdf.Root, "/Names")
    if "/JavaScript" in names:
        yield from _scripts_by_name(names)
    if "/EmbeddedFiles" in names:
        clear = partial(_drop, names, "/EmbeddedFiles")
        files = [_attachment(one, 0) for one in _leaves(names.get("/EmbeddedFiles"))]
        yield from ((thing, clear) for thing in files or [Thing("no files")])


def _scripts_by_name(names: Piece) -> Iterator[Found]:
    clear = partial(_drop, names, "/JavaScript")
    scripts = [kind_of_script(_script(one)) for one in _leaves(names.get("/JavaScript"))]
    yield from ((Thing(kind), clear) for kind in scripts or ["no scripts"])


def _leaves(tree: Piece) -> Iterator[Piece]:
    """The values of a tree of names, however deep; one that comes back to itself ends in RecursionError."""
    from pikepdf import Dictionary

    yield from (one for one in elements(tree, "/Names")[1::2] if isinstance(one, Dictionary))
    for branch in elements(tree, "/Kids"):
        yield from _leaves(branch)


def _attachment(description: Piece, page: int) -> Thing:
    """A file inside; or only its name, or the settings of a program."""
    from pikepdf import Stream

    name = next((_words(description.get(key)) for key in ("/UF", "/F") if key in description), "")
    held = dictionary(description, "/EF")
    contents = [one for key in list(held.keys()) if isinstance(one := held.get(key), Stream)]
    if not contents:
        return Thing("link" if name else "no files", name, page)
    if all(is_settings(name, one.read_bytes()) for one in contents):
        return Thing("settings", name, page)
    return Thing("file", name, page)


def _of_form(pdf: Piece) -> Iterator[Found]:
    form = dictionary(pdf.Root, "/AcroForm")
    if "/XFA" in form:
        yield Thing("form" if _has_words(form.get("/XFA")) else "no form"), partial(_drop, form, "/XFA")


def _has_words(thing: Piece) -> bool:
    """Whether anything at all is written in a form of the XFA kind: one piece, or names and pieces in turn."""
    from pikepdf import Array

    pieces = list(thing) if isinstance(thing, Array) else [thing]
    return any(_words(one).strip() for one in (pieces[1::2] if len(pieces) > 1 else pieces))


def _attached(pdf: Piece) -> Iterator[Found]:
    """Files that belong to the whole or to a page without standing in the list of names."""
    from pikepdf import Dictionary

    for number, holder in enumerate([pdf.Root, *(page.obj for page in pdf.pages)]):
        if "/AF" in holder:
            files = [_attachment(one, number) for one in elements(holder, "/AF") if isinstance(one, Dictionary)]
            clear = partial(_drop, holder, "/AF")
            yield from ((thing, clear) for thing in files or [Thing("no files")])


def _on_pages(pdf: Piece) -> Iterator[Found]:
    for number, page in enumerate(pdf.pages, start=1):
        for one in annotations_of(page.obj):
            kind = str(one.get("/Subtype", ""))
            clear = partial(_drop_annotation, page.obj, one)
            if kind in MEDIA:
                yield Thing("media", "", number), clear
            elif kind == "/FileAttachment":
                yield _attachment(dictionary(one, "/FS"), number), clear


def _drop(holder: Piece, key: str) -> None:
    if key in holder:
        del holder[key]


def _drop_annotation(page: Piece, gone: Piece) -> None:
    from pikepdf import Array

    page["/Annots"] = Array([one for one in elements(page, "/Annots") if one is not None and one != gone])


def is_refused(found: Iterable[Found]) -> bool:
    return any(thing.kind in REFUSED for thing, _ in found)
