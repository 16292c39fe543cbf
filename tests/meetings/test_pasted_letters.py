"""Letters of a pasted agenda, and what belongs to the item above without being one."""

from __future__ import annotations

import pytest

from portal.meetings.agendas.pasted import read_items


@pytest.mark.parametrize(
    ("above", "letters", "numbers"),
    [
        ("6(a) Monitoring", "(b) (c)", ["6(b)", "6(c)"]),
        ("6a Monitoring", "b) c)", ["6b", "6c"]),
        ("6(a) Monitoring", "(i) (ii)", ["6(a)(i)", "6(a)(ii)"]),
        ("6(h) Monitoring", "(i) (j)", ["6(i)", "6(j)"]),
        ("6. Finance", "(a) (b)", ["6(a)", "6(b)"]),
    ],
)
def test_a_letter_is_beside_the_letter_above_it_or_under_the_number(
    above: str, letters: str, numbers: list[str]
) -> None:
    """Seen: (b) below 6(a) was 6(a)(b)."""
    lines = "\n".join(f"{one} Item" for one in letters.split())
    found = read_items(f"1. Welcome\n{above}\n{lines}").items
    assert [one.number for one in found[2:]] == numbers


def test_what_goes_with_the_item_above_is_said() -> None:
    [_, one] = read_items("1. Welcome\n2. Respite\n* Presentation by carers").items
    assert one.notes == ("“Presentation by carers” is read as who presents it",)
    [_, one] = read_items("1. Welcome\n2. Respite\nReport by Chief Officer").items
    assert one.notes == ()


def test_verbal_at_the_end_of_a_line_is_no_part_of_its_title() -> None:
    [one, other] = read_items("1. Carers’ strategy 11:00-11:20 Verbal\n2. Written and verbal").items
    assert (one.title, one.timing, one.is_verbal) == ("Carers’ strategy", "11:00 to 11:20", True)
    assert (other.title, other.is_verbal) == ("Written and verbal", False)
