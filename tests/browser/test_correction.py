"""A held meeting on the wrong day is corrected: a second person confirms it, and both values stay beside the figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running
from tests.browser.test_main_job import CLERK, add_items, call_meeting, upload_sort_publish
from tests.cast import NOW
from tests.made_papers import made_paper

pytestmark = pytest.mark.browser
ADMIN, COORDINATOR = "admin@northfirth.test", "coordinator@carers.test"
ON_RECORD, RIGHT = NOW + timedelta(days=5), NOW + timedelta(days=9)  # less notice than the target of 7 days, and more


def test_a_held_meeting_is_corrected_and_both_values_are_seen(
    running: Running, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    paper = tmp_path / "1 Budget.pdf"
    paper.write_bytes(made_paper("Budget", 2))
    clerk = open_page(CLERK)
    call_meeting(clerk, ON_RECORD, "Correction Hall")
    meeting = clerk.url.rsplit("/", 1)[-1].split("?")[0].split("#")[0]
    add_items(clerk, ["Budget"])
    upload_sort_publish(clerk, [paper])
    running.set_clock(NOW + timedelta(days=11))
    try:
        ask(open_page(ADMIN, width=360, scripts=False), meeting)
        confirm(open_page(COORDINATOR, width=360, scripts=False))
        both_are_seen(open_page(ADMIN, width=360, scripts=False))
    finally:
        running.set_clock(NOW)


def ask(admin: Page, meeting: str) -> None:
    admin.goto(f"/meetings/{meeting}")
    admin.get_by_role("link", name="Correct the record of this meeting").click()
    admin.get_by_label("It was held on another day").check()
    for part, value in (("Day", RIGHT.day), ("Month", RIGHT.month), ("Year", RIGHT.year)):
        admin.get_by_label(part, exact=True).fill(str(value))
    admin.get_by_label("Why is the record wrong?").fill("The day was typed wrongly")
    admin.get_by_role("button", name="Correct the record").click()
    expect(admin.get_by_text("must confirm it.")).to_be_visible()


def confirm(coordinator: Page) -> None:
    coordinator.goto("/corrections")
    coordinator.get_by_role("link", name="Main Group").last.click()
    coordinator.get_by_role("button", name="Confirm the correction").click()
    expect(coordinator.get_by_text("will be emailed.")).to_be_visible()


def both_are_seen(admin: Page) -> None:
    """Beside the figure and in its CSV file."""
    both = [words_of(ON_RECORD), words_of(RIGHT)]
    admin.goto("/boards/northfirth/notice")
    for day in both:
        expect(admin.get_by_text(day).first).to_be_visible()
    with admin.expect_download() as download:
        admin.get_by_role("link", name="Download these figures (CSV)").click()
    rows = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    [row] = [row for row in rows if all(day in row for day in both)]
    assert row


def words_of(day: datetime) -> str:
    return f"{day.day} {day:%B}"
