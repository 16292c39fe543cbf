"""Structured logs: one line a request, with a request id and an allow-list of fields. No personal data."""

from __future__ import annotations

import logging
import secrets
import sys
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from contextvars import ContextVar

import structlog
from flask import Flask, Response, g, request

ALLOWED = {"event", "level", "timestamp", "request_id", "method", "endpoint", "status", "ms", "kind", "count", "error"}


def _only_allowed(_logger: object, _name: str, line: MutableMapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in line.items() if name in ALLOWED}


_is_quiet: ContextVar[bool] = ContextVar("only what went wrong is logged", default=False)


def _drop_if_quiet(_logger: object, level: str, line: MutableMapping[str, object]) -> MutableMapping[str, object]:
    if _is_quiet.get() and level in ("debug", "info"):
        raise structlog.DropEvent
    return line


structlog.configure(
    processors=[
        _drop_if_quiet,
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _only_allowed,
        structlog.processors.JSONRenderer(),
    ],
    logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),  # whatever standard error is by then
    wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
)
log = structlog.get_logger()


@contextmanager
def quiet() -> Iterator[None]:
    """Inside, only what went wrong is logged: for whoever waits at a terminal."""
    token = _is_quiet.set(True)
    try:
        yield
    finally:
        _is_quiet.reset(token)


def log_requests(app: Flask) -> None:
    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    @app.after_request
    def end(response: Response) -> Response:
        response.headers["X-Request-Id"] = g.get("request_id", "")
        ms = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000)
        if request.endpoint != "static" and not app.testing:
            log.info("request", method=request.method, endpoint=request.endpoint, status=response.status_code, ms=ms)
        structlog.contextvars.clear_contextvars()
        return response


def fault(kind: str, error: BaseException) -> None:
    """Log that something failed: the kind of error and where, never its words, which may hold what people typed."""
    frame = error.__traceback__
    while frame and frame.tb_next:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_code.co_filename.rsplit('/', 2)[-1]}:{frame.tb_lineno}" if frame else "?"
    log.error("fault", kind=kind, error=f"{type(error).__name__} at {where}")
