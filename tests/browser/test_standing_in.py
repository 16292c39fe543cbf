"""A depute on a phone, without JavaScript: handed the notes, asked, posted papers, unable to go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running, unfold
from tests.browser.test_check_in import Thumb, link_in
from tests.cast import NOW

pytestmark = pytest.mark.browser
REP, DEPUTE = "rep@northfirth.test", "depute@northfirth.test"
CLERK, OFFICER = "clerk@northfirth.test", "officer@northfirth.test"


def mail(running: Running, to: str, words: str, day: str = "") -> Any:
    return running.wait_for_mail(
        lambda: [m for m in running.post_office.to(to) if words in m["Subject"] and day in m["Subject"]]
    )[0]


def test_a_depute_from_the_notes_to_not_being_able_to_go(running: Running, open_page: Callable[..., Page]) -> None:
    meeting = f"/meetings/{running.cast.northfirth.things['meeting_id']}"
    paper = f"/papers/{running.cast.northfirth.things['paper_id']}"
    officer = open_page(OFFICER, width=320, scripts=False)
    agree(open_page(REP, width=320, scripts=False), officer, open_page(DEPUTE, width=320, scripts=False))
    stand_in(officer, meeting)
    hand_over(open_page(REP, width=320, scripts=False), meeting, paper)
    answer_from_the_email(running, open_page(width=320, scripts=False))
    post_the_papers(open_page(CLERK, width=320, scripts=False), meeting)
    depute = open_page(DEPUTE, width=320, scripts=False)
    depute.goto(paper)
    expect(depute.get_by_text("Ask who pays for short breaks")).to_be_visible()
    depute.goto("/deputes")
    depute.get_by_role("button", name="I can’t come").first.click()
    running.set_clock(NOW + timedelta(minutes=11))
    try:
        for who in (REP, OFFICER):
            mail(running, who, "cannot")
    finally:
        running.set_clock(NOW)
    depute.goto(paper)
    expect(depute.get_by_text("Ask who pays for short breaks")).to_have_count(0)


def agree(rep: Page, officer: Page, depute: Page) -> None:
    """The rep nominates, the officer confirms and the depute agrees; only then can they stand in."""
    rep.goto("/deputes/new")
    rep.get_by_label("Their name").fill("CANARYNORTH Depute")
    rep.get_by_label("Their email address").fill(DEPUTE)
    rep.get_by_label("Why are they a good choice?").fill("They know the board")
    rep.get_by_role("button", name="Ask your officer to confirm").click()
    officer.goto("/")
    unfold(officer)
    officer.get_by_role("link", name="CANARYNORTH Depute (depute): confirm as depute").first.click()
    officer.get_by_label("Yes. Invite them").check()
    officer.get_by_role("button", name="Save").click()
    depute.goto("/deputes")
    depute.get_by_role("button", name="I agree to be a depute").click()


def stand_in(officer: Page, meeting: str) -> None:
    """Whatever became of it in the tests before."""
    officer.goto(f"{meeting}/stand-ins")
    if officer.get_by_text("There are no deputes standing in at this meeting").count():
        officer.get_by_label("Depute").select_option(label="CANARYNORTH Depute")
        officer.get_by_label("Stands in for").select_option(label="CANARYNORTH Rep")
        officer.get_by_role("button", name="Let them stand in").click()
    expect(officer.get_by_text("CANARYNORTH Depute (for CANARYNORTH Rep)")).to_be_visible()


def hand_over(rep: Page, meeting: str, paper: str) -> None:
    rep.goto(paper)
    rep.get_by_label("Your note").fill("Ask who pays for short breaks")
    rep.get_by_role("button", name="Save my note").click()
    rep.get_by_role("link", name="Choose which notes your depute can read").click()
    expect(rep.get_by_text("CANARYNORTH Depute is down to go for you.")).to_be_visible()
    rep.get_by_label("Budget").check()
    rep.get_by_role("button", name="Save").click()
    rep.goto(paper)
    expect(rep.get_by_text("You and CANARYNORTH Depute can read it, with whatever you add.")).to_be_visible()


def answer_from_the_email(running: Running, page: Page) -> None:
    page.goto(link_in(mail(running, DEPUTE, "Are you coming", "13 March")))
    thumb = Thumb(page)
    thumb.choose("Are you coming?", "Yes, in person")
    thumb.press("Continue")
    thumb.choose("Do you need replacement care", "Yes")
    thumb.pick("How will you get there?", "I will not need to travel")
    thumb.choose("Would you like the papers by post?", "Yes")
    thumb.press("Send my answer")
    page.get_by_label("What is needed, and when?").fill("From nine until two")
    page.get_by_label("Which address should we post them to?").fill("4 Quay Street\nNorthfirth")
    thumb.press("Send my answer")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def post_the_papers(clerk: Page, meeting: str) -> None:
    clerk.goto(f"{meeting}/coming")
    expect(clerk.get_by_text("From nine until two")).to_have_count(0)
    clerk.get_by_role("link", name="Printed papers to post").click()
    expect(clerk.get_by_text("4 Quay Street")).to_be_visible()
    clerk.get_by_role("button", name="Mark as posted to CANARYNORTH Depute").click()
    expect(clerk.get_by_text("Saved: posted on Tuesday 3 March.")).to_be_visible()
