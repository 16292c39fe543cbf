"""Of a meeting that is over: who did not answer, and who was never asked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.check_in.actions import check_in_of
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from tests.cast import NOW, Cast
from tests.visitor import text_of


@pytest.mark.parametrize(("is_asked", "words"), [(True, "Did not answer"), (False, "Was not asked")])
def test_a_rep_whom_nobody_asked_is_not_said_to_have_been_silent(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any, is_asked: bool, words: str
) -> None:
    key = cast.northfirth.things["coming_id"]
    with app.app_context(), unit_of_work():
        asked = check_in_of(db.session.get_one(Meeting, key), cast.person("northfirth.rep"))
        asked.asked_at, asked.answered_at = NOW if is_asked else None, None
    at(NOW + timedelta(days=60))
    page = text_of(visit("northfirth.clerk").get(f"/meetings/{key}/coming"))
    assert f"CANARYNORTH Rep {words}" in page
