"""One app and one filled database for each worker; each test runs in a transaction that is rolled back."""

from __future__ import annotations

import dataclasses
import gc
import os
import resource
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

import hypothesis
import pytest
from argon2 import PasswordHasher
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Connection, delete, update

from portal.accounts import passwords
from portal.app import create_app
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import acting, unit_of_work
from portal.meetings.models import StandIn
from tests import cast as cast_module
from tests import order, statements
from tests.cast import Cast
from tests.databases import POSTGRESQL, fill_here, filled, kind_of_run, settings
from tests.papers.in_this_process import child, packs_are_put_together_here  # noqa: F401 - fixtures
from tests.run_folder import begin, folder, took
from tests.visitor import Visitor


def pytest_configure() -> None:
    begin()
    hypothesis.settings.register_profile("any machine", deadline=None)  # a clock says nothing on a busy one
    hypothesis.settings.load_profile("any machine")
    gc.disable()  # nothing that is loaded becomes garbage
    compiled = folder() / "templates"
    compiled.mkdir(exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(compiled))}  # once for all processes and apps


IS_FAST = os.environ.get("FAST") == "yes"  # make test-fast: what asks no database, and of the rest …
PAGES = "test_pages.py"  # … each capability's pages
COLLECTED: pytest.StashKey[int] = pytest.StashKey()  # the most memory that collecting the tests took, in MB


def pytest_collection_finish(session: pytest.Session) -> None:
    """What is loaded by now stays, and is not looked at again whenever garbage of the tests is looked for."""
    gc.freeze()
    gc.set_threshold(20_000, 5, 3)
    gc.enable()
    session.config.stash[COLLECTED] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker's reports are seen by whoever started it
        took(report.nodeid, report.duration)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    left_out = set(_said_elsewhere(items))
    left_out |= {item for item in items if IS_FAST and _asks_a_database(item) and item.path.name != PAGES}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _said_elsewhere(items: list[pytest.Item]) -> Iterator[pytest.Item]:
    """On PostgreSQL a test that asks no database of the run's kind would be the same once more, or says nothing new."""
    asking = [item for item in items if _asks_a_database(item)]
    if kind_of_run() == POSTGRESQL:
        yield from set(items) - set(asking)
        yield from statements.asked_before(asking)
    else:
        yield from statements.asked_on_the_server(asking)


def _asks_a_database(item: pytest.Item) -> bool:
    return "dialect" in getattr(item, "fixturenames", ())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    with statements.noting(item) if statements.is_noted(item) else nullcontext():
        return (yield)


@pytest.fixture(scope="session")
def dialect() -> str:
    """The kind of database that this run tests on, 'sqlite' or 'postgresql'."""
    return kind_of_run()


@pytest.fixture(scope="session")
def portal(dialect: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Cast]:
    """The portal that most tests use, on a copy of the filled database, or in the one that TEST_DATABASE_URL names."""
    folder = tmp_path_factory.mktemp("portal")
    mailbox = {"mailbox_folder": str(folder / "mailbox")}
    if url := os.environ.get("TEST_DATABASE_URL"):
        app = create_app(settings(url, **mailbox))
        return app, fill_here(app)
    return filled(dialect, folder, **mailbox)


@pytest.fixture(scope="session")
def app(portal: tuple[Flask, Cast]) -> Flask:
    return portal[0]


@pytest.fixture(scope="session")
def cast(portal: tuple[Flask, Cast]) -> Cast:
    return portal[1]


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes() -> Iterator[None]:
    """Passwords and recovery codes are hashed at the least cost, or every new set of ten codes takes half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture
def hashed_as_served(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords are hashed at the cost that they have when the portal is served."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher())
    passwords.hash_of_nothing.cache_clear()
    yield
    passwords.hash_of_nothing.cache_clear()


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    clock.use(lambda: cast_module.NOW)
    yield
    clock.use(None)


@pytest.fixture(autouse=True)
def _nobody_acts() -> Iterator[None]:
    """Whoever a test acted for is forgotten, though it failed in the middle, as where its guard is taken out."""
    yield
    acting.set(None)


@pytest.fixture(autouse=True)
def _order() -> Iterator[None]:
    """With ORDER=strict, refuse what relies on an order that it did not ask for; see tests/order.py."""
    with order.refusing() if order.IS_STRICT else nullcontext():
        yield


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
def rep_goes(app: Flask, rolled_back: Connection) -> None:
    """The reps of the cast go to their first meeting themselves: no depute goes instead."""
    with app.app_context(), unit_of_work():
        db.session.execute(cast_module.anywhere(delete(StandIn)))


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
def required_of_staff(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second factor is required of staff, as in production."""
    monkeypatch.setitem(app.config, "PORTAL", dataclasses.replace(app.config["PORTAL"], second_factor_of="staff"))


@pytest.fixture
def one_email(work: Any, things: dict[str, Any]) -> Any:
    """The outbox holds one email alone, to the rep: papers have arrived."""
    from portal.notifications.models import Email

    with work():
        db.session.execute(cast_module.anywhere(update(Email).values(status="expired")))
        email = db.session.get_one(Email, things["email_id"], populate_existing=True)
        email.status = "waiting"
    return email
