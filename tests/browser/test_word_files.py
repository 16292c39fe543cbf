"""A clerk uploads a Word file, looks at every page of the PDF that is made of it, and publishes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_main_job import CLERK, REP, add_items, call_meeting
from tests.cast import NOW
from tests.papers import made_office
from tests.papers.test_libreoffice import NOT_INSTALLED

pytestmark = [pytest.mark.browser, pytest.mark.long, NOT_INSTALLED]


def test_a_word_file_is_converted_looked_at_and_published(open_page: Callable[..., Page], tmp_path: Path) -> None:
    clerk = open_page(CLERK)
    call_meeting(clerk, NOW + timedelta(days=39), "Word Hall")
    add_items(clerk, ["Budget"])
    meeting = clerk.url
    (tmp_path / "1 Budget.docx").write_bytes(made_office.word(made_office.paragraph("Forty pounds for each carer")))
    (tmp_path / "Notes.docx").write_bytes(b"not a Word file")
    clerk.get_by_text("Upload papers", exact=True).click()
    clerk.locator("input[type=file]").set_input_files([tmp_path / "1 Budget.docx", tmp_path / "Notes.docx"])
    clerk.get_by_role("button", name="Upload the files").click()
    expect(clerk.get_by_text("This Word file is damaged")).to_be_visible()
    expect(clerk.locator(".portal-file--ready")).to_have_count(1, timeout=60_000)
    expect(clerk.get_by_text("Made from a Word file")).to_be_visible()
    clerk.get_by_role("button", name="Save and continue").click()
    expect(clerk.get_by_text("look at every page before you publish")).to_be_visible()
    clerk.get_by_role("link", name="Look at it").click()
    expect(clerk.locator("main img").first).to_be_visible()
    clerk.get_by_role("button", name="I have looked at every page").click()
    clerk.get_by_role("button", name="Publish now").click()
    expect(clerk.get_by_text("will be emailed")).to_be_visible()
    rep = open_page(REP, width=360, scripts=False)
    rep.goto(meeting)
    rep.get_by_role("link", name="Budget").first.click()
    expect(rep.get_by_text("Forty pounds for each carer")).to_be_visible()
