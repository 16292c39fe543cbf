"""What the portal does once for a whole process, and what it spares each request."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy

ROOT = Path(__file__).parents[2]


def closers(app: Flask) -> list[bool]:
    """For each thing that is done at the end of a request, whether it needs an event loop."""
    return [inspect.iscoroutinefunction(one) for one in app.teardown_appcontext_funcs]


def test_no_request_starts_an_event_loop(app: Flask) -> None:
    assert True not in closers(app)
    assert False in closers(app), "sessions are still closed"


def test_the_library_still_adds_what_is_dropped() -> None:
    """Once it does not, portal/app.py needs no more than the library gives."""
    plain = Flask("plain")
    plain.config["SQLALCHEMY_ENGINES"] = {"default": "sqlite://"}
    SQLAlchemy(plain)
    assert True in closers(plain)


def test_loading_the_portal_freezes_nothing_and_a_server_freezes_what_it_loaded() -> None:
    said = "import gc, portal.app as _; print(gc.get_freeze_count())"
    loaded = subprocess.run([sys.executable, "-c", said], cwd=ROOT, capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "0"
    served = (
        "import gc, runpy; runpy.run_path('gunicorn.conf.py')['post_worker_init'](None); print(gc.get_freeze_count())"
    )
    frozen = subprocess.run([sys.executable, "-c", served], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(frozen.stdout) > 10_000
