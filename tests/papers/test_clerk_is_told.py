"""What a clerk is told: which emails are to come, what the minutes were before, and whom to ask about a wrong date."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from portal.boards.queries import groups
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.actions import add_item, schedule
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.papers.destination import Destination, of_item
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, Cast
from tests.made_papers import made_paper
from tests.papers.test_pages import check_files, send, waiting
from tests.papers.withdrawing import Outside, every, upload
from tests.visitor import hidden_boxes, text_of


def test_emails_that_are_to_come_are_listed_with_whom(
    here: Outside, visit: Any, things: dict[str, Any], at: Any, cast: Cast
) -> None:
    clerk, address = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/emails"
    at(NOW + timedelta(minutes=30))
    upload(things, of_item(things["item_id"]), "First")
    with here():
        do_what_is_due()
    at(NOW + timedelta(minutes=32))
    upload(things, of_item(things["item_id"]), "Second")
    page = text_of(clerk.get(address))
    assert "Emails about what was published at 10:32am on Tuesday 3 March 2026 go at 10:40am" in page
    assert "CANARYNORTH Rep" in page
    at(NOW + timedelta(minutes=41))
    with here():
        do_what_is_due()
    page = text_of(clerk.get(address))
    assert "Emails about what was published" not in page
    assert "about what was published at 10:32am on Tuesday 3 March" in page


def test_one_moment_is_said_once_and_no_email_goes_sooner_than_said(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    clerk, address = visit("northfirth.clerk"), f"/meetings/{things['meeting_id']}/emails"
    at(NOW + timedelta(minutes=30, seconds=20))
    upload(things, of_item(things["item_id"]), "First")
    with here():
        do_what_is_due()
    for seconds in (10, 40):
        at(NOW + timedelta(minutes=32, seconds=seconds))
        upload(things, of_item(things["item_id"]), f"After {seconds} seconds")
    page = text_of(clerk.get(address))
    assert "published at 10:32am on Tuesday 3 March 2026 go at 10:41am" in page


def test_the_draft_before_approved_minutes_is_not_counted(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    at(NOW + timedelta(days=12))
    rep, address = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}"
    upload(things, Destination.read("minutes:draft"), "Draft minutes")
    assert "the minutes (2 pages)" in text_of(rep.get(address))
    upload(things, Destination.read("minutes:approved"), "Approved minutes")
    page = text_of(rep.get(address))
    assert "the minutes (2 pages)" in page
    assert "the minutes (4 pages)" not in page
    assert "the draft before the minutes were approved" in page


def due_of(meeting: Any) -> list[Any]:
    statement = select(Email).where(Email.template == "papers-due", Email.meeting_id == meeting)
    return every(statement.order_by(Email.id))


def test_nobody_is_reminded_on_the_day_a_meeting_was_added(
    here: Outside, things: dict[str, Any], cast: Cast, at: Any
) -> None:
    with here(), unit_of_work():
        meeting = schedule(groups(cast.northfirth.id)[0], NOW.date() + timedelta(days=5), time(10))
        meeting_id = meeting.id
    for moment, is_told in ((NOW, False), (NOW + timedelta(days=1), True)):
        at(moment)
        with here():
            do_what_is_due()
        assert bool(due_of(meeting_id)) is is_told


def test_nobody_is_reminded_on_the_day_an_agenda_was_begun(
    here: Outside, things: dict[str, Any], cast: Cast, at: Any
) -> None:
    with here(), unit_of_work():
        meeting = schedule(groups(cast.northfirth.id)[0], NOW.date() + timedelta(days=5), time(10))
        meeting_id = meeting.id
    at(NOW + timedelta(days=1))
    with here(), unit_of_work():
        add_item(meeting_by_id(meeting_id), title="Budget")
    with here():
        do_what_is_due()
    assert not due_of(meeting_id)
    at(NOW + timedelta(days=2))
    with here():
        do_what_is_due()
    assert due_of(meeting_id)


def test_a_meeting_that_has_begun_says_so(visit: Any, things: dict[str, Any], at: Any, here: Outside) -> None:
    with here():
        meeting = meeting_by_id(things["meeting_id"])
        starts_at, board = meeting.starts_at, meeting.board.key
    clerk = visit("northfirth.clerk")
    assert "Began at" not in text_of(clerk.get(f"/boards/{board}/meetings"))
    at(starts_at + timedelta(hours=1))
    clerk = visit("northfirth.clerk")
    assert "Began at " in text_of(clerk.get(f"/boards/{board}/meetings"))
    page = text_of(clerk.get(f"/meetings/{things['meeting_id']}/adjourn"))
    assert "It will stop now" not in page
    assert "Adjourn it if it was not finished" in page


def test_files_that_are_already_here_are_removed_together(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    two = [(f"{name}.pdf", made_paper(name, 1)) for name in ("A", "B")]
    send(clerk, meeting_id, *two)
    check_files(app)
    assert "already here" not in text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))
    send(clerk, meeting_id, *two, ("C.pdf", made_paper("C", 1)))
    check_files(app)
    assert "Remove the 2 copies of files that are already here" in text_of(
        clerk.get(f"/meetings/{meeting_id}/papers/sort")
    )
    asks = clerk.post(f"/meetings/{meeting_id}/papers/sort", {"then": "doubles"}).headers["Location"]
    page = clerk.get(asks)
    assert "A.pdf" in text_of(page)
    assert "C.pdf" not in text_of(page)
    assert len(waiting(app, meeting_id)) == 5
    assert "changed since you opened this page" in text_of(clerk.post(asks, {"shown": ""}))
    assert len(waiting(app, meeting_id)) == 5
    assert clerk.post(asks, hidden_boxes(page)).status_code == 302
    assert len(waiting(app, meeting_id)) == 3
    assert clerk.post(asks, hidden_boxes(page)).status_code == 302, "nothing is left to remove"
    assert len(waiting(app, meeting_id)) == 3


def test_a_clerk_is_told_who_corrects_the_date_of_a_past_meeting(visit: Any, things: dict[str, Any], at: Any) -> None:
    words, address = "Is the date wrong? An administrator can correct it", f"/meetings/{things['meeting_id']}"
    assert words not in text_of(visit("northfirth.clerk").get(address))
    at(NOW + timedelta(days=12))
    assert f"{words}: CANARYNORTH Admin" in text_of(visit("northfirth.clerk").get(address))
    assert words not in text_of(visit("northfirth.rep").get(address))


def test_two_items_with_one_number_are_told_apart(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    for title in ("Budget", "Risks"):
        typed = {"title": title, "number": "5", "number_is_right": "y", "purpose": ""}
        clerk.post(f"/meetings/{meeting_id}/items/new", typed)
    page = text_of(clerk.get(f"/meetings/{meeting_id}"))
    assert "Change item 5: Budget" in page
    assert "Change item 5: Risks" in page
    clerk.post(f"/meetings/{meeting_id}/agenda/paste", {"pasted": "6. Plan", "with_standing": ""})
    answer = text_of(clerk.post(f"/meetings/{meeting_id}/agenda/paste", {"pasted": "5. Plan\n6. Review"}))
    assert "Number 5 is also used by “Budget” and “Risks”." in answer
    send(clerk, meeting_id, ("5 Risks.pdf", made_paper("Risks", 1)))
    words = text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))
    assert "Its number, 5, fits more than one item" in words
    assert words.count("Number 5 is used 2 times: “Budget” and “Risks”. Check which of them each file belongs to.") == 1
    assert words.count("Number 5 is used") == 1
    assert "The number and the words fit different items" not in words
