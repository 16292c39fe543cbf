"""The main job, end to end: a clerk publishes, the scheduler sends, a rep reads, officers are reminded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clicks import Clicks
from tests.browser.conftest import Running, sign_in
from tests.cast import NOW
from tests.made_papers import made_paper
from tests.papers.files import real_files

pytestmark = pytest.mark.browser
REP, CLERK, OFFICER = "rep@northfirth.test", "clerk@northfirth.test", "officer@northfirth.test"


def seven_files(folder: Path) -> list[Path]:
    """The seven real PDFs of November 2018, or seven made ones where they are not beside this checkout."""
    if found := real_files():
        return found
    made = [folder / f"{number} Paper.pdf" for number in range(1, 8)]
    for number, path in enumerate(made, start=1):
        path.write_bytes(made_paper(path.stem, number))
    return made


def call_meeting(page: Page, day: datetime, place: str) -> None:
    page.goto("/boards/northfirth/meetings/new")
    first = page.locator("select[name=group] option:not([value=''])").first
    page.get_by_label("Group").select_option(first.get_attribute("value"))
    page.get_by_label("Day", exact=True).fill(str(day.day))
    page.get_by_label("Month").fill(str(day.month))
    page.get_by_label("Year").fill(str(day.year))
    page.get_by_label("Starts at").fill("10am")
    page.get_by_label("Place").fill(place)
    page.get_by_role("button", name="Save meeting").click()
    expect(page.get_by_text("Meeting saved")).to_be_visible()


def add_items(page: Page, titles: list[str]) -> None:
    for title in titles:
        page.get_by_text("Add an item", exact=True).click()
        page.get_by_label("Title").fill(title)
        page.get_by_role("button", name="Save the item").click()


def upload_sort_publish(page: Page, files: list[Path]) -> None:
    page.get_by_text("Upload papers", exact=True).click()
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name="Upload the files").click()
    expect(page.get_by_role("heading", name="Match files to agenda items")).to_be_visible()
    expect(page.locator(".portal-file--ready")).to_have_count(len(files), timeout=60_000)
    for number in range(len(files)):
        place = page.locator("select").nth(number)
        if place.input_value() == "":
            place.select_option(index=len(files) + 1)  # after "not yet" and the agenda
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("CANARYNORTH Rep")).to_be_visible()
    looked = page.get_by_role("checkbox", name=re.compile("I have checked the"))
    if looked.count():
        looked.check()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("will be emailed")).to_be_visible()


def test_papers_reach_a_rep(running: Running, open_page: Callable[..., Page], tmp_path: Path) -> None:
    files = seven_files(tmp_path)
    clerk = open_page(CLERK)
    call_meeting(clerk, NOW + timedelta(days=30), "Harbour Hall")
    add_items(clerk, [f"Item about {number}" for number in range(1, 8)])
    upload_sort_publish(clerk, files)

    letter = running.wait_for_mail(
        lambda: next((m for m in running.post_office.to(REP) if "2 April" in m["Subject"]), None)
    )
    assert "7 papers" in letter["Subject"]
    assert "30 days to read" in letter["Subject"]
    body = letter.get_body(("plain",))
    assert body
    link = re.search(r"Read the papers: (\S+)", body.get_content())
    assert link

    rep = open_page()
    rep.goto(link[1])
    expect(rep.get_by_role("heading", name="Sign in")).to_be_visible()
    rep.get_by_label("Email address").fill(REP)
    rep.get_by_label("Password", exact=True).fill("correct horse battery thistle")
    rep.get_by_role("button", name="Sign in", exact=True).click()
    expect(rep.get_by_role("heading", name="CANARYNORTH Main Group, Thursday 2 April 2026")).to_be_visible()
    rep.locator(".portal-papers a").first.click()
    with rep.expect_download() as download:
        rep.get_by_role("link", name=re.compile("^Download it")).click()
    got = hashlib.sha256(download.value.path().read_bytes()).hexdigest()
    assert got in {hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def paste_items(page: Page, titles: Sequence[str]) -> None:
    """Those alone, without what stands on every agenda of the group."""
    page.get_by_role("link", name="Paste a list of items").click()
    page.get_by_label("Items, one on each line").fill("\n".join(titles))
    page.get_by_label("Put the group’s standing items around it").uncheck()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Add these items to the agenda").click()
    expect(page.get_by_text("were added to the agenda")).to_be_visible()


def made_files(folder: Path, names: Sequence[str]) -> list[Path]:
    files = [folder / f"{name}.pdf" for name in names]
    for path in files:
        path.write_bytes(made_paper(path.stem, 1))
    return files


TWELVE = (
    *("Agenda", "3 Action Log", "04 Chief Officers Report", "Item 5 - Budget Monitoring", "Appendix 1 to Item 5"),
    *("6 Carers Strategy", "Carers Strategy - EQIA", "07_Performance_Report_v2", "8 Risk Register", "Directions"),
    *("Item 10 Winter Plan", "11. Workforce Plan"),
)
ITEMS = (
    *("Welcome", "Declarations of interest", "Action log", "Chief Officer’s report", "Budget monitoring"),
    *("Carers strategy", "Performance report", "Risk register", "Directions", "Winter plan", "Workforce plan"),
)


def test_twelve_files_are_matched_checked_and_published_in_few_clicks(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    """Six: the upload page, the files and Open, Upload, Save and Publish; eight are the most that it may take."""
    clerk = open_page(CLERK)
    call_meeting(clerk, NOW + timedelta(days=33), "Clicks Hall")
    paste_items(clerk, ITEMS)
    files, clicks = made_files(tmp_path, TWELVE), Clicks(clerk)
    clerk.get_by_text("Upload papers", exact=True).click()
    clicks.choose(files)
    clerk.get_by_role("button", name="Upload the files").click()
    expect(clerk.locator(".portal-file--ready")).to_have_count(len(files), timeout=60_000)
    clerk.get_by_role("button", name="Save and continue").click()
    expect(clerk.locator(".portal-plan tbody tr")).to_have_count(len(files))
    clerk.get_by_role("button", name="Publish now").click()
    expect(clerk.locator(".portal-papers > li")).to_have_count(len(files))
    assert 4 < clicks.number <= 8


def test_the_same_works_without_scripts(running: Running, open_page: Callable[..., Page], tmp_path: Path) -> None:
    clerk = open_page(CLERK, width=320, scripts=False)
    call_meeting(clerk, NOW + timedelta(days=31), "Quiet Hall")
    paste_items(clerk, ITEMS)
    files = made_files(tmp_path, TWELVE)
    clerk.get_by_text("Upload papers", exact=True).click()
    clerk.locator("input[type=file]").set_input_files(files)
    clerk.get_by_role("button", name="Upload the files").click()
    for _ in range(240):
        if clerk.locator(".portal-file--ready").count() == len(files):
            break
        clerk.wait_for_timeout(250)
        clerk.reload()
    clerk.get_by_role("button", name="Save and continue").click()
    expect(clerk.locator(".portal-plan tbody tr")).to_have_count(len(files))
    clerk.get_by_role("button", name="Publish now").click()
    expect(clerk.locator(".portal-papers > li")).to_have_count(len(files))
    expect(clerk.get_by_text("will be emailed")).to_be_visible()
    running.wait_for_mail(lambda: [m for m in running.post_office.to(REP) if "3 April" in m["Subject"]])


def test_everything_can_be_done_with_the_keyboard(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.goto("/sign-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(REP)
    page.keyboard.press("Tab")
    page.keyboard.type("correct horse battery thistle")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if "Read 2 papers" in page.evaluate("document.activeElement.textContent"):
            break
    focused = page.evaluate("getComputedStyle(document.activeElement).backgroundColor")
    assert focused == "rgb(255, 210, 63)"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("CANARYNORTH Main Group")


def test_officers_are_reminded_at_eight_and_not_before(running: Running, open_page: Callable[..., Page]) -> None:
    """The scheduler process, really running, with its clock moved across the change to summer time."""
    clerk = open_page(CLERK)
    call_meeting(clerk, datetime(2026, 5, 11, tzinfo=UTC), "Reminder Hall")
    add_items(clerk, ["Budget"])

    def reminders() -> list[str]:
        found = running.post_office.to(OFFICER)
        return [m["Subject"] for m in found if "11 May" in m["Subject"]]

    try:
        running.set_clock(datetime(2026, 4, 27, 6, 55, tzinfo=UTC))  # five to eight in London
        clerk.wait_for_timeout(3500)
        assert reminders() == []
        running.set_clock(datetime(2026, 4, 27, 7, 0, 30, tzinfo=UTC))
        running.wait_for_mail(reminders)
        clerk.wait_for_timeout(2500)
        assert len(reminders()) == 1
        running.set_clock(datetime(2026, 4, 28, 12, 0, tzinfo=UTC))  # no reminder day
        clerk.wait_for_timeout(3500)
        assert len(reminders()) == 1
    finally:
        running.set_clock(NOW)


def test_signing_in_again_after_a_reminder(open_page: Callable[..., Page]) -> None:
    page = open_page()
    sign_in(page, OFFICER)
    page.goto("/boards/northfirth/emails")
    expect(page.get_by_role("heading", name="Emails sent")).to_be_visible()
