"""What nobody can have typed is refused before any view sees it: a zero byte, which no PostgreSQL column takes."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Flask, abort, request

ZERO = "\x00"


def refuse_unreadable(app: Flask) -> None:
    """400 for it, wherever it stands. Added after what allows large uploads, as the form is read here."""

    @app.before_request
    def refuse() -> None:
        if any(ZERO in said for said in _said()):
            abort(400)


def _said() -> Iterator[str]:
    yield request.path
    for name, typed in (*request.args.items(multi=True), *request.form.items(multi=True)):
        yield from (name, typed)
    for name, file in request.files.items(multi=True):
        yield from (name, file.filename or "")
