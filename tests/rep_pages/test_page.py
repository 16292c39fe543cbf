"""One rep's page: all that an officer may see of their support, and nothing of what they read or claim."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.accounts.models import Person
from portal.boards.models import Appointment
from portal.boards.queries import groups
from portal.check_in.actions import check_in_of
from portal.expenses.claims import actions as claims
from portal.expenses.claims.queries import lines
from portal.expenses.decisions import actions as decisions
from portal.expenses.models import Claim
from portal.infra.database import db
from portal.infra.unit_of_work import emails_written, unit_of_work
from portal.meetings import queries as meeting_queries
from portal.meetings.actions import schedule
from portal.meetings.models import Meeting, StandIn
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.rep_pages.notes import actions as notes
from portal.rep_pages.page.rules import EMAILS_SHOWN, attendance_words, term_ends
from portal.replacement_care.models import CareRequest, StoodAside
from portal.replacement_care.requests import actions as care
from portal.replacement_care.requests.rules import proposed
from portal.role_descriptions import actions as role_actions
from portal.role_descriptions import queries as roles
from portal.training.inductions.actions import mark_done
from portal.training.inductions.queries import inductions_of_rep
from portal.training.records import actions as records
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.desk.test_pages import add_reps
from tests.expenses.claiming import TAXI, add, begin, press
from tests.papers.test_pages import queries_on

SECTIONS = (
    "Answers due",
    "Notes about support",
    "Attendance",
    "Induction",
    "Training",
    "Mentor",
    "Replacement care",
    "Claims you helped with",
    "Emails sent",
)


def page_of(cast: Cast, person_id: UUID | None = None) -> str:
    return f"/boards/northfirth/reps/{person_id or cast.northfirth.people['rep']}"


def sections(visit: Any, cast: Cast, person_id: UUID | None = None, who: str = "northfirth.officer") -> dict[str, str]:
    """The words of each section of the page."""
    response = visit(who).get(page_of(cast, person_id))
    assert response.status_code == 200
    main = fromstring(response.text).get_element_by_id("main-content")
    found: dict[str, str] = {"": ""}
    for part in main:
        if part.tag == "h2":
            found[part.text_content().strip()] = ""
        else:
            name = list(found)[-1]
            found[name] = f"{found[name]} {' '.join(part.text_content().split())}".strip()
    return found


def new_rep(app: Flask, cast: Cast) -> UUID:
    """Someone who began nine days ago, with a request for care, a wish for a mentor, and training to confirm."""
    add_reps(app, cast, 1)
    with app.app_context():
        return db.session.scalars(select(Person.id).where(Person.email == "many0@northfirth.test")).one()


def ask_for_care(app: Flask, cast: Cast, person_id: UUID, number: int = 1) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
        for n in range(number):
            span, typed = proposed(meeting.starts_at + timedelta(days=n), 0), {"what": "meeting", "title": "Budget day"}
            care.ask(uuid4(), cast.northfirth.id, person_id, person_id, span, typed)


def test_the_page_has_its_sections_in_order(visit: Any, cast: Cast) -> None:
    assert tuple(sections(visit, cast))[1:] == SECTIONS


def test_the_top_says_how_to_reach_them_their_term_and_depute(visit: Any, cast: Cast) -> None:
    top = sections(visit, cast)[""]
    assert "CANARYNORTH Main Group CANARYNORTH Seat, from Friday 15 August 2025 to" in top
    assert "Depute (stand-in): CANARYNORTH Nominee To be confirmed" in top
    assert "rep@northfirth.test" in top


def test_a_term_that_ends_soon_says_so(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        term = db.session.get_one(Appointment, cast.northfirth.things["appointment_id"])
        term.until_on = TODAY + timedelta(days=20)
    assert "Term ends in 20 days" in sections(visit, cast)[""]


def test_what_has_no_answer_is_due(visit: Any, cast: Cast) -> None:
    due = sections(visit, cast)["Answers due"]
    assert "Whether they’re coming: CANARYNORTH Main Group, Friday 13 March" in due
    assert "Agreement to the role description: CANARYNORTH Main Group, version 2" in due


def test_a_late_step_of_their_induction_is_due(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    rep = new_rep(app, cast)
    assert "Read your role description" in sections(visit, cast, rep)["Answers due"]


def test_nothing_due_says_so(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    with app.app_context(), unit_of_work():
        written = roles.current(cast.northfirth.id, cast.northfirth.things["group_id"])
        assert written
        role_actions.agree(written, cast.northfirth.people["rep"])
        meeting = meeting_by_id(cast.northfirth.things["meeting_id"])
        for row in meeting_queries.stand_ins(meeting.id):
            db.session.delete(row[0])
        [induction] = inductions_of_rep(cast.northfirth.id, cast.northfirth.people["rep"])
        for task in induction.tasks:
            mark_done(induction.appointment, UUID(task.key), cast.northfirth.people["officer"])
        answer = check_in_of(meeting, cast.northfirth.people["rep"])
        answer.coming, answer.answered_at, answer.answered_for = "online", NOW, meeting.meets_on
    assert sections(visit, cast)["Answers due"] == "CANARYNORTH has answered everything we’ve asked."


def hold_meetings(app: Flask, cast: Cast, *attended: str) -> None:
    """Meetings of the last days, the last of them first, with what is on record of the rep."""
    with app.app_context(), unit_of_work():
        group = groups(cast.northfirth.id)[0]
        for days, how in enumerate(attended, 1):
            meeting = schedule(group, TODAY - timedelta(days=days), time(10))
            check_in_of(meeting, cast.northfirth.people["rep"]).attended = how


def test_attendance_has_a_sentence_and_the_last_six_meetings(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    hold_meetings(app, cast, "came", "apologies", "", "online", "came", "absent", "came")
    said = sections(visit, cast)["Attendance"]
    assert "or a depute, was at 3 of the last 5 meetings that have a record." in said
    assert "Monday 2 March Came" in said
    assert "Saturday 28 February Not recorded yet" in said
    assert "Tuesday 24 February" not in said, "the seventh"


def test_a_meeting_that_a_depute_went_to_names_the_depute(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    hold_meetings(app, cast, "came")
    with app.app_context(), unit_of_work():
        of_rep = select(StandIn).where(StandIn.on_behalf_of_id == cast.northfirth.people["rep"])
        stand_in = db.session.scalars(anywhere(of_rep)).one()
        meeting = db.session.scalars(
            anywhere(select(Meeting).where(Meeting.board_id == cast.northfirth.id, Meeting.meets_on < TODAY))
        ).one()
        stand_in.meeting_id = meeting.id
    assert "CANARYNORTH Depute (depute): Came" in sections(visit, cast)["Attendance"]


def test_an_induction_is_shown_as_its_steps(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    said = sections(visit, cast, new_rep(app, cast))["Induction"]
    assert "0 of 8 steps done. The next was due by Friday 27 February" in said
    assert "Meet the person you can ask Late" in said


def test_training_says_what_they_need_and_what_they_have(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    said = sections(visit, cast, new_rep(app, cast))["Training"]
    assert "Training that is due: CANARYNORTH course" in said
    assert "Chairing Not confirmed yet Tuesday 3 March" in said


def test_a_mentor_shows_that_talks_take_place_and_not_what_was_said(visit: Any, cast: Cast) -> None:
    said = sections(visit, cast)["Mentor"]
    assert "CANARYNORTH Mentor, since" in said
    assert "They have talked 1 time, last on Tuesday 3 March" in said
    assert "CANARYNORTH next step" not in said


def test_whoever_waits_for_a_mentor_is_said_to_wait(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    assert "is waiting for a mentor" in sections(visit, cast, new_rep(app, cast))["Mentor"]


def test_care_shows_open_requests(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    ask_for_care(app, cast, cast.northfirth.people["rep"])
    assert "has 1 open request. Friday 13 March 2026: Budget day Requested" in sections(visit, cast)["Replacement care"]


def test_care_is_not_shown_to_whoever_knows_the_rep(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    rep, officer = cast.northfirth.people["rep"], cast.northfirth.people["officer"]
    ask_for_care(app, cast, rep)
    with app.app_context(), unit_of_work():
        db.session.add(StoodAside(board_id=cast.northfirth.id, person_id=officer, of_id=rep, since=NOW))
        of_rep = select(CareRequest).where(CareRequest.person_id == rep).order_by(CareRequest.id)
        request = db.session.scalars(of_rep).one()
        request.starts_at, request.ends_at = NOW - timedelta(hours=3), NOW - timedelta(hours=1)
    page = sections(visit, cast)
    said = page["Replacement care"]
    assert "replacement care" not in page["Answers due"], "it is over, and the rep has not said if it took place"
    assert "Budget day" not in said
    assert "you have a personal connection with CANARYNORTH Rep" in said


def test_claims_are_those_that_this_officer_wrote(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    rep, officer = cast.northfirth.people["rep"], cast.northfirth.people["officer"]
    with app.app_context(), unit_of_work():
        of = (cast.northfirth.id, rep, "event")
        claims.begin(uuid4(), *of, "Written for them", TODAY, helped_by_id=officer)
        claims.begin(uuid4(), *of, "Written by another", TODAY, helped_by_id=cast.northfirth.people["clerk"])
        claims.begin(uuid4(), *of, "Their own", TODAY)
    said = sections(visit, cast)["Claims you helped with"]
    assert "Written for them" in said
    assert "CANARYNORTH helped" not in said, "for the depute"
    assert "Written by another" not in said
    assert "Their own" not in said


def test_nothing_tells_of_what_they_claim(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    before = sections(visit, cast)
    visitor, claim = begin(app, visit, cast)
    add(visitor, claim, "taxi", TAXI)
    press(visitor, claim, "send")
    with app.app_context(), unit_of_work():
        one = db.session.get_one(Claim, claim.id)
        paid = {line.id: (True, "") for line in lines(one.id)}
        decisions.decide(one, one.version, cast.northfirth.people["approver"], paid)
        emails_written()
    with app.app_context():
        of_claim = select(Email).where(Email.person_id == one.person_id, Email.template == "claim-decided")
        assert db.session.scalars(anywhere(of_claim.order_by(Email.id))).unique().all(), "there is one to leave out"
    assert sections(visit, cast) == before


def test_nothing_tells_of_what_they_read(visit: Any, cast: Cast, rolled_back: Any) -> None:
    before, things = sections(visit, cast), cast.northfirth.things
    rep = visit("northfirth.rep")
    for path in (f"/meetings/{things['meeting_id']}", f"/papers/{things['paper_id']}", "/support-notes"):
        assert rep.get(path).status_code == 200
    assert sections(visit, cast) == before


def test_emails_are_among_those_of_the_boards_list(visit: Any, cast: Cast) -> None:
    officer, title = visit("northfirth.officer"), '//span[@class="portal-list__title"]/text()'
    page, listed = (fromstring(officer.get(path).text) for path in (page_of(cast), "/boards/northfirth/emails"))
    emails = page.xpath(f'//h2[@id="emails"]/following-sibling::ul[1]{title}')
    assert len(emails) == EMAILS_SHOWN
    assert set(emails) <= set(listed.xpath(title))


def test_a_rep_of_whom_little_is_known_has_a_sentence_in_each_section(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    with app.app_context(), unit_of_work():
        notes.forget_person(cast.northfirth.people["rep"])
    said = sections(visit, cast)
    assert "There are no meetings of their groups to look back on yet" in said["Attendance"]
    assert "There are no records of training yet" in said["Training"]
    assert "There are no open requests." in said["Replacement care"]
    assert "There are no claims that you wrote for CANARYNORTH lately." in said["Claims you helped with"]
    assert "There are no notes yet" in said["Notes about support"]


def test_queries_do_not_grow_with_what_there_is(app: Flask, visit: Any, cast: Cast, rolled_back: Any) -> None:
    officer, rep = visit("northfirth.officer"), cast.northfirth.people["rep"]
    few = queries_on(app, officer, page_of(cast))
    add_reps(app, cast, 5)
    ask_for_care(app, cast, rep, 5)
    with app.app_context(), unit_of_work():
        for n in range(5):
            records.add_record(uuid4(), cast.northfirth.id, rep, {"title": f"Course {n}", "done_on": TODAY}, None)
            notes.write(uuid4(), cast.northfirth.id, rep, cast.northfirth.people["officer"], f"Note {n}")
    assert queries_on(app, officer, page_of(cast)) <= few


class Kept:
    def __init__(self, was_there: bool) -> None:
        self.was_there = was_there


def test_attendance_counts_only_what_is_on_record() -> None:
    recorded = [Kept(True), Kept(False), Kept(True)]
    words = "Morag, or a depute, was at 2 of the last 3 meetings that have a record."
    assert attendance_words("Morag", recorded) == words
    assert attendance_words("Morag", [Kept(False)]).startswith("Morag, or a depute, was not at the last meeting")


def test_a_term_ends_soon_from_half_a_year_before() -> None:
    assert term_ends(date(2026, 9, 3), date(2026, 3, 3)) == ""
    assert term_ends(date(2026, 9, 2), date(2026, 3, 3)) == "Term ends in 183 days"
    assert term_ends(date(2026, 3, 3), date(2026, 3, 3)) == "Term ends today"
