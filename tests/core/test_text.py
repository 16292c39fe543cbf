"""Words for people."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core import text


def test_words_for_days_and_hours() -> None:
    assert text.day_words(date(2026, 3, 3)) == "Tuesday 3 March 2026"
    assert text.short_day_words(date(2026, 1, 19)) == "Monday 19 January"
    assert text.short_day_words(date(2027, 1, 19)) == "Tuesday 19 January 2027", "another year has its year"
    assert text.short_date_words(date(2025, 12, 3)) == "3 December 2025"
    assert text.hour_words(datetime(2026, 3, 3, 14, 0, tzinfo=UTC)) == "2pm"
    assert text.hour_words(datetime(2026, 7, 1, 9, 30, tzinfo=UTC)) == "10:30am"
    assert text.deadline_words(date(2026, 3, 3)) == "by 11:59pm on Tuesday 3 March"
    assert text.minutes_words(125) == "2 hours 5 minutes"
    assert text.minutes_words(0) == "0 minutes"
    assert text.count_words(1, "page") == "1 page"


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\papers\\5 Budget.pdf", "5 Budget.pdf"),
        ("bad\r\nSet-Cookie: x.pdf", "bad Set-Cookie_ x.pdf"),
        ("", "paper.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
    ],
)
def test_file_names_are_made_safe(given_name: str, cleaned: str) -> None:
    assert text.clean_file_name(given_name) == cleaned


@pytest.mark.parametrize("letters", range(140, 160))
def test_a_long_file_name_is_cut_before_its_ending(letters: int) -> None:
    assert text.clean_file_name(f"{'a' * letters}.pdf") == f"{'a' * min(letters, 146)}.pdf"


@given(st.text())
def test_a_clean_file_name_is_one_printable_line(name: str) -> None:
    cleaned = text.clean_file_name(name)
    assert cleaned
    assert len(cleaned) <= 150
    assert cleaned.isprintable()
    assert not set(cleaned) & set('/\\<>:"|?*;')


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_a_spreadsheet_takes_no_cell_for_a_formula(cell: str) -> None:
    assert text.spreadsheet_cell(cell) == "'" + cell


def test_numbers_stay_numbers_in_a_spreadsheet() -> None:
    assert text.spreadsheet_cell(-3) == -3
