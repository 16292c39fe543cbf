"""The pages that move and cancel a meeting name its support meeting, to whoever may see it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import delete

from portal.access.roles import OFFICER
from portal.accounts.models import Person
from portal.boards.people.actions import give_role
from portal.boards.queries import board_by_id
from portal.core.text import moment_words
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.support_meetings.actions import set_support
from portal.support_meetings.models import SupportMeeting
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

AT = NOW + timedelta(days=5)


def test_it_is_named_with_its_day_where_there_is_one(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any], rolled_back: Any
) -> None:
    paths = [f"/meetings/{things['meeting_id']}/{page}" for page in ("change", "cancel")]
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(delete(SupportMeeting)))
    clerk = visit("northfirth.clerk")
    assert all("if it has one" in text_of(clerk.get(path)) for path in paths), "whether there is one is not for clerks"
    with app.app_context(), unit_of_work():
        clerk_id = cast.northfirth.people["clerk"]
        give_role(board_by_id(cast.northfirth.id), db.session.get_one(Person, clerk_id), OFFICER)
    clerk = visit("northfirth.clerk")
    assert all("replacement care" in text_of(clerk.get(path)) for path in paths)
    assert not any("upport meeting" in text_of(clerk.get(path)) for path in paths)
    with app.app_context(), unit_of_work():
        set_support(meeting_by_id(things["meeting_id"]), 0, AT, "Library", "")
    assert f"Its support meeting stays at {moment_words(AT)}." in text_of(clerk.get(paths[0]))
    assert f"So will its support meeting, {moment_words(AT)}." in text_of(clerk.get(paths[1]))
