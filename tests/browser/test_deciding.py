"""Five ordinary claims, decided one after another: on a phone, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from config import load
from portal.app import create_app
from portal.expenses.claims import actions as claims_actions
from portal.expenses.policies import queries as policies_queries
from portal.infra.unit_of_work import unit_of_work
from tests.browser.conftest import Running
from tests.cast import NOW, TODAY
from tests.expenses.test_new_payees import was_paid

pytestmark = pytest.mark.browser
APPROVER = "approver@northfirth.test"
MOST_CLICKS, CLAIMS = 8, 5
TITLE = "Carers’ stall"


def five_claims(running: Running, about: str) -> None:
    """A rep who was paid before sends five claims with nothing to check twice, older than all others that wait."""
    board, rep = running.cast.northfirth, running.cast.northfirth.people["rep"]
    with create_app(load({**running.environment, "CLOCK_FILE": ""})).app_context(), unit_of_work():
        policy = policies_queries.policy_on(board.id, TODAY)
        assert policy
        policy.published_at = NOW - timedelta(days=100)
        was_paid(running.cast, 900 + len(about), rep, TODAY - timedelta(days=30))
        for number in range(CLAIMS):
            day = TODAY - timedelta(days=3 + number)
            claim = claims_actions.begin(uuid4(), board.id, rep, "event", f"{TITLE} {about} {number}", day)
            miles = 11 + number + 10 * len(about)
            claims_actions.save_line(claim, uuid4(), {"category": "car", "spent_on": day, "tenths": miles})
            claims_actions.send(claim, claim.version)
            claim.sent_at = NOW - timedelta(days=300 - number)


@pytest.mark.parametrize("scripts", [False, True])
def test_five_claims_with_nothing_to_check_take_few_clicks(
    running: Running, open_page: Callable[..., Page], scripts: bool
) -> None:
    five_claims(running, "with scripts" if scripts else "plain")
    page = open_page(APPROVER, width=360, scripts=scripts)
    page.get_by_role("link", name=re.compile("^Decide [0-9]+ claims")).click()
    page.get_by_role("link", name="CANARYNORTH Rep").first.click()
    clicks = 2
    for _ in range(CLAIMS):
        expect(page.get_by_text(TITLE).first).to_be_visible()
        page.get_by_role("button", name="Everything is right: approve").click()
        clicks += 1
    assert clicks <= MOST_CLICKS
    page.goto("/claims/to-decide")
    expect(page.get_by_text(TITLE)).to_have_count(0)
