"""What tests of papers share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.storage import files
from portal.papers.models import PaperVersion
from portal.papers.packs import actions as packs
from tests.papers.withdrawing import INSIDE, Outside, packs_of


@pytest.fixture
def here(app: Flask, rolled_back: Any, things: dict[str, Any]) -> Iterator[Outside]:
    """`with here(): …` is outside of requests, which keep to themselves. Afterwards the files are there as before."""
    with app.app_context():
        rows = select(PaperVersion.stored_as).where(PaperVersion.meeting_id == things["meeting_id"])
        keys = [*db.session.scalars(rows.order_by(PaperVersion.id)), *map(packs._stored_as, packs_of(things))]
        kept = {key: files.read(key) for key in keys}
    INSIDE[:] = [app.app_context]
    yield app.app_context
    with app.app_context():
        for key, content in kept.items():
            files.keep(key, content)
