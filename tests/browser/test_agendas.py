"""An agenda of 15 items: from a pasted list in under a minute, and from last time in at most 6 clicks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.clicks import Clicks
from tests.browser.conftest import Running, sign_in
from tests.browser.test_every_page import problems_of
from tests.browser.test_main_job import CLERK, call_meeting
from tests.cast import NOW

pytestmark = pytest.mark.browser
WIDTH = 320
TITLES = [
    *(
        "Welcome and apologies",
        "Declarations of interest",
        "Minutes of the last meeting",
        "Actions",
        "Chief Officer update",
    ),
    *("Budget", "Short breaks", "Carers’ strategy", "Locality plans", "Risk register", "Audit report", "Workforce"),
    *("Winter plan", "Any other business", "Date of the next meeting"),
]
BESIDE = ("Chair (verbal)", "for noting", "for decision", "10.15am", "Chief Officer")
PASTED = "AGENDA\n" + "\n".join(f"{n}.\t{title} – {BESIDE[n % 5]}" for n, title in enumerate(TITLES, 1))


@pytest.fixture
def clerk(chromium: Browser, running: Running) -> Iterator[Page]:
    context = chromium.new_context(base_url=running.address, viewport={"width": WIDTH, "height": 800}, bypass_csp=True)
    page = context.new_page()
    sign_in(page, CLERK)
    yield page
    context.close()


def agenda(page: Page) -> list[str]:
    numbers = page.locator("main ol.portal-list .portal-agenda__number").all_inner_texts()
    titles = page.locator("main ol.portal-list > li > .portal-list__title").all_inner_texts()
    return [f"{number} {title}" for number, title in zip(numbers, titles, strict=True)]


def test_an_agenda_of_fifteen_items_from_a_list_and_again_from_last_time(clerk: Page, axe_address: str) -> None:
    whole = [f"{n} {title}" for n, title in enumerate(TITLES, 1)]
    call_meeting(clerk, NOW + timedelta(days=45), "List Hall")
    clicks, began = Clicks(clerk), time.monotonic()
    clerk.get_by_role("link", name="Paste a list of items").click()
    clerk.get_by_label("Items, one on each line").click()
    clerk.get_by_label("Items, one on each line").fill(PASTED)
    clerk.get_by_label("Put the group’s standing items around it").click()  # not these
    clerk.get_by_role("button", name="Continue").click()
    expect(clerk.get_by_role("checkbox", name="15 Date of the next meeting")).to_be_checked()
    assert problems_of(clerk, WIDTH, axe_address) == []
    clerk.get_by_role("button", name="Add these items to the agenda").click()
    expect(clerk.get_by_text("15 items were added to the agenda.")).to_be_visible()
    assert time.monotonic() - began < 30, "half of the minute is for looking at it"
    assert 0 < clicks.number <= 6
    assert agenda(clerk) == whole

    clerk.get_by_role("link", name="Publish", exact=True).click()  # what is still being written is not the last one
    clerk.get_by_role("button", name="Publish now").click()
    call_meeting(clerk, NOW + timedelta(days=80), "Copy Hall")
    clicks = Clicks(clerk)
    clerk.get_by_role("link", name="Copy the last agenda").click()
    clerk.get_by_role("checkbox", name="CANARYNORTH Apologies").click()  # a standing item that this agenda needs not
    assert problems_of(clerk, WIDTH, axe_address) == []
    clerk.get_by_role("button", name="Add these items to the agenda").click()
    expect(clerk.get_by_text("15 items were added to the agenda.")).to_be_visible()
    assert 0 < clicks.number <= 6
    assert agenda(clerk) == whole


def test_a_year_of_dates_with_its_questions(clerk: Page, axe_address: str) -> None:
    clerk.goto("/boards/northfirth/meetings/new/several")
    clerk.get_by_label("Group").select_option(
        clerk.locator("select[name=group] option:not([value=''])").first.get_attribute("value")
    )
    clerk.get_by_label("Dates").fill("Monday 7 February 2028 at 2pm, Oban\n3.4.28\n25/12/2028; 2028-06-06")
    clerk.get_by_label("Starts at").fill("10am")
    clerk.get_by_role("button", name="Continue").click()
    expect(clerk.get_by_role("heading", name="1 date needs an answer")).to_be_visible()
    assert problems_of(clerk, WIDTH, axe_address) == []
    clerk.get_by_label("Leave it out").check()
    clerk.get_by_role("button", name="Save these meetings").click()
    expect(clerk.get_by_text("3 meetings have been added.")).to_be_visible()
