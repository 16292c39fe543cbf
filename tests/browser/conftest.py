"""A whole portal, really running: web server, scheduler, SMTP server, database and files of its own, and chromium."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import axe
from tests.cast import PASSWORD, Cast
from tests.notifications.post_office import PostOffice, open_post_office
from tests.running import Processes, environment_in, fill, set_clock

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass
class Running:
    """The running portal: its address, its post office, its cast, its clock, and the settings of its commands."""

    address: str
    post_office: PostOffice
    cast: Cast
    clock_file: Path
    environment: dict[str, str]

    def set_clock(self, moment: datetime) -> None:
        set_clock(self.clock_file, moment)

    def forget_tries(self) -> None:
        """The clock stands still, so all sign-ins of a run would count as those of one hour."""
        with closing(sqlite3.connect(self.clock_file.parent / "portal.db", timeout=15)) as database, database:
            database.execute("DELETE FROM hits")

    def wait_for_mail(self, found: Callable[[], Any], seconds: float = 30) -> Any:
        """What `found` returns once it returns something."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if answer := found():
                return answer
            time.sleep(0.2)
        raise AssertionError("the email did not come")


def unfold(page: Page) -> None:
    """Open whatever a page has folded away: a list of tasks shows the first, and other tests leave many to do."""
    for folded in page.locator("main summary").all():
        folded.click()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("portal")
    with open_post_office() as office:
        environment = environment_in(folder, office.port, SECOND_FACTOR_OF="both@both.test")
        portal = Running(environment["BASE_URL"], office, fill(environment), folder / "clock", environment)
        with Processes(environment):
            yield portal


@pytest.fixture(scope="session")
def chromium(running: Running) -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, "The browser tests need chromium. Install it: sudo apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_address() -> Iterator[str]:
    with axe.served() as address:
        yield address


@pytest.fixture
def open_page(chromium: Browser, running: Running) -> Iterator[Callable[..., Page]]:
    """open_page('clerk@northfirth.test', width=320, scripts=False) is a page of that person, signed in."""
    contexts = []

    def opened(email: str = "", width: int = 1280, scripts: bool = True) -> Page:
        context = chromium.new_context(
            base_url=running.address,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
            bypass_csp=False,
            accept_downloads=True,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if email:
            running.forget_tries()
            sign_in(page, email)
            assert not page.url.endswith("/sign-in"), page.inner_text("main")
        return page

    yield opened
    for context in contexts:
        context.close()


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(email)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()
