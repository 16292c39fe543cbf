"""Every route × method × the whole cast × two boards answers as the table says.

What should happen is worked out here from the guard of the route and the table; refusals and reads may change no row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import Connection, event

from portal.access.decide import can, reach
from portal.access.permissions import (
    BOARDS_READ,
    EMAILS_READ,
    MEETINGS_READ,
    PAPERS_READ,
    PAPERS_RESTRICTED,
    PEOPLE_READ,
)
from portal.access.roles import Asker
from portal.accounts import queries as accounts
from portal.asking import find_asker
from portal.infra.database import db
from portal.infra.guard import guard_of
from tests.cast import BoardCast, Cast
from tests.visitor import Visitor

SIGHT = {  # what one must be allowed to read for the thing in the URL to be there at all
    "board": BOARDS_READ,
    "group_id": BOARDS_READ,
    "seat_id": BOARDS_READ,
    "appointment_id": PEOPLE_READ,
    "role_id": PEOPLE_READ,
    "meeting_id": MEETINGS_READ,
    "item_id": MEETINGS_READ,
    "stand_in_id": MEETINGS_READ,
    "paper_id": PAPERS_READ,
    "email_id": EMAILS_READ,
}
MAY_CHANGE_ON_READ = ("audit_lines", "sessions", "hits")
NEEDS_A_TOKEN = "link "


class Thing:
    """What is in the URL, as the rules see it."""

    def __init__(self, board: BoardCast) -> None:
        self.board_id = board.id
        self.group_id = board.things["group_id"]
        self.meeting_id = board.things["meeting_id"]


class BoardThing:
    """A board itself, a seat, a role: nothing that a group or meeting reaches."""

    def __init__(self, board: BoardCast) -> None:
        self.board_id = board.id


def cases(app: Flask) -> Iterator[tuple[str, str, str, set[str]]]:
    """(method, rule, guard, arguments) of every guarded route."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        guard = guard_of(app, rule.endpoint)
        if guard in ("public", "half way") or guard.startswith(NEEDS_A_TOKEN):
            continue
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield method, rule.rule, guard, set(rule.arguments)


def path_of(rule: str, board: BoardCast) -> str:
    path = rule
    things = {**board.things, "version_id": UUID(int=1)}
    for name in ("board", "group_id", "seat_id", "appointment_id", "role_id", "meeting_id", "item_id"):
        path = path.replace(f"<{name}>", str(things[name])).replace(f"<uuid:{name}>", str(things[name]))
    for name in ("stand_in_id", "paper_id", "email_id", "version_id"):
        path = path.replace(f"<uuid:{name}>", str(things[name]))
    return path


def expected(asker: Asker | None, guard: str, arguments: set[str], board: BoardCast) -> set[int]:
    """The status codes that may come back. 200, 302 and 503 (a pack being made) are all 'allowed'."""
    if asker is None:
        return {302}
    if not arguments:
        return {200, 302} if reach(asker, guard) else {403}
    if "version_id" in arguments:
        return {404}  # no such file waits
    name = next(name for name in SIGHT if (name in arguments and name != "board") or arguments == {"board"})
    thing = Thing(board) if SIGHT[name] in (MEETINGS_READ, PAPERS_READ) else BoardThing(board)
    if not can(asker, SIGHT[name], thing):
        return {404}
    return {200, 302, 303} if can(asker, guard, thing) else {403}


@contextmanager
def watched_writes(app: Flask) -> Iterator[list[str]]:
    """The tables written to while inside, but those that reading may touch."""
    written: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        words = statement.replace('"', "").split()
        if words[0] in ("INSERT", "UPDATE", "DELETE"):
            table = words[1] if words[0] == "UPDATE" else words[2]
            if table not in MAY_CHANGE_ON_READ:
                written.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", see)
    try:
        yield written
    finally:
        event.remove(engine, "before_cursor_execute", see)


def asker_of(app: Flask, cast: Cast, name: str) -> Asker | None:
    if not name:
        return None
    with app.app_context():
        person = accounts.person(cast.person(name))
        return None if person is None or person.disabled_at else find_asker(person)


def names() -> list[Any]:
    """The whole cast; make test-fast leaves out Southmoor, which mirrors Northfirth."""
    roles = ("rep", "depute", "officer", "clerk", "approver", "admin")
    north = [f"northfirth.{role}" for role in roles]
    south = [pytest.param(f"southmoor.{role}", marks=pytest.mark.slow) for role in roles]
    return ["", *north, *south, "coordinator", "both", "disabled", "nobody", "former"]


