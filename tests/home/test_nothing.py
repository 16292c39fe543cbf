"""What pages say where they show nothing: empty, not yet, filtered, withheld or not allowed, and each is true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask, render_template_string
from sqlalchemy import delete, select, update

from portal.access.roles import ADMIN, Viewer
from portal.boards import actions as boards
from portal.boards.models import Group
from portal.boards.people import actions as people_actions
from portal.boards.seats import actions as seats
from portal.check_in.models import CheckIn
from portal.core.nothing import REASONS
from portal.expenses.models import ClaimLine
from portal.expenses.policies.queries import policies
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.models import Meeting
from portal.meetings.queries import meeting_by_id
from portal.papers.models import Paper
from portal.papers.preparing.rules import MINUTES
from portal.papers.reading import queries as reading
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.rules import proposed
from portal.support_meetings.models import MeetingFeedback
from portal.training.models import OtherMembers
from tests.cast import NOW, TODAY, Cast, anywhere, person
from tests.visitor import Visitor, text_of

SENTENCES = {
    "empty": "There are no papers.",
    "not_yet": "There are no papers yet.",
    "filtered": "None of the papers match what you chose. Show all papers.",
    "withheld": "To protect privacy, we do not show papers here: too few.",
    "not_allowed": "Your role here does not include papers.",
}


def test_the_five_sentences(app: Flask) -> None:
    """They are one component's, and no two are alike."""
    assert tuple(SENTENCES) == REASONS
    with app.test_request_context("/"):
        for why, words in SENTENCES.items():
            page = "{{ nothing('papers', why, because='too few', every='/x') }}"
            text = " ".join(render_template_string(page, why=why).replace("</a>", "").split())
            assert words in text.replace('<a class="govuk-link" href="/x">', ""), why


def meetings_page(visit: Any, name: str) -> str:
    return text_of(visit(f"northfirth.{name}").get("/boards/northfirth/meetings"))


@pytest.mark.parametrize("name", ["mentor", "approver"])
def test_whoever_may_not_see_meetings_is_not_told_that_there_are_none(visit: Any, name: str) -> None:
    page = meetings_page(visit, name)
    assert "Your role here does not include meetings." in page
    assert "There are no meetings" not in page
    assert "You have no meetings" not in page
    assert "Next meetings" not in text_of(visit(f"northfirth.{name}").get("/"))
    links = visit(f"northfirth.{name}").get("/").text
    assert "/boards/northfirth/meetings" not in links, "the menu never offers a shut door"
    assert "/boards/northfirth/meetings" not in visit(f"northfirth.{name}").get("/boards/northfirth").text


@pytest.mark.parametrize("name", ["rep", "depute", "clerk", "officer", "admin"])
def test_whoever_sees_meetings_is_offered_them(visit: Any, name: str) -> None:
    assert "/boards/northfirth/meetings" in visit(f"northfirth.{name}").get("/account").text


def test_a_rep_is_told_of_their_own_meetings_and_a_clerk_of_the_boards(visit: Any, app: Flask, cast: Cast) -> None:
    """Other groups' meetings are out of the rep's sight: of them the page says what it says where there are none."""
    with app.app_context(), unit_of_work():
        for days, name in enumerate(("meeting_id", "coming_id"), start=8):
            of_rep = update(Meeting).where(Meeting.id == cast.northfirth.things[name])
            db.session.execute(of_rep.values(meets_on=TODAY - timedelta(days=days), status="cancelled"))
        other = boards.create_group(boards.queries.board_by_id(cast.northfirth.id), "Other Group", "committee")
        meetings.schedule(other, TODAY + timedelta(days=20), meeting_hour())
    assert "You have no meetings coming up." in meetings_page(visit, "rep")
    assert "Other Group" in meetings_page(visit, "clerk")


def meeting_hour() -> Any:
    return NOW.timetz().replace(tzinfo=None)


def test_an_agenda_alone_is_not_called_papers(visit: Any, things: dict[str, Any], app: Flask) -> None:
    page = meetings_page(visit, "rep")
    assert page.count("Papers published") == 1
    with app.app_context(), unit_of_work():
        db.session.execute(
            update(Paper).where(Paper.meeting_id == things["meeting_id"]).values(first_published_on=None)
        )
    page = meetings_page(visit, "rep")
    assert "Papers published" not in page
    assert page.count("Agenda published") == 1


