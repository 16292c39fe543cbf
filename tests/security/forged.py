"""Forged posts: forms sent by people to whom they are not offered, about things of other boards, with their ids inside.

One forged post is drawn from its number alone, so that one which got through can be sent again.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Connection, select

from portal.infra.database import Model
from tests.architecture.matrix import viewer_of, watched_writes, words_in
from tests.cast import BoardCast, Cast
from tests.cast_support import IN_OWN_COPY, READ_BY
from tests.run_folder import count
from tests.security.found_forms import FoundForm
from tests.visitor import Visitor

NAMES_OF_IDS = ("id", "board_id", "group_id", "person_id", "meeting_id", "item_id", "claim_id", "line_id", "role_id")
NOWHERE = UUID("00000000-0000-4000-8000-00000000dead")
REFUSED = frozenset({400, 403, 404, 405, 413})
OF_BOARDS_BUT_WRITTEN_BY_STRANGERS = ("audit_lines", "emails")  # what an account does is written there as well


@dataclass
class Forged:
    """One post: whose browser, to which address, with what."""

    sender: str
    form: FoundForm
    path: str
    about: set[str] = field(default_factory=set)  # the boards whose ids its address holds
    body: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.sender or 'a stranger'}: POST {self.path} {self.body}"


def draw(number: int, found: list[FoundForm], cast: Cast) -> Forged:
    """The forged post of a number: any form, by anybody, about any board, with foreign ids among what is sent."""
    chance = random.Random(number)  # noqa: S311 - drawn again from its number
    form = found[number % len(found)]
    sender = chance.choice(["", *(name for name in cast.everyone() if name != "disabled")])
    forged = Forged(sender, form, form.rule)
    for name in _placeholders(form.rule):
        board = chance.choice(cast.boards)
        value = chance.choice([board.in_address(form.rule).get(name)] * 9 + [NOWHERE])
        forged.about |= {board.key} if value != NOWHERE else set()
        forged.path = forged.path.replace(f"<uuid:{name}>", str(value)).replace(f"<{name}>", str(value))
    ids = [str(one) for board in cast.boards for one in _ids_of(board)]
    forged.body = {name: _forge(chance, value, ids) for name, value in form.fields.items()}
    forged.body |= {name: chance.choice(ids) for name in chance.sample(NAMES_OF_IDS, 2)}
    return forged


def _placeholders(rule: str) -> list[str]:
    return [part.partition(">")[0].rpartition(":")[2] for part in rule.split("<")[1:]]


def _ids_of(board: BoardCast) -> list[UUID]:
    things = [thing for thing in board.things.values() if isinstance(thing, UUID)]
    return [*things, *board.people.values(), board.id]


def _forge(chance: random.Random, value: str, ids: list[str]) -> Any:
    """An id becomes another's, at times two; a word stays mostly, so that the form gets past its own checks."""
    if _is_id(value):
        return chance.choice([value, chance.choice(ids), [value, chance.choice(ids)]])
    return chance.choice([value] * 6 + [chance.choice(ids), "", "admin"])


def _is_id(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False


@dataclass
class Attack:
    """Sends forged posts, and says what came of one that it should not have."""

    app: Flask
    cast: Cast
    visit: Any
    connection: Connection
    visitors: dict[str, Visitor] = field(default_factory=dict)
    rows: dict[str, dict[str, str]] = field(default_factory=dict)

    def faults_of(self, forged: Forged) -> Iterator[str]:
        """Nothing, where the portal answered as it should. Whatever was written is taken back."""
        visitor = self._visitor(forged.sender)
        body = {"csrf_token": visitor.csrf_token(), **forged.body}
        for key in self._foreign_boards(forged.sender):
            self._rows_of(key)  # as they are before
        untouched = self.connection.begin_nested()
        try:
            with visitor.as_it_is(), watched_writes(self.app) as written:
                response = visitor.client.post(forged.path, data=body)
            count("forged posts sent")
            yield from self._faults(forged, response, written)
        finally:
            untouched.rollback()

    def _faults(self, forged: Forged, response: Any, written: list[str]) -> Iterator[str]:
        if response.status_code >= 500 or b"Traceback" in response.data:
            yield f"{response.status_code}"
        if not self._guarded(forged):
            return
        if response.status_code in REFUSED and written:
            yield f"refused with {response.status_code}, and wrote: {written[0][:80]}"
        said, sent = words_in(response), str(forged.body)  # what somebody sent may be said back to them
        yield from (f"says {w}" for w in self._foreign_words(forged.sender) if w in said and w not in sent)
        if written:
            changed = [key for key in self._foreign_boards(forged.sender) if self._read(key) != self._rows_of(key)]
            yield from (f"changed rows of {key}: {self._what_changed(key)}" for key in changed)
            yield from self._mixed()

    @staticmethod
    def _guarded(forged: Forged) -> bool:
        """Not where anybody may write: signing in, a letter from the public, a mailed link."""
        guard = forged.form.guard
        return guard not in ("public", "awaiting second factor") and not guard.startswith("link ")

    def _visitor(self, name: str) -> Visitor:
        if name not in self.visitors:
            self.visitors[name] = self.visit(name)
        return self.visitors[name]

    def _foreign_boards(self, name: str) -> list[str]:
        """The boards on which somebody has nothing at all."""
        viewer = viewer_of(self.app, self.cast, name)
        own = viewer.boards_with_any() if viewer else frozenset()
        return [board.key for board in self.cast.boards if board.id not in own and name != "coordinator"]

    def _foreign_words(self, name: str) -> list[str]:
        boards = [board.canary for board in self.cast.boards if board.key in self._foreign_boards(name)]
        role = name.partition(".")[2]
        return boards + [word for word, who in READ_BY.items() if role not in who | IN_OWN_COPY.get(word, set())]

    def _rows_of(self, key: str) -> dict[str, str]:
        if key not in self.rows:
            self.rows[key] = self._read(key)
        return self.rows[key]

    def _read(self, key: str) -> dict[str, str]:
        """Everything that the tables of a board hold about it."""
        board = next(one for one in self.cast.boards if one.key == key)
        tables = {name: one for name, one in Model.metadata.tables.items() if "board_id" in one.columns}
        found = {}
        for name in sorted(set(tables) - set(OF_BOARDS_BUT_WRITTEN_BY_STRANGERS)):
            table = tables[name]
            mine = select(table).where(table.c.board_id == board.id).order_by(*table.primary_key)
            found[name] = str(self.connection.execute(mine).all())
        return found

    def _mixed(self) -> Iterator[str]:
        """Rows of a board that point at a thing of the other."""
        for board, other in (self.cast.boards, self.cast.boards[::-1]):
            things = {repr(thing) for thing in other.things.values() if isinstance(thing, UUID)}
            for table, rows in self._read(board.key).items():
                yield from (f"{board.key}: {table} points at {thing}" for thing in things if thing in rows)

    def _what_changed(self, key: str) -> list[str]:
        now, before = self._read(key), self._rows_of(key)
        return [name for name in now if now[name] != before[name]]
