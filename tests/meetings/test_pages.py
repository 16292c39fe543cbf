"""Calling, changing and cancelling meetings, and everything one can type wrong on the way."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar
from lxml.html import fromstring
from sqlalchemy import select

from portal.boards.actions import create_group
from portal.boards.queries import board_by_key
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.links import token_for
from portal.meetings.models import AgendaItem, Meeting
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import Cast, anywhere
from tests.visitor import text_of

NEW = "/boards/northfirth/meetings/new"


def form(things: dict[str, Any], **changed: Any) -> dict[str, Any]:
    typed = {"group": str(things["group_id"]), "meets_on": ["3", "6", "2026"], "hour": "2pm", "kind": "ordinary"}
    return {**typed, "place": "Town Hall", "link": "", **changed}


def meetings_at(app: Flask, place: str) -> list[Meeting]:
    with app.app_context():
        statement = select(Meeting).where(Meeting.place == place, Meeting.id.is_not(None))
        return list(db.session.scalars(anywhere(statement.order_by(Meeting.meets_on, Meeting.id))))


def emails(app: Flask, template: str) -> list[Email]:
    with app.app_context():
        statement = select(Email).where(Email.template == template).order_by(Email.asked_at, Email.id)
        return list(db.session.scalars(anywhere(statement)))


def test_a_clerk_calls_a_meeting(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    response = visit("northfirth.clerk").post(NEW, form(things, place="New Hall"))
    assert response.status_code == 302
    [meeting] = meetings_at(app, "New Hall")
    assert (meeting.meets_on.isoformat(), meeting.starts_at.isoformat()) == ("2026-06-03", "2026-06-03T13:00:00+00:00")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"meets_on": ["31", "2", "2026"]}, "The meeting date must be a real date"),
        ({"meets_on": ["3", "6", ""]}, "The meeting date must include a year"),
        ({"meets_on": ["3", "6", "20260"]}, "The meeting date must include a year with 4 numbers"),
        ({"meets_on": ["", "", ""]}, "Enter the day of the meeting"),
        ({"meets_on": ["3"]}, "The meeting date must include a month and a year"),
        ({"meets_on": []}, "Enter the day of the meeting"),
        ({"meets_on": ["3", "6", "2026", "7"]}, "The meeting date must be a real date"),
        ({"meets_on": ["٣", "6", "2026"]}, "The meeting date must be a real date"),
        ({"hour": "25:00"}, "Enter a start time, like 2pm or 14:30"),
        ({"hour": "after lunch"}, "Enter a start time, like 2pm or 14:30"),
        ({"hour": ""}, "Enter a start time, like 2pm or 14:30"),
        ({"meets_on": ["28", "3", "2027"], "hour": "1:30am"}, "The clocks go forward and skip this hour"),
        ({"group": "00000000-0000-0000-0000-000000000000"}, "Select the group that meets"),
        ({"group": "nonsense"}, "Select the group that meets"),
        ({"place": "x" * 5000}, "Place must be 300 characters or fewer"),
        ({"link": "javascript:alert(1)"}, "Enter a link that starts with https://"),
        ({"kind": "party"}, "Select the kind of meeting"),
    ],
)
def test_what_is_typed_wrong_is_said_and_kept(
    app: Flask, visit: Any, things: dict[str, Any], changed: dict[str, Any], words: str
) -> None:
    before = len(meetings_at(app, "CANARYNORTH Hall"))
    response = visit("northfirth.clerk").post(NEW, form(things, **{"place": "CANARYNORTH Hall", **changed}))
    assert response.status_code == 200
    assert words in text_of(response)
    if "place" not in changed:
        assert "CANARYNORTH Hall" in response.text
    assert len(meetings_at(app, "CANARYNORTH Hall")) == before


def test_a_meeting_in_the_past_asks_first_and_tells_nobody(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    past = form(things, meets_on=["3", "2", "2026"], place="Old Hall")
    asked = clerk.post(NEW, past)
    assert "This day is in the past" in text_of(asked)
    assert meetings_at(app, "Old Hall") == []
    assert clerk.post(NEW, {**past, "in_the_past": "y"}).status_code == 302
    assert len(meetings_at(app, "Old Hall")) == 1
    before = len(emails(app, "papers-announced"))
    assert len(emails(app, "papers-announced")) == before


def test_an_hour_that_may_be_another_is_asked_about_and_confirmed_by_sending_it_again(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk = visit("northfirth.clerk")
    page = clerk.post(NEW, form(things, hour="2", place="Asked Hall"))
    assert "Do you mean 2pm or 2am? We’ve filled in 2pm." in text_of(page)
    assert meetings_at(app, "Asked Hall") == []
    [hour] = fromstring(page.text).xpath("//input[@name='hour']/@value")
    assert hour == "2pm"
    assert clerk.post(NEW, form(things, hour=hour, place="Asked Hall")).status_code == 302
    assert [f"{one.starts_at:%H:%M}" for one in meetings_at(app, "Asked Hall")] == ["13:00"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (["1", "1", "2027"], "Friday 1 January 2027 is a bank holiday in Scotland: New Year's Day."),
        (["6", "6", "2026"], "Saturday 6 June 2026 is at the weekend."),
        (["3", "6", "2026"], ""),
    ],
)
def test_a_day_off_is_said_once_the_meeting_is_saved(
    visit: Any, things: dict[str, Any], day: list[str], words: str
) -> None:
    clerk = visit("northfirth.clerk")
    page = text_of(clerk.post(NEW, form(things, meets_on=day), follow_redirects=True))
    assert "Meeting saved." in page
    assert ("If that is not right, change the day." in page) == bool(words)
    assert words in page
    path = f"/meetings/{things['coming_id']}/change"
    version = clerk.get(path).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    page = text_of(clerk.post(path, form(things, meets_on=day, version=version), follow_redirects=True))
    assert words in page


def test_a_wrong_date_is_reached_from_the_list_of_errors(visit: Any, things: dict[str, Any]) -> None:
    page = fromstring(visit("northfirth.clerk").post(NEW, form(things, meets_on=["3", "June", ""])).text)
    [link] = page.xpath("//*[contains(@class, 'govuk-error-summary')]//a/@href")
    [box] = page.xpath("//*[@id = $id]", id=link.removeprefix("#"))
    assert (box.tag, box.get("name"), link) == ("input", "meets_on", "#meets_on-year")
    assert page.xpath("//input[@id='meets_on-month']/@value") == ["June"]


def test_of_two_clerks_changing_a_meeting_the_second_sees_both(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    path = f"/meetings/{things['coming_id']}/change"
    first, second = visit("northfirth.clerk"), visit("both")
    version = first.get(path).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    changed = form(things, version=version, meets_on=["3", "6", "2026"])
    assert first.post(path, {**changed, "place": "First Hall"}).status_code == 302
    page = second.post(path, {**changed, "place": "Second Hall"})
    assert "This was changed since you opened this page" in text_of(page)
    assert "First Hall" in text_of(page)
    assert "Second Hall" in page.text
    assert meetings_at(app, "Second Hall") == []
    version = page.text.split('name="version"')[1].split('value="')[1].split('"')[0]
    assert second.post(path, {**changed, "version": version, "place": "Second Hall"}).status_code == 302


def test_everyone_concerned_is_told_once_of_a_moved_meeting(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    path = f"/meetings/{things['meeting_id']}/change"
    clerk = visit("northfirth.clerk")
    version = clerk.get(path).text.split('name="version"')[1].split('value="')[1].split('"')[0]
    clerk.post(path, form(things, version=version, meets_on=["20", "3", "2026"]))
    people = cast.northfirth.people
    told = [email.person_id for email in emails(app, "meeting-moved")]
    staff = {people["officer"], people["admin"], cast.person("both")}  # who may read it; the clerk did it
    expected = {people["rep"], people["depute"], *staff}
    assert set(told) == expected
    assert len(told) == len(expected)


def test_a_meeting_of_which_the_place_alone_changed_is_not_said_to_be_at_another_time(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    path, clerk = f"/meetings/{things['meeting_id']}/change", visit("northfirth.clerk")
    now = {"meets_on": ["13", "3", "2026"], "hour": "10am"}
    for changed in ({"place": "Library"}, {"place": "Library", "link": "https://meet.test/x"}):
        version = fromstring(clerk.get(path).text).xpath("//input[@name='version']/@value")[0]
        assert clerk.post(path, form(things, version=version, **now, **changed)).status_code == 302
    with app.app_context():
        said = [words_of(one).text for one in emails(app, "meeting-moved")]
    assert said
    assert not any("Now: " in words for words in said)
    place = [words for words in said if "The place was CANARYNORTH Hall." in words]
    assert place
    assert all("The day and time stay." in words for words in place)
    assert any("Please check how to join." in words for words in said)


def test_cancelling_needs_a_reason_and_tells_it(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    path = f"/meetings/{things['meeting_id']}/cancel"
    clerk = visit("northfirth.clerk")
    page = clerk.get(path)
    version = page.text.split('name="version"')[1].split('value="')[1].split('"')[0]
    assert "Enter a reason" in text_of(clerk.post(path, {"version": version, "reason": " "}))
    clerk.post(path, {"version": version, "reason": "Snow on the A9"})
    assert {email.facts["reason"] for email in emails(app, "meeting-cancelled")} == {"Snow on the A9"}
    assert "This meeting is cancelled" in text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    meeting = f"/meetings/{things['meeting_id']}"
    assert not re.search("Add an item|Add the first item", text_of(clerk.get(meeting)))
    refused = clerk.post(f"{meeting}/items/new", {"title": "Late item", "number": "9"})
    assert "This meeting has been cancelled. An administrator can correct the record." in text_of(refused)
    page = text_of(clerk.get(meeting))
    assert "Late item" not in page


def test_an_urgent_item_needs_the_chairs_ruling_and_a_restricted_one_its_paragraphs(
    visit: Any, things: dict[str, Any]
) -> None:
    clerk, path = visit("northfirth.clerk"), f"/meetings/{things['coming_id']}/items/new"
    page = text_of(clerk.post(path, {"title": "Fire", "purpose": "", "is_urgent": "y", "is_restricted": "y"}))
    assert "Enter the chair's ruling" in page
    assert "Tick at least one paragraph" in page
    unknown = {"title": "Fire", "purpose": "", "is_restricted": "y", "paragraphs": ["99"]}
    assert "choose from the list" in text_of(clerk.post(path, unknown))


def test_items_move_up_and_down_and_have_text_numbers(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    for number, title in (("1", "One"), ("3(a)", "Three a"), ("", "Next")):
        clerk.post(f"/meetings/{meeting_id}/items/new", {"title": title, "number": number, "purpose": ""})
    with app.app_context():
        items = db.session.scalars(
            select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position)
        ).all()
    assert [item.number for item in items] == ["1", "3(a)", "4"]
    clerk.get("/")  # shows what was said so far
    clerk.post(f"/items/{items[2].id}/move", {"step": "up"})
    text = text_of(clerk.get(f"/meetings/{meeting_id}"))
    assert text.index("Next") < text.index("Three a")


def test_a_depute_reads_only_the_meeting_they_stand_in_for(visit: Any, things: dict[str, Any]) -> None:
    depute = visit("northfirth.depute")
    assert depute.get(f"/meetings/{things['meeting_id']}").status_code == 200
    assert depute.get(f"/meetings/{things['coming_id']}").status_code == 404


def test_the_calendar_feed_is_valid_and_its_address_can_be_changed(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    with app.test_request_context():
        token = token_for("calendar", cast.northfirth.people["rep"], "1")
    stranger = visit("")
    response = stranger.get(f"/calendar/{token}.ics")
    assert response.mimetype == "text/calendar"
    calendar = Calendar.from_ical(response.data)
    events = list(calendar.walk("VEVENT"))
    assert {str(event["uid"]) for event in events} >= {f"meeting-{things['meeting_id']}@carer-rep-portal"}
    assert all("dtstart" in event and "dtstamp" in event for event in events)
    assert "CANARYSOUTH" not in response.text
    visit("northfirth.rep").post("/account/calendar")
    assert stranger.get(f"/calendar/{token}.ics").status_code == 404


def test_a_forged_calendar_address_is_not_found(visit: Any) -> None:
    assert visit("").get("/calendar/forged.ics").status_code == 404


@pytest.mark.parametrize("path", [NEW, f"{NEW}/several"])
def test_no_group_is_chosen_before_somebody_chooses(app: Flask, visit: Any, things: dict[str, Any], path: str) -> None:
    """Unless there is only one, or the address names one."""
    clerk, main = visit("northfirth.clerk"), str(things["group_id"])

    def chosen(address: str) -> str:
        [box] = fromstring(clerk.get(address).text).xpath("//select[@name='group']")
        return box.xpath("string(option[@selected]/@value)") or box.xpath("string(option[1]/@value)")

    assert chosen(path) == main
    with app.app_context(), unit_of_work():
        create_group(board_by_key("northfirth"), "Strategic Planning Group", "board")
    assert chosen(path) == ""
    assert chosen(f"{path}?group=nonsense") == ""
    assert chosen(f"{path}?group={main}") == main
    page = clerk.post(path, {**form(things, group=""), "dates": "3/6/2026"})
    assert text_of(page).count("Select the group that meets") == 2, "at the top, and beside the box"
