"""Prepares the demonstration's database and runs the web server and the scheduler, for this machine alone."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import date
from http import HTTPStatus
from pathlib import Path
from types import FrameType

import click
import flask_migrate

from config import DEMONSTRATION, ROOT, folder_of, given
from portal.boards import queries as boards
from portal.core import clock
from portal.demonstration import accounts, history, progress
from portal.demonstration.in_use import in_use
from portal.infra import logs
from portal.infra.database import db
from portal.infra.unit_of_work import look

MIGRATIONS = str(ROOT / "migrations")
MADE_ON = "made-on"  # the file that holds the day
KEPT_FOR = 7  # days; its clock has simply run on, and what was due meanwhile happens
FILLING = "Making the demonstration: six boards, and three years of meetings. About two minutes, this once."
KEPT = "library"  # documents, which are the same on any day
WEB_SERVER = ("--config", "python:portal.demonstration.web_server", "--bind")
NOT_HANDED_ON = ("GUNICORN_", "FLASK_", "LISTEN_", "FORWARDED_ALLOW_IPS", "WEB_CONCURRENCY", "SCRIPT_NAME")


def say_what_is_not_used(environ: Mapping[str, str]) -> None:
    """One sentence for whoever set something for the portal and starts the demonstration."""
    if names := [name for name in given(environ) if name != "FLASK_DEBUG"]:
        listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        click.echo(f"The demonstration does not use {listed}: its data, files, emails and keys are its own.", err=True)


def prepare_and_serve(port: int, fresh: bool = False) -> None:
    """Does not return until the server stops."""
    folder = folder_of(DEMONSTRATION)
    with in_use(folder):
        prepare(folder, fresh)
        _say_where(port)
        _serve(port)


def prepare(folder: Path, fresh: bool = False) -> None:
    """Fill the demonstration that lies in a folder, or go on from what is there: its clock has simply run on.

    One that was filled in part is begun anew, and so is one whose days have moved too far away from today.
    """
    age = age_of(folder)
    if fresh or age is None or age > KEPT_FOR:
        _empty(folder, age)
    flask_migrate.upgrade(directory=MIGRATIONS)
    with look():  # and hold nothing of the database, for those that serve it
        is_begun, is_whole = bool(boards.boards()), history.is_whole()
    if is_begun and not is_whole:
        click.echo("The demonstration was stopped before it was filled. Beginning again.")
        _empty(folder)
        flask_migrate.upgrade(directory=MIGRATIONS)
    if not is_whole:
        click.echo(FILLING)
        mark_day(folder)
        with progress.shown(), logs.quiet():
            history.fill()
    db.session.rollback()


def age_of(folder: Path) -> int | None:
    """How many days ago the demonstration in a folder was made; None for one that does not say, or is not there."""
    try:
        made_on = date.fromisoformat((folder / MADE_ON).read_text().strip())
    except (OSError, ValueError):
        return None
    return (clock.london_day(clock.of_this_machine()) - made_on).days


def mark_day(folder: Path) -> None:
    """Write down that the demonstration in a folder is of today."""
    (folder / MADE_ON).write_text(clock.london_day(clock.of_this_machine()).isoformat())


def _empty(folder: Path, age: int | None = None) -> None:
    if age is not None and age > KEPT_FOR:
        click.echo(f"The demonstration was made {age} days ago. Making it again, so that its days are near today.")
    db.session.rollback()
    db.engine.dispose()
    folder.mkdir(parents=True, exist_ok=True)
    for one in folder.iterdir():
        if one.is_dir() and one.name != KEPT:
            shutil.rmtree(one)
        elif not one.is_dir():
            one.unlink()


def _say_where(port: int) -> None:
    click.echo(f"Address: http://127.0.0.1:{port}")
    click.echo("Open it, and choose who to be. To sign in yourself:")
    click.echo(f"Password: {accounts.PASSWORD}")
    first, others = accounts.FIRST, [board for board in accounts.people() if board != accounts.FIRST]
    click.echo("Accounts: " + ", ".join([*accounts.addresses_of(first), accounts.COORDINATOR[0]]))
    click.echo(f"and the same at {', '.join(f'{board}.example' for board in others)}")


def environment(environ: Mapping[str, str], port: int) -> dict[str, str]:
    """What the demonstration's processes get of ours: no setting of the portal or of a web server but the port."""
    foreign = set(given(environ))
    kept = {name: value for name, value in environ.items() if name not in foreign}
    handed_on = {name: value for name, value in kept.items() if not name.startswith(NOT_HANDED_ON)}
    return {**handed_on, "PORTAL_ENV": DEMONSTRATION, "PORT": str(port)}


def _serve(port: int) -> None:
    """Both processes, until we are told to stop or one ends. The scheduler leaves the web server time to start."""
    web = [sys.executable, "-m", "gunicorn", *WEB_SERVER, f"127.0.0.1:{port}", "wsgi:app"]
    scheduler = [sys.executable, "-m", "flask", "--app", "wsgi", "portal", "scheduler"]
    own = environment(os.environ, port)
    running = [subprocess.Popen(web, cwd=ROOT, env=own)]  # noqa: S603 - our own words only
    stopped = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    while not stopped.wait(0.3) and all(one.poll() is None for one in running):
        if len(running) == 1 and _answers(port):
            running.append(subprocess.Popen(scheduler, cwd=ROOT, env=own))  # noqa: S603 - likewise
    for one in running:
        one.terminate()
    for one in running:
        one.wait(timeout=40)
    if not stopped.is_set():
        raise click.ClickException(
            "The demonstration stopped. If its port is in use, choose another, as in PORT=8000 make run."
        )


def _answers(port: int) -> bool:
    """Whether the web server is there for visitors."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
