"""Phone numbers: as people type them, as pages show them, and as a phone dials them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.phones import LONGEST, MESSAGE, NotAPhoneNumber, dialled, phone_number


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("01632960001", "01632 960 001"),
        (" 01632 960 001 ", "01632 960 001"),
        ("(01632) 960-001", "01632 960 001"),
        ("+44 1632 960001", "01632 960 001"),
        ("+44 (0)1632 960001", "01632 960 001"),
        ("0044 1632 960001", "01632 960 001"),
        ("０１６３２ ９６０００１", "01632 960 001"),
        ("01204 12345", "01204 12345"),
        ("0131 4960000", "0131 496 0000"),
        ("02079460000", "020 7946 0000"),
        ("0300 1234567", "0300 123 4567"),
        ("07700900123", "07700 900 123"),
        ("0131 496 0000 ext. 12", "0131 496 0000 ext 12"),
        ("0131 496 0000 x12", "0131 496 0000 ext 12"),
        ("+353 1 234 5678", "+353 1 234 5678"),
        ("00353 1 2345678", "+353 1 2345678"),
    ],
)
def test_a_number_is_shown_in_one_way(typed: str, shown: str) -> None:
    assert phone_number(typed) == shown
    assert phone_number(shown) == shown


@pytest.mark.parametrize(
    ("shown", "address"),
    [
        ("01632 960 001", "tel:+441632960001"),
        ("0131 496 0000 ext 12", "tel:+441314960000;ext=12"),
        ("+353 1 234 5678", "tel:+35312345678"),
    ],
)
def test_a_phone_dials_it_from_anywhere(shown: str, address: str) -> None:
    assert dialled(shown) == address


@pytest.mark.parametrize(
    "typed",
    ["", "4521", "Ann", "01632 960", "01632 960 0012", "09061 123456", "+", "+1", "01632 960 001; rm", "999", "0" * 60],
)
def test_what_no_phone_can_dial_is_refused(typed: str) -> None:
    with pytest.raises(NotAPhoneNumber, match=MESSAGE):
        phone_number(typed)


@given(st.text("0123456789+() .-/ext", max_size=LONGEST))
def test_whatever_is_taken_is_short_and_safe_in_an_address(typed: str) -> None:
    try:
        shown = phone_number(typed)
    except NotAPhoneNumber:
        return
    assert len(shown) <= LONGEST
    assert set(dialled(shown)) <= set("tel:+0123456789;x=")
