"""A passkey in a real browser: added, used for both steps of signing in, and taken away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Running
from tests.cast import PASSWORD

PHONE = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}


def with_passkeys(page: Page) -> Any:
    """Give the browser of a page something that keeps passkeys and says yes; it can be told to say no."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    kept = {**PHONE, "isUserVerified": True, "automaticPresenceSimulation": True}
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": kept})["authenticatorId"]


def test_a_rep_signs_in_with_a_passkey(open_page: Callable[..., Page], running: Running) -> None:
    page, address = open_page(), running.address.replace("127.0.0.1", "localhost")  # no passkeys at numbers
    session, phone = with_passkeys(page)
    page.goto(f"{address}/sign-in")
    page.get_by_label("Email address").fill("rep@northfirth.test")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{address}/account")
    page.get_by_role("link", name="Passkeys: sign in without a password").click()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Passkey added.")).to_be_visible()
    page.get_by_role("button", name="Sign out").last.click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    page.goto(f"{address}/account/passkeys")
    expect(page.get_by_text("Last used")).to_be_visible()
    page.get_by_role("button", name="Sign out").last.click()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": phone, "isUserVerified": False})
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("Your browser did not give us a passkey.")).to_be_visible()
    expect(page).to_have_title("Sign in – Carer Rep Portal")


def test_where_a_browser_has_no_passkeys_nothing_is_offered(open_page: Callable[..., Page], running: Running) -> None:
    page = open_page(width=360, scripts=False)
    page.goto("/sign-in")
    expect(page.get_by_label("Password", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)
