"""Whoever leaves a long box with words that are not saved is asked first, and is not asked where nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Running

pytestmark = pytest.mark.browser
WORDS = "HERONLONG: what I thought of the papers"


def test_a_note_that_is_being_written_is_not_lost(running: Running, open_page: Callable[..., Page]) -> None:
    page, asked = open_page("mentor@northfirth.test"), []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    note = f"/mentoring/pairs/{running.cast.northfirth.things['pair_id']}/notes/mine"
    page.goto(note)
    page.locator("a.govuk-back-link").click()
    page.wait_for_url(lambda address: "/notes/" not in address)
    assert asked == [], "nothing was written"
    page.goto(note)
    page.get_by_label("Note").press_sequentially(WORDS)
    page.locator("a.govuk-back-link").click(no_wait_after=True)
    expect(page.get_by_label("Note")).to_have_value(WORDS)
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert page.url.endswith(note)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(WORDS)).to_be_visible()
    assert asked == ["beforeunload"], "what is sent is not lost"


def test_words_that_were_refused_are_not_lost_either(running: Running, open_page: Callable[..., Page]) -> None:
    """They stand in the box as it came back."""
    page, asked = open_page("mentor@northfirth.test"), []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(f"/mentoring/pairs/{running.cast.northfirth.things['pair_id']}/notes/mine")
    page.get_by_label("Note").fill("x" * 5001)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    assert asked == []
    page.locator("h1").click()  # a browser asks nobody who has not touched the page
    page.locator("a.govuk-back-link").click(no_wait_after=True)
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]


def test_what_is_chosen_in_such_a_form_is_not_lost(running: Running, open_page: Callable[..., Page]) -> None:
    page, asked = open_page("rep@northfirth.test"), []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.goto(f"/care/new?what=event&board={running.cast.northfirth.id}")  # stays open, whatever meetings become
    page.locator("form:has(textarea) input[type=radio]").last.check(force=True)
    page.locator("a.govuk-back-link").click(no_wait_after=True)
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]


def asked_on_leaving(page: Page) -> list[str]:
    """Leaves by the first link back, or of the menu, and stays where the browser asks."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.locator("a.govuk-back-link, a.govuk-link").filter(visible=True).first.click(no_wait_after=True)
    page.wait_for_timeout(300)
    page.remove_listener("dialog", stay)
    return asked


def test_short_forms_ask_too(running: Running, open_page: Callable[..., Page]) -> None:
    """Something chosen, un-ticked, or sent and refused."""
    things, page = running.cast.northfirth.things, open_page("rep@northfirth.test")
    page.goto(f"/meetings/{things['coming_id']}/check-in")
    page.locator("form:has(.govuk-radios) input[type=radio]").first.check(force=True)
    assert asked_on_leaving(page) == ["beforeunload"], "the first choice of a check-in"
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Nothing has been sent yet.")).to_be_visible()
    page.locator("h1").click()
    assert asked_on_leaving(page) == ["beforeunload"], "and its second page, where that stands"
    page = open_page("rep@northfirth.test")
    page.goto("/claims/new")
    page.get_by_label("Training").check(force=True)
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    page.locator("h1").click()
    assert asked_on_leaving(page) == ["beforeunload"], "what came back"
    page = open_page("clerk@northfirth.test")
    page.goto("/account/notifications")
    page.locator("main form input[type=radio]:not(:checked)").first.check(force=True)
    assert asked_on_leaving(page) == ["beforeunload"], "settings"


def test_nobody_is_asked_where_nothing_is_lost(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/sign-in")
    page.get_by_label("Email address").fill("rep@northfirth.test")
    page.get_by_label("Password", exact=True).fill("typed")
    assert asked_on_leaving(page) == [], "signing in"
    page = open_page("admin@northfirth.test")
    page.goto("/boards/northfirth/audit")
    page.locator("main details:has(form[method=get]) summary").first.click()
    page.locator("main form[method=get] input").first.fill("1")
    assert asked_on_leaving(page) == [], "a filter"


def test_another_button_of_the_page_is_not_held_up(running: Running, open_page: Callable[..., Page]) -> None:
    page, asked = open_page("rep@northfirth.test"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/meetings/{running.cast.northfirth.things['coming_id']}/check-in")
    page.locator("form:has(.govuk-radios) input[type=radio]").first.check(force=True)
    page.get_by_role("button", name="I can’t come").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    assert asked == []
