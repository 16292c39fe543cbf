"""A new rep from the invitation to the end of week 1, and booking training with the care question, on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, sign_in, unfold
from tests.cast import NOW

pytestmark = pytest.mark.browser
ADMIN, OFFICER, REP = "admin@northfirth.test", "officer@northfirth.test", "rep@northfirth.test"
NEW, PASSWORD = "nia@new.test", "seven grey herons fishing"


def fill_day(page: Page, group: str, day: int, month: int, year: int) -> None:
    field = page.get_by_role("group", name=group, exact=True)
    for label, value in (("Day", day), ("Month", month), ("Year", year)):
        field.get_by_label(label, exact=True).fill(str(value))


FIRST_STEP = "Meet the person you can ask"


def mail_to(running: Running, address: str, words: str) -> Any:
    return running.wait_for_mail(lambda: [m for m in running.post_office.to(address) if words in m["Subject"]])[0]


def address_in(mail: Any, part: str) -> str:
    found = re.search(rf"http://[^/]+({part}\S*)", mail.get_body(("plain",)).get_content())
    assert found
    return found[1]


def appoint(admin: Page, running: Running) -> None:
    """A seat of its own, and somebody new in it from today."""
    group = running.cast.northfirth.things["group_id"]
    admin.goto(f"/boards/northfirth/groups/{group}/seats/new")
    admin.get_by_label("Name of the seat").fill("Third carer representative")
    fill_day(admin, "When was this seat created?", 1, 1, 2026)
    admin.locator("main form button.govuk-button").first.click()
    admin.goto("/boards/northfirth")
    admin.locator("li, tr", has_text="Third carer representative").get_by_role("link", name="Appoint").last.click()
    admin.get_by_label("Name", exact=True).fill("Nia New")
    admin.get_by_label("Email address").fill(NEW)
    admin.get_by_label("Unpaid carer", exact=True).check()
    fill_day(admin, "First day", NOW.day, NOW.month, NOW.year)
    fill_day(admin, "Last day", 1, 3, 2028)
    admin.get_by_role("button", name="Appoint them").click()


def told_of_the_step(running: Running) -> Any:
    """The email to the officer: found at eight on the day, and gathered until ten past, or until the next day's."""

    def found() -> list[Any]:
        words = "the induction of Nia New is due by Tuesday 10 March 2026"
        mails = running.post_office.to(OFFICER)
        return [m for m in mails if words in m.get_body(("plain",)).get_content()]

    for day, hour, minute in ((10, 8, 0), (10, 8, 11), (11, 8, 11)):
        running.set_clock(datetime(2026, 3, day, hour, minute, 30, tzinfo=UTC))
        with suppress(AssertionError):
            return running.wait_for_mail(found, seconds=8)[0]
    raise AssertionError("the officer was not told")


def texts_to(running: Running, address: str) -> list[str]:
    return [mail.get_body(("plain",)).get_content() for mail in running.post_office.to(address)]


def test_from_the_invitation_to_the_end_of_week_1(running: Running, open_page: Callable[..., Page]) -> None:
    appoint(open_page(ADMIN), running)
    new = open_page(width=320, scripts=False)
    new.goto(address_in(mail_to(running, NEW, "invit"), "/invitation/"))
    new.get_by_label("New password").fill(PASSWORD)
    new.get_by_role("button", name="Save and sign in").click()
    if "/sign-in" in new.url:
        sign_in(new, NEW, PASSWORD)
    welcome = running.wait_for_mail(lambda: [text for text in texts_to(running, NEW) if FIRST_STEP in text])[0]
    assert "Tuesday 10 March 2026" in welcome
    new.goto("/training")
    first = new.locator("li", has_text="Meet the person you can ask")
    expect(first).to_contain_text("The engagement officer, by Tuesday 10 March 2026")
    try:
        due = told_of_the_step(running)
        officer = open_page(OFFICER, width=320, scripts=False)
        officer.goto("/boards/northfirth/desk")
        unfold(officer)
        expect(
            officer.get_by_role("link", name=re.compile("Nia New: (Meet the person|Go to your first)"))
        ).to_be_visible()
        officer.goto(address_in(due, "/boards/northfirth/inductions"))  # it may tell of more than this
        mine = officer.locator("details", has_text="Nia New")
        if mine.get_attribute("open") is None:
            mine.locator("summary").click()
        mine.get_by_role("button", name=re.compile("This is done ?: Meet the person you can ask")).click()
        new = open_page(width=320, scripts=False)
        sign_in(new, NEW, PASSWORD)
        new.goto("/training")
        expect(new.locator("li", has_text="Meet the person you can ask")).to_contain_text("Done")
    finally:
        running.set_clock(NOW)


def test_training_is_booked_with_care_in_one_press(running: Running, open_page: Callable[..., Page]) -> None:
    officer = open_page(OFFICER, width=320, scripts=False)
    officer.goto("/boards/northfirth/training-sessions")
    officer.get_by_role("button", name="Arrange a session").click()
    officer.get_by_label("If it is not in the list").fill("Reading a budget")
    fill_day(officer, "Day", 26, 3, 2026)
    officer.get_by_label("From", exact=True).fill("10am")
    officer.get_by_label("Until", exact=True).fill("1pm")
    officer.get_by_label("Place", exact=True).fill("Library")
    officer.get_by_role("button", name="Save session").click()
    expect(officer.get_by_text("It is open for booking.")).to_be_visible()
    rep = open_page(REP, width=320, scripts=False)
    rep.goto("/training")
    rep.get_by_role("link", name="Reading a budget").click()
    rep.get_by_label("Yes, request it for me").check()
    rep.get_by_role("button", name="Book my place").click()
    expect(rep.get_by_text("You have a place. We’ve asked for replacement care")).to_be_visible()
    booked = mail_to(running, REP, "You have a place: Reading a budget").get_body(("plain",)).get_content()
    assert "care" not in booked.lower()
    rep.goto("/care")
    expect(rep.get_by_text("Reading a budget").first).to_be_visible()
    officer.goto("/care/to-arrange")
    expect(officer.get_by_role("link", name="CANARYNORTH Rep, Thursday 26 March")).to_be_visible()
