"""Printed papers go off in time, and three absences running are told to the officer and to nobody else."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.accounts.models import Person
from portal.boards.models import Seat
from portal.boards.seats import actions as seats_actions
from portal.check_in.models import CheckIn
from portal.check_in.rules import absent_running, post_by
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.notifications.models import Email
from portal.papers.models import PaperVersion
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast
from tests.check_in.test_check_in import FIRST, mails
from tests.visitor import text_of


@pytest.mark.parametrize(
    ("meets_on", "latest"),
    [
        (date(2026, 3, 13), date(2026, 3, 6)),
        (date(2026, 3, 14), date(2026, 3, 9)),  # the target is a Saturday
        (date(2026, 4, 10), date(2026, 4, 6)),  # Good Friday
    ],
)
def test_the_latest_day_to_post(meets_on: date, latest: date) -> None:
    assert post_by(meets_on, 7) == latest


def test_papers_due_on_the_weekend_before_a_meeting_are_posted_before_it() -> None:
    assert post_by(date(2026, 3, 16), 1) == date(2026, 3, 13)


@pytest.mark.parametrize(
    ("attended", "times"),
    [([], 0), (["absent", "apologies", "absent"], 3), (["absent", "came", "absent"], 1), (["online", "absent"], 0)],
)
def test_how_often_running(attended: list[str], times: int) -> None:
    assert absent_running(attended) == times


def wants_print(visit: Any, cast: Cast, who: str = "northfirth.rep") -> None:
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/check-in"
    assert visit(who).post(path, FIRST).status_code == 302


def due(app: Flask) -> list[Email]:
    with app.app_context():
        do_what_is_due()
        do_what_is_due()
    return mails(app, "packs-to-post")


def _seat_the_approver(app: Flask, cast: Cast) -> None:
    """A second rep, who asks later."""
    with app.app_context(), unit_of_work():
        seat = db.session.get_one(Seat, cast.northfirth.things["seat_id"])
        person = db.session.get_one(Person, cast.northfirth.people["approver"])
        seats_actions.appoint(seat, person, "former_carer", NOW.date(), NOW.date() + timedelta(days=300))


def test_the_clerk_hears_on_the_day_and_of_whoever_asks_later(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    wants_print(visit, cast)
    _seat_the_approver(app, cast)
    meeting = cast.northfirth.things["meeting_id"]
    at(datetime(2026, 3, 5, 12, 0, tzinfo=UTC))
    assert due(app) == []
    at(datetime(2026, 3, 6, 7, 59, tzinfo=UTC))
    assert due(app) == []
    at(datetime(2026, 3, 6, 8, 1, tzinfo=UTC))
    told = due(app)
    assert {one.person_id for one in told} == {cast.northfirth.people["clerk"], cast.person("both")}
    assert told[0].facts["count"] == "1 pack"
    assert "ADDRESS" not in str(told[0].facts)
    clerk = visit("northfirth.clerk")
    page = text_of(clerk.get(f"/meetings/{meeting}/post"))
    assert "1 ADDRESS Street Town" in page
    assert "Post them by Friday 6 March 2026" in page
    with app.app_context():
        key = db.session.scalars(select(CheckIn.id).where(CheckIn.meeting_id == meeting, CheckIn.printed)).one()
    assert clerk.post(f"/meetings/{meeting}/posted", {"check_in_id": str(key)}).status_code == 302
    assert "Posted on Friday 6 March" in text_of(clerk.get(f"/meetings/{meeting}/post"))
    assert len(due(app)) == len(told)
    wants_print(visit, cast, "northfirth.approver")
    at(datetime(2026, 3, 7, 8, 1, tzinfo=UTC))
    again = due(app)
    assert len(again) == 2 * len(told)
    assert again[-1].facts["count"] == "1 pack"


def test_no_clerk_is_asked_to_post_before_something_is_published(app: Flask, visit: Any, cast: Cast, at: Any) -> None:
    wants_print(visit, cast)
    at(datetime(2026, 3, 6, 8, 1, tzinfo=UTC))
    with app.app_context(), unit_of_work():
        of_meeting = PaperVersion.meeting_id == cast.northfirth.things["meeting_id"]
        db.session.execute(update(PaperVersion).where(of_meeting).values(published_at=None))
    assert due(app) == []
    with app.app_context(), unit_of_work():
        db.session.execute(update(PaperVersion).where(of_meeting).values(published_at=NOW))
    assert due(app) != []


SOON = "The clerk will be emailed when it is time to post your papers."


def test_whoever_wants_papers_by_post_reads_that_the_clerk_will_be_emailed(
    app: Flask, visit: Any, cast: Cast, at: Any
) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{cast.northfirth.things['meeting_id']}/check-in"
    wanted = {**FIRST, "coming": "online", "care": "no"}
    page = text_of(rep.post(path, wanted, follow_redirects=True))
    assert SOON in page
    assert "Nobody is emailed about this" not in page
    at(datetime(2026, 3, 6, 8, 1, tzinfo=UTC))
    assert due(app) != []
    page = text_of(rep.post(path, {**wanted, "help_words": "A loop"}, follow_redirects=True))
    assert SOON not in page, "they have been"
    page = text_of(rep.post(path, {**wanted, "printed": "no"}, follow_redirects=True))
    assert SOON not in page


def test_only_clerks_say_that_packs_are_posted(visit: Any, cast: Cast) -> None:
    path = f"/meetings/{cast.northfirth.things['meeting_id']}/posted"
    assert visit("northfirth.officer").post(path).status_code == 403
    assert visit("northfirth.rep").client.get(path.replace("posted", "post")).status_code == 403


def held(app: Flask, cast: Cast, count: int) -> list[Any]:
    """Meetings of the cast's group, a week apart, all over."""
    from portal.boards.models import Group

    with app.app_context(), unit_of_work():
        group = db.session.get_one(Group, cast.northfirth.things["group_id"])
        days = [(NOW - timedelta(days=7 * n)).date() for n in range(count, 0, -1)]
        return [meetings.schedule(group, day, NOW.time()).id for day in days]


