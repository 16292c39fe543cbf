"""The database goes away at every single statement of a request: 503 with Retry-After, no trace, nothing half done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event, func, select
from sqlalchemy.exc import OperationalError

from portal.infra.database import Model, db

pytestmark = pytest.mark.slow
OFF = {"reason": "Snow", "version": "2"}
REQUESTS = {
    "a page": ("northfirth.rep", "GET", "/meetings/{meeting_id}", {}),
    "next steps": ("northfirth.rep", "GET", "/", {}),
    "a download": ("northfirth.rep", "GET", "/papers/{paper_id}/file", {}),
    "a note": ("northfirth.rep", "POST", "/papers/{paper_id}/note", {"text": "mine"}),
    "an item": (
        "northfirth.clerk",
        "POST",
        "/meetings/{coming_id}/items/new",
        {"title": "Budget", "purpose": "decision"},
    ),
    "a meeting that is off": ("northfirth.clerk", "POST", "/meetings/{meeting_id}/cancel", OFF),
    "an invitation": (
        "northfirth.admin",
        "POST",
        "/boards/northfirth/people/new",
        {"name": "Una New", "email": "una@new.test", "role": "clerk"},
    ),
    "a hold": ("northfirth.admin", "POST", "/boards/northfirth/holds/new", {"person": "board", "reason": "12"}),
    "the trail": ("northfirth.admin", "GET", "/boards/northfirth/audit.csv", {}),
    "a sign-in": ("", "POST", "/sign-in", {"email": "rep@northfirth.test", "password": "wrong"}),
}
COUNTED_APART = ("hits", "counts", "audit_lines", "sessions")  # what must count even when a request fails


@contextmanager
def broken_at(app: Flask, number: int) -> Iterator[list[str]]:
    """Let the database be away from the n-th statement on; the statements that were run."""
    run: list[str] = []

    def fail(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split()[0] in ("SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA"):
            return
        run.append(statement)
        if len(run) >= number:
            raise OperationalError(statement, {}, Exception("the database is away"))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", fail)
    try:
        yield run
    finally:
        event.remove(engine, "before_cursor_execute", fail)


def rows(connection: Connection) -> dict[str, int]:
    tables = (table for name, table in Model.metadata.tables.items() if name not in COUNTED_APART)
    return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


@pytest.mark.parametrize("what", REQUESTS)
def test_it_fails_whole_and_says_when_to_try_again(
    app: Flask, visit: Any, things: dict[str, Any], rolled_back: Connection, what: str
) -> None:
    name, method, path, form = REQUESTS[what]
    visitor, before, number = visit(name), rows(rolled_back), 0
    data = {"csrf_token": visitor.csrf_token(), **form} if method == "POST" else {}
    while True:
        number += 1
        untouched = rolled_back.begin_nested()
        with broken_at(app, number) as run:
            response = visitor.client.open(path.format(**things), method=method, data=data)
            body = response.data
        untouched_rows = rows(rolled_back)
        untouched.rollback()
        if len(run) < number:
            break
        assert response.status_code == 503, f"statement {number}: {response.status_code} {run[-1][:80]}"
        assert response.headers["Retry-After"] == "60"
        assert b"Traceback" not in body
        assert untouched_rows == before, f"statement {number} left something behind"
    assert number > 3
    assert response.status_code == (302 if method == "POST" and what != "a sign-in" else 200), "it did what it is for"


def test_an_error_that_is_hidden_would_be_noticed(
    app: Flask, visit: Any, things: dict[str, Any], rolled_back: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: a portal that says all is well while the database is away."""
    monkeypatch.setitem(app.error_handler_spec[None][None], OperationalError, lambda _error: ("fine", 200))
    with pytest.raises(AssertionError, match="statement"):
        test_it_fails_whole_and_says_when_to_try_again(app, visit, things, rolled_back, "an item")


def test_an_error_at_the_commit_becomes_a_page(app: Flask, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("COMMIT", {}, Exception("away"))

    clerk = visit("northfirth.clerk")
    token = clerk.csrf_token()
    monkeypatch.setattr("portal.app.unit_of_work.finish", away)
    response = clerk.client.post("/account/notifications", data={"csrf_token": token})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "60"
    assert response.headers["Content-Security-Policy"]
