"""Handing out stored files: in ranges where a browser asks for some, and each download counted once.

A phone that loses the network asks for the rest, and a reader of PDFs asks for the pages it shows: all of that is one
download. What is small is compared with what was written before a byte of it goes.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from flask import Response, request, stream_with_context
from sqlalchemy import String, or_, true, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock
from portal.core.text import named_as_its_kind
from portal.infra.database import Model, db, rows_changed
from portal.infra.storage import files

GOES_ON_FOR = timedelta(hours=4)
SMALL = 4 * 1024 * 1024
NOT_THERE: Literal["not there"] = "not there"  # a range that the file does not have


class DownloadBegun(Model):
    """That somebody began to download a file; who and which cannot be read from it."""

    __tablename__ = "downloads_begun"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    begun_at: Mapped[datetime]


def begins(person_id: UUID, key: str) -> bool:
    """Whether this request is a download of its own: everything but a further range of one that is going on."""
    mark = hashlib.sha256(f"{person_id.hex} {key}".encode()).hexdigest()
    is_whole, now = request.range is None, clock.now()
    is_over = or_(DownloadBegun.begun_at <= now - GOES_ON_FOR, DownloadBegun.begun_at > now)
    again = update(DownloadBegun).where(DownloadBegun.mark == mark, true() if is_whole else is_over)
    if rows_changed(again.values(begun_at=now)):
        return True
    try:
        with db.session.begin_nested():
            db.session.add(DownloadBegun(mark=mark, begun_at=now))
    except IntegrityError:  # it is going on; of several ranges at once only one comes here first
        return is_whole
    return True


def as_file(content: bytes, kind: str, name: str) -> Response:
    """Some bytes to keep, under a name that ends as files of their kind do."""
    return _named(Response(content, mimetype=kind), kind, name, "attachment")


def _named(response: Response, kind: str, name: str, how: str) -> Response:
    response.headers.set("Content-Disposition", how, filename=named_as_its_kind(name, kind))
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    return response


def send(key: str, mimetype: str, name: str, *, inline: bool = False) -> Response:
    """A stored file, or the one range of it that is asked for. Raises Damaged before anything goes."""
    kept = files.look_up(key)
    asked = _range_of(kept.size, kept.mark)
    if asked == NOT_THERE:
        return Response("", 416, {"Content-Range": f"bytes */{kept.size}"}, mimetype="text/plain")
    start, stop = asked or (0, kept.size)
    if kept.size <= SMALL:
        body: object = files.read(key)[start:stop]
    else:
        body = stream_with_context(files.handed_out(kept, start, stop))
    response = Response(body, 206 if asked else 200, mimetype=mimetype)  # type: ignore[arg-type]  # bytes or an iterator
    response.content_length = stop - start
    if asked:
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{kept.size}"
    response.headers["Accept-Ranges"] = "bytes"
    if kept.mark:
        response.set_etag(kept.mark[:32])
    return _named(response, mimetype, name, "inline" if inline else "attachment")


def _range_of(size: int, mark: str) -> tuple[int, int] | Literal["not there"] | None:
    """The first byte, and the first one after the last; None for the whole file, which answers several ranges too."""
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1 or _is_of_another_file(mark):
        return None
    start, stop = wanted.ranges[0]
    if start < 0:  # the last bytes of it
        start, stop = max(0, size + start), size
    stop = min(size, size if stop is None else stop)
    return (start, stop) if start < stop else NOT_THERE


def _is_of_another_file(mark: str) -> bool:
    """What a browser has of it already is of a file that was another then, or nobody knows of which."""
    said = request.headers.get("If-Range", "")
    return bool(said) and said.strip() != f'"{mark[:32]}"'
