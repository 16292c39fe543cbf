"""A browser that two people share fills in for one what the other typed only if we let it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, sign_in

pytestmark = pytest.mark.browser
REP, DEPUTE = "rep@northfirth.test", "depute@northfirth.test"


def test_going_back_shows_nobody_what_somebody_else_typed(running: Running, open_page: Callable[..., Page]) -> None:
    """Signed out in another tab, what was typed is on a page to copy; Back must not bring it to whoever comes next."""
    rep = open_page(REP)
    rep.goto(f"/papers/{running.cast.northfirth.things['paper_id']}")
    rep.get_by_label("Your private note").fill("CANARYTYPED she fell again")
    other = rep.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="Sign out").last.click()
    rep.get_by_role("button", name="Save my note").click()
    expect(rep.get_by_text("CANARYTYPED she fell again")).to_be_visible()
    sign_in(other, DEPUTE)
    rep.go_back()
    expect(rep.get_by_label("Your private note")).to_have_value("")