def test_facts_of_a_meeting_do_not_follow_the_filter(visit: Any, things: dict[str, Any]) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}"
    whole = text_of(rep.get(path))
    facts = whole[whole.index("Papers 2") : whole.index("Days left")]
    for show in ("late", "carers", "unread", "decision"):
        page = text_of(rep.get(f"{path}?show={show}"))
        assert facts in page, show
        assert "There are no papers yet" not in page, show
    assert "None of the papers was sent late" in text_of(rep.get(f"{path}?show=late"))


def test_a_filter_of_an_agenda_that_is_not_there_hides_nothing(visit: Any, things: dict[str, Any]) -> None:
    page = text_of(visit("northfirth.rep").get(f"/meetings/{things['coming_id']}?show=late"))
    assert "There is no published agenda yet." in page
    assert "match what you chose" not in page


def test_minutes_are_not_counted_among_papers(visit: Any, things: dict[str, Any], app: Flask, cast: Cast) -> None:
    path = f"/meetings/{things['meeting_id']}"
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Paper, things["paper_id"])
        one.kind, one.item_id = MINUTES, None
    assert "Papers 1" in text_of(visit("northfirth.rep").get(path))
    with app.app_context(), unit_of_work():
        db.session.execute(update(Paper).where(Paper.meeting_id == things["meeting_id"]).values(kind=MINUTES))
        assert not reading.meetings_with_papers(visit_of(cast), [things["meeting_id"]])


def visit_of(cast: Cast) -> Any:
    return Viewer(cast.northfirth.people["rep"], groups=frozenset({cast.northfirth.things["group_id"]}))


def test_expenses_of_this_month_are_withheld_and_not_called_none(visit: Any, app: Flask, cast: Cast) -> None:
    path = "/boards/northfirth/expenses"
    with app.app_context(), unit_of_work():
        lines = select(ClaimLine.id).where(ClaimLine.board_id == cast.northfirth.id, ClaimLine.approved > 0)
        assert db.session.scalars(lines.order_by(ClaimLine.id)).all(), "the cast has some, decided this month"
    page = text_of(visit("northfirth.officer").get(path))
    assert "we do not show approved expenses of the last twelve months here" in page
    assert "What was approved this month will be counted when the month is over." in page
    with app.app_context(), unit_of_work():
        db.session.execute(update(ClaimLine).where(ClaimLine.board_id == cast.northfirth.id).values(approved=0))
    page = text_of(visit("northfirth.officer").get(path))
    assert "There are no approved expenses of the last twelve months." in page
    assert "we do not show approved" not in page


def test_figures_that_are_withheld_say_so_in_their_sheet(visit: Any, at: Any) -> None:
    at(NOW + timedelta(days=31))
    sheet = visit("northfirth.officer").client.get("/boards/northfirth/expenses.csv").text
    assert "withheld" in sheet
    amounts = [line.split(",")[2] for line in sheet.splitlines() if line.startswith(("month,", "expense,"))]
    assert amounts
    assert all(amounts), "a cell is empty only where its column says nothing of the row"


def test_the_sheet_of_support_has_no_figure_where_the_page_has_none(app: Flask, visit: Any) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(delete(OtherMembers)))
    sheet = visit("coordinator").client.get("/support-figures.csv").text
    assert sheet.count("no figure,no figure,no figure") == 3, "one for each board, and the total"
    assert ",0,0" not in sheet
    assert "no figure" in text_of(visit("coordinator").get("/support-figures"))


def test_how_meetings_are_is_empty_before_it_is_withheld(visit: Any, app: Flask, at: Any) -> None:
    at(NOW + timedelta(days=60))
    path = "/boards/northfirth/how-meetings-are"
    assert "To protect privacy, we do not show answers" in text_of(visit("northfirth.clerk").get(path))
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(delete(MeetingFeedback)))
    page = text_of(visit("northfirth.clerk").get(path))
    assert "There are no answers from the last four full quarters." in page
    assert "To protect privacy, we" not in page


def test_a_board_with_nothing_on_it_needs_its_administrator(visit: Any, app: Flask) -> None:
    with app.app_context(), unit_of_work():
        board = boards.create_board("empty", "Empty Joint Board", "Empty")
        admin = person("admin@empty.test", "Empty Admin")
        people_actions.give_role(board, admin, ADMIN)
        key = admin.id
    page = text_of(Visitor(app, key).get("/"))
    assert "You have no tasks today" not in page
    assert "Set up Empty: 0 of 10 done Next: Settings and contacts." in page
    for words in ("Invite a clerk, Empty", "Publish an expenses policy for Empty"):
        assert words not in page, "the list of what it needs says so"


