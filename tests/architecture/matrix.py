"""What every route should answer to everybody, worked out from its guard and the table; and what it does answer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, event
from werkzeug.test import TestResponse

from portal.access.decide import can, reach
from portal.access.permissions import (
    BOARDS_READ,
    CARE_READ,
    CLAIMS_DECIDE,
    CLAIMS_READ,
    COURSES_READ,
    COURSES_WRITE,
    EMAILS_READ,
    MEETINGS_READ,
    MENTORS_ARRANGE,
    PAPERS_READ,
    PEOPLE_READ,
    PROVIDERS_WRITE,
    SESSIONS_ARRANGE,
    SESSIONS_BOOK,
    TRAINING_READ,
)
from portal.access.roles import Viewer
from portal.accounts import queries as accounts
from portal.identity import find_viewer
from portal.infra.database import db
from portal.infra.guard import guard_of
from tests.cast import BoardCast, Cast
from tests.run_folder import count
from tests.visitor import Visitor

SIGHT = {  # what one must be allowed to read for the thing in the URL to be there at all; the nearest thing first
    "group_id": BOARDS_READ,
    "seat_id": BOARDS_READ,
    "hold_id": BOARDS_READ,
    "appointment_id": PEOPLE_READ,
    "role_id": PEOPLE_READ,
    "person_id": PEOPLE_READ,
    "point_id": "",
    "meeting_id": MEETINGS_READ,
    "item_id": MEETINGS_READ,
    "stand_in_id": MEETINGS_READ,
    "paper_id": PAPERS_READ,
    "email_id": EMAILS_READ,
    "claim_id": CLAIMS_READ,
    "line_id": CLAIMS_READ,
    "receipt_id": CLAIMS_READ,
    "run_id": CLAIMS_DECIDE,
    "draft_id": "",  # whoever writes it for somebody
    "draft_line_id": "",
    "care_receipt_id": "",
    "inducted_id": "",
    "step_id": COURSES_WRITE,
    "read_course_id": COURSES_READ,
    "course_id": COURSES_WRITE,
    "session_id": SESSIONS_BOOK,
    "arranged_id": SESSIONS_ARRANGE,
    "record_id": TRAINING_READ,
    "mentor_id": MENTORS_ARRANGE,
    "mentor_request_id": MENTORS_ARRANGE,
    "flag_id": MENTORS_ARRANGE,
    "own_mentor_id": "",
    "own_request_id": "",
    "pair_id": "",  # whoever is one of the two
    "kept_note_id": "",
    "request_id": CARE_READ,
    "taken_id": "",
    "provider_id": PROVIDERS_WRITE,
    "entry_id": "",  # likewise
    "message_id": "",
    "nomination_id": "",  # whoever may do it, and nobody else
    "board": BOARDS_READ,
}
ONLY_ITS_MAKER = {
    "draft_id": "officer",
    "draft_line_id": "officer",
    "taken_id": "officer",
    "point_id": "depute",
}  # whom of the cast
OF_THE = {  # whose the thing of the cast is; else the depute's
    "inducted_id": ("rep",),
    "pair_id": ("rep", "mentor"),
    "kept_note_id": ("rep",),
    "own_mentor_id": ("mentor",),
}
MAY_CHANGE_ON_READ = ("audit_lines", "sessions", "hits")
ALLOWED = frozenset({200, 302, 303})
TO_SIGN_IN = frozenset({302})
METHODS = ("GET", "POST")


class Thing:
    """What is in the URL, as the rules see it."""

    def __init__(self, board: BoardCast, whose: str) -> None:
        self.board_id = board.id
        self.group_id = board.things["group_id"]
        self.meeting_id = board.things["meeting_id"]
        self.person_id = board.people[whose]


class GroupThing:
    """A group, which whoever sits on it reaches too."""

    def __init__(self, board: BoardCast) -> None:
        self.board_id = board.id
        self.group_id = board.things["group_id"]


class BoardThing:
    """A board itself, a seat, a role: nothing that a group or meeting reaches."""

    def __init__(self, board: BoardCast) -> None:
        self.board_id = board.id


@dataclass(frozen=True)
class Case:
    """One request: a method and rule with its guard, about a thing of one board."""

    method: str
    rule: str
    endpoint: str
    guard: str
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
                    yield Case(method, rule.rule, rule.endpoint, guard, frozenset(rule.arguments), board.key)


def path_of(rule: str, board: BoardCast) -> str:
    """The address of a route, about the things of one board."""
    path = rule
    for name, value in {**board.things, "version_id": UUID(int=1)}.items():
        path = path.replace(f"<{name}>", str(value)).replace(f"<uuid:{name}>", str(value))
    assert "<" not in path or "token" in path, f"put a thing for {path} into the cast"
    return path


def expected(viewer: Viewer | None, case: Case, board: BoardCast) -> frozenset[int]:
    """The status codes that may come back."""
    if viewer is None:
        return TO_SIGN_IN
    if not case.arguments:
        return ALLOWED if reach(viewer, case.guard) else frozenset({403})
    if "version_id" in case.arguments:
        return frozenset({404})  # no such file waits
    name = next((name for name in SIGHT if name in case.arguments), None)
    assert name, f"say in SIGHT what one must be allowed to read to see {case.rule}"
    sight = SIGHT[name] or case.guard
    if name in ONLY_ITS_MAKER and viewer.id != board.people[ONLY_ITS_MAKER[name]]:
        return frozenset({404})
    reached_by_group = sight in (MEETINGS_READ, PAPERS_READ, CLAIMS_READ, CARE_READ, TRAINING_READ) or not SIGHT[name]
    thing = Thing(board, _whose(name, viewer, board)) if reached_by_group else BoardThing(board)
    if not can(viewer, sight, thing):
        return frozenset({404})
    guarded = GroupThing(board) if name == "group_id" else thing
    return ALLOWED if can(viewer, case.guard, guarded) else frozenset({403})


def _whose(name: str, viewer: Viewer, board: BoardCast) -> str:
    """Whose the thing is: of those who share it, the one who asks."""
    sharing = OF_THE.get(name, ("depute",))
    return next((role for role in sharing if board.people[role] == viewer.id), sharing[0])


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

    def expectations(self, name: str, wanted: Iterable[Case]) -> dict[Case, frozenset[int]]:
        viewer = viewer_of(self.app, self.cast, name)
        return {case: expected(viewer, case, self._board(case)) for case in wanted}

    def _board(self, case: Case) -> BoardCast:
        return next(board for board in self.cast.boards if board.key == case.board)

    def faults(self, name: str, wanted: dict[Case, frozenset[int]]) -> Iterator[str]:
        """Where the answers to one person differ from what is expected, in words, found as one goes on asking."""
        viewer = viewer_of(self.app, self.cast, name)
        own = viewer.boards_with_any() if viewer else frozenset()
        foreign = [board.canary for board in self.cast.boards if board.id not in own and name != "coordinator"]
        visitor = self.visit(name)
        for case, codes in wanted.items():
            count("requests of the matrix")
            yield from self._ask(visitor, case, codes, foreign)
            if "sign_out" in case.endpoint:  # the cookie is gone, whatever the database forgot again
                visitor = self.visit(name)

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
        said = words_in(response)
        yield from (f"{where} shows words of another board" for canary in foreign if canary in said)
        untouched.rollback()
