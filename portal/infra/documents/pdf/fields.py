"""The form fields of several PDFs in one: those of each under a name of its own, so that no two share a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portal.infra.documents.pdf.things import Thing

Key = tuple[int, int]
DEEPEST = 30
SIGNED = ("/V", "/Lock", "/SV")  # a signature holds for the file that was signed, and for no other


def merge(whole: Thing, pdfs: Iterable[Thing]) -> None:
    """Give a file the fields of other files whose pages it has taken."""
    from pikepdf import Array, Dictionary, String

    placed = {one.objgen for one in _placed(whole)}
    fields, resources = [], Dictionary()
    seen: set[Key] = set()
    for number, pdf in enumerate(pdfs):
        form = pdf.Root.get("/AcroForm")
        if not isinstance(form, Dictionary):
            continue
        own = list(_kept(map(whole.copy_foreign, _of_file(form.get("/Fields"))), placed, seen, 0))
        if own:
            top = whole.make_indirect(Dictionary(T=String(f"paper{number}"), Kids=Array(own)))
            if isinstance(form.get("/DA"), String):
                top.DA = String(str(form.DA))
            if isinstance(form.get("/Q"), int):
                top.Q = form.Q
            for one in own:
                one.Parent = top
            fields.append(top)
            _add_resources(whole, resources, pdf, form.get("/DR"))
    if fields:
        whole.Root.AcroForm = Dictionary(Fields=Array(fields), DR=resources, DA=String("/Helv 0 Tf 0 g"))
    for one in _placed(whole):
        if one.objgen not in seen and "/Parent" in one:
            del one["/Parent"]  # no form knows it, and it would bring fields along of pages that were not taken


def _placed(whole: Thing) -> Iterator[Thing]:
    from pikepdf import Array, Dictionary

    for page in whole.pages:
        annotations = page.obj.get("/Annots")
        if isinstance(annotations, Array):
            for one in annotations:
                if isinstance(one, Dictionary) and one.is_indirect and str(one.get("/Subtype", "")) == "/Widget":
                    yield one


def _of_file(fields: Thing) -> Iterator[Thing]:
    from pikepdf import Array, Dictionary

    for one in fields if isinstance(fields, Array) else ():
        if isinstance(one, Dictionary) and one.is_indirect:
            yield one


def _kept(fields: Iterable[Thing], placed: set[Key], seen: set[Key], depth: int) -> Iterator[Thing]:
    """The fields that stand on a page of the file, and those above them."""
    from pikepdf import Array, Dictionary

    for one in fields:
        if not isinstance(one, Dictionary) or one.objgen in seen or depth > DEEPEST:
            continue
        seen.add(one.objgen)
        if str(one.get("/FT", "")) == "/Sig":
            for key in SIGNED:
                if key in one:
                    del one[key]
        for key in ("/AA", "/A") if "/Kids" in one else ("/AA",):
            if key in one:
                del one[key]
        kids = one.get("/Kids")
        if isinstance(kids, Array):
            under = list(_kept(list(kids), placed, seen, depth + 1))
            one.Kids = Array(under)
            if under:
                yield one
        elif one.objgen in placed:
            yield one


def _add_resources(whole: Thing, resources: Thing, pdf: Thing, more: Thing) -> None:
    """Fonts and the like by their names; of two with one name the first: appearances are there already."""
    from pikepdf import Dictionary, Stream

    for kind, named in more.items() if isinstance(more, Dictionary) else ():
        if not isinstance(named, Dictionary):
            continue
        if kind not in resources:
            resources[kind] = Dictionary()
        for name, thing in named.items():
            if name not in resources[kind] and isinstance(thing, (Dictionary, Stream)):
                resources[kind][name] = whole.copy_foreign(thing if thing.is_indirect else pdf.make_indirect(thing))
