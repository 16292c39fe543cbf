"""What the public writes to a rep: read in the portal by that rep alone, until they delete it or its time is over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.role_profiles.models import ProfileMessage
from tests.accounts.test_pages import latest_link
from tests.cast import NOW, Cast, anywhere
from tests.visitor import text_of

MESSAGES = "/role/messages"
LETTER = {"name": "Lee Bain", "email": "lee@new.test", "text": "HEALTHWORD my son is ill \U0001f9e1"}
TO_READ = "Read 1 new message from the public"


@pytest.fixture
def message_id(app: Flask, visit: Any, cast: Cast) -> UUID:
    """Somebody wrote to the rep of Northfirth."""
    stranger = visit("")
    stranger.post(f"/public/profiles/{cast.northfirth.things['profile_id']}/write", LETTER)
    assert stranger.post(latest_link(app, "letter-to-confirm")).status_code == 200
    with app.app_context():
        mine = ProfileMessage.person_id == cast.northfirth.people["rep"]
        return db.session.scalars(anywhere(select(ProfileMessage.id).where(mine))).one()


def test_a_new_message_is_on_the_first_page_until_it_is_marked_as_read(visit: Any, message_id: UUID) -> None:
    rep = visit("northfirth.rep")
    assert f"{TO_READ} Only you can read it. Since Tuesday 3 March" in text_of(rep.get("/"))
    page = text_of(rep.get(MESSAGES))
    assert "Lee Bain New" in page
    assert LETTER["text"] in page
    assert TO_READ in text_of(rep.get("/")), "opening the page changes nothing"
    for _ in range(2):
        assert rep.post(f"{MESSAGES}/{message_id}/read").status_code == 302
    assert TO_READ not in text_of(rep.get("/"))
    page = text_of(rep.get(MESSAGES))
    assert LETTER["text"] in page
    assert "Lee Bain New" not in page
    assert "Read 1 message from the public" in text_of(rep.get("/role"))


def test_the_day_on_which_it_is_deleted_is_said_and_kept(
    visit: Any, message_id: UUID, at: Any, remove_old: Any
) -> None:
    rep = visit("northfirth.rep")
    assert "Deleted on Monday 1 June 2026" in text_of(rep.get(MESSAGES))
    at(NOW + timedelta(days=90, minutes=1))
    assert TO_READ not in text_of(visit("northfirth.rep").get("/")), "nobody is asked to read what goes today"
    remove_old("profile_messages")
    assert "You have no messages" in text_of(visit("northfirth.rep").get(MESSAGES))


@pytest.mark.parametrize("who", ["northfirth.depute", "southmoor.rep"])
def test_nobody_else_reads_or_changes_it(visit: Any, message_id: UUID, who: str) -> None:
    other = visit(who)
    assert "HEALTHWORD" not in other.get(MESSAGES).text
    for what in ("read", "remove"):
        assert other.post(f"{MESSAGES}/{message_id}/{what}").status_code == 404
    assert TO_READ in text_of(visit("northfirth.rep").get("/"))
