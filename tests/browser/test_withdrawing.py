"""A clerk withdraws a paper that held personal data, and one with an error, which is put back; everyone is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Running
from tests.browser.test_main_job import CLERK, REP, add_items, call_meeting, upload_sort_publish
from tests.cast import NOW
from tests.made_papers import made_paper

pytestmark = pytest.mark.browser
ADMIN = "admin@northfirth.test"
DAY = NOW + timedelta(days=36)


def test_papers_are_withdrawn_for_personal_data_and_for_an_error(
    running: Running, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    papers = [tmp_path / "1 Complaint of Jean Murray.pdf", tmp_path / "2 Winter plan.pdf"]
    for paper in papers:
        paper.write_bytes(made_paper(paper.stem, 2))
    clerk = open_page(CLERK)
    call_meeting(clerk, DAY, "Withdrawn Hall")
    meeting = re.split("[?#]", clerk.url)[0]
    add_items(clerk, ["A complaint", "Winter plan"])
    upload_sort_publish(clerk, papers)
    rep = open_page(REP, width=360, scripts=False)
    rep.goto(meeting)
    rep.get_by_role("link", name="Complaint of Jean Murray").click()
    with rep.expect_download():
        rep.get_by_role("link", name=re.compile("^Download it")).click()
    for_personal_data(open_page(CLERK, width=360, scripts=False), meeting)
    nobody_opens_it(running, rep)
    ask_who_downloaded_it(running, open_page(ADMIN, width=360, scripts=False))
    for_an_error(open_page(CLERK, width=360, scripts=False), rep, meeting)


def for_personal_data(clerk: Page, meeting: str) -> None:
    clerk.goto(meeting)
    clerk.get_by_role("link", name=re.compile("^Complaint of Jean Murray")).click()
    clerk.get_by_role("link", name="Withdraw").click()
    clerk.get_by_label("It contains personal data that should not be there").check()
    clerk.get_by_role("button", name="Continue").click()
    clerk.get_by_label("Title of the paper").fill("A complaint")
    clerk.get_by_role("button", name="Withdraw this paper").click()
    expect(clerk.get_by_text("This cannot be undone").first).to_be_visible()
    clerk.get_by_label("I understand that nobody can open it again").check()
    clerk.get_by_role("button", name="Withdraw this paper").click()
    expect(clerk.get_by_text("will be emailed.")).to_be_visible()
    expect(clerk.get_by_text("because it contained personal data")).to_be_visible()


def nobody_opens_it(running: Running, rep: Page) -> None:
    """The rep is told by email; their page says why, and neither it nor the old address of the file opens it."""
    letter = running.wait_for_mail(lambda: letter_to(running, REP, "Delete your copy of a paper"))
    assert "Jean Murray" not in letter
    assert "because it contained personal data" in letter
    rep.reload()
    expect(rep.get_by_text("Please delete or destroy it", exact=False)).to_be_visible()
    expect(rep.get_by_text("Jean Murray")).to_have_count(0)
    answer = rep.request.get(f"{rep.url}/file?version=1")
    assert answer.status == 410


def letter_to(running: Running, address: str, subject: str) -> str | None:
    found: list[Any] = [one for one in running.post_office.to(address) if subject in one["Subject"]]
    return found[-1].get_body(("plain",)).get_content() if found else None


def ask_who_downloaded_it(running: Running, admin: Page) -> None:
    admin.goto("/boards/northfirth/withdrawn")
    admin.get_by_role("link", name="A complaint").click()
    admin.get_by_label("Why do you need the list?").fill("We must report a breach")
    admin.get_by_role("button", name="Ask for the list").click()
    expect(admin.get_by_text("This person downloaded it. Reading in the portal is not recorded.")).to_be_visible()
    expect(admin.get_by_text("CANARYNORTH Rep")).to_be_visible()
    running.wait_for_mail(lambda: letter_to(running, REP, "You are on a list of who downloaded a paper"))


def for_an_error(clerk: Page, rep: Page, meeting: str) -> None:
    """It is sealed for clerks, and put back when that was a mistake."""
    clerk.goto(meeting)
    clerk.get_by_role("link", name=re.compile("^Winter plan")).click()
    clerk.get_by_role("link", name="Withdraw").click()
    clerk.get_by_label("There is an error in the paper").check()
    clerk.get_by_role("button", name="Continue").click()
    clerk.get_by_label("What should readers know?").fill("Page 2 is last year’s")
    clerk.get_by_role("button", name="Withdraw this paper").click()
    rep.goto(meeting)
    expect(rep.get_by_text("because there was an error in it")).to_be_visible()
    rep.get_by_role("link", name="Winter plan").click()
    expect(rep.get_by_text("Page 2 is last year’s")).to_be_visible()
    expect(rep.get_by_role("link", name=re.compile("^Version"))).to_have_count(0)
    with clerk.expect_download():
        clerk.get_by_role("link", name=re.compile("^Version 1")).click()
    clerk.get_by_role("link", name=re.compile("Put it back")).click()
    clerk.get_by_role("button", name="Put it back").click()
    expect(clerk.get_by_text("Readers can open it again")).to_be_visible()
    rep.reload()
    expect(rep.get_by_role("link", name=re.compile("^Download it"))).to_be_visible()
