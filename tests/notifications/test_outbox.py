"""Writing the outbox: who is told once is told once, who is to be told twice is told twice, and many cost no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select

from portal.accounts.actions import MAIL_LINK, mail_link
from portal.accounts.events import EmailChanged, SignedIn
from portal.accounts.rules import SIGN_IN
from portal.boards.models import Appointment
from portal.capability import Capability, gather
from portal.core import events
from portal.core.events import Event
from portal.core.occasions import Occasion
from portal.infra.database import db
from portal.infra.notification import Notification, nothing_more, the_person
from portal.infra.occasions import FiredOccasion
from portal.infra.sealed import seal
from portal.infra.unit_of_work import record
from portal.meetings import actions as meetings
from portal.meetings import queries as meeting_queries
from portal.notifications import outbox
from portal.notifications.models import Email
from portal.papers.events import PapersAnnounced
from portal.scheduler.run import do_what_is_due
from portal.support_meetings.events import MeetingFeedbackAsked
from tests import cast as cast_module
from tests.cast import TODAY, Cast, anywhere
from tests.notifications.happened import event_of
from tests.notifications.test_facts import statements

SOON = datetime(2026, 3, 11, 8, 30, tzinfo=UTC)  # two days before the meeting of the cast


def count(email: str, person_id: UUID) -> int:
    statement = select(func.count()).where(Email.template == email, Email.person_id == person_id)
    return db.session.scalars(statement).one()


def how_it_was(cast: Cast) -> MeetingFeedbackAsked:
    event = event_of(MeetingFeedbackAsked, cast.northfirth)
    assert isinstance(event, MeetingFeedbackAsked)
    return event


def test_an_event_that_is_handled_twice_is_told_once(work: Any, cast: Cast) -> None:
    happened, rep = how_it_was(cast), cast.northfirth.people["rep"]
    with work():
        record(happened)
        record(happened)
    assert count("meeting-feedback", rep) == 1
    with work():
        record(happened)
    assert count("meeting-feedback", rep) == 1


def test_two_alike_at_one_moment_are_told_twice(work: Any, cast: Cast) -> None:
    one, other = how_it_was(cast), how_it_was(cast)
    assert one == other
    with work():
        record(one)
        record(other)
    assert count("meeting-feedback", cast.northfirth.people["rep"]) == 2


def test_a_meeting_that_moves_twice_to_the_same_place_is_told_each_time(
    work: Any, cast: Cast, things: dict[str, Any]
) -> None:
    for place in ("Library", "Town Hall", "Library"):
        with work():
            meeting = meeting_queries.meeting_by_id(things["meeting_id"])
            meetings.change(meeting, meeting.version, meeting.meets_on, time(10), place, "", meeting.kind)
    assert count("meeting-moved", cast.northfirth.people["rep"]) == 3


def test_a_link_that_is_asked_for_twice_is_mailed_twice(work: Any, cast: Cast) -> None:
    rep = cast.northfirth.people["rep"]
    for _ in range(2):
        with work():
            mail_link(SIGN_IN, seal(MAIL_LINK, "rep@northfirth.test"))
    assert count("sign-in-link", rep) == 2


def test_an_occasion_that_is_found_twice_is_told_once(work: Any, cast: Cast, at: Any) -> None:
    """Even by a process that knows nothing of the other's claim."""
    at(SOON)
    do_what_is_due()
    with work():
        db.session.execute(delete(FiredOccasion))
    at(SOON + timedelta(minutes=1))
    do_what_is_due()
    assert count("meeting-soon", cast.northfirth.people["rep"]) == 1


def test_two_occasions_have_two_events_and_one_has_one(cast: Cast, work: Any) -> None:
    monday, tuesday = Occasion("asked:monday", "", how_it_was(cast)), Occasion("asked:tuesday", "", how_it_was(cast))
    again = replace(monday, event=how_it_was(cast))
    ids = [one.event_of_key.id for one in (monday, again, tuesday) if one.event_of_key]
    assert ids[0] == ids[1] != ids[2]
    assert Occasion("tidy", "").event_of_key is None


def test_an_event_that_no_capability_mails_and_nobody_was_named_for_is_refused(
    work: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "_BY_NAME", {})

    class GateOpened(Event, sentence="Opened a gate"):
        pass

    with pytest.raises(outbox.NoSuchEvent, match="GateOpened"), work():
        record(GateOpened())


def sit_on_the_group(cast: Cast, how_many: int) -> None:
    """More reps on the group of the cast's meeting."""
    board, things = cast.northfirth, cast.northfirth.things
    since, until = TODAY - timedelta(days=1), TODAY + timedelta(days=100)
    seat = {"board_id": board.id, "group_id": things["group_id"], "seat_id": things["seat_id"]}
    for _ in range(how_many):
        one = cast_module.person(f"{uuid4().hex}@northfirth.test", "Rep")
        db.session.add(Appointment(**seat, person_id=one.id, capacity="unpaid_carer", from_on=since, until_on=until))
    db.session.flush()


def what_a_publication_costs(cast: Cast) -> tuple[list[str], int]:
    happened = event_of(PapersAnnounced, cast.northfirth)
    db.session.expunge_all()
    with statements() as sent:
        outbox.write_emails(happened)
        db.session.flush()
    told = select(func.count()).where(Email.key.like(f"papers-announced:{happened.id.hex}:%"))
    return sent, db.session.scalars(anywhere(told)).one()


def test_a_publication_to_many_people_costs_no_more_than_one_to_few(work: Any, cast: Cast) -> None:
    with work():
        few, told_few = what_a_publication_costs(cast)
        sit_on_the_group(cast, 100)
        many, told_many = what_a_publication_costs(cast)
    assert told_many == told_few + 100
    assert len(many) == len(few)
    assert sum("FROM meetings" in one for one in many) == 3, "once to see who sits there, and once for each email"
    assert sum("JOIN paper_versions" in one for one in many) == 2, "once for each of the two emails about it"


def test_each_reads_at_their_own_pace(work: Any, cast: Cast) -> None:
    rep, depute = (cast.northfirth.people[role] for role in ("rep", "depute"))
    with work():
        db.session.get_one(cast_module.Person, depute).minutes_per_page = 6
        happened = event_of(PapersAnnounced, cast.northfirth)
        record(happened)
    facts = {
        person_id: db.session.scalars(
            select(Email.facts).where(Email.key == f"papers-announced:{happened.id.hex}:{person_id}")
        ).one()
        for person_id in (rep, depute)
    }
    assert (facts[rep]["reading"], facts[depute]["reading"]) == ("10 minutes", "30 minutes")


def gathered_from(*rows: Notification[Any], name: str = "accounts") -> Capability:
    return Capability(name=name, emails=rows)


CHANGED = Notification(EmailChanged, the_person, "email-changed", nothing_more)


def test_nobody_hears_of_what_nobody_is_to_hear_of() -> None:
    with pytest.raises(ValueError, match="SignedIn says that nobody hears of it"):
        gather([gathered_from(Notification(SignedIn, the_person, "signed-in", nothing_more))])


@pytest.mark.parametrize("changed", [{"worth_days": 1}, {"to_closed_accounts": True}])
def test_the_rows_of_one_email_agree_what_it_is_worth(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="two rows of the email email-changed do not agree"):
        gather([gathered_from(CHANGED, replace(CHANGED, **changed))])


def test_an_email_is_sent_by_one_capability() -> None:
    with pytest.raises(ValueError, match="two capabilities use the name email-changed"):
        gather([gathered_from(CHANGED), gathered_from(CHANGED, name="boards")])
