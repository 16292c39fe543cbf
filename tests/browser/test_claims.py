"""The ordinary claim on a phone, without JavaScript: offered after a meeting, a photographed receipt added, sent."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running
from tests.browser.test_main_job import call_meeting
from tests.cast import NOW
from tests.role_profiles.test_pages import photo

pytestmark = pytest.mark.browser
REP, CLERK, APPROVER = "rep@northfirth.test", "clerk@northfirth.test", "approver@northfirth.test"
DEPUTE = "depute@northfirth.test"
MOST_PAGES, MOST_TAPS, MOST_SECONDS = 4, 8, 60


def offered(running: Running) -> list[Any]:
    """The question about the meeting of 5 March; there are others."""
    mails = [m for m in running.post_office.to(REP) if "Any costs?" in m["Subject"]]
    return [m for m in mails if "Thursday 5 March" in m.get_body(("plain",)).get_content() + m["Subject"]]


def claim_with_a_photo(page: Page, receipt: Path) -> int:
    """From the first page to the sent claim, in under a minute: how many taps it takes, a file being one."""
    pages: list[str] = []
    page.on("framenavigated", lambda frame: pages.append(frame.url))
    began = time.monotonic()
    taps = [
        page.get_by_role("link", name="Did it cost you anything? CANARYNORTH Main Group").click,
        lambda: page.get_by_label("Photo of your receipt").set_input_files([receipt]),
        lambda: page.get_by_label("What did you pay?").fill("4.50"),
        page.get_by_label("Parking").check,
        page.get_by_role("button", name="Add this expense").click,
        page.get_by_role("button", name="Send your claim").click,
    ]
    for tap in taps:
        tap()
    expect(page.get_by_role("heading", name="Your claim has been sent")).to_be_visible()
    assert time.monotonic() - began < MOST_SECONDS
    assert len(pages) <= MOST_PAGES, pages
    return len(taps)


def test_the_ordinary_claim_in_under_a_minute(running: Running, open_page: Callable[..., Page], tmp_path: Path) -> None:
    """The rep went to a meeting on Thursday 5 March; the next morning the portal asks."""
    (tmp_path / "parking.jpg").write_bytes(photo(size=(1600, 1200)))
    clerk = open_page(CLERK)
    call_meeting(clerk, NOW + timedelta(days=2), "Claim Hall")
    meeting = clerk.url.rsplit("/", 1)[-1].split("?")[0].split("#")[0]
    try:
        running.set_clock(datetime(2026, 3, 5, 16, 0, tzinfo=UTC))
        clerk = open_page(CLERK)  # the session of two days ago is over
        clerk.goto(f"/meetings/{meeting}/attendance")
        for came in clerk.get_by_label("Came", exact=True).all():
            came.check()
        clerk.get_by_role("button", name="Save", exact=True).click()
        expect(clerk.get_by_text("Attendance saved.")).to_be_visible()
        running.set_clock(datetime(2026, 3, 6, 8, 0, 30, tzinfo=UTC))
        running.wait_for_mail(lambda: offered(running))
        page = open_page(REP, width=320, scripts=False)
        taps = claim_with_a_photo(page, tmp_path / "parking.jpg")
        assert taps <= MOST_TAPS
        approver = open_page(APPROVER, width=320, scripts=False)
        approver.goto("/claims/to-decide")
        approver.locator("main .portal-list a").last.click()
        with approver.expect_download() as download:
            approver.get_by_role("link", name="Receipt: parking.jpg").click()
        assert Path(download.value.path()).read_bytes().startswith(b"\xff\xd8")
        approver.get_by_role("radio", name="Yes").check()
        approver.get_by_role("button", name="Save the decision").click()
        approver.get_by_role("link", name="Pay approved claims").click()
        approver.get_by_label("Make the run without a payee reference").check()
        approver.get_by_role("button", name="Make a payment run").click()
        approver.get_by_role("button", name="Make this payment run").click()
        approver.get_by_label("Mark it as paid without a payee reference").check()
        approver.get_by_role("button", name="Mark as paid").click()
        expect(approver.get_by_text("will be emailed.")).to_be_visible()
        running.wait_for_mail(lambda: [m for m in running.post_office.to(REP) if "Claim paid" in m["Subject"]])
    finally:
        running.set_clock(NOW)


def test_a_question_on_a_claim_is_answered_in_its_box(running: Running, open_page: Callable[..., Page]) -> None:
    """On a phone and without scripts: asked beside a line, answered, and read beside that line."""
    approver = open_page(APPROVER, width=320, scripts=False)
    approver.goto("/claims/to-decide")
    approver.get_by_role("link", name="CANARYNORTH Depute").first.click()
    approver.get_by_role("group", name="What is it about?").get_by_role("checkbox").first.check()
    approver.get_by_label("Your question").fill("Was it there and back?")
    approver.get_by_role("button", name="Send back with a question").click()
    running.wait_for_mail(lambda: [m for m in running.post_office.to(DEPUTE) if "Claim question" in m["Subject"]])
    depute = open_page(DEPUTE, width=320, scripts=False)
    depute.get_by_role("link", name="Answer a question about").click()
    depute.get_by_role("button", name="Send it again").click()
    expect(depute.get_by_text("Answer the question, or change the expense it is about").first).to_be_visible()
    depute.get_by_label("Your answer").fill("Yes, both ways")
    depute.get_by_role("button", name="Send it again").click()
    expect(depute.get_by_role("heading", name="Your answer has been sent")).to_be_visible()
    approver.goto("/claims/to-decide")
    approver.get_by_role("link", name="CANARYNORTH Depute").last.click()
    expect(approver.locator(".portal-file").get_by_text("Yes, both ways")).to_be_visible()
