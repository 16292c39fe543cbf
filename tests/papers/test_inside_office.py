"""What is inside a Word or PowerPoint file is found, said and refused before any program opens it."""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from portal.infra.documents.sandbox import run_making
from portal.papers.converting import inspect_office
from portal.papers.converting.rules import (
    FOUND,
    POWERPOINT,
    WORD,
    Judged,
    Thing,
    judged,
    loads_nothing,
    name_as_pdf,
    refused,
)
from tests.papers import made_office as made

PICTURE = b"\x89PNG\r\n\x1a\nand so on"
HYPERLINK = "hyperlink"


def looked_into(content: bytes, kind: str = WORD) -> tuple[str, bytes]:
    """The reason to refuse it, and what would be converted; here and not in a child, which comes to the same."""
    with tempfile.NamedTemporaryFile() as file, tempfile.NamedTemporaryFile() as anew:
        file.write(content)
        file.flush()
        return inspect_office.inspect(file.name, anew.name, kind).get("reason", ""), Path(anew.name).read_bytes()


def reason(content: bytes, kind: str = WORD) -> str:
    return looked_into(content, kind)[0]


CHANGE = '<w:p><w:ins w:author="Ann"><w:r><w:t>new</w:t></w:r></w:ins></w:p>'
ACCEPTED = "<w:p><w:r><w:delText>no</w:delText></w:r></w:p>"
COMMENTS = made.xml('<w:comment w:id="1"/><w:comment w:id="2"/>', "w:comments")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (made.word(CHANGE), "There is a tracked change in this Word file. Remove it in Word and upload it again"),
        (made.word('<w:p><w:pPr><w:pPrChange w:id="3"/></w:pPr></w:p>' + CHANGE), "There are tracked changes in"),
        (made.word(word__footnotes=made.xml(CHANGE.replace("ins", "moveTo"), "w:footnotes")), "a tracked change"),
        (made.word(word__comments=COMMENTS), "There are 2 comments in"),
        (made.word('<w:p><w:r><w:commentReference w:id="1"/></w:r></w:p>'), "There is a comment in"),
        (made.word("", ("image", "https://example.org/logo.png", "External")), "from a file or address (logo.png)"),
        (made.word("", ("attachedTemplate", r"file:///\\server\Normal.dotm", "External")), "(Normal.dotm)"),
        (made.word("", ("image", "https://example.org/logo.png", "")), "something loaded"),
        (made.word(made.field("INCLUDE", 'PICTURE "https://example.org/a.png" \\d')), "something loaded"),
        (made.word('<w:p><w:fldSimple w:instr=" DDEAUTO excel book "/></w:p>'), "something loaded"),
        (made.word('<w:p><w:r><v:imagedata src="\\\\server\\a.png"/></w:r></w:p>'), "something loaded"),
        (made.word(word__settings=made.xml("<w:mailMerge/>", "w:settings")), "something loaded"),
        (made.word("", (HYPERLINK, "file:///C:/Users/Ann/Costs.xlsx", "External")), "a link to a file (Costs.xlsx)"),
        (made.word("", (HYPERLINK, "Annex/Costs.docx", "External")), "a link to a file (Costs.docx)"),
        (made.word(made.field('HYPERLINK "S:/Costs.docx"')), "a link to a file (Costs.docx)"),
    ],
)  # fmt: skip
def test_what_is_inside_a_word_file_is_said(content: bytes, said: str) -> None:
    assert said in reason(content)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0", "a macro or control"),
        ("word/activeX/activeX1.xml", b"<a/>", "a macro or control"),
        ("word/embeddings/Book1.xlsx", b"PK\x03\x04", "an embedded file (Book1.xlsx)"),
        ("word/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0", "an embedded file (oleObject1.bin)"),
        ("word/media/film.mp4", b"\x00", "an embedded file (film.mp4)"),
        ("word/media/image1.png", b"PK\x03\x04 another package", "an embedded file (image1.png)"),
        ("word/media/image1.png", b"%PDF-1.7", "an embedded file (image1.png)"),
        ("word/afchunk.mht", b"MIME-Version: 1.0", "an embedded file (afchunk.mht)"),
        ("word/media/a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><image href="//x/a.png"/></svg>', "(a.png)"),
    ],
)  # fmt: skip
def test_parts_that_are_more_than_words_and_pictures_are_said(name: str, content: bytes, said: str) -> None:
    assert said in reason(made.zipped({**made.word_parts(), name: content}))


def test_a_file_that_is_said_to_have_macros_is_refused() -> None:
    parts = made.word_parts()
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    parts["[Content_Types].xml"] = made.content_types(word__document=macros)
    assert "a macro or control" in reason(made.zipped(parts))


NOTE = "<p:sp><p:txBody><a:p>{}</a:p></p:txBody></p:sp>"
NUMBER = NOTE.format('<a:fld type="slidenum"><a:t>2</a:t></a:fld>')
SAID = NOTE.format("<a:r><a:t>Do not say this</a:t></a:r>")


def test_what_is_inside_a_presentation_is_said_with_the_slides_as_they_are_counted() -> None:
    content = made.slides(
        made.slide("One"), made.slide("Two", 'show="0"'), made.slide("Three"), slide3=SAID, slide1=NUMBER
    )
    assert reason(content, POWERPOINT) == (
        "There is a slide with notes (slide 3) and a hidden slide (slide 2) in this PowerPoint file. "
        "Remove them in PowerPoint and upload it again"
    )


