"""What is said at the top of the next page: what was done in turn, what was not done at once, each with the focus."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from lxml.html import fromstring

SAYS = "//main/*[@autofocus]"


def said(page: Any) -> tuple[str, str]:
    """The first message: its role, and its words."""
    message = fromstring(page.text).xpath(SAYS)[0]
    return message.get("role"), " ".join(message.text_content().split())


def test_what_was_done_is_said_in_turn(visit: Any) -> None:
    page = visit("northfirth.rep").post("/account/calendar", follow_redirects=True)
    assert said(page) == ("status", "You have a new calendar address. The old one no longer works.")
    assert "portal-state--done" in page.text


def test_what_was_not_done_is_said_at_once_and_not_as_done(visit: Any) -> None:
    page = visit("northfirth.rep").post("/account/passkeys/remove", {"passkey": str(uuid4())}, follow_redirects=True)
    assert said(page) == ("alert", "That passkey was removed already.")
    assert "portal-state--done" not in page.text


def test_what_is_said_comes_before_the_heading(visit: Any) -> None:
    page = fromstring(visit("northfirth.rep").post("/account/calendar", follow_redirects=True).text)
    assert page.xpath(f"{SAYS}/following-sibling::h1")
