"""A rep whose session ended while they wrote."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from tests.accounts.interrupted import end_sessions, send_too_late
from tests.visitor import Visitor


@pytest.fixture
def note_path(things: dict[str, Any]) -> str:
    return f"/papers/{things['paper_id']}/note"


@pytest.fixture
def rep(app: Flask, visit: Any, note_path: str) -> Visitor:
    """A rep whose session ended while they wrote, and whose note was kept."""
    rep: Visitor = visit("northfirth.rep")
    rep.csrf_token()
    end_sessions(app)
    assert send_too_late(rep, note_path).headers["Location"] == "/sign-in?next=/carry-on"
    return rep
