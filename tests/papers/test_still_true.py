"""Emails about papers that wait: without what was withdrawn, replaced or published since."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.rules import DAILY
from portal.core.clock import LONDON
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import items as meeting_items
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.destination import Destination, of_item, version_of
from portal.papers.models import PaperVersion
from portal.papers.preparing.rules import reminder_mornings
from portal.papers.withdrawing.rules import ERROR
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast
from tests.papers.withdrawing import Outside, every, upload, withdraw

GONE = "Not sent: what it told of was withdrawn before this email went out"


@pytest.fixture
def daily(here: Outside, cast: Cast) -> UUID:
    """The rep, the officer and the clerk have one email a day; the rep."""
    with here(), unit_of_work():
        for role in ("rep", "officer", "clerk"):
            db.session.get_one(Person, cast.northfirth.people[role]).emails_wanted = DAILY
    return cast.northfirth.people["rep"]


def held(template: str, person_id: UUID, since: Any) -> list[Email]:
    statement = select(Email).where(Email.template == template, Email.person_id == person_id, Email.asked_at >= since)
    return every(statement.order_by(Email.asked_at, Email.id))


def announced(here: Outside, at: Any) -> None:
    at(NOW + timedelta(minutes=30))
    with here():
        do_what_is_due()


def paper_of(version_id: UUID) -> UUID:
    [found] = every(select(PaperVersion.paper_id).where(PaperVersion.id == version_id))
    return found


def test_a_draft_is_not_told_of_beside_the_approved_minutes(
    here: Outside, things: dict[str, Any], at: Any, daily: UUID
) -> None:
    since = NOW + timedelta(days=12)
    at(since)
    upload(things, Destination.read("minutes:draft"), "Draft minutes")
    upload(things, Destination.read("minutes:approved"), "Approved minutes")
    said = {one.facts["is_approved"]: (one.status, one.problem) for one in held("minutes-published", daily, since)}
    assert said == {
        False: ("expired", "Not sent: approved minutes were published before this email went out"),
        True: ("held", ""),
    }


def test_of_two_versions_of_minutes_only_the_newer_is_told(
    here: Outside, things: dict[str, Any], at: Any, daily: UUID
) -> None:
    since = NOW + timedelta(days=12)
    at(since)
    first = upload(things, Destination.read("minutes:draft"), "Draft minutes")
    upload(things, version_of(paper_of(first)), "Draft minutes again")
    said = {one.facts["is_new_version"]: one.problem for one in held("minutes-published", daily, since)}
    assert said == {False: "Not sent: a newer version was published before this email went out", True: ""}


def test_a_paper_that_was_withdrawn_is_left_out_of_the_email_about_others(
    here: Outside, things: dict[str, Any], at: Any, daily: UUID
) -> None:
    at(NOW)
    going = upload(things, of_item(things["item_id"]), "First")
    staying = upload(things, of_item(things["item_id"]), "Second")
    announced(here, at)
    [before] = held("papers-announced", daily, NOW + timedelta(minutes=1))
    assert {one["title"] for one in before.facts["papers"]} == {"First", "Second"}
    assert (before.facts["count"], before.facts["page_count"]) == ("2 papers", 4)
    withdraw({**things, "going_id": paper_of(going)}, ERROR, paper="going_id")
    [after] = held("papers-announced", daily, NOW + timedelta(minutes=1))
    assert after.status == "held"
    assert [one["title"] for one in after.facts["papers"]] == ["Second"]
    assert (after.facts["count"], after.facts["page_count"]) == ("1 paper", 2)
    withdraw({**things, "staying_id": paper_of(staying)}, ERROR, paper="staying_id")
    [after] = held("papers-announced", daily, NOW + timedelta(minutes=1))
    assert (after.status, after.problem) == ("expired", GONE)


def test_new_versions_that_were_withdrawn_are_not_told(
    here: Outside, things: dict[str, Any], at: Any, cast: Cast, daily: UUID
) -> None:
    at(NOW)
    upload(things, version_of(things["paper_id"]), "Budget again")
    announced(here, at)
    officer = cast.northfirth.people["officer"]
    [before] = held("papers-replaced", officer, NOW + timedelta(minutes=1))
    assert before.status == "held"
    withdraw(things, ERROR)
    [after] = held("papers-replaced", officer, NOW + timedelta(minutes=1))
    assert (after.status, after.problem) == ("expired", GONE)


def test_an_email_about_papers_says_when_the_meeting_is_once_it_moved(
    here: Outside, things: dict[str, Any], at: Any, daily: UUID
) -> None:
    at(NOW)
    upload(things, of_item(things["item_id"]), "First")
    announced(here, at)
    with here(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        day = meeting.meets_on + timedelta(days=7)
        meetings.change(meeting, meeting.version, day, time(14), "Library", "", meeting.kind)
    [after] = held("papers-announced", daily, NOW + timedelta(minutes=1))
    assert after.status == "held"
    assert after.facts["when"].startswith("2pm on ")
    assert after.facts["place"] == "Library"


def test_a_reminder_names_what_is_still_missing_when_it_goes(
    here: Outside, things: dict[str, Any], at: Any, cast: Cast, daily: UUID
) -> None:
    with here(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        for title in ("Carers plan", "Winter plan"):
            meetings.add_item(meeting, title=title, number=title[0])
    with here():
        of = {one.title: one.id for one in meeting_items(things["meeting_id"])}
        meeting = meeting_by_id(things["meeting_id"])
        mornings = reminder_mornings(meeting.opened_on, meeting.target_days, meeting.board.reminder_days)
    clerk = cast.northfirth.people["clerk"]
    morning = datetime.combine(min(one for one in mornings if one > NOW.date()), time(8, 1), LONDON)
    at(morning)
    with here():
        do_what_is_due()
    [before] = held("papers-due", clerk, morning)
    assert before.status == "held"
    assert {"C Carers plan", "W Winter plan"} <= set(before.facts["missing"])
    upload(things, of_item(of["Carers plan"]), "Carers plan")
    [after] = held("papers-due", clerk, morning)
    assert "C Carers plan" not in after.facts["missing"]
    assert "W Winter plan" in after.facts["missing"]
