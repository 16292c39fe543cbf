"""Which pages are pictures: decided by what is drawn on them and the words that are their own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from config import ROOT
from portal.papers.pictures.rules import Pictures, excerpt, may_be_pictures, picture_pages, picture_words
from tests.papers import made_pdfs as made
from tests.papers.files import PACKS

SCAN, NOTHING = Pictures(share=1.0), Pictures()
FOOT = "Northfirth Integration Joint Board, 3 December 2026, item 5, page {}"
WORDS = "Members are asked to agree the budget for the year, and to note what carers said of it."


@pytest.mark.parametrize(
    ("texts", "pictures", "expected"),
    [
        (["", WORDS], [SCAN, SCAN], [1]),
        (["", WORDS], [NOTHING, NOTHING], []),
        (["7", "Page 3 of 39", "- 4 -", "iv", "Slide 12"], [SCAN] * 5, [1, 2, 3, 4, 5]),
        ([FOOT.format(1), FOOT.format(2), f"{WORDS}\n{FOOT.format(3)}"], [SCAN] * 3, [1, 2]),
        ([FOOT.format(1), FOOT.format(2)], [NOTHING] * 2, []),
        ([f"{FOOT.format(1)}\nPhoto by a member"], [SCAN], []),
        (["Annual report 2026", WORDS], [SCAN, NOTHING], []),
        (["Appendix 1", WORDS], [SCAN, NOTHING], [1]),
        ([f"{WORDS}\n{WORDS}\n{WORDS}"] * 2, [SCAN] * 2, []),
        (["\ufffd\ue000\ue001 • —" * 9, WORDS], [SCAN, SCAN], [1]),
        (["", ""], [Pictures(share=0.049), Pictures(share=0.05)], [2]),
        (["", ""], [Pictures(lines=49), Pictures(lines=50)], [2]),
        ([], [], []),
    ],
    ids=[
        "no words",
        "an empty page",
        "numbers only",
        "a foot that repeats",
        "a foot and nothing else",
        "words beside a foot",
        "a cover",
        "a label on a scan",
        "a form that is there twice",
        "signs that no font explains",
        "a small mark",
        "words as drawings",
        "no page",
    ],
)
def test_a_page_is_a_picture_by_its_pictures_and_its_own_words(
    texts: list[str], pictures: list[Pictures], expected: list[int]
) -> None:
    assert picture_pages(texts, pictures) == expected


def test_pages_with_words_are_not_looked_at_twice() -> None:
    """What makes the count cheap for ordinary papers."""
    assert may_be_pictures([WORDS, "", f"{WORDS} And more.", "9"]) == [2, 4]


@pytest.mark.parametrize(
    ("pictures", "pages", "words"),
    [
        (30, 39, "30 of 39 pages are pictures: they can't be searched or read aloud"),
        (1, 39, "1 of 39 pages is a picture: it can't be searched or read aloud"),
        (39, 39, "All 39 pages are pictures: they can't be searched or read aloud"),
        (1, 1, "The only page is a picture: it can't be searched or read aloud"),
        (0, 39, ""),
    ],
)
def test_the_count_is_said_in_one_sentence(pictures: int, pages: int, words: str) -> None:
    assert picture_words(pictures, pages) == words


@pytest.fixture
def looked_into(tmp_path: Path) -> Any:
    return partial(made.looked_into, tmp_path)


def test_a_scan_with_a_foot_on_each_page_is_found_in_a_real_file(looked_into: Any) -> None:
    pages = [(f"Northfirth IJB, item 5, page {n}", "words") for n in (1, 2)]
    content = made.picture_paper(
        *pages, ("Northfirth IJB, item 5, page 3", ""), ("A page of its own words, 4", "words")
    )
    assert looked_into(content)[0]["pictures"] == [1, 2]


@pytest.mark.skipif(
    not PACKS.exists(), reason="the real packs are not beside this checkout; made ones are tested above"
)
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2019-05/MM-2019May-Att6.pdf", [*range(8, 18), *range(19, 38), 39]),
        ("2019-05/MM-2019May-Att5.pdf", [3, 4, 5, 6, 7, 8]),
        ("2018-11/2018Nov.pdf", [6]),  # scans whose words a machine put beneath them, but for the last
        ("2018-11/MM-2018Nov-Att1.pdf", []),
    ],
)
def test_pages_of_a_real_pack_are_counted(looked_into: Any, name: str, expected: list[int]) -> None:
    assert looked_into((PACKS / name).read_bytes())[0]["pictures"] == expected


def test_what_a_machine_read_is_used_for_nothing_else() -> None:
    """No figure, email or export knows the column: only the pages of a paper show it, with its mark."""
    users = {
        str(path.relative_to(ROOT))
        for folder in ("portal", "templates")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".py", ".html", ".txt") and "read_by_machine" in path.read_text()
    }
    assert users == {
        "portal/papers/models.py",
        "portal/papers/pictures/actions.py",
        "portal/papers/pictures/queries.py",
        "portal/papers/pictures/views.py",  # how many pages were not searched
        "portal/papers/withdrawing/queries.py",  # what readers quote from it goes with what held personal data
        "templates/papers/pictures/said.html",
    }


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("Members agree\nthe budget", "BUDGET agree", "Members agree the budget"),
        ("Members agree the budget", "budget carers", ""),
        ("Members agree the budget", "", ""),
        (f"{'a ' * 100}budget {'b ' * 100}", "budget", f"…{'a ' * 40}budget {'b ' * 36}b…"),
    ],
)
def test_words_are_found_where_all_of_them_stand(text: str, asked: str, found: str) -> None:
    assert excerpt(text, asked) == found
