"""Files are looked at in a child process, and refused with a plain reason."""

from __future__ import annotations

import resource

import pytest

from portal.papers.preparing import checking as preparing_checking
from portal.papers.preparing import inspect_pdf as preparing_inspect_pdf
from tests.made_papers import made_paper
from tests.papers import files
from tests.papers.odd_layers_and_forms import ODD

MOST = 50 * 1024 * 1024


def test_a_good_file_is_counted_and_read() -> None:
    found = preparing_checking.look_inside(made_paper("Budget update", 3))
    assert (found.reason, found.pages) == ("", 3)
    assert found.title
    assert "Budget update" in found.texts[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (files.locked_pdf(), preparing_inspect_pdf.LOCKED),
        (files.truncated_pdf(), preparing_inspect_pdf.DAMAGED),
        (b"%PDF-1.7\nrubbish", preparing_inspect_pdf.DAMAGED),
    ],
    ids=["locked", "truncated", "rubbish"],
)
def test_a_bad_file_is_refused_with_what_to_do(content: bytes, reason: str) -> None:
    assert preparing_checking.look_inside(content).reason == reason


@pytest.mark.parametrize(
    ("content", "size", "reason"),
    [
        (b"", 0, preparing_checking.EMPTY),
        (b"<html>not a pdf</html>", 22, preparing_checking.NOT_A_PDF),
        (b"PK\x03\x04 a word file", 20, preparing_checking.NOT_A_PDF),
        (b"%PDF-1.7", MOST + 1, "This file is over 50 MB. Save a smaller one, or split it in two"),
    ],
)
def test_cheap_looks_come_first(content: bytes, size: int, reason: str) -> None:
    assert preparing_checking.refused_at_once(content, size, MOST) == reason


def test_a_bomb_hurts_nothing() -> None:
    """300 MB of content in a small file: refused or read within the limits, never a crash of ours."""
    found = preparing_checking.look_inside(files.bomb_pdf())
    assert (found.reason, found.pages) == (preparing_checking.TOO_COMPLICATED, 0)


def test_the_text_of_a_paper_has_no_words_of_hidden_layers_and_those_typed_into_its_forms() -> None:
    layered = preparing_checking.look_inside(ODD["layer_off_in_a_form"]()).texts[0]
    assert ("SECRET" in layered, "OPEN" in layered) == (False, True)
    for name in ("form", "form_without_appearances"):
        assert "Drawn value" in preparing_checking.look_inside(ODD[name]()).texts[0]


@pytest.mark.skipif(
    not files.PACKS.exists(), reason="the real packs are not beside this checkout; made ones are tested above"
)
def test_real_papers_of_a_public_board_are_read() -> None:
    for path in files.real_files():
        found = preparing_checking.look_inside(path.read_bytes())
        assert not found.reason
        assert found.pages > 1
        assert any(found.texts)


def test_a_file_from_which_nothing_was_really_taken_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing_checking, "run_making", lambda *_: ({"pages": 1, "taken_out": ["a link"]}, b""))
    assert preparing_checking.look_inside(b"").reason == preparing_checking.TOO_COMPLICATED


@pytest.mark.long
def test_ordinary_papers_are_checked_four_a_second_of_a_core() -> None:
    """Processor time, as the machine may be busy with other things."""
    papers = [made_paper(f"Paper {number}", 20) for number in range(8)]
    began = processor_seconds()
    assert all(preparing_checking.look_inside(one).pages == 20 for one in papers)
    assert len(papers) / (processor_seconds() - began) >= 4


def processor_seconds() -> float:
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in both)


@pytest.mark.long
def test_a_good_paper_of_900_pages_is_read_whole() -> None:
    found = preparing_checking.look_inside(made_paper("Strategic plan", 900))
    assert (found.reason, found.pages, len(found.texts)) == ("", 900, 900)
