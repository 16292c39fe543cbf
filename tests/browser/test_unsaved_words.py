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
    page.goto(f"/care/new?meeting={running.cast.northfirth.things['coming_id']}")
    page.locator("form:has(textarea) input[type=radio]").last.check(force=True)
    page.locator("a.govuk-back-link").click(no_wait_after=True)
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
