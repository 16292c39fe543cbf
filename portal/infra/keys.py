"""The operator's keys of sealed columns: whether they are those of this database, and sealing all of it under another.

The canary is a word that everybody may know, sealed like everything else. Its key is the last to change when keys are
rotated, so a portal that cannot open it has lost a key under which much may still be sealed, and does not start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from flask import Flask
from sqlalchemy import Row, String, inspect, select, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Mapped, mapped_column

from config import SettingsRefused
from portal.infra.database import Identified, Model, db
from portal.infra.logs import fault
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.sealed import CannotOpen, Sealed, SealedColumn, SealedData, key_name, keys, seal, unseal
from portal.infra.unit_of_work import look, unit_of_work

CANARY_ID = UUID(int=1)  # one row, however many processes make it
BATCH, LOOKED_AT = 200, 2000
ABSENT = (
    "Put the key “{}” back into FIELD_KEYS, after the first: what this database holds is sealed under it. "
    "If it is lost for good, see docs/keys.md."
)
ANOTHER = (
    "Put the right key “{}” into FIELD_KEYS: the one of that name there opens nothing of what this database holds. "
    "If it is lost for good, see docs/keys.md."
)


class KeyCanary(Identified, Model):
    """The word by which keys are tried."""

    __tablename__ = "key_canary"

    sealed_word: Mapped[str] = mapped_column(String(200))
    word = SealedData()


def refuse_without_key(app: Flask) -> bool:
    """Try the keys before this process does anything else. Raises SettingsRefused, which names the missing one.

    False when the database does not answer, or has no tables yet: then they are to be tried later.
    """
    with app.app_context():
        try:
            if not _has_tables():
                return False
            try_keys()
        except OperationalError as error:
            fault("keys not tried", error)
            return False
        finally:
            db.session.close()
            db.engine.dispose()  # a web server that forks its workers must share no connection with them
    return True


def _has_tables() -> bool:
    with look():
        return inspect(db.session.connection()).has_table(KeyCanary.__tablename__)


def try_keys() -> None:
    """Raises SettingsRefused when the canary does not open. The first process there ever is makes it."""
    with look():
        canary = db.session.get(KeyCanary, CANARY_ID)
    if canary is None:
        _make_canary()
    elif not _opens(CANARY, canary.id, canary.sealed_word):
        _refuse(canary.sealed_word)


def _refuse(sealed: str) -> NoReturn:
    name = _shown(key_name(sealed))
    raise SettingsRefused([(ANOTHER if name in keys() else ABSENT).format(name)])


def _make_canary() -> None:
    """In a database of before there were canaries, the keys must open something else, if anything is sealed."""
    values = [(column, *row) for column in Sealed.columns for row in _looked_at(column, None, most=1)]
    if values and not any(_opens(*one) for one in values):
        _refuse(values[0][2])
    try:
        with unit_of_work():
            db.session.add(_canary())
    except IntegrityError:  # another process made it in the same moment
        try_keys()


def try_keys_later(app: Flask) -> None:
    """Where they could not be tried: answer nobody before they are."""

    @app.before_request
    def tried() -> None:
        if "keys tried" not in app.extensions:
            try_keys()
            app.extensions["keys tried"] = True


def give_up(name: str) -> bool:
    """Let the portal start without a key that is lost for good; False when it is not the missing one.

    What it sealed stays as it is, and opens again when the key is found.
    """
    try:
        try_keys()
    except SettingsRefused as refusal:
        if f"“{name}”" not in str(refusal):
            return False
        with unit_of_work():
            db.session.merge(_canary())
        return True
    return False


def _canary() -> KeyCanary:
    """Sealed under the first key."""
    canary = KeyCanary(id=CANARY_ID)
    canary.word = "canary"
    return canary


def sealing_key() -> str:
    """The name of the key under which everything is sealed from now on."""
    return next(iter(keys()))


def rotate() -> Iterator[int]:
    """Seal everything again under the first key, some values in each transaction: how many, each time.

    What does not open is passed over. The canary comes last, so that whoever stops half-way still needs the old key.
    """
    for column in (*(one for one in Sealed.columns if one != CANARY), CANARY):
        after: UUID | None = None
        while True:
            with unit_of_work():
                done, after = _rotate_some(column, after)
            if after is None:
                break
            yield done


def _rotate_some(column: SealedColumn, after: UUID | None) -> tuple[int, UUID | None]:
    """How many were sealed again, and the last that was looked at; None when there are no more."""
    done, rows = 0, _some(column, after, BATCH, is_to_rotate=True)
    for row_id, kept in rows:
        if _opens(column, row_id, kept):
            place = column.place(row_id)
            again = update(column.model).where(column.model.id == row_id)
            db.session.execute(again.values({column.column: seal(place, unseal(place, kept))}))
            done += 1
    return done, rows[-1][0] if rows else None


def _some(column: SealedColumn, after: UUID | None, most: int, is_to_rotate: bool = False) -> list[Row[UUID, str]]:
    """The next values of a column with their ids; those alone that are to be rotated are locked."""
    sealed = getattr(column.model, column.column)
    rows = select(column.model.id, sealed).where(sealed != "").order_by(column.model.id).limit(most)
    if after:
        rows = rows.where(column.model.id > after)
    if is_to_rotate:
        current = sealing_key() + ":"
        rows = rows.where(~sealed.startswith(current, autoescape=True)).with_for_update()
    return list(db.session.execute(across_boards(rows, CrossBoardReason.KEYS)).all())


def _opens(column: SealedColumn, row_id: UUID, kept: str) -> bool:
    try:
        unseal(column.place(row_id), kept)
    except CannotOpen:
        return False
    return True


@dataclass(frozen=True)
class Unopened:
    """A value that none of the keys opens: where it is, and under which key it says it was sealed."""

    table: str
    column: str
    row_id: UUID
    key: str

    def __str__(self) -> str:
        return f"{self.table} {self.row_id} ({self.column.removeprefix('sealed_')}, sealed under “{self.key}”)"


def unopened() -> Iterator[Unopened]:
    """Look at everything that is sealed, for what does not open. Nobody who writes waits for it."""
    for column in Sealed.columns:
        after: UUID | None = None
        while rows := _looked_at(column, after):
            after = rows[-1][0]
            for row_id, kept in rows:
                if not _opens(column, row_id, kept):
                    yield Unopened(column.model.__tablename__, column.column, row_id, _shown(key_name(kept)))


def _looked_at(column: SealedColumn, after: UUID | None, most: int = LOOKED_AT) -> list[Row[UUID, str]]:
    with look():
        return _some(column, after, most)


def _shown(name: str) -> str:
    """What stands for the name of a key may be anything in a value that was spoilt."""
    return name if name.isascii() and name.isprintable() and len(name) <= 40 else "?"


CANARY = next(one for one in Sealed.columns if one.model is KeyCanary)
