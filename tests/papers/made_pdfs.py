"""PDFs made as copiers, Distiller and form programs make them, and as those who mean harm do."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from portal.papers.preparing.inspect_pdf import inspect
from tests.made_papers import made_paper

TITLE = "Budget"
PAGES = 3
Change = Callable[[pikepdf.Pdf], Any]
_PAPER: list[bytes] = []


def changed(*changes: Change) -> bytes:
    """A good paper of three pages, changed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        for change in changes:
            change(pdf)
        pdf.save(out)
    return out.getvalue()


def later(*changes: Change) -> Callable[[], bytes]:
    """The same, made when a test asks for it."""
    return partial(changed, *changes)


def paper() -> bytes:
    if not _PAPER:
        _PAPER.append(made_paper(TITLE, PAGES))
    return _PAPER[0]


def annotated(page: int, **keys: Any) -> Change:
    """With something that lies on a page."""

    def change(pdf: pikepdf.Pdf) -> None:
        one = pdf.make_indirect(Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **keys))
        held = pdf.pages[page - 1].obj
        held.Annots = Array([*held.get("/Annots", []), one])
        if keys.get("Subtype") == Name.Widget:
            pdf.Root.AcroForm = Dictionary(Fields=Array([one]))

    return change


def linked(page: int, **action: Any) -> Change:
    return annotated(page, Subtype=Name.Link, A=Dictionary(**action))


def script(words: str) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(words))


def field(page: int, **events: Dictionary) -> Change:
    """With a box to type in, and what happens to it."""

    def change(pdf: pikepdf.Pdf) -> None:
        annotated(page, Subtype=Name.Widget, FT=Name.Tx, T=String("date"), AA=Dictionary(**events))(pdf)
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.pages[page - 1].obj.Annots[-1]]))

    return change


def field_above(page: int, **events: Dictionary) -> Change:
    """The same said by the field above the box."""

    def change(pdf: pikepdf.Pdf) -> None:
        annotated(page, Subtype=Name.Widget)(pdf)
        box = pdf.pages[page - 1].obj.Annots[-1]
        above = Dictionary(FT=Name.Tx, T=String("date"), AA=Dictionary(**events), Kids=Array([box]))
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(above)]))

    return change


def root(**keys: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        for key, value in keys.items():
            pdf.Root[f"/{key}"] = value(pdf) if callable(value) else value

    return change


def attached(name: str, content: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = content

    return change


def description(pdf: pikepdf.Pdf, name: str, content: bytes) -> Dictionary:
    held = Dictionary(F=pdf.make_stream(content))
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String(name), UF=String(name), EF=held))


def bookmark(**action: Any) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        one = pdf.make_indirect(Dictionary(Title=String("Appendix"), A=Dictionary(**action)))
        outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=one, Last=one, Count=1))
        one.Parent = outlines
        pdf.Root.Outlines = outlines

    return change


def xfa(*pieces: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        held = [part for n, one in enumerate(pieces) for part in (String(f"part{n}"), pdf.make_stream(one))]
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array(held))

    return change


def stream_script(words: bytes) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=Stream(pdf, words))

    return change


def looked_into(folder: Path, content: bytes) -> tuple[dict[str, Any], bytes]:
    """As the child does it, without its process: what it answers, and the file that it made."""
    file, new = folder / "a.pdf", folder / "made.pdf"
    file.write_bytes(content)
    new.write_bytes(b"")
    return inspect(str(file), str(new)), new.read_bytes()


def picture_paper(*pages: tuple[str, str]) -> bytes:
    """Each page: what stands at its foot, and what is written in a picture that fills the rest ('' for no picture)."""
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for foot, words in pages:
        canvas.drawString(72, 40, foot)
        if words:
            picture = Image.new("L", (600, 800), 255)
            ImageDraw.Draw(picture).text((40, 80), words, fill=0, font=ImageFont.load_default(40))
            canvas.drawImage(ImageReader(picture), 40, 80, 515, 700)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
