"""Looks into one PDF, in a child process with little memory and time; see documents/sandbox.py.

Finds {"reason": …} to refuse it, or its pages, the text of each, and whether it is tagged and has a title.
"""

from __future__ import annotations

from collections.abc import Iterator

from portal.infra.documents.pdf.as_shown import as_shown
from portal.infra.documents.pdf.things import Thing
from portal.infra.documents.sandbox import Answer, answer

LONGEST_PAGE = 20_000


LOCKED = "This file needs a password to open. Save a copy without a password and upload that"


DAMAGED = "This file is damaged and cannot be opened. Save it as PDF again and upload the new one"


NO_PAGES = "This file has no pages. Check that it is the right one"


ACTIVE = "There is a program or another file inside this one. Print it to PDF and upload that"


ACTIVE_KINDS = ("/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute")


ACTIVE_ANNOTATIONS = ("/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/3D")


def inspect(path: str) -> Answer:
    """Pages, text of each page, and whether it is tagged and has a title; or the reason to refuse it."""
    import pikepdf
    import pypdfium2

    try:
        with pikepdf.open(path) as pdf:
            pages, tagged, title = len(pdf.pages), _is_tagged(pdf), _has_title(pdf)
            is_plain = "/OCProperties" not in pdf.Root and "/AcroForm" not in pdf.Root
            if any(_active_things(pdf)):
                return {"reason": ACTIVE}
    except pikepdf.PasswordError:
        return {"reason": LOCKED}
    except (pikepdf.PdfError, RuntimeError, AttributeError, TypeError, ValueError):  # what damaged trees lead to
        return {"reason": DAMAGED}
    if not pages:
        return {"reason": NO_PAGES}
    try:
        texts = _texts(pypdfium2.PdfDocument(path if is_plain else as_shown(path) or path))
    except pypdfium2.PdfiumError:
        return {"reason": DAMAGED}
    return {"pages": pages, "texts": texts, "tagged": tagged, "title": title}


def _active_things(pdf: Thing) -> Iterator[bool]:
    """Whether each place from which a reader program runs, opens or unpacks something holds such a thing."""
    root = pdf.Root
    names, form = root.get("/Names", {}), root.get("/AcroForm", {})
    yield any(key in names for key in ("/JavaScript", "/EmbeddedFiles"))
    yield "/XFA" in form
    yield _acts(root)
    for page in pdf.pages:
        yield _acts(page.obj)
        for annotation in page.obj.get("/Annots", []):
            yield str(annotation.get("/Subtype", "")) in ACTIVE_ANNOTATIONS or _acts(annotation)


def _acts(thing: Thing) -> bool:
    """Whether an action of this thing, its own or one that an event sets off, is of an active kind."""
    actions = [thing.get(key) for key in ("/OpenAction", "/A")] + list(dict(thing.get("/AA", {})).values())
    return any(_is_active(action) for action in actions)


def _is_active(action: Thing) -> bool:
    from pikepdf import Dictionary

    if not isinstance(action, Dictionary):  # an OpenAction may be a place in the document instead
        return False
    return "/JS" in action or str(action.get("/S", "")) in ACTIVE_KINDS


def _is_tagged(pdf: Thing) -> bool:
    return bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False)) and "/StructTreeRoot" in pdf.Root


def _has_title(pdf: Thing) -> bool:
    return bool(str(pdf.docinfo.get("/Title", "")).strip())


def _texts(document: Thing) -> list[str]:
    texts = []
    for page in document:
        text = page.get_textpage()
        texts.append(text.get_text_bounded()[:LONGEST_PAGE].replace("\x00", ""))
        text.close()
        page.close()
    return texts


if __name__ == "__main__":
    answer(inspect)
