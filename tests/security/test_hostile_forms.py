"""Hostile forms: every form, found from the routes, fed with what nobody should send. No fault, nothing invalid saved.

EXAMPLES says how many times each form is sent (make test: once; make test-all: 10; make test-soak: 200).
"""

from __future__ import annotations

import io
import itertools
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, String, Text, event, select

from config import Config
from portal.app import create_app
from portal.boards.models import StaffRole
from portal.core import clock
from portal.infra.database import Model, db
from tests.cast import NOW, Cast, anywhere
from tests.run_folder import count
from tests.security.found_forms import FoundForm, Senders, forms

FEW = 1
EXAMPLES = int(os.environ.get("EXAMPLES", FEW))
pytestmark = pytest.mark.slow

SPECIAL = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "é🙂👩🏽‍🦽",
    "\u202etxt.exe",
    "x" * 1_000_000,
    "1e9",
    "NaN",
    "-1",
    "0",
    "99999999999999999999",
    "١٢",
    "'; DROP TABLE people; --",
    "<script>alert(1)</script>",
    "{{ 7 * 7 }}",
    "%s%n",
    "../../etc/passwd",
    "\r\nSet-Cookie: a=b",
    "2026-02-30",
    "24:00",
    "null",
    "[[[[",
    '[{"name": {}}]',
    "=1+1",
    "00000000-0000-0000-0000-000000000001",
    "a" * 64 + "@" + ".".join(("b" * 60, "b" * 60, "b" * 59, "example")),  # the longest address
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
)
EXTRA = ("status", "role", "board_id", "group_id", "person_id", "id", "version", "is_admin", "published_at", "approved")
values = st.one_of(
    st.sampled_from(SPECIAL), st.text(max_size=40), st.binary(max_size=20).map(lambda b: b.decode("latin-1"))
)
ways = st.sampled_from(("as it is", "hostile", "hostile", "near", "missing", "doubled"))
ENDINGS_OF_NEAR = st.sampled_from(("not-a-uuid", "x", "1", "9" * 400, "", ":", "00000000-0000-0000-0000-000000000001"))


def _endpoints() -> list[str]:
    app = create_app(Config(environment="test", database_url="sqlite://", files_url="memory:///"))
    return sorted({rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())})


@pytest.fixture(scope="session")
def found(app: Flask, cast: Cast) -> dict[str, FoundForm]:
    return {form.endpoint: form for form in forms(app, cast)}