@pytest.mark.parametrize("name", names())
def test_each_route_answers_as_the_table_says(
    app: Flask, cast: Cast, visit: Any, rolled_back: Connection, name: str
) -> None:
    asker = asker_of(app, cast, name)
    wrong = []
    for board in cast.boards:
        for method, rule, guard, arguments in cases(app):
            untouched = rolled_back.begin_nested()
            visitor: Visitor = visit(name)
            allowed = expected(asker, guard, arguments, board)
            path = path_of(rule, board)
            with watched_writes(app) as written:
                token = {"csrf_token": visitor.csrf_token()} if method == "POST" else {}
                response = visitor.client.open(path, method=method, data=token)
            untouched.rollback()
            if response.status_code not in allowed:
                wrong.append(f"{method} {path} ({guard}): {response.status_code}, expected {allowed}")
            refused = response.status_code in (302, 403, 404) and not allowed & {200}
            if (method == "GET" or refused) and written:
                wrong.append(f"{method} {path} wrote: {written[0][:80]}")
            own_boards = asker.boards_with_any() if asker else frozenset()
            foreign = [one for one in cast.boards if one.id not in own_boards]
            shown = [one.key for one in foreign if one.canary.encode() in response.data]
            if shown and name != "coordinator":
                wrong.append(f"{method} {path} shows words of {shown}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["", "northfirth.rep", "northfirth.clerk", "coordinator"])
def test_reading_a_public_page_changes_no_row(app: Flask, cast: Cast, visit: Any, name: str) -> None:
    visitor = visit(name)
    for rule in app.url_map.iter_rules():
        if guard_of(app, rule.endpoint) == "public" and "GET" in (rule.methods or ()) and rule.endpoint != "static":
            with watched_writes(app) as written:
                visitor.get(path_of(rule.rule, cast.northfirth))
            assert not written, f"{rule.rule} wrote {written[0][:80]}"


def test_a_foreign_thing_looks_like_one_that_does_not_exist(visit: Any, cast: Cast) -> None:
    visitor = visit("northfirth.clerk")
    theirs = visitor.get(f"/meetings/{cast.southmoor.things['meeting_id']}")
    nothing = visitor.get(f"/meetings/{UUID(int=7)}")
    assert theirs.status_code == nothing.status_code == 404
    assert _masked(theirs.text) == _masked(nothing.text)


def _masked(text: str) -> str:
    import re

    return re.sub(r'(nonce="|csrf_token" value=")[^"]+', r"\1", text)


@pytest.mark.parametrize("name", names())
def test_list_and_door_agree(app: Flask, cast: Cast, name: str, rolled_back: Connection) -> None:
    """What a list shows is what the door opens, for every person and every meeting and paper."""
    from portal.meetings import queries as meetings
    from portal.papers import queries as papers

    asker = asker_of(app, cast, name)
    if asker is None:
        return
    with app.app_context():
        for board in cast.boards:
            listed = {meeting.id for meeting in meetings.meetings_of_board(asker, board.id)}
            every = {board.things["meeting_id"], board.things["coming_id"]}
            assert listed == {one for one in every if meetings.meeting(asker, one)}
            shown = {one.paper.id for one in papers.papers_shown(asker, board.things["meeting_id"])}
            both = {board.things["paper_id"], board.things["secret_paper_id"]}
            assert shown == {one for one in both if papers.paper(asker, one)}


def test_who_reads_restricted_papers_by_hand(app: Flask, cast: Cast, visit: Any) -> None:
    """From the requirements, not from the table: administrators read papers, but not restricted ones."""
    path = f"/papers/{cast.northfirth.things['secret_paper_id']}"
    answers = {name: visit(f"northfirth.{name}").get(path).status_code for name in cast.northfirth.people}
    assert answers == {"rep": 200, "depute": 200, "officer": 200, "clerk": 200, "admin": 404, "approver": 404}
    assert PAPERS_RESTRICTED


def test_who_publishes_by_hand(cast: Cast, visit: Any) -> None:
    """From the requirements: the clerk prepares and publishes, and nobody else does."""
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/publish"
    answers = {name: visit(f"northfirth.{name}").get(path).status_code for name in cast.northfirth.people}
    assert answers == {"clerk": 200, "rep": 403, "depute": 403, "officer": 403, "admin": 403, "approver": 404}