def say(visit: Any, cast: Cast, meeting: Any, how: str) -> None:
    """Of the rep; whoever else sits there came."""
    rep, clerk, path = cast.northfirth.people["rep"], visit("northfirth.clerk"), f"/meetings/{meeting}/attendance"
    everybody = dict.fromkeys(re.findall(r'name="(attended-[^"]+)"', clerk.get(path).text), "came")
    clerk.post(path, {**everybody, f"attended-{rep}": how})


def test_three_absences_running_are_told_once_to_the_officer(app: Flask, visit: Any, cast: Cast) -> None:
    first, second, third, fourth = held(app, cast, 4)
    for meeting, how in ((first, "absent"), (second, "apologies")):
        say(visit, cast, meeting, how)
    assert mails(app, "three-absences") == []
    say(visit, cast, third, "absent")
    say(visit, cast, third, "absent")
    told = mails(app, "three-absences")
    assert [one.person_id for one in told] == [cast.northfirth.people["officer"]]
    officer = visit("northfirth.officer")
    seats = text_of(officer.get("/boards/northfirth/reps"))
    assert "Not at the last 3 meetings" in seats
    assert "Missing meetings changes nothing by itself" in seats
    say(visit, cast, fourth, "came")
    seats = text_of(officer.get("/boards/northfirth/reps"))
    assert "Not at the last" not in seats
    assert "Missing meetings" not in seats, "what is not shown is not explained"
    rep = visit("northfirth.rep")
    assert "absen" not in text_of(rep.get("/")).lower()


def test_a_depute_who_went_counts_as_being_there(app: Flask, visit: Any, cast: Cast) -> None:
    for meeting, how in zip(held(app, cast, 3), ("absent", "came", "absent"), strict=True):
        say(visit, cast, meeting, how)
    assert mails(app, "three-absences") == []
