"""Money as people type it and as they read it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.money import as_typed, half_up, parse_pence, pounds


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("12", 1200),
        ("12.5", 1250),
        ("£12.50", 1250),
        ("0.05", 5),
        ("1,234.50", 123450),
        (" 3 ", 300),
        ("£ 3", 300),
        ("50p", 50),
        ("４.５０", 450),
    ],
)
def test_what_people_type(typed: str, pence: int) -> None:
    assert parse_pence(typed) == pence


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1e3",
        "12,50",
        "-5",
        "NaN",
        "1.234",
        "12.",
        ".5",
        "٢",
        "1 000 000 000",
        "five",
        "4 50",
        "4,50",
        "1,23",
        "£",
        "p",
    ],
)
def test_what_is_no_money(typed: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_pence(typed)


@given(st.integers(0, 99_999_999))
def test_what_is_written_can_be_read(pence: int) -> None:
    words = pounds(pence)
    assert words.endswith("p") == (0 < pence < 100)
    assert parse_pence(words) == pence
    assert as_typed(pence) == "" if pence == 0 else parse_pence(as_typed(pence)) == pence


@given(st.integers(0, 10**9), st.integers(1, 1000))
def test_a_half_goes_up(numerator: int, denominator: int) -> None:
    assert abs(half_up(numerator, denominator) * denominator * 2 - 2 * numerator) <= denominator
    assert half_up(5, 10) == 1
    assert half_up(15, 10) == 2
    assert half_up(4, 10) == 0
