"""Emails that wait say what is true when they go: what is no longer so is not sent, and the list says why."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from portal.accounts.models import Person
from portal.accounts.rules import AT_ONCE, DAILY, USUAL
from portal.boards.models import Group
from portal.capabilities import GATHERED
from portal.check_in.models import CheckIn
from portal.infra.database import db
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.notifications import still_true
from portal.notifications.mailer import send_next
from portal.notifications.models import Email
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.notifications.post_office import PostOffice
from tests.notifications.test_mail import post_office  # noqa: F401 - a fixture
from tests.visitor import text_of

CALLED, CANCELLED, MOVED = "meeting-called", "meeting-cancelled", "meeting-moved"
WHY_CANCELLED = "Not sent: the meeting was cancelled before this email went out"
DAYS = 40


def emails(template: str, person_id: UUID) -> list[Email]:
    statement = select(Email).where(Email.template == template, Email.person_id == person_id)
    statement = statement.order_by(Email.asked_at, Email.id).execution_options(populate_existing=True)
    return list(db.session.scalars(anywhere(statement)))


def states(template: str, person_id: UUID) -> list[str]:
    return [one.status for one in emails(template, person_id)]


def wants(work: Any, cast: Cast, choice: str) -> UUID:
    with work():
        db.session.execute(anywhere(update(Email).where(Email.status.in_(("waiting", "held"))).values(status="sent")))
        db.session.get_one(Person, cast.northfirth.people["rep"]).emails_wanted = choice
    return cast.northfirth.people["rep"]


def call(work: Any, cast: Cast) -> UUID:
    """A meeting that is added: its id."""
    with work():
        group = db.session.get_one(Group, cast.northfirth.things["group_id"])
        return meetings.schedule(group, TODAY + timedelta(days=DAYS), time(10), place="Town Hall").id


def cancel(work: Any, meeting_id: UUID) -> None:
    with work():
        meeting = meeting_by_id(meeting_id)
        meetings.cancel(meeting, meeting.version, "Snow")


def move(work: Any, meeting_id: UUID, hour: int = 14) -> None:
    with work():
        meeting = meeting_by_id(meeting_id)
        meetings.change(meeting, meeting.version, meeting.meets_on, time(hour), meeting.place, "", meeting.kind)


def morning(at: Any, days: int = 1) -> None:
    """Ten past eight, some days on: what was held goes."""
    at(datetime.combine(TODAY + timedelta(days=days), time(8, 11), UTC))
    do_what_is_due()


def send_all() -> None:
    while send_next():
        pass


def to_rep(office: PostOffice) -> list[str]:
    return [str(one["Subject"]).strip() for one in office.to("rep@northfirth.test")]


@pytest.mark.parametrize("choice", [USUAL, DAILY, AT_ONCE])
def test_whoever_was_never_told_of_a_meeting_hears_neither_of_it_nor_that_it_is_off(
    work: Any,
    cast: Cast,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
    visit: Any,
    app: Any,
    choice: str,
) -> None:
    """They know of nothing that they would travel to: two emails about a meeting that never was are two too many."""
    rep = wants(work, cast, choice)
    meeting_id = call(work, cast)
    cancel(work, meeting_id)
    assert states(CALLED, rep) == ["expired"], "the list says so at once"
    assert [one.problem for one in emails(CALLED, rep)] == [WHY_CANCELLED]
    assert states(CANCELLED, rep) == []
    officer = cast.northfirth.people["officer"]
    assert states(CANCELLED, officer) == ["waiting"], "officers are told of no new meeting, and may have seen it"
    morning(at)
    send_all()
    assert not [one for one in to_rep(post_office) if "CANARYNORTH Main Group" in one]


def test_the_list_of_emails_says_why_one_was_not_sent(work: Any, cast: Cast, visit: Any, app: Any) -> None:
    rep = wants(work, cast, USUAL)
    meeting_id = call(work, cast)
    cancel(work, meeting_id)
    [ended] = emails(CALLED, rep)
    officer = visit("northfirth.officer")
    page = officer.get(f"/meetings/{meeting_id}/emails")
    assert WHY_CANCELLED in text_of(page)
    assert "Not needed" in text_of(page)
    assert f"/emails/{ended.id}/send-again" not in page.text
    said = text_of(officer.post(f"/emails/{ended.id}/send-again", follow_redirects=True))
    assert "was not sent again, because the meeting was cancelled." in said


def test_whoever_was_told_of_a_meeting_is_told_that_it_is_off(
    work: Any,
    cast: Cast,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
) -> None:
    rep = wants(work, cast, USUAL)
    meeting_id = call(work, cast)
    morning(at)
    send_all()
    cancel(work, meeting_id)
    assert states(CALLED, rep) == ["sent"]
    assert states(CANCELLED, rep) == ["waiting"]


def test_one_that_is_on_its_way_may_have_arrived_so_the_cancellation_follows(work: Any, cast: Cast) -> None:
    rep = wants(work, cast, AT_ONCE)
    meeting_id = call(work, cast)
    with work():
        db.session.execute(anywhere(update(Email).where(Email.template == CALLED).values(tries=1)))
    cancel(work, meeting_id)
    assert states(CALLED, rep) == ["waiting"]
    assert states(CANCELLED, rep) == ["waiting"]


def test_whoever_has_answered_knows_of_the_meeting_without_an_email(work: Any, cast: Cast) -> None:
    """Seen on its page, and answered there: they may already have arranged their day."""
    rep = wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    answers(work, meeting_id, rep)
    cancel(work, meeting_id)
    assert states(CALLED, rep) == ["expired"]
    assert states(CANCELLED, rep) == ["waiting"]


def answers(work: Any, meeting_id: UUID, person_id: UUID) -> None:
    with work():
        meeting = meeting_by_id(meeting_id)
        of = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
        db.session.add(CheckIn(**of, person_id=person_id, coming="in_person", answered_at=NOW))


def test_whoever_heard_of_a_meeting_only_by_its_move_hears_that_it_is_off(
    work: Any,
    cast: Cast,
    post_office: PostOffice,  # noqa: F811 - the fixture
) -> None:
    rep = wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    answers(work, meeting_id, rep)
    move(work, meeting_id)
    assert states(CALLED, rep) == ["expired"], "its date is no longer so, and the other email has the new one"
    assert emails(CALLED, rep)[0].problem.startswith("Not sent: the date, time or place was changed before")
    send_all()
    assert states(MOVED, rep) == ["sent"]
    cancel(work, meeting_id)
    assert states(CANCELLED, rep) == ["waiting"]


def test_a_move_that_was_not_sent_before_the_meeting_was_cancelled_is_not_sent(work: Any, cast: Cast) -> None:
    rep = wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    answers(work, meeting_id, rep)
    move(work, meeting_id)
    cancel(work, meeting_id)
    assert states(CALLED, rep) == states(MOVED, rep) == ["expired"]
    assert states(CANCELLED, rep) == ["waiting"], "they know of it"


def test_of_two_moves_both_are_told_as_the_second_names_the_day_of_the_first(work: Any, cast: Cast) -> None:
    rep = wants(work, cast, DAILY)
    meeting_id = call(work, cast)
    answers(work, meeting_id, rep)
    move(work, meeting_id, 14)
    move(work, meeting_id, 15)
    assert states(MOVED, rep) == ["waiting", "waiting"]


@pytest.fixture
def no_reaction(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where an email is taken while the change that makes it untrue is being saved."""
    monkeypatch.setattr(still_true, "look_again", lambda _meeting_id: None)