@contextmanager
def tables_written(app: Flask) -> Iterator[set[str]]:
    written: set[str] = set()

    def see(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if match := re.match(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', statement):
            written.add(match[1])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", see)
    try:
        yield written
    finally:
        event.remove(engine, "before_cursor_execute", see)


def invalid_in(connection: Connection, tables: set[str]) -> list[str]:
    """What should never have been saved: text longer than its column, or with characters that nobody can see."""
    found = []
    for table in (Model.metadata.tables[name] for name in tables if name in Model.metadata.tables):
        columns = [column for column in table.columns if isinstance(column.type, String | Text)]
        for row in connection.execute(select(*columns).order_by(*table.primary_key)) if columns else ():
            found += [
                f"{c.table.name}.{c.key}: {v[:60]!r}" for c, v in zip(columns, row, strict=True) if _is_invalid(c, v)
            ]
    return found


def _is_invalid(column: Any, value: str | None) -> bool:
    if not value:
        return False
    is_long = column.type.length is not None and len(value) > column.type.length
    lines = value.splitlines() if isinstance(column.type, Text) else [value]
    return is_long or not all(line.isprintable() for line in lines)


def hostile(data: st.DataObject, form: FoundForm) -> dict[str, Any]:
    """What is sent: each field as the page shows it, hostile, nearly right, missing or doubled; and fields of no page.

    What is nearly right begins as the page shows it: 'version:x' for 'version:<id>'.
    """
    sent: dict[str, Any] = {}
    for name, value in form.fields.items():
        way = data.draw(ways, name)
        if way != "missing":
            hostile_value = data.draw(values, name)
            near = re.split(r"(?<=[:|,-])", str(value))[0] + data.draw(ENDINGS_OF_NEAR, name)
            doubled = [value, hostile_value]
            sent[name] = {"as it is": value, "hostile": hostile_value, "near": near, "doubled": doubled}[way]
    for name in data.draw(st.lists(st.sampled_from(EXTRA), max_size=3), "extra"):
        sent.setdefault(name, data.draw(values, name))
    for name in form.files:
        content = data.draw(st.one_of(st.just(b"%PDF-1.7"), st.just(b"PK\x03\x04"), st.binary(max_size=60)), name)
        sent[name] = (io.BytesIO(content), data.draw(st.sampled_from(("a.pdf", "../a.csv", "x" * 300, "\u202e.xlsx"))))
    return sent


@pytest.mark.parametrize("endpoint", _endpoints())
def test_no_form_falls_over_what_is_sent(
    app: Flask, cast: Cast, visit: Any, rolled_back: Connection, found: dict[str, FoundForm], endpoint: str
) -> None:
    feed(app, rolled_back, Senders(app, cast, visit), found[endpoint], EXAMPLES)


def feed(app: Flask, rolled_back: Connection, senders: Senders, found: FoundForm, examples: int) -> None:
    """Send a form so many times, with what nobody should send."""
    form, ticks = senders.look(found), itertools.count()
    visitor, path = senders.of(form), senders.path(form)
    token = visitor.csrf_token()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=examples < 100,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(st.data())
    def send(data: st.DataObject) -> None:
        untouched = rolled_back.begin_nested()
        try:
            clock.use(lambda: NOW + timedelta(microseconds=next(ticks)))
            body = {"csrf_token": token, **hostile(data, form)}
            kind = {"content_type": "multipart/form-data"} if form.files else {}
            count("hostile forms sent")
            with visitor.as_it_is(), tables_written(app) as written:
                response = visitor.client.post(path, data=body, **kind)
            assert response.status_code < 500, f"{path}: {response.status_code}"
            assert b"Traceback" not in response.data
            assert invalid_in(rolled_back, written - {"sessions"}) == []
        finally:
            untouched.rollback()

    send()


def test_the_fields_of_forms_are_really_found(app: Flask, cast: Cast, visit: Any, found: dict[str, FoundForm]) -> None:
    senders = Senders(app, cast, visit)
    fields = {name: set(senders.look(form).fields) | set(form.files) for name, form in found.items()}
    assert fields["accounts.sign_in"] == {"email", "password", "credential"}, "the last for the button of passkeys"
    assert {"title", "number", "purpose", "is_verbal"} <= fields["meetings.new_item"]
    assert fields["papers.upload"] == {"files"}
    assert fields["accounts.sign_in_code"] == {"code"}
    assert fields["accounts.accept_invitation"] == {"password", "known_as"}
    assert len([name for name, names in fields.items() if names]) > 25


def test_a_careless_form_would_be_noticed(
    app: Flask, cast: Cast, visit: Any, rolled_back: Connection, found: dict[str, FoundForm], monkeypatch: Any
) -> None:
    """The negative control: a form that takes whatever comes."""
    from portal.boards import forms as board_forms

    monkeypatch.setattr(board_forms.GroupForm, "validate", lambda self, **_: True)
    with pytest.raises((AssertionError, ExceptionGroup)):
        feed(app, rolled_back, Senders(app, cast, visit), found["boards.new_group"], 10)


@pytest.mark.parametrize("third", [0, *(pytest.param(one, marks=pytest.mark.long) for one in (1, 2))])
def test_fields_that_are_not_on_the_page_change_nothing(
    app: Flask, cast: Cast, visit: Any, rolled_back: Connection, found: dict[str, FoundForm], third: int
) -> None:
    """status, role, board_id and the like, pointing at another board: its rows stay as they are, nobody gets a role."""
    senders, south = Senders(app, cast, visit), cast.southmoor
    extra = {"board_id": str(south.id), "group_id": str(south.things["group_id"]), "status": "approved"}
    extra |= {"person_id": str(south.people["rep"]), "id": str(south.things["meeting_id"]), "is_admin": "1"}
    before = _rows_of(rolled_back, south.id)
    for form in list(found.values())[third::3]:
        untouched = rolled_back.begin_nested()
        senders.look(form)
        visitor = senders.of(form)
        roles = _roles(app)
        body = {"csrf_token": visitor.csrf_token(), **extra, **form.fields, "role": "admin"}
        path = senders.path(form)
        with tables_written(app) as written:
            response = visitor.client.post(path, data=body)
        assert response.status_code < 500
        if written & before.keys():
            assert _rows_of(rolled_back, south.id) == before, form.rule
        if form.guard not in ("people:manage",):
            assert _roles(app) == roles, form.rule
        untouched.rollback()


def _rows_of(connection: Connection, board_id: Any) -> dict[str, str]:
    """Everything that a board's tables hold about it."""
    found = {}
    for name, table in Model.metadata.tables.items():
        if "board_id" in table.columns and name not in ("audit_lines", "emails"):
            statement = select(table).where(table.c.board_id == board_id).order_by(*table.primary_key)
            found[name] = json.dumps(list(map(str, connection.execute(statement))))
    return found


def _roles(app: Flask) -> list[Any]:
    with app.app_context():
        statement = select(StaffRole.person_id, StaffRole.role).order_by(StaffRole.person_id, StaffRole.role)
        return list(db.session.execute(anywhere(statement)))


# An old page of signing in, in another tab, leads whoever is signed in on, and does nothing.
OF_WHO_IS_SIGNED_IN = ("/sign-in/code", "/sign-in/set-up-code")


def test_no_unsafe_method_works_without_its_token(
    app: Flask, cast: Cast, visit: Any, found: dict[str, FoundForm]
) -> None:
    """Cross-site requests: every form without the token of this browser's session, or with somebody else's.

    `make test` sends each form with one of the three, and `make test-all` with all of them.
    """
    senders = Senders(app, cast, visit)
    foreign = visit("southmoor.clerk").csrf_token()
    tokens = [{}, {"csrf_token": ""}, {"csrf_token": foreign}]
    for n, form in enumerate(found.values()):
        for token in tokens if EXAMPLES > FEW else [tokens[n % len(tokens)]]:
            visitor = senders.of(form)
            with tables_written(app) as written:
                response = visitor.client.post(senders.path(form), data={**form.fields, **token})
            assert response.status_code == (303 if form.rule in OF_WHO_IS_SIGNED_IN else 400), form.rule
            assert written <= {"mailed_links", "sessions"}, form.rule  # made by this test itself


@pytest.mark.parametrize(
    "where", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "x", "/\r\nx"]
)
def test_next_leads_to_own_paths_only(app: Flask, visit: Any, where: str) -> None:
    from tests.cast import PASSWORD

    form = {"email": "rep@northfirth.test", "password": PASSWORD}
    response = visit("").post("/sign-in", form, query_string={"next": where})
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
