"""A browser that two people share fills in for one what the other typed only if we let it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in

pytestmark = pytest.mark.browser
TITLE = "If it was not a meeting, what was it?"
REP, DEPUTE = "rep@northfirth.test", "depute@northfirth.test"


def test_going_back_shows_nobody_what_somebody_else_typed(open_page: Callable[..., Page]) -> None:
    """Signed out in another tab, what was typed is on a page to copy; Back must not bring it to whoever comes next."""
    rep = open_page(REP)
    rep.goto("/claims/new")
    rep.get_by_label(TITLE).fill("CANARYTYPED a day at the hospice")
    other = rep.context.new_page()
    other.goto("/")
    other.get_by_role("button", name="Sign out").last.click()
    rep.get_by_role("button", name="Continue").click()
    expect(rep.get_by_text("CANARYTYPED a day at the hospice")).to_be_visible()
    sign_in(other, DEPUTE)
    rep.go_back()
    expect(rep.get_by_label(TITLE)).to_have_value("")