@pytest.mark.usefixtures("no_reaction")
@pytest.mark.parametrize("choice", [AT_ONCE, DAILY])
def test_what_was_missed_is_found_when_it_is_sent(
    work: Any,
    cast: Cast,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
    choice: str,
) -> None:
    rep = wants(work, cast, choice)
    meeting_id = call(work, cast)
    if choice == DAILY:
        morning(at)  # it is in a daily email that waits
        assert states(CALLED, rep) == ["bundled"]
    cancel(work, meeting_id)
    send_all()
    assert [one.problem for one in emails(CALLED, rep)] == [WHY_CANCELLED]
    assert [one for one in to_rep(post_office) if "daily" in one or "New meeting" in one] == []
    if choice == DAILY:
        assert "expired" in states("daily", rep), "nothing else was in it"


@pytest.mark.usefixtures("no_reaction")
def test_a_daily_email_leaves_out_what_is_no_longer_so(
    work: Any,
    cast: Cast,
    at: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
) -> None:
    rep = wants(work, cast, DAILY)
    off, on = call(work, cast), call(work, cast)
    cancel(work, off)
    morning(at)
    assert sorted(states(CALLED, rep)) == ["bundled", "expired"]
    send_all()
    [daily] = [one for one in post_office.to("rep@northfirth.test") if "daily" in one["Subject"]]
    body = daily.get_body(("plain",))
    assert body
    assert str(on) in body.get_content()
    assert str(off) not in body.get_content()
    assert len([one for one in daily.iter_attachments() if one.get_filename()]) == 1


def test_nobody_is_reminded_of_papers_for_a_meeting_that_was_cancelled_meanwhile(
    work: Any, cast: Cast, at: Any
) -> None:
    with work():
        clerk = db.session.get_one(Person, cast.northfirth.people["clerk"])
        clerk.emails_wanted = DAILY
    meeting_id = call(work, cast)
    at(datetime.combine(TODAY + timedelta(days=DAYS - 8), time(8, 1), UTC))
    do_what_is_due()
    [held] = [one for one in emails("papers-due", clerk.id) if one.meeting_id == meeting_id]
    assert held.status == "held"
    cancel(work, meeting_id)
    [held] = [one for one in emails("papers-due", clerk.id) if one.meeting_id == meeting_id]
    assert held.problem == WHY_CANCELLED


def test_what_declares_nothing_is_sent_as_it_was_written(
    one_email: Email,
    work: Any,
    post_office: PostOffice,  # noqa: F811 - the fixture
) -> None:
    with work():
        email = db.session.get_one(Email, one_email.id)
        email.template, email.facts = MOVED_NOTHING, {**email.facts, "where": "Somewhere"}
    before = db.session.scalar(anywhere(select(func.count(Email.id)).where(Email.status == "expired")))
    send_all()
    assert db.session.get_one(Email, one_email.id, populate_existing=True).status == "sent"
    assert db.session.scalar(anywhere(select(func.count(Email.id)).where(Email.status == "expired"))) == before


MOVED_NOTHING = "meeting-not-held"


def test_every_email_about_a_meeting_to_come_is_looked_at_once_more() -> None:
    """A new one is to declare it, or to be named here with why it stays true whatever happens."""
    stays = {
        "meeting-adjourned": "the next change says what it was before",
        CANCELLED: "nothing brings a meeting back",
        "sitting-cancelled": "likewise",
        "meeting-not-held": "likewise",
        "stand-down": "whoever no longer covers is to know it, whatever becomes of the meeting",
        "depute-apologies": "it confirms what its reader did",
    }
    of_meetings = {
        one.email: one.when_sent is not None
        for one in GATHERED.emails
        if GATHERED.sender_of[one.email] == "meetings" or one.email in stays
    }
    assert {name for name, declared in of_meetings.items() if not declared} == stays.keys()
