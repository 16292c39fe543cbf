"""A public page says what a board's policy promises as its policy, and not as what it does."""

from __future__ import annotations

from typing import Any

from tests.visitor import text_of

FORM = {"is_provided": "yes", "arranged_by": "centre", "lead_days": "7", "text_days": "30"}


def test_that_a_board_provides_care_is_said_of_its_policy(visit: Any, rolled_back: Any) -> None:
    visit("northfirth.admin").post("/boards/northfirth/care-policy/change", FORM)
    page = text_of(visit("").get("/public/boards/northfirth"))
    assert "By its policy, Northfirth provides care while reps prepare, travel and meet." in page