def test_an_approver_is_not_idle_while_finance_has_a_run(visit: Any) -> None:
    page = text_of(visit("northfirth.approver").get("/"))
    assert "Record when finance paid run 1" in page


def test_a_policy_that_begins_later_is_not_said_to_be_missing(visit: Any, app: Flask, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        for one in policies(cast.northfirth.id):
            one.from_on = TODAY + timedelta(days=30)
    page = text_of(visit("northfirth.rep").get("/boards/northfirth/expenses-policy"))
    assert "There is no expenses policy in force today." in page
    assert "no expenses policy yet" not in page


def test_a_sheet_of_papers_is_filled_by_what_opens_it(app: Flask, visit: Any, at: Any, cast: Cast) -> None:
    """A rep of another group sees every paper that counts, as on the page, and no title of theirs."""
    with app.app_context(), unit_of_work():
        other = boards.create_group(boards.queries.board_by_id(cast.northfirth.id), "Other Group", "committee")
        seat = seats.create_seat(other, "Seat", TODAY - timedelta(days=9))
        who = person("other@northfirth.test", "Other Rep")
        seats.appoint(seat, who, "unpaid_carer", TODAY, TODAY + timedelta(days=600))
        key = who.id
    at(NOW + timedelta(days=30))
    path = "/boards/northfirth/notice-by-paper.csv"
    own, others = visit("northfirth.rep").client.get(path).text, Visitor(app, key).client.get(path).text
    assert len(own.splitlines()) == len(others.splitlines()) > 1
    assert "Budget" in own
    assert "Budget" not in others
    assert "A paper" in others


def test_a_new_rep_counts_from_the_first_day_in_every_list(visit: Any, app: Flask, cast: Cast) -> None:
    things = cast.northfirth.things
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        meeting.meets_on = meeting.opened_on = TODAY + timedelta(days=8)
        group = db.session.get_one(Group, things["group_id"])
        for name, days in (("Today Rep", 0), ("Later Rep", 1)):
            seat = seats.create_seat(group, name, TODAY - timedelta(days=9))
            who = person(f"{days}@northfirth.test", name)
            seats.appoint(seat, who, "unpaid_carer", TODAY + timedelta(days=days), TODAY + timedelta(days=600))
        db.session.execute(delete(CheckIn).where(CheckIn.board_id == cast.northfirth.id))
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/desk?show=check_in"))
    table = page[page.index("No answer yet: ") :]
    assert "Today Rep" in table
    assert "Wednesday 11 March No answer yet" in table
    assert "Later Rep" not in table


@pytest.mark.usefixtures("rep_goes")
def test_papers_to_post_wait_for_the_clerk(visit: Any, app: Flask, cast: Cast) -> None:
    things = cast.northfirth.things
    with app.app_context(), unit_of_work():
        one = db.session.scalars(
            select(CheckIn).where(
                CheckIn.meeting_id == things["meeting_id"], CheckIn.person_id == cast.northfirth.people["rep"]
            )
        ).one()
        one.printed, one.posted_on = True, None
    assert "Post 1 set of printed papers for CANARYNORTH Main Group" in text_of(visit("northfirth.clerk").get("/"))
    assert "Post 1 set" not in text_of(visit("northfirth.officer").get("/boards/northfirth/desk"))
    with app.app_context(), unit_of_work():
        db.session.get_one(CheckIn, one.id).posted_on = TODAY
    assert "Post 1 set" not in text_of(visit("northfirth.clerk").get("/"))


def test_care_that_is_over_stands_below_what_is_ahead(app: Flask, visit: Any, cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
        ids, rep = (uuid4(), uuid4()), cast.northfirth.people["rep"]
        for key, days in zip(ids, (3, 5), strict=True):
            span = proposed(meeting.starts_at + timedelta(days=days - 10), 0)
            care.ask(key, cast.northfirth.id, rep, rep, span, {"what": "event", "title": "Talk"})
        over = db.session.get_one(CareRequest, ids[1])
        over.on_day, over.status, over.arranged_at = TODAY - timedelta(days=1), "arranged", NOW
    page = text_of(visit("northfirth.officer").get("/care/to-arrange"))
    assert page.index("Friday 6 March") < page.index("Monday 2 March")
    assert "The day has passed. CANARYNORTH Rep has not yet said if it took place" in page


def test_what_is_out_of_sight_is_not_there_rather_than_not_allowed(visit: Any) -> None:
    assert visit("northfirth.mentor").get("/boards/southmoor/meetings").status_code == 404
    assert "Your role here" in meetings_page(visit, "mentor")
