"""Files in an object store: written once, synced before their row, streamed in parts."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlparse
from urllib.request import url2pathname

import obstore
from flask import current_app
from obstore.exceptions import AlreadyExistsError, NotFoundError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from portal.core import clock
from portal.infra import work

REMOVE = "remove-file"


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
    """Write a file once and make sure it is on disk. A file already there under its key stays as it is."""
    try:
        obstore.put(_store(), key, content, mode="create")
    except AlreadyExistsError:
        return
    _sync(key)


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


def read(key: str) -> bytes:
    """The whole file. Raises FileNotFoundError when it is gone."""
    return bytes(obstore.get(_store(), key).bytes())


def parts(key: str) -> Iterator[bytes]:
    """The file in pieces of a few hundred kilobytes, so that a large paper does not fill the memory."""
    for part in obstore.get(_store(), key).stream(min_chunk_size=256 * 1024):
        yield bytes(part)


def delete_later(key: str) -> None:
    """Have a file removed once the transaction that forgets it is through, so that no row is left without its file."""
    work.ask_for(REMOVE, key=key)


def delete_after(key: str, wait: timedelta) -> None:
    """The same after some time, for a file that somebody may be about to download."""
    work.ask_for_at(clock.now() + wait, REMOVE, key=key)


def delete_sooner(folder: str) -> None:
    """Have the files of a folder that wait to be removed go as soon as this transaction is through."""
    work.bring_forward(REMOVE, lambda arguments: arguments["key"].startswith(folder))


def remove(key: str) -> None:
    """Remove a file; one that is gone already is no fault."""
    with contextlib.suppress(FileNotFoundError, NotFoundError):
        obstore.delete(_store(), key)
