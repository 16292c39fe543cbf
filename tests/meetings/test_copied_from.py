"""The page that copies an agenda says of its meeting that it was cancelled."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.infra.database import db
from portal.meetings.models import Meeting
from tests.cast import anywhere
from tests.meetings.test_agendas import copy_page
from tests.visitor import text_of


@pytest.mark.parametrize(("status", "words"), [("cancelled", "was cancelled"), ("not_held", "did not take place")])
def test_it_says_that_the_meeting_was_not_held(
    app: Flask, visit: Any, things: dict[str, Any], status: str, words: str
) -> None:
    clerk, page = visit("northfirth.clerk"), copy_page(things["coming_id"])
    assert words not in text_of(clerk.get(page))
    with app.app_context():
        db.session.execute(anywhere(update(Meeting).where(Meeting.id == things["meeting_id"]).values(status=status)))
        db.session.commit()
    said = text_of(clerk.get(page))
    assert f"That meeting {words}." in said
    assert f", {words})" in said
