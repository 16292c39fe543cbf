"""What is inside a PDF: harmless things are taken out and named, what acts is refused with its page."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from config import ROOT
from portal.papers.inside import rules
from portal.papers.preparing import checking, inspect_pdf
from tests.papers import made_pdfs as made

GIVEN = ROOT.parent / "shared" / "tried" / "papers"
DATE = made.script('AFDate_FormatEx("dd/mm/yyyy");')
LINK = "a link to another file, which readers do not have"
FORMAT = "a script that only formats what is typed in a box"
ON_PAGE_2 = f"{FORMAT} (page 2)"
OUTCOMES: dict[str, tuple[str, list[str], str]] = {  # the reason; what is taken out; what stands in the text
    "annots-dangling-reference.pdf": ("", [], "Chief Officer report"),
    "annots-with-null.pdf": ("", [], "Chief Officer report"),
    "bookmarks-and-links.pdf": ("", [], "Strategic plan - page 1"),
    "date-field-script.pdf": ("", [f"{FORMAT} (page 1)"], "Chief Officer report"),
    "empty-name-trees.pdf": ("", ["an empty list of attached files", "an empty script"], "Chief Officer report"),
    "empty-xfa.pdf": ("", ["an empty form of the XFA kind"], "Chief Officer report"),
    "form-values-no-appearance.pdf": ("", [], "Carers lose 4 hours a week"),
    "hidden-layer.pdf": ("", [], "Visible budget text"),
    "joboptions-attached.pdf": (
        "",
        ["the settings of the program that made it (Press Quality.joboptions)"],
        "Chief Officer report",
    ),
    "link-to-sister-pdf.pdf": ("", [f"{LINK} (page 1; Att1.pdf)"], "Chief Officer report"),
    "link-to-word-file.pdf": ("", [f"{LINK} (page 1; Appendix 2.docx)"], "Chief Officer report"),
    "open-password.pdf": (inspect_pdf.LOCKED, [], ""),
    "owner-password.pdf": ("", [], "Owner locked - page 1"),
}


@pytest.fixture
def looked_into(tmp_path: Path) -> Any:
    return partial(made.looked_into, tmp_path)


@pytest.mark.skipif(not GIVEN.exists(), reason="the given papers are not beside this checkout; made ones are tested")
@pytest.mark.parametrize("name", OUTCOMES)
def test_each_given_paper_has_its_right_outcome(looked_into: Any, name: str) -> None:
    reason, taken_out, words = OUTCOMES[name]
    found, clean = looked_into((GIVEN / name).read_bytes())
    assert found.get("reason", "") == reason
    assert found.get("taken_out", []) == taken_out
    assert words in "\n".join(found.get("texts", []))
    assert bool(clean) is bool(taken_out)
    if clean:
        again, anew = looked_into(clean)
        assert (again["taken_out"], again["pages"], anew) == ([], found["pages"], b""), "nothing is left to take out"


@pytest.mark.skipif(not GIVEN.exists(), reason="the given papers are not beside this checkout; made ones are tested")
def test_every_given_paper_is_tested() -> None:
    empty = {"zero-bytes.pdf"}
    assert {path.name for path in GIVEN.glob("*.pdf")} == {*OUTCOMES, *empty}
    assert checking.refused_at_once(b"", (GIVEN / "zero-bytes.pdf").stat().st_size, 10) == checking.EMPTY


HARMLESS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a number's format": (
        made.later(made.field(2, F=made.script("AFNumber_Format(2, 0, 0, 0, '£', true);"))),
        ON_PAGE_2,
    ),
    "a key's check": (made.later(made.field(2, K=made.script('AFDate_KeystrokeEx("d mmm yyyy")'))), ON_PAGE_2),
    "a sum": (made.later(made.field(2, C=made.script('AFSimple_Calculate("SUM", new Array("a", "b"));'))), ON_PAGE_2),
    "a format with words about it": (
        made.later(made.field(2, F=made.script("// date\rAFTime_Format(0);\n"))),
        ON_PAGE_2,
    ),
    "a format above the box": (made.later(made.field_above(2, F=DATE)), ON_PAGE_2),
    "an empty script": (made.later(made.field(2, F=made.script(" "))), "an empty script (page 2)"),
    "a link to a page of a sister": (
        made.later(made.linked(2, S=Name.GoToR, F=String("Att 3.pdf"), D=Array([0, Name.Fit]))),
        f"{LINK} (page 2; Att 3.pdf)",
    ),
    "a link to a table": (
        made.later(made.linked(2, S=Name.Launch, F=Dictionary(Type=Name.Filespec, UF=String("Costs.xlsx")))),
        f"{LINK} (page 2; Costs.xlsx)",
    ),
    "a link as for Windows": (
        made.later(made.linked(2, S=Name.Launch, Win=Dictionary(F=String("..\\papers\\Att2.pdf")))),
        f"{LINK} (page 2; Att2.pdf)",
    ),
    "a link to a drive": (
        made.later(made.linked(2, S=Name.URI, URI=String("file:///C:/Users/ann/Appendix%202.docx"))),
        f"{LINK} (page 2; Appendix 2.docx)",
    ),
    "a link beside it": (
        made.later(made.linked(2, S=Name.URI, URI=String("Appendix 2.docx"))),
        f"{LINK} (page 2; Appendix 2.docx)",
    ),
    "links on two pages": (
        made.later(*(made.linked(page, S=Name.Launch, F=String("Att1.pdf")) for page in (1, 3))),
        "links to other files, which readers do not have (pages 1 and 3; Att1.pdf)",
    ),
    "a bookmark to a sister": (
        made.later(made.bookmark(S=Name.GoToR, F=String("Att4.pdf"))),
        f"{LINK} (the bookmarks; Att4.pdf)",
    ),
    "a button that sends": (
        made.later(made.annotated(3, Subtype=Name.Widget, A=Dictionary(S=Name.SubmitForm, F=String("http://a.b")))),
        "a button that sends what is typed somewhere (page 3)",
    ),
    "settings lying on a page": (
        made.later(
            lambda pdf: made.annotated(
                2, Subtype=Name.FileAttachment, FS=made.description(pdf, "Print.joboptions", b"<< /A true >>")
            )(pdf)
        ),
        "the settings of the program that made it (page 2; Print.joboptions)",
    ),
    "an empty tree with branches": (
        made.later(made.root(Names=Dictionary(EmbeddedFiles=Dictionary(Kids=Array([Dictionary(Names=Array([]))]))))),
        "an empty list of attached files",
    ),
    "an empty form in pieces": (made.later(made.xfa(b"", b" \n")), "an empty form of the XFA kind"),
    "an empty form in one piece": (
        made.later(made.root(AcroForm=lambda pdf: Dictionary(XFA=Array([pdf.make_stream(b" ")])))),
        "an empty form of the XFA kind",
    ),
    "data from a file": (made.later(made.linked(2, S=Name.ImportData, F=String("a.fdf"))), f"{LINK} (page 2)"),
    "a link to a shared drive": (
        made.later(made.linked(2, S=Name.GoToR, F=String("\\\\server\\papers\\Att 9.pdf"))),
        f"{LINK} (page 2; Att 9.pdf)",
    ),
    "a link to a folder": (
        made.later(made.linked(2, S=Name.Launch, F=String("../Papers/"))),
        f"{LINK} (page 2; Papers)",
    ),
    "a copier's header": (
        lambda: b"\x1b%-12345X@PJL ENTER LANGUAGE=PDF\r\n" + made.paper(),
        rules.TAKEN_OUT["before"][0],
    ),
    "a header just short of a kilobyte": (lambda: b"\0" * 1019 + made.paper(), rules.TAKEN_OUT["before"][0]),
}


@pytest.mark.parametrize("what", HARMLESS)
def test_what_is_harmless_is_taken_out_and_said_and_the_paper_kept(looked_into: Any, what: str) -> None:
    make, words = HARMLESS[what]
    found, clean = looked_into(make())
    assert "reason" not in found
    assert found["taken_out"] == [words]
    assert found["pages"] == made.PAGES
    assert made.TITLE in found["texts"][0]
    again, _ = looked_into(clean)
    assert again["taken_out"] == [], "it is really gone"
    assert clean.startswith(b"%PDF-")


def test_no_advice_costs_the_tags() -> None:
    said = [rules.ALONE, rules.ANEW, checking.TOO_COMPLICATED, checking.NOT_A_PDF, inspect_pdf.DAMAGED]
    assert [one for one in said if "print" in one.lower()] == []


@pytest.mark.parametrize(
    ("start", "taken"),
    [
        (b"%PDF-1.7", True),
        (b"\r\n\xef\xbb\xbf%PDF-1.4", True),
        (b"From: copier <scan@board.example>\r\n\r\n%PDF-1.4", True),
        (b"x" * 1019 + b"%PDF-1.4", True),
        (b"x" * 1020 + b"%PDF-1.4", False),
        (b"<!DOCTYPE html>%PDF-1.4", False),
        (b"PK\x03\x04 %PDF-1.4", False),
        (b"MZ\x90 %PDF-1.4", False),
        (b"\x89PNG %PDF-1.4", False),
        (b"no", False),
    ],
)
def test_the_mark_of_a_pdf_is_within_the_first_kilobyte(start: bytes, taken: bool) -> None:
    assert (checking.refused_at_once(start, len(start), 10_000) == "") is taken


def test_addresses_of_the_web_and_links_within_stay(looked_into: Any) -> None:
    stays = ("https://gov.scot/a.pdf", "mailto:a@b.scot", "www.gov.scot/a.pdf", "gov.scot/a.pdf", "tel:0131")
    links = [made.linked(1, S=Name.URI, URI=String(address)) for address in stays]
    links.append(made.linked(2, S=Name.GoTo, D=Array([0, Name.Fit])))
    found, clean = looked_into(made.changed(*links))
    assert (found["taken_out"], clean) == ([], b"")


def test_what_is_kept_stays_as_it_was(looked_into: Any) -> None:
    """Tags, language, title, bookmarks and what is typed, in a file from which a script was taken."""

    def tagged(pdf: pikepdf.Pdf) -> None:
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        pdf.Root.Lang = String("en-GB")
        with pdf.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Costs", 1))

    found, clean = looked_into(made.changed(made.field(2, F=DATE), tagged))
    assert (found["tagged"], found["title"]) == (True, True)
    with pikepdf.open(io.BytesIO(clean)) as pdf, pdf.open_outline() as outline:
        assert str(pdf.Root.Lang) == "en-GB"
        assert [one.title for one in outline.root] == ["Costs"]
        assert str(pdf.pages[1].obj.Annots[0].T) == "date", "the box itself stays"


ODD: dict[str, made.Change] = {  # shapes that no program should write, and some do
    "a number for a list": made.root(Outlines=3, Names=Array([]), AcroForm=Array([1])),
    "names of nothing": made.annotated(1, Subtype=Name.Link, A=String("x"), AA=Array([1])),
    "fields that are none": made.root(AcroForm=Dictionary(Fields=Array([1, Dictionary(Kids=Array([2]))]))),
    "layers that are none": made.root(OCProperties=Dictionary(D=Dictionary(OFF=Array([1, Name.x])))),
    "things on a page that are none": lambda pdf: pdf.pages[0].obj.__setitem__(
        "/Annots", Array([1, String("a"), Name.X])
    ),
}


@pytest.mark.parametrize("what", ODD)
def test_odd_shapes_are_no_damage(looked_into: Any, what: str) -> None:
    found, clean = looked_into(made.changed(ODD[what]))
    assert (found.get("reason", ""), found["taken_out"], clean) == ("", [], b"")
    assert found["pages"] == made.PAGES


@pytest.mark.parametrize(
    "lies_there", [b"/Annots[null]", b"/Annots 99 0 R", b"/Annots[99 0 R null]", b"/Annots[<</Subtype/Link/A 99 0 R>>]"]
)
def test_what_lies_on_a_page_and_is_not_there_is_no_damage(looked_into: Any, lies_there: bytes) -> None:
    start = b"%PDF-1.6\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]" + lies_there + b">>endobj\n"
    found, clean = looked_into(start + page + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n9\n%%EOF\n")
    assert (found.get("reason", ""), found["pages"], clean) == ("", 1, b"")
