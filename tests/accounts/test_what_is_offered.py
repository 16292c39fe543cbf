"""What the page of an account offers to whom."""

from __future__ import annotations

from typing import Any

from tests.visitor import text_of


def test_an_account_offers_what_the_roles_of_its_owner_can_use(visit: Any) -> None:
    """A coordinator has no meetings and no papers to read."""
    for who, offers in (("northfirth.rep", True), ("coordinator", False)):
        page = text_of(visit(who).get("/account"))
        assert ("Add your meetings to your calendar" in page) is offers
        assert ("Reading pace" in page) is offers
        assert ("Minutes you take to read a page" in text_of(visit(who).get("/account/notifications"))) is offers
    assert visit("coordinator").post("/account/notifications", {"emails_wanted": "daily"}).status_code == 302
