"""An officer reads on the page of a meeting whom to ask for papers that are late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import NOW, Cast
from tests.visitor import text_of

CARD = "Papers are late: ask the clerk"


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/meetings/{cast.northfirth.things['coming_id']}"


def test_an_officer_reads_whom_to_ask_for_late_papers(visit: Any, at: Any, page: str) -> None:
    at(NOW + timedelta(days=36))
    shown = visit("northfirth.officer").get(page)
    assert "CANARYNORTH Clerk" in text_of(shown).split(CARD)[1][:60]
    assert "mailto:clerk@northfirth.test" in shown.text


def test_nobody_is_asked_for_papers_before_they_are_late(visit: Any, page: str) -> None:
    assert CARD not in text_of(visit("northfirth.officer").get(page))


@pytest.mark.parametrize("role", ["clerk", "rep", "admin"])
def test_others_are_not_told_to_ask_the_clerk(visit: Any, at: Any, page: str, role: str) -> None:
    at(NOW + timedelta(days=36))
    assert CARD not in text_of(visit(f"northfirth.{role}").get(page))
