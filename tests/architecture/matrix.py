"""What every route should answer to everybody, worked out from its guard and the table; and what it does answer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

import lxml.html
from flask import Flask
from sqlalchemy import Connection, event
from werkzeug.test import TestResponse

from portal.access.decide import can, reach
from portal.access.roles import Viewer
from portal.accounts import queries as accounts
from portal.capability import gathered
from portal.identity import find_viewer
from portal.infra.database import db
from portal.infra.guard import guard_of, loader_of
from portal.infra.sight import Loader, Sight
from tests.cast import BoardCast, Cast
from tests.cast_support import IN_OWN_COPY, READ_BY
from tests.page_rules import attributes_twice, leads_back_to, problems_of
from tests.reading import Read, prose_of, read_all
from tests.run_folder import count
from tests.visitor import Visitor

MAY_CHANGE_ON_READ = ("audit_lines", "sessions", "hits", "downloads_begun")
ALLOWED = frozenset({200, 302, 303, 409})  # 409: what they may do was sent too late, and the page says so
TO_SIGN_IN = frozenset({302})
METHODS = ("GET", "POST")
FIND_MOST = ("officer", "rep")


@dataclass(frozen=True)
class Case:
    """One request: a method and rule with its guard and loader, about a thing of one board."""

    method: str
    rule: str
    endpoint: str
    guard: str
    load: Loader[..., Any] | None
    arguments: frozenset[str]
    board: str


def cases(app: Flask, cast: Cast, endpoints: Iterable[str] = (), methods: Sequence[str] = METHODS) -> Iterator[Case]:
    """Every guarded route with these methods, on both boards; or those of some endpoints."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        guard = guard_of(app, rule.endpoint)
        if (
            guard in ("public", "awaiting second factor")
            or guard.startswith("link ")
            or (endpoints and rule.endpoint not in endpoints)
        ):
            continue
        for method in methods:
            if method in (rule.methods or ()):
                for board in cast.boards:
                    load = loader_of(app, rule.endpoint)
                    yield Case(method, rule.rule, rule.endpoint, guard, load, frozenset(rule.arguments), board.key)


def mirrored(wanted: Iterable[Case]) -> tuple[list[Case], list[Case]]:
    """Those to ask always, and those that others answer for: a POST to a page of the second board.

    The door finds the thing before it looks at the method, so a GET of the same address was shown the same door.
    """
    wanted = list(wanted)
    first, pages = wanted[0].board, {case.rule for case in wanted if case.method == "GET"}
    later = [one for one in wanted if one.method == "POST" and one.board != first and one.rule in pages]
    return [one for one in wanted if one not in set(later)], later


def path_of(rule: str, board: BoardCast) -> str:
    """The address of a route, about the things of one board."""
    path = rule
    for name, value in board.in_address(rule).items():
        path = path.replace(f"<{name}>", str(value)).replace(f"<uuid:{name}>", str(value))
    assert "<" not in path.replace("<token>", ""), f"put a thing for {path} into the cast"
    return path


def expected(viewer: Viewer | None, case: Case, thing: object) -> frozenset[int]:
    """The status codes that may come back, about a thing that somebody of the cast sees."""
    if viewer is None:
        return TO_SIGN_IN
    if case.load is None:
        assert not case.arguments, f"{case.rule}: say with `one` what finds the thing in the address"
        return ALLOWED if reach(viewer, case.guard) else frozenset({403})
    if thing is None or not is_in_sight(viewer, case.load, thing):
        return frozenset({404})
    return ALLOWED if can(viewer, case.guard, thing) else frozenset({403})


def is_in_sight(viewer: Viewer, load: Loader[..., Any], thing: object) -> bool:
    """What the door says of the thing, worked out here from the table: a door that does otherwise is found."""
    alone, more = load.whose(thing) if load.whose else None, load.needs(thing) if load.needs else ()
    return all(can(viewer, one, thing) for one in (load.sight, *more)) and (alone is None or viewer.id in alone)


