"""Two pages of signing in, open in two tabs of one browser, end well."""

from __future__ import annotations

from typing import Any

import pytest

from tests.accounts.test_pages import EMAIL, PASSWORD, count, latest_link
from tests.cast import Cast
from tests.visitor import Visitor, text_of


@pytest.fixture
def tabs(visit: Any) -> Any:
    """A browser, and the token of a page of signing in that it opened before it signed in as the rep."""
    browser: Visitor = visit("")
    token = browser.csrf_token()
    browser.post("/sign-in", {"email": EMAIL, "password": PASSWORD})
    return browser, token


def send(browser: Visitor, token: str, path: str = "/sign-in?next=/account", **typed: str) -> Any:
    return browser.client.post(path, data={"csrf_token": token, **typed})


def test_signing_in_again_in_the_other_tab_goes_on(tabs: Any) -> None:
    browser, token = tabs
    response = send(browser, token, email=EMAIL.upper(), password="whatever is typed")
    assert response.status_code == 303
    page = browser.client.get(response.headers["Location"], follow_redirects=True)
    assert page.request.path == "/account"
    assert "away" not in text_of(page)


def test_somebody_else_is_told_who_is_signed_in(tabs: Any) -> None:
    browser, token = tabs
    response = send(browser, token, email="clerk@northfirth.test", password=PASSWORD)
    page = text_of(browser.get(response.headers["Location"]))
    assert "You are already signed in as CANARYNORTH Rep. To sign in as someone else, sign out first." in page


def test_a_page_of_signing_in_is_not_shown_to_whoever_is_signed_in(tabs: Any) -> None:
    browser, _ = tabs
    assert browser.client.get("/sign-in?next=/account").headers["Location"] == "/account"
    assert browser.client.get("/sign-in?next=//evil.test").headers["Location"] == "/"
    for path in ("/sign-in/code?next=/sign-in/code", "/sign-in?next=/sign-in", "/sign-in?next=/sign-in/code"):
        assert browser.client.get(path, follow_redirects=True).status_code == 200


def test_signing_out_with_an_old_page_says_that_one_is_still_signed_in(tabs: Any) -> None:
    browser, token = tabs
    page = text_of(browser.get(send(browser, token, "/sign-out").headers["Location"]))
    assert "You are still signed in as CANARYNORTH Rep." in page


def test_an_invitation_accepted_in_two_tabs(app: Any, visit: Any, cast: Cast) -> None:
    typed = {"name": "Una New", "email": "una@new.test", "role": "depute"}
    visit("northfirth.admin").post("/boards/northfirth/people/new", typed)
    link, browser = latest_link(app, "invitation"), visit("")
    token = browser.csrf_token()
    assert send(browser, token, link, password="heron ladder quay").status_code == 302
    response = send(browser, token, link, password="heron ladder quay")
    page = browser.client.get(response.headers["Location"])
    assert "You are signed in as Una New." in text_of(page)


def test_a_form_on_a_page_of_the_account_is_still_kept_for_its_person(tabs: Any) -> None:
    browser, token = tabs
    response = send(browser, token, "/account/email", email="new@new.test")
    assert response.status_code == 400
    assert "new@new.test" in text_of(response)


def test_nobody_is_signed_in_without_a_token(app: Any, visit: Any) -> None:
    from portal.accounts.models import SignedInSession

    before = count(app, SignedInSession)
    assert send(visit(""), "x", email=EMAIL, password=PASSWORD).status_code == 400
    assert count(app, SignedInSession) == before
