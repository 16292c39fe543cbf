"""A new board, from the coordinator's start to its first published meeting, on a phone without JavaScript."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from config import ROOT
from tests.browser.conftest import Running, sign_in
from tests.cast import NOW

pytestmark = pytest.mark.browser
COORDINATOR, ADMIN, CLERK = "coordinator@carers.test", "ida@eastmuir.test", "cleo@eastmuir.test"
PASSWORD = "seven grey herons fishing"
COLUMNS = "ia_code,short_name,body_name,model,council_names,health_board"
MOST_CLICKS, MOST_PAGES, MOST_BOXES = 15, 17, 13  # of three people together, so that 20 minutes are enough


class Steps:
    """What three people do one after another: what they select, the pages that they get, and the boxes they fill."""

    def __init__(self) -> None:
        self.clicks = self.pages = self.boxes = 0

    def open(self, page: Page, path: str) -> None:
        page.goto(path)
        self.pages += 1

    def fill(self, field: Locator, value: str) -> None:
        field.fill(value)
        self.boxes += 1

    def select(self, field: Locator) -> None:
        """Something on the page: a box to tick, or what unfolds."""
        field.click()
        self.clicks += 1

    def go(self, field: Locator) -> None:
        """A link or button, and the page that it leads to."""
        self.select(field)
        self.pages += 1
        field.page.wait_for_load_state()


def import_board(running: Running, folder: Path) -> None:
    """As whoever runs the portal imports the list of authorities."""
    sheet = folder / "authorities.csv"
    sheet.write_text(f"{COLUMNS}\nS37EAST,Eastmuir,Eastmuir Integration Joint Board,body_corporate,East,NHS East\n")
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "portal", "boards", "import", str(sheet)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, **running.environment}, check=True, capture_output=True)


def join(steps: Steps, page: Page, running: Running, address: str) -> None:
    """Whoever was invited follows the link and chooses a password."""
    running.forget_tries()
    letter: Any = running.wait_for_mail(lambda: running.post_office.to(address))[0]
    link = re.search(r"http://[^/]+(/invitation/\S+)", letter.get_body(("plain",)).get_content())
    assert link
    steps.open(page, link[1])
    steps.fill(page.get_by_label("New password"), PASSWORD)
    steps.go(page.get_by_role("button", name="Save and sign in"))
    if "/sign-in" in page.url:
        sign_in(page, address, PASSWORD)


def start(steps: Steps, page: Page) -> None:
    """The coordinator."""
    steps.open(page, "/boards")
    steps.go(page.get_by_role("link", name="Set up Eastmuir"))
    steps.fill(page.get_by_label("Who can people ask?"), "Ida Bruce, 0131 000 0000")
    steps.fill(page.get_by_label("First administrator’s name"), "Ida Bruce")
    steps.fill(page.get_by_label("First administrator’s email address"), ADMIN)
    steps.go(page.get_by_role("button", name="Start this board"))
    expect(page.get_by_text("Eastmuir is started. Ida Bruce will be emailed.")).to_be_visible()


def invite_clerk(steps: Steps, page: Page) -> None:
    """The administrator."""
    steps.go(page.get_by_role("link", name="Set up Eastmuir: 1 of 10 done"))
    steps.go(page.get_by_role("link", name="Officer, clerk and expense approver"))
    steps.fill(page.get_by_label("Name", exact=True), "Cleo Muir")
    steps.fill(page.get_by_label("Email address"), CLERK)
    steps.select(page.get_by_label("Clerk", exact=True))
    steps.go(page.locator("main form button.govuk-button").first)
    expect(page.get_by_role("link", name="Set up this board: 1 of 10 done")).to_be_visible()


def publish_meeting(steps: Steps, page: Page) -> None:
    """The clerk."""
    day = NOW + timedelta(days=30)
    steps.go(page.get_by_role("link", name="Meetings").last)
    steps.go(page.get_by_role("button", name="Add a meeting"))
    page.get_by_label("Group").select_option(label="Eastmuir Integration Joint Board")
    for label, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        steps.fill(page.get_by_label(label, exact=True), str(value))
    steps.fill(page.get_by_label("Starts at"), "10am")
    steps.fill(page.get_by_label("Place"), "Town Hall")
    steps.go(page.get_by_role("button", name="Save meeting"))
    steps.go(page.get_by_text("Add an item", exact=True))
    steps.fill(page.get_by_label("Title"), "Welcome")
    steps.go(page.get_by_role("button", name="Save the item"))
    steps.go(page.get_by_role("button", name="Publish", exact=True))
    steps.go(page.get_by_role("button", name="Publish now"))
    expect(page.get_by_text("Published")).to_be_visible()


def test_its_first_meeting_is_published_in_few_steps(
    running: Running, open_page: Callable[..., Page], tmp_path: Path
) -> None:
    import_board(running, tmp_path)
    steps, phone = Steps(), {"width": 360, "scripts": False}
    start(steps, open_page(COORDINATOR, **phone))
    admin, clerk = open_page(**phone), open_page(**phone)
    join(steps, admin, running, ADMIN)
    invite_clerk(steps, admin)
    join(steps, clerk, running, CLERK)
    publish_meeting(steps, clerk)
    admin.goto("/boards/eastmuir/set-up")
    expect(admin.locator("li", has_text="First meeting").get_by_text("Done")).to_be_visible()
    assert (steps.clicks <= MOST_CLICKS, steps.pages <= MOST_PAGES, steps.boxes <= MOST_BOXES) == (True, True, True)
