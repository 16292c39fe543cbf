"""Files made to do harm, each made when it is needed: name, content, and why it is refused ('' for harmless ones)."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from itertools import chain, repeat
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from portal.papers.converting.rules import ANOTHER_KIND, DAMAGED, TOO_LARGE
from portal.papers.inside.rules import ANEW
from portal.papers.preparing import checking as preparing_checking
from portal.papers.preparing import inspect_pdf as preparing_inspect_pdf
from tests.made_papers import made_paper
from tests.papers import files, made_office

# The usual test string of virus scanners, in two halves so that no scanner stops at this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STAND" + rb"ARD-ANTIVIRUS-TEST-FILE!$H+H*"
TITLE = "Budget"


def changed(change: Callable[[pikepdf.Pdf], Any]) -> bytes:
    """A good paper, changed."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_paper(TITLE, 1))) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def script(pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String("app.alert('hello')"))


def _opens_with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = script(pdf)


def _named_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script(pdf)])))


def _script_on_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=script(pdf))


def _script_under_a_link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=script(pdf))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])


def _starts_a_program(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.Launch, F=String("cmd.exe"))


def _holds_a_virus(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["invoice.exe"] = EICAR


def _holds_a_form_program(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(XFA=String("<xdp/>"), Fields=Array([]))


def _no_pages(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]


def _goes_to_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])


def many_objects(many: int = 200_000) -> bytes:
    """All of them found from its root. By hand: a library that makes them takes half a gigabyte."""
    out, table = bytearray(b"%PDF-1.4\n"), [b"0000000000 65535 f \n"]
    held = b" ".join(b"%d 0 R" % number for number in range(4, many + 4))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    first = [b"<</Type/Catalog/Pages 2 0 R/Held[%s]>>" % held, b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page]
    for number, one in enumerate(chain(first, repeat(b"<</X[0 1 2 3 4 5 6 7 8 9]>>", many)), 1):
        table.append(b"%010d 00000 n \n" % len(out))
        out += b"%d 0 obj%s endobj\n" % (number, one)
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(table), len(out))
    return bytes(out) + b"xref\n0 %d\n" % len(table) + b"".join(table) + end


def _pages_in_a_circle(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages])


def word_file(macro: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w:document/>")
        if macro:
            archive.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 AutoOpen")
    return out.getvalue()


ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'


def _with(name: str, content: bytes = b"MZ") -> bytes:
    """A good Word file with one part more."""
    return made_office.zipped({**made_office.word_parts(), name: content})


def _in_word(what: str) -> str:
    return f"There is {what} in this Word file. Remove it in Word and upload it again"


def nested_bomb() -> bytes:
    """Streams inside streams: a kilobyte that is 200 megabytes when it is unpacked twice."""
    return files.page_of_stream(zlib.compress(files.packed(200), 9), ["/FlateDecode", "/FlateDecode"])


def _inside(what: str) -> str:
    return f"There is {what} inside this PDF. {ANEW}"


HTML = b"<!DOCTYPE html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
Made = tuple[str, Callable[[], bytes], str | None]  # None: refused or taken, but never harmful
HOSTILE: dict[str, Made] = {
    "nothing": ("empty.pdf", lambda: b"", preparing_checking.EMPTY),
    "cut off": ("cut.pdf", files.truncated_pdf, preparing_inspect_pdf.DAMAGED),
    "locked": ("locked.pdf", files.locked_pdf, preparing_inspect_pdf.LOCKED),
    "rubbish after a good start": ("r.pdf", lambda: b"%PDF-1.7\nrubbish", preparing_inspect_pdf.DAMAGED),
    "a page": ("page.pdf", lambda: HTML, preparing_checking.NOT_A_PDF),
    "a page that goes on as a PDF": ("p.pdf", lambda: HTML + made_paper(TITLE, 1), preparing_checking.NOT_A_PDF),
    "a PDF that goes on as a page": ("p.pdf", lambda: made_paper(TITLE, 1) + HTML, None),
    "a PDF that is an archive too": ("p.pdf", lambda: made_paper(TITLE, 1) + word_file(), None),
    "a picture with a script": ("picture.svg", lambda: SVG, preparing_checking.NOT_A_PDF),
    "a picture with a script named PDF": ("picture.pdf", lambda: SVG, preparing_checking.NOT_A_PDF),
    "a Word file that none wrote": ("minutes.docx", word_file, DAMAGED.format("Word")),
    "a Word file with macros": ("minutes.docx", lambda: _with("word/vbaProject.bin"), _in_word("a macro or control")),
    "a Word file with a program": ("a.docx", lambda: _with("word/a.exe"), _in_word("an embedded file (a.exe)")),
    "a Word file of another kind": ("minutes.docm", word_file, ANOTHER_KIND.format("Word")),
    "a Word file with entities": ("a.docx", lambda: _with("word/styles.xml", ENTITIES), DAMAGED.format("Word")),
    "a Word file that is a bomb": ("a.docx", lambda: _with("word/a.xml", b" " * 42_000_000), TOO_LARGE.format("Word")),
    "a Word file with macros named PDF": ("minutes.pdf", lambda: word_file(macro=True), preparing_checking.NOT_A_PDF),
    "a virus": ("eicar.pdf", lambda: EICAR, preparing_checking.NOT_A_PDF),
    "a virus inside": ("invoice.pdf", lambda: changed(_holds_a_virus), _inside("another file (invoice.exe)")),
    "a script that opens": ("s.pdf", lambda: changed(_opens_with_script), _inside("a script")),
    "a script by name": ("s.pdf", lambda: changed(_named_script), _inside("a script")),
    "a script on a page": ("s.pdf", lambda: changed(_script_on_a_page), _inside("a script (page 1)")),
    "a script under a link": ("s.pdf", lambda: changed(_script_under_a_link), _inside("a script (page 1)")),
    "a program to start": (
        "s.pdf",
        lambda: changed(_starts_a_program),
        _inside("a command that opens something by itself (cmd.exe)"),
    ),
    "a form with a program": ("f.pdf", lambda: changed(_holds_a_form_program), _inside("a form of the XFA kind")),
    "no pages": ("none.pdf", lambda: changed(_no_pages), preparing_inspect_pdf.NO_PAGES),
    "pages in a circle": ("circle.pdf", lambda: changed(_pages_in_a_circle), None),
    "a place to open at": ("place.pdf", lambda: changed(_goes_to_a_page), ""),
    "very many objects": ("many.pdf", many_objects, None),
    "a bomb": ("bomb.pdf", files.bomb_pdf, None),
    "a bomb in a bomb": ("bombs.pdf", nested_bomb, None),
}
NAMES = {
    "../../etc/passwd.pdf": "passwd.pdf",
    "..\\..\\windows\\system32\\calc.pdf": "calc.pdf",
    "/etc/shadow.pdf": "shadow.pdf",
    "C:\\secret.pdf": "secret.pdf",
    "line\r\nSet-Cookie: a=b.pdf": "line Set-Cookie_ a=b.pdf",
    "nul\x00byte.pdf": "nul byte.pdf",
    "\u202efdp.exe.pdf": "fdp.exe.pdf",
    "a" * 400 + ".pdf": "a" * 146 + ".pdf",
    "....": "paper.pdf",
    "<script>alert(1)<.pdf": "_script_alert(1)_.pdf",
}
