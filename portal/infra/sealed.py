"""Sealed columns: text encrypted under a key of the operator's, bound to its table, column and row.

A sealed value says which key made it, so keys can change while the app runs: the first key of FIELD_KEYS seals, any of
them opens, and `flask portal rotate-keys` seals everything again under the first (portal/infra/keys.py). A value moved
to another row does not open. Backups of the database hold no key.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from config import Config, several
from portal.infra.database import Identified
from portal.infra.logs import fault

NONCE_BYTES = 12
KEY_BYTES = 32
NAME = re.compile(r"[A-Za-z0-9._-]+")
NOT_OPENED = "This note cannot be opened"  # what people read in the place of their words


class CannotOpen(ValueError):
    """The sealed value was changed, moved to another row, or made with a key that is not here."""


def keys_of(config: Config) -> dict[str, bytes]:
    """Keys by name, the sealing one first. 'name:base64 of 32 bytes', with commas between several.

    Raises ValueError for anything else: a key that is read wrongly would open nothing.
    """
    if not config.field_keys:  # the demonstration and tests; production does not start like this
        return {"none": hashlib.sha256(b"field key " + config.secret_key.encode()).digest()}
    keys: dict[str, bytes] = {}
    for one in several(config.field_keys):
        name, _, encoded = one.partition(":")
        key = base64.b64decode(encoded, validate=True)
        if not NAME.fullmatch(name) or name in keys or len(key) != KEY_BYTES:
            raise ValueError("not a key, or one of a name that another has")
        keys[name] = key
    return keys


def keys() -> dict[str, bytes]:
    """Those of this portal."""
    found: dict[str, bytes] = current_app.extensions.setdefault("field keys", keys_of(current_app.config["PORTAL"]))
    return found


def key_name(sealed: str) -> str:
    """The name of the key under which something is sealed."""
    return sealed.partition(":")[0]


def seal(place: str, text: str) -> str:
    """Encrypt for one place: 'table.column.row id'."""
    name, key = next(iter(keys().items()))
    nonce = os.urandom(NONCE_BYTES)
    sealed = nonce + AESGCM(key).encrypt(nonce, text.encode(), place.encode())
    return f"{name}:{base64.b64encode(sealed).decode()}"


def unseal(place: str, sealed: str) -> str:
    """Decrypt what was sealed for this place. Raises CannotOpen."""
    name, _, encoded = sealed.partition(":")
    try:
        content = base64.b64decode(encoded, validate=True)
        opened = AESGCM(keys()[name]).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], place.encode())
    except (KeyError, ValueError, InvalidTag) as error:
        raise CannotOpen(place) from error
    return opened.decode()


@dataclass(frozen=True)
class SealedColumn:
    """One column that holds sealed text."""

    model: type[Identified]
    column: str

    def place(self, row_id: UUID) -> str:
        return f"{self.model.__tablename__}.{self.column}.{row_id}"


class Sealed:
    """An attribute of a model that reads and writes people's words, kept sealed in the column `sealed_<name>`.

    The row needs its id before its text: give both when making it, the id first. No text is kept as no text. Words that
    none of the keys opens read as NOT_OPENED, and stay sealed when a form brings just that back: the key may be found.
    """

    columns: list[SealedColumn] = []

    def __set_name__(self, owner: type[Identified], name: str) -> None:
        self.column = SealedColumn(owner, f"sealed_{name}")
        Sealed.columns.append(self.column)

    def __get__(self, row: Identified, _owner: type[Identified]) -> str:
        try:
            return self.opened(row)
        except CannotOpen as error:
            fault(f"sealed {self.column.model.__tablename__}", error)
            return NOT_OPENED

    def opened(self, row: Identified) -> str:
        """The text. Raises CannotOpen."""
        kept = getattr(row, self.column.column)
        return unseal(self.column.place(row.id), kept) if kept else ""

    def __set__(self, row: Identified, text: str) -> None:
        assert row.id is not None, "a sealed text is bound to the id of its row"  # noqa: S101 - a mistake of ours
        if text == NOT_OPENED and not self._opens(row):
            return
        setattr(row, self.column.column, seal(self.column.place(row.id), text) if text else "")

    def _opens(self, row: Identified) -> bool:
        try:
            self.opened(row)
        except CannotOpen:
            return False
        return True


class SealedData(Sealed):
    """The same for what the portal itself reads (a key, a secret, JSON): reading it raises CannotOpen."""

    def __get__(self, row: Identified, _owner: type[Identified]) -> str:
        return self.opened(row)
