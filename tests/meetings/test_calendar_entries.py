"""Meetings in people's calendars: by the feed, and by the emails about each, as one and the same event."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event
from lxml.html import fromstring
from sqlalchemy import select

from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.boards.models import Group
from portal.core.clock import LONDON
from portal.infra.database import db
from portal.meetings import actions, queries
from portal.meetings.calendar_file import Entry, calendar, event_of
from portal.meetings.feed import calendar_feed
from portal.meetings.models import Meeting
from portal.notifications import bundling, outbox
from portal.notifications.mailer import message_of
from portal.notifications.models import Email
from tests.cast import NOW, TODAY, Cast

LINK = "https://meet.example/spg"
SITE = "http://localhost"


def meeting_of(cast: Cast) -> Meeting:
    return queries.meeting_by_id(cast.northfirth.things["meeting_id"])


def feed_of(meeting: Meeting, viewer: Viewer) -> Event:
    made = Calendar.from_ical(calendar_feed(viewer, [meeting], [], SITE, NOW))
    [found] = [one for one in made.walk("VEVENT") if str(one["uid"]).startswith("meeting-")]
    return found


def told(cast: Cast, template: str, who: str = "rep") -> list[Email]:
    of = select(Email).where(Email.template == template, Email.person_id == cast.northfirth.people[who])
    found = db.session.scalars(of.order_by(Email.asked_at, Email.id))
    return sorted(found, key=lambda one: int(one.facts.get("entry", {}).get("sequence", 0)))


def sent(one: Email) -> EmailMessage:
    message = email.message_from_bytes(message_of(one).as_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def invitation_of(message: EmailMessage) -> tuple[str, Event]:
    """The method, said alike by the part and by the file, and the one event."""
    [part] = [one for one in message.walk() if one.get_content_type() == "text/calendar" and not one.get_filename()]
    [attached] = [one for one in message.iter_attachments() if one.get_filename()]
    content = part.get_content()
    assert content.splitlines() == attached.get_content().splitlines()
    made = Calendar.from_ical(content)
    [event] = made.walk("VEVENT")
    assert made["method"] == part.get_param("method") == attached.get_param("method")
    return str(made["method"]), event


def change(cast: Cast, **changed: Any) -> None:
    meeting = meeting_of(cast)
    typed = {"meets_on": meeting.meets_on, "hour": time(11), "place": meeting.place, "link": "", "kind": meeting.kind}
    actions.change(meeting, meeting.version, **{**typed, **changed})


def test_a_moved_meeting_moves_in_the_calendar_of_whoever_reads_the_email(cast: Cast, work: Any) -> None:
    with work():
        change(cast, link=LINK)
    [mail] = told(cast, "meeting-moved")
    method, event = invitation_of(sent(mail))
    in_feed = feed_of(meeting_of(cast), Viewer(cast.northfirth.people["rep"]))
    assert method == "REQUEST"
    for name in ("uid", "sequence", "summary", "location", "description", "url", "status", "conference"):
        assert event[name] == in_feed[name], name
    assert event["dtstart"].dt == in_feed["dtstart"].dt
    assert event["dtstart"].dt.astimezone(LONDON).time() == time(11)
    assert event["attendee"] == "mailto:rep@northfirth.test"
    assert event["organizer"].startswith("mailto:")


def test_each_change_has_a_higher_number_and_an_email_keeps_its_own(cast: Cast, work: Any) -> None:
    with work():
        change(cast, hour=time(11))
    with work():
        change(cast, hour=time(12))
    with work():
        actions.cancel(meeting_of(cast), meeting_of(cast).version, "Snow")
    events = [invitation_of(sent(one))[1] for one in (*told(cast, "meeting-moved"), *told(cast, "meeting-cancelled"))]
    numbers = [int(one["sequence"]) for one in events]
    assert numbers == sorted(set(numbers))
    assert [one["dtstart"].dt.hour for one in events] == [11, 12, 12]
    assert len({str(one["uid"]) for one in events}) == 1
    with work():
        again = outbox.send_again(told(cast, "meeting-moved")[0], cast.northfirth.people["officer"])
    assert int(invitation_of(sent(again))[1]["sequence"]) == numbers[0], "what is sent again takes nothing back"


def test_a_cancelled_meeting_says_so_before_its_name_with_the_reason(cast: Cast, work: Any) -> None:
    with work():
        change(cast, link=LINK)
        actions.cancel(meeting_of(cast), meeting_of(cast).version, "Snow on the A9; no buses")
    [mail] = told(cast, "meeting-cancelled")
    method, event = invitation_of(sent(mail))
    assert method == "CANCEL"
    for one in (event, feed_of(meeting_of(cast), Viewer(cast.northfirth.people["rep"]))):
        assert str(one["summary"]).startswith("Cancelled: CANARYNORTH Main Group")
        assert "Snow on the A9; no buses" in str(one["description"])
        assert one["status"] == "CANCELLED"
        assert LINK not in one.to_ical().decode(), "nobody joins a meeting that is cancelled"


def test_an_adjourned_meeting_moves_to_its_new_day(cast: Cast, work: Any, at: Any) -> None:
    day = meeting_of(cast).meets_on + timedelta(days=7)
    at(meeting_of(cast).starts_at + timedelta(hours=1))
    with work():
        actions.adjourn(meeting_of(cast), meeting_of(cast).version, day, time(14), "No quorum")
    [mail] = told(cast, "meeting-adjourned")
    method, event = invitation_of(sent(mail))
    assert (method, event["dtstart"].dt.date(), str(event["summary"])[:9]) == ("REQUEST", day, "CANARYNOR")


def test_the_entry_holds_the_link_to_join_and_the_page_of_the_papers(cast: Cast, work: Any) -> None:
    with work():
        change(cast, place="Town Hall", link=LINK)
    meeting = meeting_of(cast)
    event = feed_of(meeting, Viewer(cast.northfirth.people["rep"]))
    assert str(event["location"]) == "Town Hall"
    assert f"Join online: {LINK}" in str(event["description"])
    assert f"Agenda and papers: {SITE}/meetings/{meeting.id}" in str(event["description"])
    assert str(event["conference"]) == LINK


def test_a_depute_gets_the_meeting_they_stand_in_at_and_loses_it_after(cast: Cast, work: Any) -> None:
    """Before, they may open its page; afterwards not, so that nothing leads there."""
    coming, people = queries.meeting_by_id(cast.northfirth.things["coming_id"]), cast.northfirth.people
    with work():
        actions.let_stand_in(coming, people["depute"], people["rep"])
    with work():
        [row] = [row for row, _, _ in queries.stand_ins(coming.id)]
        actions.end_stand_in(row)
    every = (told(cast, name, "depute") for name in ("stand-in", "stand-down"))
    asked, off = (invitation_of(sent(one)) for some in every for one in some if one.meeting_id == coming.id)
    assert (asked[0], off[0], asked[1]["uid"]) == ("REQUEST", "CANCEL", off[1]["uid"])
    assert str(off[1]["summary"]).startswith("You’re no longer covering: ")
    assert "/meetings/" in asked[1].to_ical().decode()
    assert "/meetings/" not in off[1].to_ical().decode()


def call(cast: Cast, days: int) -> Meeting:
    group = db.session.get_one(Group, cast.northfirth.things["group_id"])
    return actions.schedule(group, TODAY + timedelta(days=days), time(10), "New Hall")


def choose(cast: Cast, wanted: str, who: str = "rep") -> None:
    db.session.get_one(Person, cast.northfirth.people[who]).emails_wanted = wanted


@pytest.mark.parametrize(
    ("wanted", "days", "status"),
    [
        ("usual", 30, ["held"]),
        ("daily", 30, ["held"]),
        ("at_once", 30, ["waiting"]),
        ("only_needed", 30, []),
        ("usual", 2, ["waiting"]),
        ("daily", 2, ["waiting"]),
        ("usual", -2, []),
    ],
)
def test_reps_hear_of_a_new_meeting_in_the_email_they_chose(
    cast: Cast, work: Any, wanted: str, days: int, status: list[str]
) -> None:
    with work():
        choose(cast, wanted)
        call(cast, days)
    found = told(cast, "meeting-called")
    assert [one.status for one in found] == status
    assert told(cast, "meeting-called", "clerk") == told(cast, "meeting-called", "depute") == []
    for one in found:
        assert invitation_of(sent(one))[0] == "REQUEST"


def test_reps_who_will_not_sit_then_do_not_hear_of_it(cast: Cast, work: Any) -> None:
    with work():
        call(cast, 5000)
    assert told(cast, "meeting-called") == []


def test_one_email_of_a_day_holds_each_new_meeting_as_a_file(cast: Cast, work: Any) -> None:
    with work():
        choose(cast, "daily")
        made = [call(cast, days) for days in (30, 60)]
    uids = [f"meeting-{one.id}@carer-rep-portal" for one in made]
    with work():
        bundling.bundle(cast.northfirth.people["rep"], told(cast, "meeting-called"))
    [daily] = told(cast, "daily")
    files = [Calendar.from_ical(one.get_content()) for one in sent(daily).iter_attachments() if one.get_filename()]
    assert sorted(str(event["uid"]) for one in files for event in one.walk("VEVENT")) == sorted(uids)
    assert {one["method"] for one in files} == {"REQUEST"}


@pytest.mark.parametrize("year", [2026, 2050])
def test_london_has_two_rules_that_hold_for_every_year(year: int) -> None:
    zones = Calendar.from_ical(calendar([])).walk("VTIMEZONE")
    assert [str(one["tzid"]) for one in zones] == ["Europe/London"]
    halves = zones[0].subcomponents
    assert len(halves) == 2
    assert all("rrule" in half and "rdate" not in half for half in halves)
    zone = zones[0].to_tz()
    for moment in (datetime(year, month, 20, 12) for month in range(1, 13)):  # noqa: DTZ001 - local
        assert moment.replace(tzinfo=zone).utcoffset() == moment.replace(tzinfo=LONDON).utcoffset()


line = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=200)


@given(line, line, line, st.sampled_from(("", "Cancelled")), st.integers(1, 999))
def test_no_words_of_people_break_a_calendar_file(title: str, place: str, reason: str, off: str, number: int) -> None:
    moments = {"stamp": NOW, "starts": datetime(2026, 7, 1, 13, tzinfo=UTC)}
    entry = Entry(uid="m@x", sequence=number, title=title, page=SITE, place=place, off=off, reason=reason, **moments)
    content = calendar([event_of(entry)])
    [event] = Calendar.from_ical(content).walk("VEVENT")
    assert str(event["summary"]) == (f"Cancelled: {title}" if off else title)
    assert str(event["location"]) == (place or "To be confirmed")
    assert event["dtstart"].dt == moments["starts"]
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == 1


def test_the_page_opens_the_calendar_downloads_it_and_offers_a_copy(visit: Any, app: Flask) -> None:
    rep = visit("northfirth.rep")
    page = fromstring(rep.get("/account/calendar").text)
    [box] = page.xpath("//input[@id='address']")
    address = box.get("value")
    assert box.get("readonly") is not None
    assert page.xpath("//label[@for='address']")
    assert page.xpath("//a/@href[starts-with(., 'webcal:')]") == ["webcal" + address.removeprefix("http")]
    [button] = page.xpath("//button[@data-copy='address']")
    assert (button.get("type"), button.getparent().get("hidden") is not None) == ("button", True), (
        "of use with scripts alone"
    )
    [path] = page.xpath("//a[@download]/@href")
    assert address == app.config["PORTAL"].base_url + path
    assert visit("").get(path).mimetype == "text/calendar"
