"""What “Are papers on time?” and its files say of corrections and of minutes that came late is true when it is read."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.permissions import CORRECTIONS_READ, TABLE
from portal.access.roles import ADMIN, APPROVER, CLERK, DEPUTE, MENTOR, OFFICER, REP
from portal.corrections.forms import READ_BY
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.models import Paper
from portal.papers.notice.queries import MeetingNotice
from portal.papers.notice.views import _lateness
from portal.papers.preparing.rules import MINUTES
from tests.cast import NOW, anywhere
from tests.corrections.test_corrections import OVER, correct, corrections
from tests.visitor import text_of

RECORD = "/boards/northfirth/notice"
LINK = 'href="/boards/northfirth/corrections">Corrections of the record'


def test_those_who_decide_reach_corrections_that_wait_or_were_refused_from_the_record(
    app: Flask, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    admin, coordinator, rep = visit("northfirth.admin"), visit("coordinator"), visit("northfirth.rep")
    correct(admin, things, 14)
    with app.app_context():
        [asked] = corrections()
    for _ in ("waiting", "refused"):
        assert LINK in admin.get(RECORD).text
        assert LINK in coordinator.get(RECORD).text
        assert LINK not in rep.get(RECORD).text.split("<h1")[1]
        coordinator.post(f"/corrections/{asked.id}/decline", {"why": "It was the 13th"})


def test_the_form_promises_both_values_only_once_the_correction_is_made(
    visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    page = text_of(visit("northfirth.admin").get(f"/meetings/{things['meeting_id']}/correct"))
    assert "Once your correction is made, both what the record said and what you enter stay" in page
    assert "only when someone else confirms it" in page
    assert f"{READ_BY} can read this. Do not name anyone" in page
    assert "coordinator to see" not in page, "who reads it is said once"


def test_every_board_on_file_has_its_share_without_corrections(visit: Any, things: dict[str, Any], at: Any) -> None:
    at(OVER)
    correct(visit("northfirth.admin"), things, 8)
    coordinator = visit("coordinator")
    sheet = csv.DictReader(StringIO(coordinator.client.get("/notice.csv").data.decode("utf-8-sig")))
    rows = {row["board"]: row for row in sheet}
    assert (rows["Northfirth"]["percent"], rows["Northfirth"]["percent_uncorrected"]) == ("0", "100")
    assert rows["Southmoor"]["percent_uncorrected"] == rows["Southmoor"]["percent"]
    assert "Papers of every meeting from Sunday 8 March" in text_of(coordinator.get("/notice"))


def _notice(days_to_minutes: int | None, is_held: bool = True) -> MeetingNotice:
    day = (NOW - timedelta(days=60)).date()
    came_on = day + timedelta(days=days_to_minutes) if days_to_minutes is not None else None
    return MeetingNotice(
        meeting_id=None,  # type: ignore[arg-type]  # no figure here asks for it
        board_id=None,  # type: ignore[arg-type]  # likewise
        board="Northfirth",
        group="Main Group",
        opened_on=day,
        first_meets_on=day,
        is_held=is_held,
        target=7,
        published_on=(),
        never=0,
        replaced_on=(),
        minutes_on=came_on,
        sat_last_on=day,
    )


@pytest.mark.parametrize(
    ("days", "is_held", "said"),
    [
        (14, True, (0, "no")),
        (15, True, (1, "no")),
        (40, True, (26, "no")),
        (None, True, (46, "yes")),
        (None, False, ("no figure", "no")),
    ],
)
def test_minutes_that_came_late_count_their_days_on_file(
    at: Any, app: Flask, days: int | None, is_held: bool, said: Any
) -> None:
    at(NOW)
    assert _lateness(_notice(days, is_held)) == said


@pytest.mark.parametrize(("days", "is_late"), [(14, False), (20, True)])
def test_draft_minutes_that_came_late_have_their_tag(
    app: Flask, visit: Any, things: dict[str, Any], at: Any, cast: Any, days: int, is_late: bool
) -> None:
    with app.app_context(), unit_of_work():
        met_on = meeting_by_id(things["meeting_id"]).opened_on
        paper = Paper(board_id=cast.northfirth.id, meeting_id=things["meeting_id"], kind=MINUTES, title="Draft minutes")
        paper.group_id = things["group_id"]
        paper.first_published_on, paper.created_at = met_on + timedelta(days=days), NOW
        db.session.add(paper)
    at(NOW + timedelta(days=40))
    page = text_of(visit("northfirth.rep").get(RECORD)).split("By meeting")[1]
    assert (f" {days} Late" in page) == is_late
    assert f" {days} " in page


def test_whoever_corrected_alone_is_not_said_to_have_asked(
    visit: Any, app: Flask, things: dict[str, Any], at: Any
) -> None:
    at(OVER)
    correct(visit("northfirth.admin"), things, 8)
    with app.app_context():
        corrected = select(Email).where(Email.template == "record-corrected").order_by(Email.id)
        emails = db.session.scalars(anywhere(corrected)).all()
        words = [words_of(email).text for email in emails if email.facts["asked_by"]]
        assert words
        assert all("Corrected by " in one and "Requested by" not in one for one in words)


def test_who_is_said_to_read_a_reason_is_whoever_may() -> None:
    row = TABLE[CORRECTIONS_READ]
    here = [role for role in (REP, DEPUTE, MENTOR, OFFICER, CLERK, APPROVER, ADMIN) if row[role] == "board"]
    assert here == [REP, OFFICER, CLERK, ADMIN], READ_BY
