"""Minutes: who is told of them, and for how long a depute who stood in may read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select

from portal.accounts.models import Person
from portal.accounts.rules import AT_ONCE, DAILY, ONLY_NEEDED, USUAL
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting, StandIn
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.destination import minutes
from portal.papers.preparing import actions as preparing
from portal.papers.preparing.rules import APPROVED, DRAFT, Sorted
from portal.scheduler.run import do_what_is_due, work_once
from tests.cast import NOW, Cast
from tests.made_papers import made_paper
from tests.visitor import text_of

HELD = 10  # days from now the meeting of the cast is held


@pytest.fixture
def meeting(work: Any, things: dict[str, Any]) -> Meeting:
    return meeting_by_id(things["meeting_id"])


Publish = Callable[[str], UUID]


@pytest.fixture
def published(app: Flask, rolled_back: Any, things: dict[str, Any]) -> Publish:
    """Publish minutes now: published(DRAFT) says which paper they are."""

    def now(stage: str) -> UUID:
        with app.app_context():
            return publish_minutes(things["meeting_id"], stage)

    return now


def publish_minutes(meeting_id: UUID, stage: str) -> UUID:
    """Upload, sort and publish minutes; the paper that they are."""
    with unit_of_work():
        meeting = meeting_by_id(meeting_id)
        [version] = preparing.upload(meeting, [(f"{stage} minutes.pdf", made_paper(stage, 2))], 50_000_000)
        version_id, paper_id = version.id, version.paper_id
    while work_once():
        pass
    with unit_of_work():
        preparing.sort_files(meeting_by_id(meeting_id), [Sorted(version_id, minutes(stage), f"{stage} minutes")])
        meeting = meeting_by_id(meeting_id)
        preparing.publish(meeting, meeting.version)
    return paper_id


def told(meeting: Meeting) -> list[Email]:
    statement = select(Email).where(Email.template == "minutes-published", Email.meeting_id == meeting.id)
    return list(db.session.scalars(statement.order_by(Email.asked_at, Email.id)))


@pytest.mark.parametrize(("wanted", "status"), [(USUAL, "held"), (DAILY, "held"), (AT_ONCE, "waiting")])
def test_reps_hear_of_minutes_in_one_email_a_day_unless_they_chose_otherwise(
    meeting: Meeting, cast: Cast, at: Any, wanted: str, status: str
) -> None:
    rep = db.session.get_one(Person, cast.northfirth.people["rep"])
    rep.emails_wanted = wanted
    db.session.commit()
    at(NOW + timedelta(days=HELD + 1))
    publish_minutes(meeting.id, DRAFT)
    assert status in {one.status for one in told(meeting) if one.person_id == rep.id}
    assert [one.facts["until"] for one in told(meeting) if one.person_id == rep.id] == [""]


def test_whoever_wants_only_what_needs_them_hears_of_no_minutes(meeting: Meeting, cast: Cast, at: Any) -> None:
    db.session.get_one(Person, cast.northfirth.people["rep"]).emails_wanted = ONLY_NEEDED
    db.session.commit()
    at(NOW + timedelta(days=HELD + 1))
    publish_minutes(meeting.id, DRAFT)
    assert cast.northfirth.people["rep"] not in {one.person_id for one in told(meeting)}


def test_draft_and_approved_minutes_are_told_once_each_to_reps_and_to_whoever_stood_in(
    meeting: Meeting, cast: Cast, at: Any
) -> None:
    people = {cast.northfirth.people["rep"], cast.northfirth.people["depute"]}
    for day, stage in ((1, DRAFT), (40, APPROVED)):
        before = len(told(meeting))
        at(NOW + timedelta(days=HELD + day))
        publish_minutes(meeting.id, stage)
        do_what_is_due()
        new = told(meeting)[before:]
        assert {one.person_id for one in new} >= people
        assert len({one.person_id for one in new}) == len(new)
        assert {one.facts["is_approved"] for one in new} == {stage == APPROVED}
    announced = select(Email.id).where(
        Email.template == "papers-announced", Email.asked_at >= NOW + timedelta(days=HELD)
    )
    assert not db.session.scalars(announced.where(Email.meeting_id == meeting.id)).all(), "minutes have their own email"


def opened(visitor: Any, things: dict[str, Any], *papers: UUID) -> list[int]:
    """How the page of the meeting answers, and of each paper its page with the text and its file."""
    addresses = [f"/meetings/{things['meeting_id']}"]
    for paper in papers:
        addresses += [f"/papers/{paper}", f"/papers/{paper}/file"]
    return [visitor.get(one).status_code for one in addresses]


def test_whoever_stood_in_reads_the_minutes_for_14_days_and_nothing_else(
    visit: Any, published: Publish, things: dict[str, Any], at: Any
) -> None:
    depute, paper = visit("northfirth.depute"), things["paper_id"]
    assert opened(depute, things, paper) == [200, 200, 200]
    at(NOW + timedelta(days=HELD + 1))
    draft = published(DRAFT)
    for day, answer in ((1, 200), (15, 200), (16, 404)):
        at(NOW + timedelta(days=HELD + day))
        depute = visit("northfirth.depute")
        assert opened(depute, things, draft) == [answer] * 3, f"day {day}"
        assert opened(depute, things, paper)[1:] == [404, 404], "its papers are closed"
        assert depute.get(f"/meetings/{things['meeting_id']}/pack.pdf").status_code == (403 if answer == 200 else 404)
    at(NOW + timedelta(days=HELD + 40))
    approved, depute = published(APPROVED), visit("northfirth.depute")
    assert opened(depute, things, approved, draft) == [200, 200, 200, 404, 404]
    at(NOW + timedelta(days=HELD + 55))
    assert opened(visit("northfirth.depute"), things, approved) == [404] * 3


def test_the_page_of_a_meeting_shows_whoever_stood_in_no_paper_but_the_minutes(
    visit: Any, published: Publish, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=HELD + 1))
    paper = published(DRAFT)
    page = visit("northfirth.depute").get(f"/meetings/{things['meeting_id']}")
    assert f"/papers/{paper}" in page.text
    assert f"/papers/{things['paper_id']}" not in page.text
    assert "/pack.pdf" not in page.text
    assert "you can read these minutes until" in text_of(page)


def test_whoever_stood_in_only_reads_the_minutes(
    visit: Any, published: Publish, things: dict[str, Any], at: Any
) -> None:
    """Every other door that the meeting or its papers open to a depute beforehand is closed."""
    at(NOW + timedelta(days=HELD + 1))
    paper, depute = published(DRAFT), visit("northfirth.depute")
    for path in (f"/papers/{paper}/read", f"/papers/{paper}/note", f"/meetings/{things['meeting_id']}/cannot"):
        assert depute.post(path).status_code == 403, path
    for path in ("check-in", "support", "hand-over"):
        assert depute.get(f"/meetings/{things['meeting_id']}/{path}").status_code == 403, path


def test_a_depute_of_another_meeting_reads_no_minutes(
    app: Flask, visit: Any, published: Publish, things: dict[str, Any], at: Any
) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(delete(StandIn).where(StandIn.meeting_id == things["meeting_id"]))
    at(NOW + timedelta(days=HELD + 1))
    paper = published(DRAFT)
    for role in ("northfirth.depute", "southmoor.depute"):
        assert opened(visit(role), things, paper) == [404] * 3
