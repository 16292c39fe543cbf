"""Packs: each paper in them is what it is alone, whatever PDF it is, with one running number on every page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from config import ROOT
from portal.infra.documents import making
from portal.infra.documents.making import NotMade, Source, join
from portal.infra.documents.pdf.joining import joined
from portal.infra.documents.sandbox import TooBusy
from portal.papers.packs.rules import NUMBER
from tests.made_papers import made_paper
from tests.papers import files
from tests.papers.odd_layers_and_forms import ODD
from tests.papers.pack_pictures import pictures, unlike

SHARED = ROOT.parent / "shared"
REAL = [*sorted((SHARED / "tried" / "papers").glob("*.pdf")), *sorted(files.PACKS.glob("*/*.pdf"))]
NOT_PAPERS = ("open-password.pdf", "zero-bytes.pdf")  # they are refused
DRAWN_NOW = {"form_without_appearances", "form-values-no-appearance"}  # what is typed in them is seen in the pack


def put_together(tmp_path: Path, *papers: bytes, words: str = NUMBER, pages: Sequence[int] | None = None) -> bytes:
    """As the child does, in this process; without a cover."""
    named = []
    for number, content in enumerate(papers):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(content)
        named.append((str(path), f"Paper {number}", pages))
    out = io.BytesIO()
    joined(named, title="Papers", words=words).save(out)
    return out.getvalue()


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded() for page in document]


def bookmarks(content: bytes) -> list[tuple[int, str, int | None]]:
    """The depth, title and page, counted from 1, of each."""
    found = []
    for one in pypdfium2.PdfDocument(content).get_toc():
        place = one.get_dest()
        found.append((one.level, one.get_title(), None if place is None else place.get_index() + 1))
    return found


def links_of(content: bytes, page: int) -> list[object]:
    """Of each link of a page the page it leads to, counted from 1, or its address, or None."""
    found: list[object] = []
    with pikepdf.open(io.BytesIO(content)) as pdf:
        at = {one.obj.objgen: number for number, one in enumerate(pdf.pages, start=1)}
        for link in pdf.pages[page - 1].obj.get("/Annots", []):
            if "/Dest" in link:
                found.append(at[link.Dest[0].objgen])
            else:
                found.append(str(link.A.URI) if "/A" in link else None)
    return found


@pytest.mark.parametrize("name", sorted(ODD))
def test_pages_of_odd_files_look_as_they_did(name: str, tmp_path: Path) -> None:
    paper = ODD[name]()
    pack = put_together(tmp_path, paper)
    if name not in DRAWN_NOW:
        assert unlike(pack, [paper], front=0, with_forms="form" in name or "box" in name) == []
    assert len(texts(pack)) == len(texts(paper))


@pytest.mark.parametrize("name", ["boxes", "inherited", "no_boxes", "sizes", "states_left_open", "turned"])
def test_the_number_is_seen_on_every_page_of_which_anything_is(name: str, tmp_path: Path) -> None:
    without, with_number = (pictures(put_together(tmp_path, ODD[name](), words=words)) for words in ("", NUMBER))
    alike = [one for one, other in zip(without, with_number, strict=True) if one and one.image == other.image]
    assert alike == []


@pytest.mark.long
def test_odd_files_look_as_they_did_all_in_one_pack(tmp_path: Path) -> None:
    papers = [make() for name, make in sorted(ODD.items()) if name not in DRAWN_NOW]
    pack = put_together(tmp_path, *papers, *papers)
    assert unlike(pack, papers * 2, front=0) == []
    assert unlike(pack, papers * 2, front=0, with_forms=True) == []


@pytest.mark.skipif(not REAL, reason="the shared files are not beside this checkout; made ones are tested above")
@pytest.mark.long
def test_every_page_of_real_files_looks_as_it_did(tmp_path: Path) -> None:
    papers = [one.read_bytes() for one in REAL if one.name not in NOT_PAPERS and one.stem not in DRAWN_NOW]
    assert unlike(put_together(tmp_path, *papers), papers, front=0) == []


@pytest.mark.skipif(not REAL, reason="the shared files are not beside this checkout; made ones are tested above")
def test_a_real_paper_looks_as_it_did_in_a_pack_made_as_clerks_get_it(child: None) -> None:
    papers = [path.read_bytes() for path in REAL if path.name == "MM-2018Nov-Att3.pdf"]
    answer, pack = join([Source([one], "Paper") for one in papers], "Papers", words=NUMBER)
    assert unlike(pack, papers, front=0) == []
    assert answer["pages"] == 2


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("layer_off", "OPEN"),
        ("layer_off_by_its_base", "OPEN"),
        ("layer_off_by_rule", "OPEN"),
        ("layer_off_in_a_form", "OPEN"),
        ("layer_off_and_states_in_it", "After it"),
        ("layer_never_closed", "OPEN"),
    ],
)
def test_what_a_layer_hides_is_not_in_the_text_of_the_pack(name: str, stays: str, tmp_path: Path) -> None:
    text = " ".join(texts(put_together(tmp_path, ODD[name]())))
    assert [one in text for one in ("SECRET", "Pack page 1", stays)] == [False, True, True]


def test_layers_of_several_papers_are_on_or_off_as_in_each(tmp_path: Path) -> None:
    """One paper says which are off, the other that all are but some: merged carelessly, one would show its secret."""
    papers = [ODD[name]() for name in ("layer_off", "layer_off_by_its_base", "layer_off_and_words_go_on_after_it")]
    pack = put_together(tmp_path, *papers)
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        properties = pdf.Root.OCProperties
        assert (len(properties.OCGs), len(properties.D.OFF)) == (6, 3)
        assert {str(one.Name) for one in properties.D.OFF} == {"a"}
    assert unlike(pack, papers, front=0) == []


def test_what_was_typed_into_a_form_is_seen_and_read_though_no_program_drew_it(tmp_path: Path) -> None:
    paper = ODD["form_without_appearances"]()
    pack = put_together(tmp_path, paper)
    assert [text.count("Drawn value") for text in texts(pack)] == [1, 1]
    assert len(unlike(pack, [paper], front=0)) == 2


def test_fields_of_two_papers_with_one_name_keep_their_own_values(tmp_path: Path) -> None:
    one = ODD["form"]()
    with pikepdf.open(io.BytesIO(one)) as pdf:
        pdf.Root.AcroForm.Fields[0].V = pikepdf.String("Another value")
        other = io.BytesIO()
        pdf.save(other)
    with pikepdf.open(io.BytesIO(put_together(tmp_path, one, other.getvalue()))) as pdf:
        tops = list(pdf.Root.AcroForm.Fields)
        assert [str(top.T) for top in tops] == ["paper0", "paper1"]
        assert [str(top.Kids[0].V) for top in tops] == ["Drawn value", "Another value"]
        assert [len(top.Kids[0].Kids) for top in tops] == [2, 2]
        assert pdf.pages[2].obj.Annots[0].objgen == tops[1].Kids[0].Kids[0].objgen
        assert pdf.pages[2].obj.Annots[0].P.objgen == pdf.pages[2].obj.objgen


def test_links_and_bookmarks_of_each_paper_lead_where_they_did(tmp_path: Path) -> None:
    pack = put_together(tmp_path, ODD["broken_bookmarks"](), ODD["links"](), ODD["named_like_links"]())
    assert links_of(pack, 4) == [5, 6, 7, 8, 9, "https://example.org", None, None, None]
    assert links_of(pack, 10) == [11]
    assert bookmarks(pack) == [
        (0, "Paper 0, pack page 1", 1),
        (1, "One", 2),
        (1, "Under", None),
        (1, "Three £", None),
        (0, "Paper 1, pack page 4", 4),
        (0, "Paper 2, pack page 10", 10),
    ]


def test_named_places_are_there_and_of_two_papers_with_one_name_both(tmp_path: Path) -> None:
    pack = put_together(tmp_path, ODD["links"](), ODD["named_like_links"](), ODD["trees_in_circles"]())
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        at = {one.obj.objgen: number for number, one in enumerate(pdf.pages, start=1)}
        names = list(pdf.Root.Names.Dests.Names)
        found = {str(name): at[place[0].objgen] for name, place in zip(names[::2], names[1::2], strict=True)}
    assert found == {"new": 6, "dict": 4, "old": 5, "1-new": 8, "there": 10}


def test_the_number_of_a_page_is_the_same_on_it_in_bookmarks_and_in_the_box_of_the_reader(tmp_path: Path) -> None:
    pack = put_together(tmp_path, made_paper("Budget", 2), ODD["turned"](), made_paper("Risks", 3))
    assert [f"Pack page {number}" in text for number, text in enumerate(texts(pack), start=1)] == [True] * 11
    document = pypdfium2.PdfDocument(pack)
    assert [document.get_page_label(number) for number in range(11)] == [str(number) for number in range(1, 12)]
    for _, title, page in bookmarks(pack):
        assert title.endswith(f"pack page {page}")


def test_a_pack_says_its_title_and_the_language_of_its_papers_and_no_tags(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(put_together(tmp_path, ODD["tagged"](), ODD["tagged"]()))) as pdf:
        assert (str(pdf.docinfo.Title), str(pdf.Root.Lang)) == ("Papers", "en-GB")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert "/StructTreeRoot" not in pdf.Root
        assert all("/StructParents" not in page.obj for page in pdf.pages)
    with pikepdf.open(io.BytesIO(ODD["tagged"]())) as pdf:
        pdf.Root.Lang = pikepdf.String("gd")
        gaelic = io.BytesIO()
        pdf.save(gaelic)
    with pikepdf.open(io.BytesIO(put_together(tmp_path, ODD["tagged"](), gaelic.getvalue()))) as pdf:
        assert str(pdf.Root.Lang) == "gd"


def test_nothing_that_runs_comes_along(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(ODD["form"]())) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        pdf.pages[0].obj.AA = pikepdf.Dictionary(O=script)
        pdf.pages[0].obj.Annots[0].AA = pikepdf.Dictionary(K=script)
        link = pikepdf.Dictionary(Subtype=pikepdf.Name.Link, Rect=[1, 1, 9, 9], AA=pikepdf.Dictionary(E=script))
        pdf.pages[0].obj.Annots.append(link)
        pdf.Root.AcroForm.Fields[0].AA = pikepdf.Dictionary(K=script)
        pdf.Root.OpenAction = script
        out = io.BytesIO()
        pdf.save(out)
    with pikepdf.open(io.BytesIO(put_together(tmp_path, out.getvalue()))) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"app.alert" not in plain.getvalue()


def test_a_damaged_file_is_not_made_into_anything(child: None) -> None:
    with pytest.raises(NotMade):
        join([Source([b"%PDF-1.4 nothing"], "One")], "Papers")


def test_what_takes_too_long_is_tried_again(child: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "TIME_LIMIT_SECONDS", 0.01)
    with pytest.raises(TooBusy):
        join([Source([made_paper("One", 1)], "One")], "Papers")


@pytest.mark.long
def test_a_paper_that_is_too_much_for_it_is_in_the_pack_all_the_same(child: None) -> None:
    bomb = files.bomb_pdf()
    with pytest.raises(NotMade):
        join([Source([bomb], "One")], "Papers", words=NUMBER)
    answer, pack = join([Source([bomb], "One")], "Papers", words=NUMBER, plain=True)
    assert (answer["pages"], bookmarks(pack)) == (1, [(0, "One, pack page 1", 1)])