@contextmanager
def watched_writes(app: Flask) -> Iterator[list[str]]:
    """What was written while inside and not taken back, but in tables that reading may touch."""
    written: list[str] = []
    at_savepoints: list[int] = []  # how much was written when each was begun that is open

    def see(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        words = statement.replace('"', "").split()
        if words[0] in ("INSERT", "UPDATE", "DELETE"):
            table = words[1] if words[0] == "UPDATE" else words[2]
            if table not in MAY_CHANGE_ON_READ:
                written.append(statement)

    def begin(*_: Any) -> None:
        at_savepoints.append(len(written))

    def take_back(*_: Any) -> None:
        del written[at_savepoints.pop() if at_savepoints else 0 :]

    def keep(*_: Any) -> None:
        del at_savepoints[-1:]

    with app.app_context():
        engine = db.engine
    watching: dict[str, Callable[..., None]] = {
        "before_cursor_execute": see,
        "savepoint": begin,
        "rollback_savepoint": take_back,
        "release_savepoint": keep,
    }
    for what, watch in watching.items():
        event.listen(engine, what, watch)
    try:
        yield written
    finally:
        for what, watch in watching.items():
            event.remove(engine, what, watch)


def viewer_of(app: Flask, cast: Cast, name: str) -> Viewer | None:
    if not name:
        return None
    with app.app_context():
        person = accounts.person(cast.person(name))
        return None if person is None or person.disabled_at else find_viewer(person)


def words_in(response: TestResponse) -> str:
    """What a response says to whoever reads it: its headers, and its text, also when it is a PDF."""
    headers = " ".join(f"{name}: {value}" for name, value in response.headers)
    return f"{headers}\n{text_in(response.data)}"


def text_in(content: bytes) -> str:
    """The text of a page, a PDF, a spreadsheet or any other file."""
    if content[:5] == b"%PDF-":
        return text_of_pdf(content)
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return " ".join(
                book.read(name).decode("utf-8", "replace") for name in sorted(book.namelist()) if "docProps" not in name
            )
    return content.decode("utf-8", "replace")


def text_of_pdf(content: bytes) -> str:
    import pypdfium2

    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    return " ".join(page.get_textpage().get_text_bounded() for page in pages)


@dataclass
class Matrix:
    """The whole table of answers: who, what was expected of each case, and how to ask."""

    app: Flask
    cast: Cast
    visit: Callable[[str], Visitor]
    connection: Connection
    things: dict[tuple[str, str], object] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)  # by path, as whoever asks meets them
    above: dict[str, str] = field(default_factory=dict)  # the address to which a page leads back, by path
    prose: dict[str, Read] = field(default_factory=dict)  # what was read on each page, by endpoint
    headings: dict[str, str] = field(default_factory=dict)  # of the same pages
    found: dict[tuple[UUID, str, str], object] = field(default_factory=dict)  # by person, endpoint and board

    def expectations(self, name: str, wanted: Iterable[Case]) -> dict[Case, frozenset[int]]:
        viewer = viewer_of(self.app, self.cast, name)
        with self.app.app_context():
            return {case: expected(viewer, case, self._thing(case, viewer)) for case in wanted}

    def _thing(self, case: Case, viewer: Viewer | None) -> object:
        """What the address is about, as this person finds it, or else whoever of the cast finds it."""
        if viewer is None or case.load is None:
            return None
        found = self._found_by(viewer, case)
        if found is None and (case.endpoint, case.board) not in self.things:
            each = (self._found_by(one, case) for one in self._everyone)
            thing = next((thing for thing in each if thing is not None), None)
            assert (thing is None) == ("version_id" in case.arguments), f"nobody finds {case.rule}"
            self.things[case.endpoint, case.board] = thing
        return found or self.things[case.endpoint, case.board]

    @cached_property
    def _everyone(self) -> Sequence[Viewer]:
        """Whoever of the cast can sign in, those first who find most."""
        names = sorted(self.cast.everyone(), key=lambda name: not name.endswith(FIND_MOST))
        return [one for name in names if (one := viewer_of(self.app, self.cast, name))]

    def _found_by(self, viewer: Viewer, case: Case) -> object:
        asked = viewer.id, case.endpoint, case.board
        if asked not in self.found:
            self.found[asked] = self._find(viewer, case)
        return self.found[asked]

    def _find(self, viewer: Viewer, case: Case) -> object:
        named = self._board(case).in_address(case.rule)
        load = case.load
        return load and load.find(Sight(viewer, load.sight), **{name: named[name] for name in case.arguments})

    def _board(self, case: Case) -> BoardCast:
        return next(board for board in self.cast.boards if board.key == case.board)

    def faults(self, name: str, wanted: dict[Case, frozenset[int]]) -> Iterator[str]:
        """Where the answers to one person differ from what is expected, in words, found as one goes on asking."""
        viewer = viewer_of(self.app, self.cast, name)
        own = viewer.boards_with_any() if viewer else frozenset()
        foreign = [board.canary for board in self.cast.boards if board.id not in own and name != "coordinator"]
        role = name.partition(".")[2]
        foreign += [word for word, readers in READ_BY.items() if role not in readers | IN_OWN_COPY.get(word, set())]
        visitor = self.visit(name)
        for case, codes in wanted.items():
            count("requests of the matrix")
            yield from self._ask(visitor, case, codes, foreign)
            if "sign_out" in case.endpoint:  # the cookie is gone, whatever the database forgot again
                visitor = self.visit(name)
        for path, above in self.above.items():
            if self.statuses.get(above.partition("?")[0], 200) not in ALLOWED:
                yield f"{path} leads back to {above}, which is shut"

    def _ask(self, visitor: Visitor, case: Case, codes: frozenset[int], foreign: list[str]) -> Iterator[str]:
        path = path_of(case.rule, self._board(case))
        token = {"csrf_token": visitor.csrf_token()} if case.method == "POST" else {}
        untouched = self.connection.begin_nested()
        with watched_writes(self.app) as written:
            response = visitor.client.open(path, method=case.method, data=token)
        where = f"{case.method} {path} ({case.guard})"
        if codes == TO_SIGN_IN and not response.headers.get("Location", "").startswith("/sign-in"):
            yield f"{where} does not lead to sign-in"
        if response.status_code not in codes:
            yield f"{where}: {response.status_code}, expected {sorted(codes)}"
        if (case.method != "POST" or 200 not in codes) and written:
            yield f"{where} wrote: {written[0][:80]}"
        self.statuses[path] = response.status_code
        if case.method == "GET" and response.status_code == 200 and response.mimetype == "text/html":
            yield from (f"{where}: {fault}" for fault in self._faults_of_page(case, path, response))
        said = words_in(response)
        yield from (f"{where} shows words that are not theirs: {word}" for word in foreign if word in said)
        untouched.rollback()

    def _faults_of_page(self, case: Case, path: str, response: TestResponse) -> Iterator[str]:
        """What is wrong with a page, and a page below the first level that leads to none above it."""
        page = lxml.html.fromstring(response.text)
        self.prose[case.endpoint] = read_all(prose_of(page))
        self.headings[case.endpoint] = " ".join(page.find(".//h1").text_content().split())
        yield from problems_of(page)
        yield from attributes_twice(response.text)
        if case.endpoint not in self._first_level:
            self.above[path] = leads_back_to(page)
            if self.above[path] in ("", path):
                yield "no link back to the page above it"

    @cached_property
    def _first_level(self) -> frozenset[str]:
        """The pages that the menu offers."""
        with self.app.app_context():
            return frozenset(one.endpoint for one in gathered().menu)
