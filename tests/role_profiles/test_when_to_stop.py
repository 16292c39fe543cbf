"""Whoever stops says which seats they give up, and when, in two questions."""

from __future__ import annotations

from typing import Any

from tests.role_profiles.test_stepping_down import STOP, none_yet, second_seat
from tests.visitor import text_of

__all__ = ("none_yet", "second_seat")


def test_the_boxes_are_the_seats_and_the_day_is_a_question_of_its_own(visit: Any, second_seat: Any) -> None:
    page = visit("northfirth.rep").get(STOP)
    assert page.text.count('type="checkbox"') == 2
    assert "When would you like to stop? As soon as possible" in text_of(page)
