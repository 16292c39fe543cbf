"""The check-in as reps meet it: on a phone, from the email's link, without JavaScript, in few taps."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, unfold
from tests.browser.test_main_job import CLERK, call_meeting
from tests.cast import NOW

pytestmark = pytest.mark.browser
REP = "rep@northfirth.test"
MOST_TAPS = 6


class Thumb:
    """Counts the taps of a phone's user."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def choose(self, question: str, answer: str) -> None:
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()
        self.taps += 1

    def pick(self, question: str, answer: str) -> None:
        self.page.get_by_label(question).select_option(label=answer)
        self.taps += 1

    def press(self, button: str) -> None:
        self.page.get_by_role("button", name=button).click()
        self.taps += 1


def link_in(mail: Any) -> str:
    body = mail.get_body(("plain",)).get_content()
    found = re.search(r"http://[^/]+(/check-in/\S+)", body)
    assert found
    return found[1]


def asked(running: Running, day: str) -> Any:
    def found() -> list[Any]:
        mails = running.post_office.to(REP)
        return [m for m in mails if "Are you coming" in m["Subject"] and day in m["Subject"]]

    return running.wait_for_mail(found)[0]


def test_answering_from_the_email_and_as_last_time(running: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(width=320, scripts=False)
    page.goto(link_in(asked(running, "13 March")))
    thumb = Thumb(page)
    thumb.choose("Are you coming?", "Yes, in person")
    thumb.press("Continue")
    thumb.choose("Do you need replacement care", "No")
    thumb.pick("How will you get there?", "I will not need to travel")
    thumb.choose("Would you like the papers by post?", "No")
    thumb.press("Send my answer")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    clerk = open_page(CLERK)
    call_meeting(clerk, NOW + timedelta(days=9), "Quay Hall")
    page.goto(link_in(asked(running, "12 March")))
    thumb = Thumb(page)
    thumb.choose("Are you coming?", "Yes, in person")
    thumb.press("Continue")
    thumb.press("Send my answer")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert thumb.taps <= MOST_TAPS


def test_an_emergency_is_one_press_without_signing_in(running: Running, open_page: Callable[..., Page]) -> None:
    clerk = open_page(CLERK)
    call_meeting(clerk, NOW + timedelta(days=8), "Harbour Hall")
    page = open_page(width=320, scripts=False)
    page.goto(link_in(asked(running, "11 March")))
    page.get_by_role("button", name="I can’t come").click()
    expect(page.get_by_text("We have your apologies")).to_be_visible()
    running.set_clock(NOW + timedelta(minutes=9))
    try:
        page.get_by_role("button", name="Undo my apologies").click()
        expect(page.get_by_text("Everything is as it was before.")).to_be_visible()
    finally:
        running.set_clock(NOW)
    page.goto(link_in(asked(running, "11 March")))
    page.get_by_role("button", name="I can’t come").click()
    expect(page.get_by_text("We have your apologies")).to_be_visible()
    running.set_clock(NOW + timedelta(minutes=11))
    try:
        told = running.wait_for_mail(lambda: cannot_come(running, "11 March"))
    finally:
        running.set_clock(NOW)
    assert len(told) == 1, "those that were undone never left"
    assert "emergency" not in told[0].get_body(("plain",)).get_content()


def cannot_come(running: Running, day: str) -> list[Any]:
    mails = running.post_office.to(CLERK)
    return [mail for mail in mails if "cannot come" in mail["Subject"] and day in mail["Subject"]]


def test_nominating_a_depute_on_a_phone(running: Running, open_page: Callable[..., Page]) -> None:
    page = open_page(REP, width=320, scripts=False)
    page.goto("/deputes")
    page.get_by_role("button", name="Nominate a depute").click()
    page.get_by_label("Their name").fill("Dora Depute")
    page.get_by_label("Their email address").fill("dora@new.test")
    page.get_by_label("Why are they a good choice?").fill("She knows the board well")
    page.get_by_role("button", name="Ask your officer to confirm").click()
    expect(page.get_by_text("You have nominated Dora Depute.")).to_be_visible()
    officer = open_page("officer@northfirth.test", width=320)
    unfold(officer)
    officer.get_by_role("link", name="Dora Depute: confirm as depute").click()
    officer.get_by_label("Yes. Invite them").check()
    officer.get_by_role("button", name="Save").click()
    running.wait_for_mail(lambda: running.post_office.to("dora@new.test"))
