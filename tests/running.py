"""A whole portal, really running: web server and scheduler in processes of their own, as in production."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from datetime import UTC, datetime
from pathlib import Path

from config import ROOT, load
from portal.app import create_app
from portal.core import clock
from tests import databases
from tests.cast import NOW, Cast
from tests.notifications.post_office import free_port

WEB = ("gunicorn", "--worker-class", "gthread", "--threads", "4", "--log-level", "warning")


def environment_in(folder: Path, smtp_port: int, **more: str) -> dict[str, str]:
    """Settings for a portal that keeps everything in one folder, at a free port of this machine."""
    usual = {
        "PORTAL_ENV": "test",
        "SECRET_KEY": "a secret for tests",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.db'}",
        "FILES_URL": f"file://{folder / 'files'}",
        "BASE_URL": f"http://127.0.0.1:{free_port()}",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(smtp_port),
        "SMTP_STARTTLS": "no",
        "SECOND_FACTOR_OF": "",
        "CLOCK_FILE": str(folder / "clock"),
    }
    return {**usual, **more}


def fill(environment: dict[str, str]) -> Cast:
    """The cast in the database that these settings name; web server and scheduler begin at the cast's NOW."""
    app = create_app(load({**environment, "CLOCK_FILE": ""}))
    cast = databases.fill_copy(app) if environment["DATABASE_URL"].startswith("sqlite") else databases.fill_here(app)
    clock.use(None)
    set_clock(Path(environment["CLOCK_FILE"]), NOW)
    return cast


def set_clock(file: Path, moment: datetime) -> None:
    """Let web server and scheduler believe that it is this moment, from now on at the usual speed."""
    part = file.with_suffix(".new")
    part.write_text(str(int((moment - datetime.now(UTC)).total_seconds())))
    part.rename(file)


class Processes:
    """The web server and the scheduler, until the block ends. What they log goes to a file, or nowhere."""

    def __init__(self, environment: dict[str, str], log: Path | None = None) -> None:
        self.environment = {**os.environ, **environment}
        self.address = environment["BASE_URL"]
        self.log = log

    def __enter__(self) -> Processes:
        self.web = self.start_web()
        self.scheduler = self._start("flask", "--app", "wsgi", "portal", "scheduler")
        self.wait_until_it_answers()
        return self

    def start_web(self) -> subprocess.Popen[bytes]:
        return self._start(*WEB, "--bind", self.address.removeprefix("http://"), "wsgi:app")

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        said = self.log.open("ab") if self.log else subprocess.DEVNULL
        return subprocess.Popen([sys.executable, "-m", *command], cwd=ROOT, env=self.environment, stderr=said)

    def wait_until_it_answers(self) -> None:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{self.address}/health/ready", timeout=2)
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the portal did not start")

    def __exit__(self, *_: object) -> None:
        for process in (self.web, self.scheduler):
            process.terminate()
        for process in (self.web, self.scheduler):
            process.wait(timeout=40)
