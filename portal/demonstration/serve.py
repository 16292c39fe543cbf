"""Prepares the demonstration's database and runs the web server and the scheduler, for this machine alone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

import click
import flask_migrate

from config import DEMONSTRATION, ROOT, folder_of, given
from portal.boards import queries as boards
from portal.demonstration import accounts, seed
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work

WEB_SERVER = ("--config", "python:portal.demonstration.web_server", "--bind")
NOT_HANDED_ON = ("GUNICORN_", "FLASK_", "LISTEN_", "FORWARDED_ALLOW_IPS", "WEB_CONCURRENCY", "SCRIPT_NAME")


def say_what_is_not_used(environ: Mapping[str, str]) -> None:
    """One sentence for whoever set something for the portal and starts the demonstration."""
    if names := [name for name in given(environ) if name != "FLASK_DEBUG"]:
        listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        click.echo(f"The demonstration does not use {listed}: its data, files, emails and keys are its own.", err=True)


def prepare_and_serve(port: int) -> None:
    """Does not return until the server stops."""
    prepare(folder_of(DEMONSTRATION))
    _say_where(port)
    _serve(port)


def prepare(folder: Path) -> None:
    """Fill the demonstration that lies in a folder, or keep it current. One that was filled in part is begun anew."""
    migrations = str(ROOT / "migrations")
    flask_migrate.upgrade(directory=migrations)
    if boards.boards() and not seed.is_whole():
        click.echo("The demonstration was stopped before it was filled. Beginning again.")
        db.session.rollback()
        db.engine.dispose()
        shutil.rmtree(folder)
        folder.mkdir()
        flask_migrate.upgrade(directory=migrations)
    if not boards.boards():
        click.echo("Filling the demonstration: two boards, a year of meetings. About a minute.")
        seed.fill()
    with unit_of_work():
        seed.keep_current()


def _say_where(port: int) -> None:
    click.echo(f"Address: http://127.0.0.1:{port}")
    click.echo(f"Password: {accounts.PASSWORD}")
    click.echo("Accounts: " + ", ".join(accounts.addresses()))


def environment(environ: Mapping[str, str], port: int) -> dict[str, str]:
    """What the demonstration's processes get of ours: no setting of the portal or of a web server but the port."""
    foreign = set(given(environ))
    kept = {name: value for name, value in environ.items() if name not in foreign}
    handed_on = {name: value for name, value in kept.items() if not name.startswith(NOT_HANDED_ON)}
    return {**handed_on, "PORTAL_ENV": DEMONSTRATION, "PORT": str(port)}


def _serve(port: int) -> None:
    """Both processes, until we are told to stop or one of them ends."""
    web = [sys.executable, "-m", "gunicorn", *WEB_SERVER, f"127.0.0.1:{port}", "wsgi:app"]
    clock = [sys.executable, "-m", "flask", "--app", "wsgi", "portal", "scheduler"]
    own = environment(os.environ, port)
    running = [subprocess.Popen(command, cwd=ROOT, env=own) for command in (web, clock)]  # noqa: S603 - our own words only
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
    if not stopped.is_set():
        raise click.ClickException(
            "The demonstration stopped. If its port is in use, choose another, as in PORT=8000 make run."
        )
