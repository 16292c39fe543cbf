"""Each page of figures that late records may complete counts them by the day recorded, and says how many were late."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.check_in.models import CheckIn
from portal.expenses.models import Claim
from portal.infra.database import Model, db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.papers.models import Paper, PaperVersion
from portal.replacement_care.figures import queries as care_figures
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.rules import TOOK_PLACE
from portal.training.models import TrainingRecord
from tests.cast import Cast
from tests.visitor import text_of

LATER = datetime(2026, 6, 1, 12, tzinfo=UTC)
BEFORE = LATER - timedelta(days=60)
Fill = Callable[[UUID, UUID], object]


def change(model: type[Model], board: UUID, **values: object) -> None:
    db.session.execute(update(model).where(model.board_id == board).values(**values))  # type: ignore[attr-defined]


def hold(_board: UUID, meeting: UUID) -> None:
    day = {"meets_on": BEFORE.date(), "opened_on": BEFORE.date(), "starts_at": BEFORE}
    db.session.execute(update(Meeting).where(Meeting.id == meeting).values(**day))


def attendance(board: UUID, meeting: UUID) -> None:
    hold(board, meeting)
    change(CheckIn, board, attended="came", attendance_on=LATER.date())


def minutes(board: UUID, meeting: UUID) -> None:
    hold(board, meeting)
    paper = db.session.scalars(select(Paper.id).where(Paper.meeting_id == meeting).order_by(Paper.id)).first()
    db.session.execute(update(Paper).where(Paper.id == paper).values(kind="minutes", stage="draft", item_id=None))
    db.session.execute(update(PaperVersion).where(PaperVersion.paper_id == paper).values(published_at=LATER))
    db.session.execute(update(Paper).where(Paper.id == paper).values(first_published_on=LATER.date()))
    db.session.execute(update(Meeting).where(Meeting.id == meeting).values(minutes_published_at=LATER))


PAGES: dict[str, tuple[str, str, Fill]] = {
    "Attendance, by the day recorded": ("officer", "/boards/northfirth/reps", attendance),
    "Records of training, by the day added": (
        "officer",
        "/boards/northfirth/training",
        lambda board, _: change(
            TrainingRecord, board, done_on=BEFORE.date(), created_at=LATER, status="confirmed", valid_until=None
        ),
    ),
    "What came of requests, by the day recorded": (
        "officer",
        "/boards/northfirth/care",
        lambda board, _: change(CareRequest, board, on_day=BEFORE.date(), ended_at=LATER, status=TOOK_PLACE),
    ),
    "Draft minutes, by the day published": ("officer", "/boards/northfirth/notice", minutes),
    "Claims, by the day decided": (
        "approver",
        "/boards/northfirth/expenses",
        lambda board, _: change(Claim, board, sent_at=BEFORE, decided_at=LATER),
    ),
}


@pytest.mark.parametrize("caption", PAGES)
def test_rows_count_in_the_quarter_in_which_they_were_recorded_and_late_ones_are_said(
    app: Flask,
    visit: Any,
    cast: Cast,
    things: dict[str, Any],
    at: Any,
    rolled_back: Any,
    caption: str,
    monkeypatch: Any,
) -> None:
    monkeypatch.setattr(care_figures, "LEAST_PEOPLE", 1)
    role, page, fill = PAGES[caption]
    with app.app_context(), unit_of_work():
        fill(cast.northfirth.id, things["meeting_id"])
    at(LATER + timedelta(hours=1))
    found = re.search(rf"{caption} Recorded in .*? 2026 Q2 (\d+) (\d+)", text_of(visit(f"northfirth.{role}").get(page)))
    assert found, "the table of what was recorded, by quarter"
    assert int(found[1]) == int(found[2]) > 0, "all of these came sixty days later"
