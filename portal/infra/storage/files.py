"""Files in an object store: written once, synced before their row, streamed in parts, and compared when they are read.

What each was like when it was written stands in a list in the database (`stored.py`). A file that is gone, or is not
what was written, is never handed on as if it were.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import obstore
from flask import current_app
from obstore.exceptions import AlreadyExistsError, NotFoundError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url
from sqlalchemy import delete

from portal.core import clock
from portal.infra import work
from portal.infra.alarms import alarm
from portal.infra.database import db
from portal.infra.storage.named import LEAVING, is_named
from portal.infra.storage.stored import StoredFile

REMOVE = "remove-file"
PART_BYTES = 256 * 1024


class Damaged(Exception):
    """A file is not what was written. Nothing of it is handed on."""


class Missing(Damaged, FileNotFoundError):
    """It is gone."""


class Altered(Damaged):
    """Its bytes are others."""


def _store() -> ObjectStore:
    stores: dict[str, ObjectStore] = current_app.extensions.setdefault("files", {})
    url = current_app.config["PORTAL"].files_url
    if url not in stores:
        stores[url] = _open(url)
    return stores[url]


def _open(url: str) -> ObjectStore:
    if url.startswith("memory:"):
        return MemoryStore()
    if url.startswith("file:"):
        folder = Path(url2pathname(urlparse(url).path))
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(folder)
    return from_url(url)


def keep(key: str, content: bytes) -> None:
    """Write a file once and make sure it is on disk; what it is like is committed with the row that names it.

    A file that is there already under its key stays as it is, if that was committed. One that was left behind by a
    transaction that came to nothing is written anew.
    """
    try:
        obstore.put(_store(), key, content, mode="create")
    except AlreadyExistsError:
        if db.session.get(StoredFile, key) is not None:
            return
        obstore.put(_store(), key, content, mode="overwrite")
    _sync(key)
    _note(key, hashlib.sha256(content).hexdigest(), len(content))


def _note(key: str, mark: str, size: int) -> None:
    row = db.session.get(StoredFile, key) or StoredFile(key=key, found="", checked_at=None)
    row.sha256, row.size, row.kept_at = mark, size, clock.now()
    db.session.add(row)


def _sync(key: str) -> None:
    url = current_app.config["PORTAL"].files_url
    if not url.startswith("file:"):
        return
    path = Path(url2pathname(urlparse(url).path)) / key
    for target in (path, path.parent):
        handle = os.open(target, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@dataclass(frozen=True)
class Kept:
    """A file as it was written: its mark is '' where nobody has looked at it since it was put on the list."""

    key: str
    size: int
    mark: str = ""


def look_up(key: str) -> Kept:
    """A file that is there, and has the size it was written with. Raises Missing and Altered."""
    row = db.session.get(StoredFile, key)
    try:
        size = obstore.head(_store(), key)["size"]
    except (FileNotFoundError, NotFoundError) as error:
        raise Missing from error
    if row is not None and row.size != size:
        raise Altered
    return Kept(key, size, row.sha256 if row else "")


def read(key: str) -> bytes:
    """The whole file, compared with what was written. Raises Missing and Altered."""
    return b"".join(parts(key))


def parts(key: str) -> Iterator[bytes]:
    """The file in pieces, so that a large paper does not fill the memory. Raises Missing, and Altered at its end."""
    yield from _compared(key, _mark(key))


def _mark(key: str) -> str:
    """What the list says, in a transaction that is over at once where none was running: making a pack takes long."""
    was_running = db.session.in_transaction()
    row = db.session.get(StoredFile, key)
    if not was_running:
        db.session.commit()
    return row.sha256 if row else ""


def _compared(key: str, mark: str) -> Iterator[bytes]:
    """The last piece comes only when all of them are what was written."""
    found, last = hashlib.sha256(), b""
    for part in _pieces(key):
        if last:
            yield last
        found.update(part)
        last = part
    if mark and found.hexdigest() != mark:
        raise Altered
    if last:
        yield last


def _pieces(key: str, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
    try:
        found = obstore.get(_store(), key, options={} if stop is None else {"range": (start, stop)})
    except (FileNotFoundError, NotFoundError) as error:
        raise Missing from error
    for part in found.stream(min_chunk_size=PART_BYTES):
        yield bytes(part)


def handed_out(kept: Kept, start: int, stop: int) -> Iterator[bytes]:
    """Some bytes of a file for whoever downloads it, without asking the database; the whole file is compared.

    An answer that has begun cannot become a page: it breaks off before its end, and the operator is told.
    """
    if (start, stop) != (0, kept.size):
        yield from _pieces(kept.key, start, stop)
        return
    try:
        yield from _compared(kept.key, kept.mark)
    except Damaged:
        alarm("a stored file is damaged")
        raise


def mark_of(key: str) -> tuple[str, int]:
    """The sha256 and the size of what lies in the store. Raises Missing."""
    found, size = hashlib.sha256(), 0
    for part in _pieces(key):
        found.update(part)
        size += len(part)
    return found.hexdigest(), size


def every_stored() -> Iterator[tuple[str, datetime]]:
    """Each file that lies in the store, and when it was written there."""
    for some in obstore.list(_store()):
        yield from ((one["path"], one["last_modified"]) for one in some)


def delete_later(key: str) -> None:
    """Have a file removed once the transaction that forgets it is through, so that no row is left without its file."""
    _leaves(key)
    work.ask_for(REMOVE, key=key)


def delete_after(key: str, wait: timedelta) -> None:
    """The same after some time, for a file that somebody may be about to download."""
    _leaves(key)
    work.ask_for_at(clock.now() + wait, REMOVE, key=key)


def _leaves(key: str) -> None:
    db.session.info.setdefault(LEAVING, set()).add(key)


def delete_sooner(folder: str) -> None:
    """Have the files of a folder that wait to be removed go as soon as this transaction is through."""
    work.bring_forward(REMOVE, lambda arguments: arguments["key"].startswith(folder))


def remove(key: str) -> None:
    """Remove a file; one that is gone already is no fault."""
    db.session.execute(delete(StoredFile).where(StoredFile.key == key))
    with contextlib.suppress(FileNotFoundError, NotFoundError):
        obstore.delete(_store(), key)


def remove_lost(key: str) -> None:
    """Remove a file that lost its row, unless another row names it: a paper that is withdrawn moves to one."""
    if not is_named(key):
        remove(key)
