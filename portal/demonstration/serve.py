"""Prepares the demonstration's database and runs the web server and the scheduler side by side."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from types import FrameType

import click
import flask_migrate
from flask import current_app

from config import ROOT
from portal.boards import queries as boards
from portal.demonstration import accounts, seed
from portal.infra.unit_of_work import unit_of_work


def prepare_and_serve(port: int) -> None:
    """Does not return until the server stops."""
    config = current_app.config["PORTAL"]
    if not config.is_demonstration:
        raise click.ClickException("This is not the demonstration. Serve wsgi:app and run the scheduler instead.")
    flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    if not boards.boards():
        click.echo("Filling the demonstration: two boards, a year of meetings. About half a minute.")
        seed.fill()
    with unit_of_work():
        seed.keep_current()
    _say_where(port)
    _serve(port)


def _say_where(port: int) -> None:
    click.echo(f"Address: http://127.0.0.1:{port}")
    click.echo(f"Password: {accounts.PASSWORD}")
    click.echo("Accounts: " + ", ".join(accounts.addresses()))


def _serve(port: int) -> None:
    environment = {**os.environ, "BASE_URL": f"http://127.0.0.1:{port}"}
    web = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
    web += ["--workers", "2", "--threads", "4", "--log-level", "warning", "wsgi:app"]
    clock = [sys.executable, "-m", "flask", "--app", "wsgi", "portal", "scheduler"]
    running = [subprocess.Popen(command, cwd=ROOT, env=environment) for command in (web, clock)]  # noqa: S603 - our own words only
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopped.wait(0.5) and all(one.poll() is None for one in running):
        pass
    for one in running:
        one.terminate()
    for one in running:
        one.wait(timeout=40)
