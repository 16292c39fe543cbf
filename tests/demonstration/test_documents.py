"""The made-up board papers: their words are true to the place, their sums add up, and they are sound PDFs."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from portal.demonstration import documents
from portal.demonstration.documents import Head, blocks, reading, worlds
from portal.demonstration.documents.__main__ import main
from portal.demonstration.documents.blocks import Table, Words, words_of
from portal.demonstration.documents.reading import read
from portal.demonstration.documents.scaling import scaled
from tests.demonstration.on_paper import CHART, MEETINGS, context, drawn, pages_of
from tests.demonstration.sums import wrong_totals
from tests.demonstration.tagged import assert_is_tagged, inside, structure

pytestmark = pytest.mark.same_anywhere
KEYS = documents.keys()
WORLDS = tuple(MEETINGS)  # each at another time of the year
SHORT = "## One\n\nWords.\n\n- a point\n- another\n\n## Two\n\n| Name | 2026 |\n|---|---|\n| a | 1 |\n\n> Said.\n"


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from strings(one)


def names_of(world: str) -> set[str]:
    """What only that place is called, and who only there is somebody."""
    return {name for name in strings(worlds.world_of(world).words) if name[:1].isupper() and " " in name}


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("key", KEYS)
def test_a_text_says_nothing_of_another_place(key: str, world: str) -> None:
    head, body = read(key, context(world))
    said = " ".join([head.title, body, *head.recommendations, *head.appendices])
    others = set().union(*(names_of(other) for other in WORLDS[:2] if other != world))
    assert sorted(name for name in others if re.search(rf"\b{re.escape(name)}\b", said)) == []
    assert "{{" not in said
    if world != "northfirth":
        assert "Northfirth" not in said
    assert head.title
    assert head.purpose in ("decision", "discussion", "noting", "assurance")
    assert head.groups
    assert set(head.groups) <= {"board", "spg", "audit", "locality"}
    assert head.carers in ("", "none", "limited", "substantial")


@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("key", KEYS)
def test_totals_are_the_sums_of_the_rows_above(key: str, world: str) -> None:
    tables = [one for one in inside(blocks.blocks_of(read(key, context(world))[1])) if isinstance(one, Table)]
    assert [wrong for table in tables for wrong in wrong_totals(table)] == []


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("| a | 1,200 |\n| b | (200) |\n| **Total** | 1,000 |", 0),
        ("| a | £1.2m |\n| b | £0.3m |\n| **Total** | £1.6m |", 0),
        ("| a | 12 |\n| b | 3 |\n| **Total** | 16 |", 1),
        ("| a | 1 |\n| **Total income** | 1 |\n| b | 2 |\n| **Total** | 2 |", 0),
        ("| a | 60% |\n| b | 41% |\n| **Total** | 100% |", 0),
    ],
)
def test_a_total_that_is_wrong_is_found_out(rows: str, wrong: int) -> None:
    [table] = blocks.blocks_of(f"| What | £000 |\n|---|---|\n{rows}")
    assert isinstance(table, Table)
    assert len(wrong_totals(table)) == wrong


@pytest.mark.parametrize("key", KEYS)
def test_every_letter_of_a_text_can_be_drawn(key: str) -> None:
    from portal.demonstration.documents.drawing import faces  # reportlab is heavy

    faces.ready()
    head, body = read(key, context())
    known = faces.letters()
    assert sorted({letter for letter in head.title + body if ord(letter) not in known} - {"\n"}) == []


@pytest.mark.long
@pytest.mark.parametrize("key", KEYS)
def test_each_document_is_a_sound_pdf_for_each_place(key: str) -> None:
    for world in WORLDS:
        head, pdf = documents.head(key, context(world)), documents.render(key, context(world))
        pages = pages_of(pdf)
        least = 1 if key == "minutes-plain" else 2  # of an agenda without items
        assert least <= len(pages) <= 60
        has_words = head.look != "scan" and not head.pictures_only
        assert bool("".join(pages).strip()) == has_words
        if world == "northfirth":
            assert pdf == documents.render(key, context(world)), "the same of the same"
            if head.tagged and has_words:
                assert_is_tagged(pdf, blocks.blocks_of(read(key, context(world))[1]))


def test_a_tagged_document_has_the_structure_of_its_text() -> None:
    made = drawn(Head("Short", look="minutes", tagged=True), SHORT + CHART, context())
    with pikepdf.open(io.BytesIO(made)) as pdf:
        kinds = [kind[1:] for kind in structure(pdf)]
        expected = "Document P H1 H1 P L LI LBody LI LBody H1 Table TR TH TH TR TD TD P P Figure"
        assert " ".join(kinds) == expected, "the board and the title, two parts, and in them what is in the text"
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "Short"
    assert_is_tagged(made, blocks.blocks_of(SHORT + CHART))


def test_words_that_go_over_a_page_are_one_paragraph() -> None:
    made = drawn(Head("Long", look="minutes", tagged=True), "Words and more words. " * 900, context())
    assert len(pages_of(made)) > 2
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert structure(pdf).count("/P") == 2, "the board's name, and the one"


def test_a_document_without_tags_has_no_structure() -> None:
    made = drawn(Head("Short", look="minutes"), SHORT, context())
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_a_report_is_numbered_and_recommends_in_its_second_part() -> None:
    head = Head("Short", "Clerk", recommendations=("notes the report; and", "agrees it."))
    [page] = pages_of(drawn(head, SHORT, context(item="7")))
    for said in ("Page 1 of 1", "1.1", "2. Recommendations", "3. Two", "recommended that the Board:", "For noting"):
        assert said in re.sub(r"\s+", " ", page)
    assert re.search(r"\(a\)\s+notes the report\.\s+\(b\)\s+agrees it\.", page)
    assert "Wednesday 9 December 2026" in page


def test_a_long_table_has_its_head_on_each_page_and_no_row_is_lost() -> None:
    rows = "".join(f"| row {n} | {n} |\n" for n in range(150))
    pages = pages_of(drawn(Head("Long"), f"## One\n\n| Heading | Number |\n|---|---|\n{rows}", context()))
    assert len(pages) > 2
    assert all("Heading" in page for page in pages)
    assert re.findall(r"row (\d+)", "".join(pages)) == [str(n) for n in range(150)]
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_a_row_that_is_taller_than_a_page_goes_on() -> None:
    long = " ".join(f"word{n}" for n in range(1200))
    pages = pages_of(
        drawn(Head("Form", look="form"), f"| Question | Answer |\n|---|---|\n| What? | {long} |", context())
    )
    assert re.findall(r"word(\d+)", "".join(pages)) == [str(n) for n in range(1200)]


def test_a_plan_has_a_cover_contents_with_true_pages_and_bookmarks() -> None:
    body = "\n\n***\n\n".join(f"## Part {n}\n\nWords of {n}. {'And more. ' * 250}" for n in range(1, 6))
    made = drawn(Head("The plan", look="plan"), body, context())
    pages = pages_of(made)
    assert "The plan" in pages[0]
    assert "Page" not in pages[0]
    for n in range(1, 6):
        [place] = [number for number, page in enumerate(pages, 1) if f"Words of {n}." in page]
        assert re.search(rf"Part {n}\s+{place}\b", pages[1])
    marked = pypdfium2.PdfDocument(made).get_toc()
    assert [(one.get_title(), one.get_dest().get_index()) for one in marked] == [
        (f"Part {n}", n + 1) for n in range(1, 6)
    ]


@pytest.mark.parametrize("kind", ["bar", "line", "stacked"])
def test_a_chart_names_what_it_shows(kind: str) -> None:
    [page] = pages_of(drawn(Head("Chart", look="minutes"), CHART.replace("stacked", kind), context()))
    for said in ("Carers known", "(people)", "Adults", "Young people", "Apr", "May"):
        assert said in page


@pytest.mark.parametrize(("look", "pictures_only"), [("scan", False), ("slides", True)])
def test_pictures_have_no_words(look: str, pictures_only: bool) -> None:
    made = drawn(Head("Agreement", look=look, pictures_only=pictures_only), SHORT, context())
    assert "".join(pages_of(made)).strip() == ""
    assert made == drawn(Head("Agreement", look=look, pictures_only=pictures_only), SHORT, context())


def test_leaves_grow_with_the_place_and_what_is_fixed_does_not() -> None:
    found = {"a": [10, 25], "b": {"c": 1250, "name": "n", "is": True}, "rates_fixed": {"r": 10}}
    assert scaled(found, 0.8) == {"a": [8, 20], "b": {"c": 1000, "name": "n", "is": True}, "rates_fixed": {"r": 10}}


@pytest.mark.parametrize(
    ("day", "fy", "quarter", "of", "months"),
    [
        (date(2026, 12, 9), "2026/27", 2, "2026/27", ["July", "August", "September"]),
        (date(2026, 5, 6), "2026/27", 4, "2025/26", ["January", "February", "March"]),
        (date(2026, 3, 31), "2025/26", 3, "2025/26", ["October", "November", "December"]),
        (date(2026, 4, 1), "2026/27", 4, "2025/26", ["January", "February", "March"]),
        (date(2026, 7, 1), "2026/27", 1, "2026/27", ["April", "May", "June"]),
    ],
)
def test_years_and_quarters_are_those_before_the_meeting(
    day: date, fy: str, quarter: int, of: str, months: list[str]
) -> None:
    words = context(day=day).words
    assert (words["fy"], words["quarter"], words["quarter_fy"], words["months_of_quarter"]) == (fy, quarter, of, months)


def test_a_board_without_names_begins_sentences_with_capitals() -> None:
    world = worlds.world_of("a-board-that-is-nowhere-named")
    said = world.with_capitals("the Chair asked. the Council and the Chair | the Chair |\n- the Council\nthe people")
    assert said == "The Chair asked. The Council and the Chair | The Chair |\n- The Council\nthe people"
    assert worlds.world_of("northfirth").with_capitals("the Chair") == "the Chair"


def test_words_of_a_text_are_kept() -> None:
    [first, *_] = blocks.blocks_of("Some **bold** and *other*<br>words.")
    assert isinstance(first, Words)
    assert words_of(first.runs) == "Some bold and other words."


def test_the_review_of_day_services_says_what_it_does_to_carers_once_it_is_revised() -> None:
    first, revised = (documents.head(f"day-services-review{end}", context()) for end in ("", "-revised"))
    assert (first.carers, revised.carers) == ("none", "substantial")
    assert documents.head("day-services-review", context(revised=True)) == revised


def test_each_locality_has_its_plan() -> None:
    titles = [documents.head("locality-plan", context(locality=number)).title for number in range(3)]
    assert all(name in title for name, title in zip(("Harbour", "Glens", "Braeside"), titles, strict=True))


def test_a_document_is_written_from_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out.pdf"
    monkeypatch.setattr(sys, "argv", ["documents", "carers-week-note", "general", "--day", "2027-02-03", str(out)])
    main()
    assert out.read_bytes() == documents.render("carers-week-note", context("general", item="7"))


def test_a_head_that_says_what_no_head_has_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.md").write_text('+++\ntitle = "Odd"\ncolour = "red"\n+++\n')
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    with pytest.raises(ValueError, match="odd: its head has colour"):
        documents.head("odd", context())
