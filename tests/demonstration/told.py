"""A demonstration of its own for a module of tests: some boards with some parts of their history."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import flask_migrate
from flask import Flask

import config as settings
from config import ROOT
from portal.app import create_app
from portal.core import clock
from portal.demonstration import history
from portal.demonstration.world.profiles import profiles
from portal.infra.database import db
from tests.papers.in_this_process import files_are_looked_into_here


@contextmanager
def told(
    folder: Path,
    parts: Iterable[str],
    boards: Iterable[str] = (),
    mornings: bool = False,
    now: Callable[[], datetime] | None = None,
) -> Iterator[Flask]:
    """In real time, or by a clock; every board where none is named.

    Whoever asks the database opens the context of the app.
    """
    places = {"files_url": f"file://{folder / 'files'}", "mailbox_folder": str(folder / "mailbox")}
    made = replace(settings.demonstration(), database_url=f"sqlite:///{folder / 'portal.db'}", **places)
    app, parts, boards = create_app(made), tuple(parts), tuple(boards)
    before = clock.use(now)
    try:
        with app.app_context(), files_are_looked_into_here():
            flask_migrate.upgrade(directory=str(ROOT / "migrations"))
            history.begin()
            for profile in profiles():
                if not boards or profile.key in boards:
                    history.tell(profile, parts)
            history.end(mornings)
        yield app
        with app.app_context():
            db.session.rollback()
            db.engine.dispose()
    finally:
        clock.use(before)
