"""Names in the order in which people look for them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from portal.core.names import name_key

IN_ORDER = ["Áine Bàn", "aine carr", "Bjørn", "Łucja", "Luke", "Márta", "O'Neil", "ONeill", "O’Nolan", "Zoë", "Zofia"]


def test_accents_capitals_and_apostrophes_change_no_place() -> None:
    assert sorted(sorted(IN_ORDER), key=name_key) == IN_ORDER
    assert name_key("Smith-Jones") == name_key("Smith Jones")


@given(st.text(alphabet="abcáÀçéøŁ'’- ", max_size=8))
def test_a_name_has_one_place_however_it_is_written(name: str) -> None:
    assert name_key(name) == name_key(name.upper())
    assert name_key(name_key(name)) == name_key(name)