def test_comments_and_buttons_of_a_presentation_are_found() -> None:
    modern = '<c:cm xmlns:c="http://schemas.microsoft.com/office/powerpoint/2018/8/main"/>'
    parts = made.slides_parts(made.slide("One"))
    assert "There is a comment" in reason(made.zipped({**parts, "ppt/comments/c.xml": modern}), POWERPOINT)
    acts = made.xml('<a:hlinkClick action="ppaction://program"/>', "p:sld")
    assert "a macro or control" in reason(made.zipped({**parts, "ppt/slides/slide9.xml": acts}), POWERPOINT)


def test_ordinary_links_footnotes_pictures_and_fonts_are_no_reason() -> None:
    body = made.field("HYPERLINK ", '"https://example.org/a.docx"') + made.field('HYPERLINK \\l "part2"') + ACCEPTED
    web = [(HYPERLINK, one, "External") for one in ("https://example.org/x.pdf", "mailto:a@example.org", "#part2")]
    parts = made.word_parts(body, *web, word__footnotes=made.xml("<w:footnote/>", "w:footnotes"))
    parts |= {"word/media/image1.png": PICTURE, "word/fonts/font1.odttf": b"\x01", "word/printerSettings1.bin": b"\x02"}
    why, anew = looked_into(made.zipped(parts))
    assert why == ""
    with zipfile.ZipFile(io.BytesIO(anew)) as package:
        kept = set(package.namelist())
        assert package.read("word/media/image1.png") == PICTURE
    assert set(parts) - kept == {"word/fonts/font1.odttf", "word/printerSettings1.bin"}


def test_nothing_hidden_beside_the_parts_goes_into_the_file_made_anew() -> None:
    before, behind = b"PK\x03\x04 hidden before", b"hidden behind"
    _, anew = looked_into(before + made.word() + behind)
    assert b"hidden" not in anew


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
OUTSIDE = '<!DOCTYPE w SYSTEM "http://example.org/x.dtd"><w/>'
DEEP = "<a>" * 5_000 + "</a>" * 5_000


@pytest.mark.parametrize("part", [BOMB, OUTSIDE, BOMB.encode("utf-16"), DEEP, "<a>", "", b"\x00\xff"])
def test_xml_that_no_program_writes_is_refused(part: Any) -> None:
    assert "is damaged, or was not saved by Word" in reason(made.word(word__styles=part))


@pytest.mark.parametrize(
    "parts",
    [
        [*made.word_parts().items(), ("word/DOCUMENT.xml", "<a/>")],
        [*made.word_parts().items(), ("../outside.xml", "<a/>")],
        [*made.word_parts().items(), ("/outside.xml", "<a/>")],
        [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", "<a/>")],
        list(made.slides_parts(made.slide("One")).items()),
        [("a.xml", "<a/>")],
        [],
    ],
)
def test_packages_that_two_programs_would_read_differently_are_refused(parts: Any) -> None:
    assert reason(made.zipped(parts)) != ""


def test_a_bomb_is_refused_by_what_comes_out_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect_office, "MOST_UNPACKED", 1_000_000)
    big = made.zipped({**made.word_parts(), "word/media/a.png": b"\x89PNG" + b"0" * 1_100_000})
    assert len(big) < 10_000
    assert "too large for us to open" in reason(big)
    lying = big.replace((1_100_004).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert lying != big
    assert reason(lying) != ""


def test_a_part_of_xml_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspect_office, "LARGEST_TEXT", 2_000)
    assert reason(made.word()) == ""
    assert "too large for us to open" in reason(made.word(made.paragraph("word " * 500)))


def test_a_package_with_a_password_says_so() -> None:
    content = bytearray(made.word())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    assert "needs a password" in reason(bytes(content))


def test_the_limited_child_finds_the_same() -> None:
    found, anew = run_making("portal.papers.converting.inspect_office", made.word(), WORD)
    assert (found, anew) == ({"ending": "docx"}, looked_into(made.word())[1])
    assert run_making("portal.papers.converting.inspect_office", b"PK\x03\x04", WORD)[0] == {
        "reason": reason(b"PK\x03\x04")
    }


def test_the_name_says_what_a_file_that_is_no_pdf_may_be() -> None:
    package, locked = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
    assert judged("Budget.DOCX", package, True) == Judged(WORD)
    assert judged("Slides.pptx", package, True) == Judged(POWERPOINT)
    assert "needs a password" in judged("Budget.docx", locked, True).reason
    assert "damaged" in judged("Budget.docx", b"<html>", True).reason
    for name in ("old.doc", "macros.docm", "letter.rtf", "letter.odt", "show.ppt", "show.ppsx"):
        assert "We cannot open this kind of" in judged(name, package, True).reason
        assert "choose PDF" in judged(name, package, True).reason
    assert judged("table.xlsx", package, True) == judged("Budget", package, True) == Judged()
    assert "we can only take PDFs. In Word, select File" in judged("Budget.docx", package, False).reason
    assert "In PowerPoint, select File" in judged("a.ppt", locked, False).reason
    assert (name_as_pdf("5 Budget v2.docx"), name_as_pdf("x")) == ("5 Budget v2.pdf", "x.pdf")


def test_only_links_to_the_web_load_nothing() -> None:
    for one in ("https://example.org", "HTTP://x", "mailto:a@b.org", "tel:123", "#part", ""):
        assert loads_nothing(one), one
    for one in ("file:///etc/x", r"\\server\x", "Annex.docx", "C:\\x", "javascript:x", "ftp://x", "ms-word:ofe|u|x"):
        assert not loads_nothing(one), one


def test_a_reason_fits_however_much_is_inside() -> None:
    many = [Thing(kind, f"{kind} {'x' * 60} {number}", number) for kind in FOUND for number in range(1, 30)]
    said = refused(WORD, many)
    assert len(said) <= 300
    assert said.startswith("There are tracked changes, 29 comments, 29 slides with notes, 29 hidden slides, macros or")
    assert refused(WORD, []) == ""
