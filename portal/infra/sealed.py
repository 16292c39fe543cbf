"""Sealed columns: text encrypted under a key of the operator's, bound to its table, column and row.

A sealed value says which key made it, so keys can change while the app runs: the first key of FIELD_KEYS seals, any of
them opens, and `flask portal rotate-keys` seals everything again under the first. A value moved to another row does not
open. Backups of the database hold no key.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app
from sqlalchemy import select

from config import Config
from portal.infra.database import Identified, db
from portal.infra.scope import CrossBoardReason, across_boards

NONCE_BYTES = 12
KEY_BYTES = 32
NAME = re.compile(r"[A-Za-z0-9._-]+")
BATCH = 200


class CannotOpen(ValueError):
    """The sealed value was changed, moved to another row, or made with a key that is not here."""


def keys_of(config: Config) -> dict[str, bytes]:
    """Keys by name, the sealing one first. 'name:base64 of 32 bytes', several separated by commas.

    Raises ValueError for anything else: a key that is read wrongly would open nothing.
    """
    if not config.field_keys:  # the demonstration and tests; production does not start like this
        return {"none": hashlib.sha256(b"field key " + config.secret_key.encode()).digest()}
    keys: dict[str, bytes] = {}
    for one in config.field_keys.split(","):
        name, _, encoded = one.strip().partition(":")
        key = base64.b64decode(encoded, validate=True)
        if not NAME.fullmatch(name) or name in keys or len(key) != KEY_BYTES:
            raise ValueError("not a key, or one of a name that another has")
        keys[name] = key
    return keys


def _keys() -> dict[str, bytes]:
    keys: dict[str, bytes] = current_app.extensions.setdefault("field keys", keys_of(current_app.config["PORTAL"]))
    return keys


def seal(place: str, text: str) -> str:
    """Encrypt for one place: 'table.column.row id'."""
    name, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode())
    return f"{name}:{base64.b64encode(sealed).decode()}"


def unseal(place: str, sealed: str) -> str:
    """Decrypt what was sealed for this place. Raises CannotOpen."""
    name, _, encoded = sealed.partition(":")
    try:
        content = base64.b64decode(encoded, validate=True)
        opened = AESGCM(_keys()[name]).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], place.encode())
    except (KeyError, ValueError, InvalidTag) as error:
        raise CannotOpen(place) from error
    return opened.decode()


@dataclass(frozen=True)
class SealedColumn:
    """One column that holds sealed text."""

    model: type[Identified]
    column: str

    def place(self, row: Identified) -> str:
        return f"{self.model.__tablename__}.{self.column}.{row.id}"


class Sealed:
    """An attribute of a model that reads and writes plain text, kept sealed in the column `sealed_<name>`.

    The row needs its id before its text: give both when making it, the id first. No text is kept as no text.
    """

    columns: list[SealedColumn] = []

    def __set_name__(self, owner: type[Identified], name: str) -> None:
        self.column = SealedColumn(owner, f"sealed_{name}")
        Sealed.columns.append(self.column)

    def __get__(self, row: Identified, _owner: type[Identified]) -> str:
        kept = getattr(row, self.column.column)
        return unseal(self.column.place(row), kept) if kept else ""

    def __set__(self, row: Identified, text: str) -> None:
        assert row.id is not None, "a sealed text is bound to the id of its row"  # noqa: S101 - a mistake of ours
        setattr(row, self.column.column, seal(self.column.place(row), text) if text else "")


def rotate_batch() -> int:
    """Seal some values again under the first key; how many. Call until it returns 0, each in a transaction."""
    current = next(iter(_keys())) + ":"
    done = 0
    for sealed in Sealed.columns:
        column = getattr(sealed.model, sealed.column)
        old = select(sealed.model).where(
            column.is_not(None), column != "", ~column.startswith(current, autoescape=True)
        )
        statement = across_boards(old.order_by(sealed.model.id).limit(BATCH).with_for_update(), CrossBoardReason.KEYS)
        for row in db.session.scalars(statement):
            place = sealed.place(row)
            setattr(row, sealed.column, seal(place, unseal(place, getattr(row, sealed.column))))
            done += 1
    return done
