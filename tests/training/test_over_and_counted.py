"""A session says the same of itself on every page, and who came without a place takes none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.training.models import TrainingRecord
from tests.cast import NOW, Cast
from tests.training.test_sessions import NEW, made
from tests.visitor import text_of

__all__ = ["made"]  # a fixture


def test_a_session_arranged_for_earlier_today_is_over_on_every_page(visit: Any, cast: Cast) -> None:
    officer, today = visit("northfirth.officer"), [str(NOW.day), str(NOW.month), str(NOW.year)]
    times = {"day": today, "from_hour": "1am", "until_hour": "2am"}
    page = text_of(officer.post("/boards/northfirth/training-sessions/new", {**NEW, **times}, follow_redirects=True))
    assert "Saved. This session is over, so nobody can book it." in page
    assert "open for booking" not in page
    assert "Over" in page
    ahead = text_of(officer.post("/boards/northfirth/training-sessions/new", NEW, follow_redirects=True))
    assert "It is open for booking." in ahead
    assert "Open" in ahead


def test_a_session_that_has_begun_is_over_only_once_it_ends(visit: Any, cast: Cast, made: UUID, at: Any) -> None:
    pages = (f"/training-sessions/{made}", "/boards/northfirth/training-sessions")
    begins = NOW + timedelta(days=20)
    for moment, words in ((timedelta(minutes=30), "On now"), (timedelta(hours=12), "Over")):
        at(begins + moment)
        officer = visit("northfirth.officer")
        for page in pages:
            assert words in text_of(officer.get(page)), page


def test_who_came_without_a_place_is_counted_apart(app: Flask, visit: Any, cast: Cast, made: UUID, at: Any) -> None:
    at(NOW + timedelta(days=21))
    officer, path = visit("northfirth.officer"), f"/training-sessions/{made}"
    officer.post(f"{path}/unbooked", {"person": str(cast.northfirth.people["rep"])})
    page = text_of(officer.get(path))
    assert "Who had a place: 0 of 1 1 more there without a place" in page
    assert "0 of 1 place taken" in text_of(officer.get("/boards/northfirth/training-sessions"))


def test_whoever_waited_for_a_place_and_came_is_counted_apart(
    app: Flask, visit: Any, cast: Cast, made: UUID, at: Any
) -> None:
    visit("northfirth.depute").post(f"/training/sessions/{made}/book", {"care": "no"})
    visit("northfirth.rep").post(f"/training/sessions/{made}/book", {"care": "no"})
    at(NOW + timedelta(days=21))
    officer, path = visit("northfirth.officer"), f"/training-sessions/{made}"
    officer.post(f"{path}/unbooked", {"person": str(cast.northfirth.people["rep"])})
    assert "Who had a place: 1 of 1 1 more there without a place" in text_of(officer.get(path))


def test_nobody_is_added_who_was_only_invited_to_join(app: Flask, visit: Any, cast: Cast, made: UUID, at: Any) -> None:
    at(NOW + timedelta(days=21))
    officer, path = visit("northfirth.officer"), f"/training-sessions/{made}/unbooked"
    rep = cast.northfirth.people["rep"]
    assert str(rep) in officer.get(path).text
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, rep).joined_at = None
    assert str(rep) not in officer.get(path).text


def test_a_name_beside_a_training_of_the_list_is_not_dropped(visit: Any, cast: Cast) -> None:
    officer, course = visit("northfirth.officer"), str(cast.northfirth.things["course_id"])
    path = "/boards/northfirth/training-sessions/new"
    page = text_of(officer.post(path, {**NEW, "course": course}))
    assert "You chose a training from the list, which has a name" in page
    assert officer.post(path, {**NEW, "course": course, "title": ""}).status_code == 302


def test_after_a_correction_the_officer_reads_the_training_of_the_board(visit: Any, cast: Cast) -> None:
    officer, key = visit("northfirth.officer"), cast.northfirth.things["record_id"]
    typed = {"done_on": ["1", "2", "2026"], "reason": "typed"}
    done = officer.post(f"/training/records/{key}/correct", typed)
    assert done.location.endswith("/boards/northfirth/training"), text_of(done)


def test_a_session_says_how_many_of_its_records_were_corrected(
    app: Flask, visit: Any, cast: Cast, made: UUID, at: Any
) -> None:
    at(NOW + timedelta(days=21))
    officer, path, me = visit("northfirth.officer"), f"/training-sessions/{made}", cast.northfirth.people["rep"]
    officer.post(f"{path}/unbooked", {"person": str(me)})
    assert "corrected" not in text_of(officer.get(path))
    with app.app_context():
        statement = select(TrainingRecord.id).where(TrainingRecord.person_id == me, TrainingRecord.title == "Finance")
        key = db.session.scalars(statement).one()
    officer.post(f"/training/records/{key}/correct", {"done_on": ["1", "2", "2026"], "reason": "typed"})
    assert "1 training record from this session was corrected." in text_of(officer.get(path))
