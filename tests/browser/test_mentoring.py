"""An officer matches two people, both say yes, and they meet for the first time: on a phone, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, unfold
from tests.browser.test_new_rep import fill_day, mail_to

pytestmark = pytest.mark.browser
OFFICER, DEPUTE, MENTOR = "officer@northfirth.test", "depute@northfirth.test", "mentor@northfirth.test"
NAMES = {DEPUTE: "CANARYNORTH Depute", MENTOR: "CANARYNORTH Mentor"}


def phone(open_page: Callable[..., Page], email: str) -> Page:
    return open_page(email, width=320, scripts=False)


def test_an_officer_matches_two_people_who_meet(running: Running, open_page: Callable[..., Page]) -> None:
    officer = phone(open_page, OFFICER)
    officer.get_by_role("link", name="Today", exact=True).click()
    unfold(officer)
    officer.get_by_role("link", name="CANARYNORTH Depute (depute): find a mentor").click()
    officer.get_by_role("button", name="Ask both about CANARYNORTH Mentor").click()
    expect(officer.get_by_text("CANARYNORTH Depute and CANARYNORTH Mentor can now say yes or no.")).to_be_visible()
    mail_to(running, DEPUTE, "CANARYNORTH Mentor could be your mentor")
    mail_to(running, MENTOR, "Could you be a mentor for CANARYNORTH Depute?")
    for email in (DEPUTE, MENTOR):
        page = phone(open_page, email)
        page.get_by_role("link", name="Tell us if you’d like to go ahead with a mentoring match").click()
        page.get_by_role("button", name="Yes, let’s talk").click()
        expect(page.get_by_text("Thank you.")).to_be_visible()
    mail_to(running, DEPUTE, "CANARYNORTH Mentor is now your mentor")
    depute = phone(open_page, DEPUTE)
    first_session(depute)
    own_and_shared(depute)
    seen_by_the_mentor(phone(open_page, MENTOR))
    officer.goto("/boards/northfirth/mentoring")
    pair = officer.locator("li", has_text="CANARYNORTH Depute, mentored by CANARYNORTH Mentor")
    expect(pair).to_contain_text("Talked 1 time, last on Tuesday 3 March")
    for words in ("HERONSTEP", "HERONMINE", "HERONBOTH"):
        expect(officer.get_by_text(words)).to_have_count(0)


def first_session(page: Page) -> None:
    page.goto("/mentoring")
    page.get_by_role("link", name=NAMES[MENTOR]).click()
    page.get_by_role("link", name="Change your plan").click()
    page.get_by_label("Speak up in meetings").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Your plan is saved.")).to_be_visible()
    page.get_by_role("button", name="Record a talk").click()
    fill_day(page, "When did you talk?", 3, 3, 2026)
    page.get_by_label("By phone").check()
    page.get_by_label("Papers", exact=True).check()
    page.get_by_label("The next step").fill("HERONSTEP: read one paper")
    fill_day(page, "When will you talk next?", 31, 3, 2026)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Tuesday 31 March 2026")).to_be_visible()


def own_and_shared(page: Page) -> None:
    """For whom a note is stands there before a word is typed."""
    for link, tag, words in (
        ("Write a note only for yourself", "Only for you", "HERONMINE: I am nervous"),
        ("Write a note for both of you", "For both of you", "HERONBOTH: begin with the summary"),
    ):
        page.get_by_role("link", name=link).click()
        expect(page.locator("main .portal-tag")).to_have_text(tag)
        page.get_by_label("Note").fill(words)
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(words)).to_be_visible()


def seen_by_the_mentor(page: Page) -> None:
    page.goto("/mentoring")
    page.get_by_role("link", name=NAMES[DEPUTE]).click()
    expect(page.get_by_text("HERONBOTH: begin with the summary")).to_be_visible()
    expect(page.get_by_text("HERONSTEP: read one paper")).to_be_visible()
    expect(page.get_by_text("HERONMINE")).to_have_count(0)
