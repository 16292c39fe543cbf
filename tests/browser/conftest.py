"""A whole portal, really running: web server, scheduler, SMTP server, database and files of its own, and chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from config import ROOT, Config
from portal.app import create_app
from portal.core import clock
from tests import cast as cast_module
from tests.cast import NOW, PASSWORD, Cast
from tests.notifications.post_office import PostOffice, free_port, open_post_office

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass
class Running:
    """The running portal: its address, its post office, its cast, and its clock."""

    address: str
    post_office: PostOffice
    cast: Cast
    clock_file: Path

    def set_clock(self, moment: datetime) -> None:
        """Let web server and scheduler believe that it is this moment, from now on at the usual speed."""
        seconds = int((moment - datetime.now(UTC)).total_seconds())
        part = self.clock_file.with_suffix(".new")
        part.write_text(str(seconds))
        part.rename(self.clock_file)

    def wait_for_mail(self, found: Callable[[], Any], seconds: float = 30) -> Any:
        """What `found` returns once it returns something."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if answer := found():
                return answer
            time.sleep(0.2)
        raise AssertionError("the email did not come")


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("portal")
    port = free_port()
    with open_post_office() as office:
        environment = {
            "PORTAL_ENV": "test",
            "SECRET_KEY": "a secret for tests",
            "DATABASE_URL": f"sqlite:///{folder / 'portal.db'}",
            "FILES_URL": f"file://{folder / 'files'}",
            "BASE_URL": f"http://127.0.0.1:{port}",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(office.port),
            "SMTP_STARTTLS": "no",
            "SECOND_FACTOR_OF": "both@both.test",
            "CLOCK_FILE": str(folder / "clock"),
        }
        cast = _fill(environment)
        portal = Running(environment["BASE_URL"], office, cast, folder / "clock")
        portal.set_clock(NOW)
        with Processes(environment, port):
            yield portal


def _fill(environment: dict[str, str]) -> Cast:
    from config import load

    config: Config = load({**environment, "CLOCK_FILE": ""})
    app = create_app(config)
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        cast = cast_module.fill()
    clock.use(None)
    return cast


class Processes:
    """The web server and the scheduler, as in production, until the tests are over."""

    def __init__(self, environment: dict[str, str], port: int) -> None:
        self.environment, self.port = {**os.environ, **environment}, port

    def __enter__(self) -> None:
        web = ["-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread", "--threads", "4"]
        commands = (
            [*web, "--log-level", "warning", "wsgi:app"],
            ["-m", "flask", "--app", "wsgi", "portal", "scheduler"],
        )
        self.running = [
            subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.environment, stderr=subprocess.DEVNULL)
            for command in commands
        ]
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health/ready", timeout=2)
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the portal did not start")

    def __exit__(self, *_: object) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait(timeout=40)


@pytest.fixture(scope="session")
def chromium(running: Running) -> Iterator[Browser]:
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    assert path, "The browser tests need chromium. Install it: sudo apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


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
            sign_in(page, email)
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
