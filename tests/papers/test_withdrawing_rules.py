"""What is so of withdrawing: which files go, and which words in a reader's note are quotes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.papers.withdrawing.rules import (
    ERROR,
    OTHER,
    PERSONAL,
    QUOTE_REMOVED,
    WHOLE,
    basis_words,
    emailed_words,
    goes_on,
    going,
    may_hold,
    reason_words,
    without_quotes,
    words_beside,
)

PAPER = "The review of care at home found that\nMrs Jean Murray of 4 Mill Lane was left without care for nine days."


@dataclass(frozen=True)
class File:
    number: int
    is_published: bool = True
    withdrawn_for: str = ""


FILES = [File(4, is_published=False), File(3), File(2), File(1)]


def numbers(what: str, reason: str, files: list[File] = FILES) -> list[int]:
    return [one.number for one in going(files, what, reason)]


def test_an_error_takes_what_was_chosen_and_nothing_else() -> None:
    assert numbers(WHOLE, ERROR) == [3, 2, 1]
    assert numbers("2", ERROR) == [2]
    assert numbers("4", ERROR) == [], "what is not published is removed, not withdrawn"


def test_personal_data_takes_the_older_versions_too_and_leaves_the_newer_ones() -> None:
    assert numbers("2", PERSONAL) == [2, 1]
    assert numbers(WHOLE, PERSONAL) == [3, 2, 1]
    unpublished_between = [File(3), File(2, is_published=False), File(1)]
    assert numbers(WHOLE, PERSONAL, unpublished_between) == [3, 2, 1]


def test_what_is_sealed_goes_once_personal_data_is_found_in_it_and_never_for_less() -> None:
    sealed = [File(2, withdrawn_for=ERROR), File(1, withdrawn_for=ERROR)]
    assert numbers(WHOLE, PERSONAL, sealed) == [2, 1]
    assert numbers(WHOLE, ERROR, sealed) == []
    assert numbers(WHOLE, PERSONAL, [File(1, withdrawn_for=PERSONAL)]) == []


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("Ask about the budget", "Ask about the budget"),
        ("Who is “Jean Murray”?", f"Who is {QUOTE_REMOVED}?"),
        ('It says "mrs jean MURRAY of 4 Mill Lane" there', f"It says {QUOTE_REMOVED} there"),
        ("> was left without care\nShocking", f"{QUOTE_REMOVED}\nShocking"),
        ("Ask: found that Mrs Jean Murray of 4 Mill Lane was left, why?", f"Ask: {QUOTE_REMOVED}, why?"),
        ("I don't want ‘nine days’ to be normal", f"I don't want {QUOTE_REMOVED} to be normal"),
        ('My own words, "as I say", stay', 'My own words, "as I say", stay'),
        ("left without care for nine", "left without care for nine"),
    ],
)
def test_quotes_go_and_a_readers_own_words_stay(note: str, left: str) -> None:
    assert without_quotes(note, [PAPER]) == left


@given(st.text(), st.lists(st.text(), max_size=3))
def test_no_note_is_lost_however_odd_it_or_the_paper_is(note: str, texts: list[str]) -> None:
    assert without_quotes(note, []) == note
    bare = without_quotes(note, texts)
    assert (bare != note) <= (QUOTE_REMOVED in bare)


def test_a_list_says_what_it_is() -> None:
    assert basis_words(9, 2) == "9 people could open it. These 2 downloaded it. Reading in the portal is not recorded."
    assert basis_words(1, 1).startswith("1 person could open it. This person downloaded it.")
    assert "Nobody downloaded it." in basis_words(9, 0)


def test_a_file_is_destroyed_so_many_days_later() -> None:
    assert goes_on(date(2026, 3, 3), 30) == date(2026, 4, 2)


def test_the_pack_of_an_old_line_may_hold_what_was_published_by_then() -> None:
    assert may_hold({"meeting_id": "m"}, {"a"}, is_since=True)
    assert not may_hold({"meeting_id": "m"}, {"a"}, is_since=False)
    assert not may_hold({"meeting_id": "m", "versions": ["b"]}, {"a"}, is_since=True)
    assert may_hold({"versions": ["b", "a"]}, {"a"}, is_since=False)
    assert may_hold({"version_id": "a"}, {"a"}, is_since=False)


def test_how_many_are_emailed_agrees_with_how_many_could_open_it() -> None:
    assert emailed_words(5, 0, 0, 0) == "They will be emailed."
    assert emailed_words(4, 1, 0, 0) == "4 of them will be emailed. The other person withdrew it."
    assert emailed_words(4, 0, 1, 0) == "4 of them will be emailed. The other person has a closed account."
    assert emailed_words(2, 1, 2, 1) == (
        "2 of them will be emailed. Of the others, 1 withdrew it, 2 have closed accounts and 1 has suspended access."
    )
    assert emailed_words(0, 1, 0, 0) == "None of them will be emailed. That person withdrew it."


@pytest.mark.parametrize(("typed", "said"), [("Page 2 is old", "Page 2 is old."), ("Which?", "Which?"), ("", "")])
def test_what_a_clerk_typed_is_a_sentence_before_the_next_one(typed: str, said: str) -> None:
    assert words_beside(ERROR, typed) == said
    assert words_beside(OTHER, typed) == ""
    assert reason_words(OTHER, "We will say more.") == "for another reason: We will say more"
