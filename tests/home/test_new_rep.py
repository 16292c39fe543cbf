"""The first page of a new rep: a welcome, the check-in of the first meeting, and the induction, before anything red."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.core import clock
from portal.home.rules import is_new
from tests.cast import NOW
from tests.visitor import text_of


@pytest.mark.usefixtures("rep_goes")
def test_a_new_rep_is_welcomed_and_shown_what_to_do(visit: Any, rolled_back: Any) -> None:
    page = visit("northfirth.rep").get("/")
    words = text_of(page)
    first = [words.index(one) for one in ("Welcome.", "Tell us if you’re coming", "See your induction", "I can’t come")]
    assert first == sorted(first)


def test_only_reps_are_welcomed(visit: Any, rolled_back: Any) -> None:
    rep = visit("northfirth.rep")
    clock.use(lambda: NOW + timedelta(minutes=5))
    assert "Welcome." in text_of(rep.get("/"))
    assert "Welcome." not in text_of(visit("northfirth.clerk").get("/"))


@pytest.mark.parametrize(("days", "expected"), [(0, True), (29, True), (30, False)])
def test_who_is_new(days: int, expected: bool) -> None:
    assert is_new(NOW, NOW + timedelta(days=days)) is expected
    assert not is_new(None, NOW)
