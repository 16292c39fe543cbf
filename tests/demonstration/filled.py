"""A demonstration that was filled once in a run, and portals on copies of it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy.engine import make_url

import config as settings
from config import ROOT, Config
from portal.app import create_app
from portal.core import clock
from portal.demonstration import accounts, history, serve
from portal.infra.database import db
from portal.notifications.mailer import send_next
from portal.scheduler.run import do_what_is_due
from tests.demonstration.small_files import small_files
from tests.papers.in_this_process import files_are_looked_into_here
from tests.run_folder import begin, locked

TWO = ("northfirth", "southmoor")  # boards enough to compare; the six of them take minutes
CAST = [one for board in TWO for one in accounts.addresses_of(board)] + [accounts.COORDINATOR[0]]  # who is there then
OF_THE_CODE = ("config.py", "wsgi.py", "portal", "templates", "static", "migrations")


def portal_in(kept: Path) -> Flask:
    """In real time, but for what the file of its clock says."""
    places = {name: str(kept / last) for name, last in (("mailbox_folder", "mailbox"), ("clock_file", "clock"))}
    places["files_url"] = f"file://{kept / 'files'}"
    return create_app(replace(settings.demonstration(), database_url=f"sqlite:///{kept / 'portal.db'}", **places))


def place_of(config: Config) -> Path:
    """The file of a SQLite database."""
    return Path(str(make_url(config.database_url).database))


def copied_to(kept: Path, boards: Sequence[str] = TWO) -> Flask:
    """One of its own, as whoever starts it finds it."""
    shutil.copytree(filled_demonstration(boards), kept, symlinks=True)
    return portal_in(kept)


def checkout_in(folder: Path) -> Path:
    """The portal in a folder where nothing was started yet: the demonstration of whoever tests is left alone."""
    for name in OF_THE_CODE:
        (folder / name).symlink_to(ROOT / name)
    return folder


def filled_demonstration(boards: Sequence[str] = TWO) -> Path:
    """With some boards, or with all where none is named. The first process of a run fills it."""
    name = "-".join(("demonstration", *boards))
    folder = begin() / name
    with locked(name):
        if not folder.exists():
            half_done = folder.with_suffix(".begun")
            fill_in(half_done, boards)
            half_done.rename(folder)
    return folder


def fill_in(folder: Path, boards: Sequence[str] = (), days_on: int = 0) -> None:
    """As whoever starts it finds it, today or so many days later. Only with every board are its documents drawn."""
    documents = begin() / "library"
    documents.mkdir(exist_ok=True)
    folder.mkdir()
    (folder / "library").symlink_to(documents)
    app, quickly = portal_in(folder), small_files() if boards else nullcontext()
    clock.use((lambda: datetime.now(UTC) + timedelta(days=days_on)) if days_on else None)
    with app.app_context(), files_are_looked_into_here(), quickly:
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        serve.mark_day(folder)
        history.fill(boards)
        do_what_is_due()
        while send_next():
            pass
        db.session.rollback()
        db.engine.dispose()  # everything is in the file
