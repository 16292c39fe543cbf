"""What an officer reads once they have saved who was at a session: what was done, and nothing that was not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.audit.models import AuditLine
from portal.infra.database import db
from portal.training.models import TrainingRecord
from portal.training.sessions.rules import Noted
from tests.cast import NOW, Cast, anywhere
from tests.training.test_sessions import made, places
from tests.visitor import text_of

__all__ = ["made"]  # a fixture

CORRECT = {"done_on": ["20", "3", "2026"], "valid_until": ["", "", ""], "reason": "typed", "line": ""}


@pytest.fixture
def over(visit: Any, made: UUID, at: Any) -> str:
    """The path of a session at which a rep had a place, and which is over."""
    visit("northfirth.rep").post(f"/training/sessions/{made}/book", {"care": "no"})
    at(NOW + timedelta(days=21))
    return f"/training-sessions/{made}"


def said(officer: Any, path: str, *came: UUID) -> str:
    sent = {"came": [str(one) for one in came]}
    return text_of(officer.post(f"{path}/attendance", sent, follow_redirects=True))


def lines(app: Flask) -> int:
    with app.app_context():
        found = db.session.scalar(anywhere(select(func.count()).where(AuditLine.event == "AttendanceNoted")))
        return found or 0


def test_it_says_whose_record_was_added_to_or_removed_from(
    app: Flask, visit: Any, cast: Cast, over: str, made: UUID
) -> None:
    officer, rep, depute = visit("northfirth.officer"), *(cast.northfirth.people[one] for one in ("rep", "depute"))
    officer.post(f"{over}/unbooked", {"person": str(depute)})
    added = said(officer, over, rep, depute)
    assert "Saved. We’ve added it to the training record of CANARYNORTH Rep." in added
    assert "CANARYNORTH Rep will be emailed" in added
    before = lines(app)
    assert "Nothing was changed." in said(officer, over, rep, depute)
    assert lines(app) == before, "no line of what was not done"
    removed = said(officer, over)
    assert "Saved. We’ve removed it from the training records of CANARYNORTH Rep and CANARYNORTH Depute." in removed
    assert "added" not in removed
    both = said(officer, over, rep)
    assert "We’ve added it to the training record of CANARYNORTH Rep." in both
    assert "removed" not in both
    other = said(officer, over, depute)
    assert (
        "added it to the training record of CANARYNORTH Depute. We’ve removed it from the training record of" in other
    )


def test_that_nobody_was_there_changes_no_record(app: Flask, visit: Any, cast: Cast, over: str, made: UUID) -> None:
    assert "Saved. No training record has changed." in said(visit("northfirth.officer"), over)
    assert places(app, made) == {cast.northfirth.people["rep"]: "missed"}


def test_many_are_counted_and_not_named(visit: Any) -> None:
    people = {UUID(int=n): f"Person {n}" for n in range(1, 5)}
    assert Noted(added=list(people), is_changed=True).words(people) == (
        "We’ve added it to the training records of 4 people."
    )


def test_whoever_was_not_there_after_all_is_not_counted_as_there(visit: Any, cast: Cast, over: str, made: UUID) -> None:
    officer, depute = visit("northfirth.officer"), cast.northfirth.people["depute"]
    officer.post(f"{over}/unbooked", {"person": str(depute)})
    assert "1 more there without a place" in text_of(officer.get(over))
    assert "there without a place" not in said(officer, over).replace("Add someone who was there without a place", "")


def test_no_correction_is_counted_of_a_record_that_is_gone(
    app: Flask, visit: Any, cast: Cast, over: str, made: UUID, at: Any
) -> None:
    officer, rep = visit("northfirth.officer"), cast.northfirth.people["rep"]
    way = "Correct the day in someone’s training record"
    assert way not in text_of(officer.get(over))
    assert way in said(officer, over, rep)
    at(NOW + timedelta(days=21, minutes=5))
    correct(app, visit, rep)
    corrected = "1 training record from this session was corrected."
    assert corrected in text_of(officer.get(over))
    assert "CANARYNORTH Rep: the record now says done on 20 March 2026" in text_of(officer.get(over)), "on which day"
    at(NOW + timedelta(days=21, minutes=10))
    assert corrected not in said(officer, over)
    assert corrected not in said(officer, over, rep), "the record of now was never corrected"
    assert "Corrected" not in text_of(officer.get("/boards/northfirth/training")).partition("Finance")[2]


def correct(app: Flask, visit: Any, person_id: UUID) -> None:
    of_session = (TrainingRecord.person_id == person_id, TrainingRecord.title == "Finance")
    with app.app_context():
        found = db.session.scalar(anywhere(select(TrainingRecord.id).where(*of_session)))
    visit("northfirth.officer").post(f"/training/records/{found}/correct", CORRECT)


@pytest.mark.parametrize("person", ["", "nobody", "00000000-0000-0000-0000-000000000001", None])
def test_whoever_selects_nobody_is_asked_to(app: Flask, visit: Any, over: str, made: UUID, person: str | None) -> None:
    sent = {} if person is None else {"person": person}
    page = visit("northfirth.officer").post(f"{over}/unbooked", sent)
    assert page.status_code == 200
    assert text_of(page).count("Select who was there") == 2, "above, and beside the list"
    assert len(places(app, made)) == 1
