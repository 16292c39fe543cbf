"""Who may open receipts is said in the same sentences everywhere, which are what the table of permissions allows."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from portal.access.permissions import CARE_RECEIPTS_CHECK, CLAIMS_READ, NO, OWN, TABLE
from portal.access.receipts import who_opens_receipts
from portal.access.roles import APPROVER, OFFICER
from tests.cast import Cast
from tests.expenses.claiming import begin
from tests.expenses.test_helping import written
from tests.visitor import text_of


def test_the_sentences_are_true_and_privacy_says_them(visit: Any) -> None:
    assert {role for role, reach in TABLE[CARE_RECEIPTS_CHECK].items() if reach != NO} == {OFFICER}
    assert {role for role, reach in TABLE[CLAIMS_READ].items() if reach not in (NO, OWN)} == {APPROVER}
    said = text_of(visit("").get("/privacy"))
    assert who_opens_receipts(is_care=True) in said
    assert who_opens_receipts(is_care=False) in said
    assert "It is deleted when your claim has been decided, and after 90 days at the latest." in said


@pytest.mark.parametrize(("category", "is_care"), [("parking", False), ("childcare", True)])
def test_who_opens_them_is_said_where_receipts_are_added(
    app: Flask, visit: Any, cast: Cast, category: str, is_care: bool
) -> None:
    rep, claim = begin(app, visit, cast)
    page = text_of(rep.get(f"/claims/{claim.id}/lines/new?category={category}"))
    assert who_opens_receipts(is_care) in page
    assert who_opens_receipts(not is_care) not in page


def test_of_a_journey_nothing_is_said_of_receipts(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    assert "can open receipts" not in text_of(rep.get(f"/claims/{claim.id}/lines/new?category=car"))


@pytest.mark.parametrize("category", ["parking", "childcare"])
def test_an_officer_who_writes_for_a_rep_is_not_told_that_they_open_them(
    app: Flask, visit: Any, cast: Cast, category: str
) -> None:
    officer, claim = written(app, visit, cast)
    page = text_of(officer.get(f"/claims-for-reps/{claim.id}/lines/new?category={category}"))
    assert "Only the rep, and the board’s" in page
    assert "Only you" not in page
    assert "person you care for" not in page
