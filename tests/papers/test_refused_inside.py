"""What acts inside a PDF is refused, with what it is and the page it is on, and with what to do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, String

from portal.papers.inside import rules
from tests.papers import made_pdfs as made


@pytest.fixture
def looked_into(tmp_path: Path) -> Any:
    return partial(made.looked_into, tmp_path)


FOLLOWED = Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([made.script("app.alert(1)")]))
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a script as it opens": (made.later(made.root(OpenAction=made.script("app.alert(1)"))), "a script inside"),
    "a script in pieces": (made.later(made.stream_script(b"this.print();")), "a script inside"),
    "a script by name": (
        made.later(
            made.root(Names=Dictionary(JavaScript=Dictionary(Names=Array([String("x"), made.script("evil()")]))))
        ),
        "a script inside",
    ),
    "a script behind a format": (
        made.later(made.field(2, F=made.script('AFDate_FormatEx("d"); app.launchURL("http://a.b")'))),
        "a script (page 2) inside",
    ),
    "a format that is given a script": (
        made.later(made.field(2, F=made.script("AFDate_FormatEx(app.alert(1))"))),
        "a script (page 2) inside",
    ),
    "a script under a link": (
        made.later(made.linked(3, S=Name.JavaScript, JS=String("go()"))),
        "a script (page 3) inside",
    ),
    "an address that is a script": (
        made.later(made.linked(3, S=Name.URI, URI=String("java\tscript:alert(1)"))),
        "a script (page 3) inside",
    ),
    "a script that comes after": (
        made.later(made.annotated(3, Subtype=Name.Link, A=FOLLOWED)),
        "a script (page 3) inside",
    ),
    "a script above the box": (made.later(made.field_above(2, F=made.script("x()"))), "a script (page 2) inside"),
    "a script in a bookmark": (
        made.later(made.bookmark(S=Name.JavaScript, JS=String("x()"))),
        "a script (the bookmarks) inside",
    ),
    "scripts on several pages": (
        made.later(*(made.linked(page, S=Name.JavaScript, JS=String("x()")) for page in (1, 2, 3))),
        "scripts (pages 1, 2 and 3) inside",
    ),
    "a program to start": (
        made.later(made.root(OpenAction=Dictionary(S=Name.Launch, F=String("cmd.exe")))),
        "a command that opens something by itself (cmd.exe) inside",
    ),
    "a program under a link": (
        made.later(made.linked(2, S=Name.Launch, F=String("Report.pdf.exe"))),
        "a link that starts a program (page 2; Report.pdf.exe) inside",
    ),
    "a program for Windows only": (
        made.later(made.linked(2, S=Name.Launch, F=String("a.pdf"), Win=Dictionary(F=String("cmd.exe")))),
        "a link that starts a program (page 2; a.pdf) inside",
    ),
    "a document given words": (
        made.later(made.linked(2, S=Name.Launch, Win=Dictionary(F=String("a.doc"), P=String("/mMacro")))),
        "a link that starts a program (page 2; a.doc) inside",
    ),
    "a sister that opens by itself": (
        made.later(made.root(OpenAction=Dictionary(S=Name.GoToR, F=String("\\\\host\\share\\a.pdf")))),
        "a command that opens something by itself (a.pdf) inside",
    ),
    "an address that opens by itself": (
        made.later(
            lambda pdf: pdf.pages[1].obj.__setitem__(
                "/AA", Dictionary(O=Dictionary(S=Name.URI, URI=String("http://spy.example")))
            )
        ),
        "a command that opens something by itself (page 2; spy.example) inside",
    ),
    "a program inside": (
        made.later(made.attached("invoice.exe", b"MZ\x90\x00")),
        "another file (invoice.exe) inside",
    ),
    "a program called settings": (
        made.later(made.attached("Press.joboptions", b"MZ\x90\x00\x03")),
        "another file (Press.joboptions) inside",
    ),
    "a table inside": (made.later(made.attached("Costs.xlsx", b"PK\x03\x04")), "another file (Costs.xlsx) inside"),
    "a file lying on a page": (
        made.later(
            lambda pdf: made.annotated(2, Subtype=Name.FileAttachment, FS=made.description(pdf, "a.exe", b"MZ"))(pdf)
        ),
        "another file (page 2; a.exe) inside",
    ),
    "a file that belongs to the whole": (
        made.later(made.root(AF=lambda pdf: Array([made.description(pdf, "source.docx", b"PK")]))),
        "another file (source.docx) inside",
    ),
    "a form with something in it": (made.later(made.xfa(b"", b"<template/>")), "a form of the XFA kind inside"),
    "a film": (
        made.later(made.annotated(2, Subtype=Name.RichMedia)),
        "a film, a sound or a 3D model (page 2) inside",
    ),
    "two things": (
        made.later(made.linked(2, S=Name.JavaScript, JS=String("x()")), made.attached("a.exe", b"MZ")),
        "a script (page 2) and another file (a.exe) inside",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_acts_is_refused_with_what_it_is_and_its_page(looked_into: Any, what: str) -> None:
    make, words = REFUSED[what]
    found, clean = looked_into(make())
    assert found["reason"].startswith(f"There is {words} this PDF. ")
    assert clean == b"", "nothing is made of a refused file"


def test_whoever_must_take_a_file_out_is_told_so_and_others_how_to_save_anew(looked_into: Any) -> None:
    assert looked_into(REFUSED["a table inside"][0]())[0]["reason"].endswith(rules.ALONE)
    for what in ("a program inside", "a script as it opens", "two things"):
        assert looked_into(REFUSED[what][0]())[0]["reason"].endswith(rules.ANEW)


def test_a_reason_fits_its_column_however_much_is_inside() -> None:
    names = [f"{'long name ' * 9}{number}.exe" for number in range(9)]
    everything = [rules.Thing(kind, name, page) for kind in rules.REFUSED for page, name in enumerate(names, 1)]
    assert len(rules.refused(everything)) <= 300
    assert "scripts" in rules.refused(everything)
