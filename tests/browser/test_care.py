"""Who is caring meanwhile, on a phone without JavaScript: as last time in two taps, a new request in under a minute."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running
from tests.browser.test_check_in import Thumb, asked, link_in
from tests.browser.test_main_job import CLERK, call_meeting
from tests.cast import NOW

pytestmark = pytest.mark.browser
REP, OFFICER = "rep@northfirth.test", "officer@northfirth.test"
MOST_TAPS, MOST_SECONDS = 3, 60


def test_a_new_request_in_under_a_minute_and_as_last_time_in_two_taps(
    running: Running, open_page: Callable[..., Page]
) -> None:
    clerk = open_page(CLERK)
    call_meeting(clerk, NOW + timedelta(days=25), "Care Hall")
    rep = open_page(REP, width=320, scripts=False)
    began = time.monotonic()
    rep.goto("/care")
    rep.get_by_role("link", name="Request care for CANARYNORTH Main Group, Saturday 28 March").click()
    rep.get_by_label("Journey time each way, in minutes").fill("40")
    rep.get_by_label("At home").check()
    rep.get_by_label("Someone to be there").check()
    rep.get_by_label("Please arrange it for me").check()
    rep.get_by_role("button", name="Request care").click()
    expect(rep.get_by_role("link", name="We’ve changed the times")).to_be_visible()
    rep.get_by_role("button", name="Request care").click()
    expect(rep.get_by_text("We’ve sent your request.")).to_be_visible()
    assert time.monotonic() - began < MOST_SECONDS
    told = running.wait_for_mail(lambda: [m for m in running.post_office.to(OFFICER) if "New request" in m["Subject"]])
    body = re.sub(r"http\S+", "", told[0].get_body(("plain",)).get_content())
    assert not any(word in body.lower() for word in ("care", "march", "home", "rep@"))
    call_meeting(clerk, NOW + timedelta(days=7), "Second Care Hall")
    page = open_page(width=320, scripts=False)
    page.goto(link_in(asked(running, "10 March")))
    answered_before(page)
    rep.goto("/care")
    expect(rep.get_by_role("link", name="CANARYNORTH Main Group, Tuesday 10 March")).to_be_visible()


def answered_before(page: Page) -> None:
    """Everything but the first question stands as last time, where there was one."""
    thumb = Thumb(page)
    same = page.get_by_role("group", name="Do you need replacement care").get_by_label("As last time")
    thumb.choose("Are you coming?", "Yes, in person")
    thumb.press("Continue")
    never_said(page)
    if not same.count():
        thumb.choose("Do you need replacement care", "Yes")
        thumb.press("Send my answer")
        page.get_by_label("What is needed, and when?").fill("As always")
        thumb.taps = 1
    thumb.press("Send my answer")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert thumb.taps <= MOST_TAPS


def never_said(page: Page) -> None:
    """What is asked of everybody the first time, and shown as last time from then on."""
    travel = page.get_by_label("How will you get there?")
    if not travel.input_value():
        travel.select_option(label="I will not need to travel")
        page.get_by_role("group", name="Would you like the papers by post?").get_by_label("No").check()


def test_an_officer_arranges_it_and_the_rep_sees_who_comes(running: Running, open_page: Callable[..., Page]) -> None:
    officer = open_page(OFFICER, width=320, scripts=False)
    officer.goto("/care/to-arrange")
    officer.get_by_role("link", name="CANARYNORTH Rep, Saturday 28 March").click()
    officer.get_by_role("button", name="Take this request").click()
    officer.get_by_role("link", name="Read what the rep wrote").click()
    expect(officer.get_by_text("can see that you have read this")).to_be_visible()
    officer.go_back()
    officer.get_by_label("Who is coming?").select_option("unlisted")
    officer.get_by_label("Agency or worker, and how to reach them on the day").fill("Jo, on the office number")
    officer.get_by_role("button", name="Save, and tell the rep").click()
    expect(officer.get_by_text("Arranged for CANARYNORTH Rep.")).to_be_visible()
    wait_for_update(running)
    rep = open_page(REP, width=320, scripts=False)
    rep.goto("/care")
    rep.get_by_role("link", name="CANARYNORTH Main Group, Saturday 28 March").click()
    expect(rep.get_by_text("Jo, on the office number")).to_be_visible()
    expect(rep.get_by_role("heading", name="Who has opened what you wrote")).to_be_visible()


def wait_for_update(running: Running) -> Any:
    return running.wait_for_mail(lambda: [m for m in running.post_office.to(REP) if "update" in m["Subject"]])


def test_apologies_undone_in_minute_5_ask_the_officer_who_had_acted_again(
    running: Running, open_page: Callable[..., Page]
) -> None:
    """After the officer arranged it: the rep cannot come, the officer tells the provider, and the rep can come."""
    rep, officer = (open_page(who, width=320, scripts=False) for who in (REP, OFFICER))
    rep.goto("/boards/northfirth/meetings")
    rep.get_by_role("link", name="CANARYNORTH Main Group, Saturday 28 March").click()
    rep.get_by_role("button", name="I can’t come").click()
    expect(rep.get_by_text("will be emailed at").first).to_be_visible()
    running.set_clock(NOW + timedelta(minutes=5))
    try:
        officer.goto("/care/to-arrange")
        officer.get_by_role("link", name="CANARYNORTH Rep, Saturday 28 March").click()
        officer.get_by_role("button", name="I have told them").click()
        expect(officer.get_by_text("The provider was told")).to_be_visible()
        rep.get_by_role("button", name="Undo my apologies").click()
        expect(rep.get_by_text("had already acted on them")).to_be_visible()
    finally:
        running.set_clock(NOW)
