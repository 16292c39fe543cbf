"""Asking, telling, the alarms and the figures: as reps, clerks and the clock meet care."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.expenses.claims import queries as claims_queries
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings.queries import meeting_by_id
from portal.notifications.models import Email
from portal.replacement_care.arranging import actions as arranging_actions
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests import actions as requests_actions
from portal.replacement_care.requests import queries as requests_queries
from portal.scheduler.run import do_what_is_due
from tests.cast import NOW, TODAY, Cast, person
from tests.replacement_care.asking import ANSWER, ARRANGE, asked, do, mails, new, request_of
from tests.visitor import text_of


def test_from_asking_to_the_claim(app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any) -> None:
    one = asked(app, visit, cast)
    assert (one.status, one.travel_minutes) == ("asked", 80)
    assert mails(app, cast, "care-asked", "officer") == 2, "of this, and of the depute's"
    officer, rep = visit("northfirth.officer"), visit("northfirth.rep")
    desk = text_of(officer.get("/boards/northfirth/desk"))
    assert desk.count("arrange care") == 2, "the other one is taken, and not arranged"
    page = text_of(officer.get("/care/to-arrange"))
    assert "CANARYNORTH Rep, Friday 20 March" in page
    assert "Arrange it by Friday 13 March" in page
    assert "NOTEWORDS" not in officer.get(f"/care/{one.id}/arrange").text
    assert officer.client.get(f"/care/{one.id}/text").status_code == 404, "not before they take it"
    do(officer, one, "take", 1)
    words = officer.get(f"/care/{one.id}/text").text
    assert "NOTEWORDS" in words
    assert "Someone to be there" in words, "the kind of care is for whoever arranges it, too"
    assert "Someone to be there" not in officer.get(f"/care/{one.id}/arrange").text
    page = text_of(rep.get(f"/care/{one.id}"))
    assert "Who has opened what you wrote CANARYNORTH Officer" in page
    assert do(officer, one, "arrange", 2, **ARRANGE).status_code == 302
    assert mails(app, cast, "care-update", "rep") == 2, "taken, and arranged"
    assert "Jo comes" in text_of(rep.get(f"/care/{one.id}"))
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    assert mails(app, cast, "care-to-tell", "rep") == 1
    rep = visit("northfirth.rep")
    assert "Tell us if your care took place" in text_of(rep.get("/"))
    bad = do(rep, one, "outcome", 3, status="took_place", cost="sixty")
    assert "What you paid must be an amount, like 4.50" in text_of(bad)
    assert 'value="sixty"' in bad.text
    assert do(rep, one, "outcome", 3, status="took_place", cost="62.50").status_code == 302
    with app.app_context():
        claim = next(c for c in db.session.scalars(claims_queries.of_person(one.person_id)) if c.title == "Carers week")
        [line] = claims_queries.lines(claim.id)
        assert (line.category, line.minutes, line.paid, line.note) == ("replacement_care", 300, 6250, "")
    assert "Completed" in text_of(rep.get(f"/care/{one.id}"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"until_hour": "8am"}, "It must end after it begins"),
        ({"from_hour": "10pm", "until_hour": "2am"}, "If it goes past midnight, make a request for each day"),
        ({"until_hour": "30"}, "Enter when it ends, like 2pm or 14:30"),
        ({"from_hour": "1", "until_hour": "4"}, "Do you mean 1pm or 1am? We’ve filled in 1pm."),
        ({"from_hour": "1", "until_hour": "4"}, "Do you mean 4pm or 4am? We’ve filled in 4pm."),
        ({"until_hour": "midnight"}, "Do you mean midnight as it ends or midnight as this day begins?"),
        ({"travel": "400"}, "The journey time must be a whole number from 0 to 360"),
        ({"travel": "200"}, "The journey is longer than the whole time. Correct the times, or the journey"),
        ({"travel": "x"}, "The journey time must be a whole number from 0 to 360"),
        ({"day": ["2", "3", "2026"]}, "This day has passed. Say in a few words why you are asking now"),
        ({"day": ["2", "3", "2020"]}, "Enter a day in the last 12 months"),
        ({"day": ["2", "3", "2029"]}, "Enter a day within the next 13 months"),
        ({"estimate": "1e3"}, "What you would pay first must be an amount, like 4.50"),
        ({"estimate": "-5"}, "What you would pay first must be an amount, like 4.50"),
        ({"kind": "dementia"}, "Select the kind of care"),
        ({"title": ""}, "Enter what it is called"),
    ],
)
def test_bad_input_is_said_and_what_was_typed_stays(visit: Any, cast: Cast, changed: Any, words: str) -> None:
    page = new(visit("northfirth.rep"), cast, **changed)
    assert page.status_code == 200
    assert words in text_of(page)
    assert "NOTEWORDS" in page.text


@pytest.mark.parametrize(
    ("what", "asks", "empty"),
    [
        (
            "preparation",
            "What will you read or prepare? For example, the papers",
            "Enter what you will read or prepare",
        ),
        ("training", "What is it called? For example, Carer Awareness", "Enter what it is called"),
        ("event", "What is it called? For example, Carers’ week stall", "Enter what it is called"),
    ],
)
def test_what_a_request_is_for_is_asked_with_an_example_of_its_kind(
    visit: Any, cast: Cast, what: str, asks: str, empty: str
) -> None:
    rep, path = visit("northfirth.rep"), f"/care/new?what={what}&board={cast.northfirth.id}"
    page = text_of(rep.get(path))
    assert asks in page
    assert page.count("week stall") == (what == "event")
    assert empty in text_of(rep.post(path, {"title": ""}))


def test_two_requests_at_the_same_time_are_one_too_many(app: Flask, visit: Any, cast: Cast) -> None:
    asked(app, visit, cast)
    page = new(visit("northfirth.rep"), cast, from_hour="1pm", until_hour="4pm")
    assert "You already have a request from 9am on Friday 20 March" in text_of(page)
    assert new(visit("northfirth.rep"), cast, from_hour="2pm", until_hour="4pm").status_code == 302


def test_a_form_sent_twice_asks_once(app: Flask, visit: Any, cast: Cast) -> None:
    rep, once = visit("northfirth.rep"), str(uuid4())
    first = new(rep, cast, once=once)
    again = new(rep, cast, once=once)
    assert first.status_code == 302
    assert again.status_code == 200, "it says that they have asked for then already"
    with app.app_context():
        of = CareRequest.person_id == cast.northfirth.people["rep"]
        assert len(db.session.scalars(select(CareRequest).where(of)).all()) == 1


def test_a_day_that_is_over_goes_straight_to_a_claim(app: Flask, visit: Any, cast: Cast) -> None:
    one = asked(app, visit, cast, day=["2", "3", "2026"], why_late="I forgot", estimate="40")
    assert (one.status, one.cost) == ("took_place", 4000)
    with app.app_context():
        claim = next(c for c in db.session.scalars(claims_queries.of_person(one.person_id)) if c.title == "Carers week")
        assert [line.paid for line in claims_queries.lines(claim.id)] == [4000]


def test_the_check_in_asks_and_calls_off(app: Flask, visit: Any, cast: Cast) -> None:
    rep, meeting = visit("northfirth.rep"), cast.northfirth.things["meeting_id"]
    path = f"/meetings/{meeting}/check-in"
    where = rep.post(path, {**ANSWER, "care": "different", "care_words": "From nine"}).headers["Location"]
    one = request_of(app, cast)
    assert where == f"/care/{one.id}"
    assert (one.title, one.status) == ("CANARYNORTH Main Group", "asked")
    assert "From nine" in rep.get(path).text, "signed in, one reads back one's own words"
    rep.post(path, {**ANSWER, "care": "no", "cancel_care": "y"})
    assert request_of(app, cast).status == "cancelled"
    rep.post(path, {**ANSWER, "care": "different", "care_words": "After all"})
    with app.app_context():
        again = requests_queries.for_meeting(one.person_id, meeting)
        assert again
        assert (again.status, again.note) == ("asked", "After all")
    rep.post(f"/meetings/{meeting}/cannot")
    with app.app_context():
        assert requests_queries.of_meeting(cast.northfirth.id, meeting) == [], "the depute's own went as the rep came"


def test_as_last_time_calls_nothing_off(app: Flask, visit: Any, cast: Cast) -> None:
    """Last time nobody was needed; for this meeting somebody was asked for on the page of care."""
    rep, things = visit("northfirth.rep"), cast.northfirth.things
    rep.post(f"/meetings/{things['meeting_id']}/check-in", {**ANSWER, "care": "no"})
    with app.app_context(), unit_of_work():
        requests_actions.ask_for_meeting(meeting_by_id(things["coming_id"]), cast.northfirth.people["rep"])
    rep.post(
        f"/meetings/{things['coming_id']}/check-in", {**ANSWER, "care": "same", "travel": "same", "printed": "same"}
    )
    assert request_of(app, cast).status == "asked"


def test_as_last_time_is_one_press(app: Flask, visit: Any, cast: Cast) -> None:
    rep, things = visit("northfirth.rep"), cast.northfirth.things
    with app.app_context(), unit_of_work():
        first = requests_actions.ask_for_meeting(meeting_by_id(things["meeting_id"]), cast.northfirth.people["rep"])
        requests_actions.change(
            first, first.version, first.span, {"place": "elsewhere", "who": "known", "kind": "child"}
        )
    assert "Request the same as last time" in rep.get("/care").text
    where = rep.post(f"/care/as-last-time/{things['coming_id']}").headers["Location"]
    page = text_of(rep.get(where))
    assert "Somewhere else" in page
    assert "Looking after a child" in page
    assert rep.post(f"/care/as-last-time/{things['coming_id']}").headers["Location"] == where, (
        "pressed twice, asked once"
    )


def test_when_the_meeting_moves_everybody_is_asked_again(app: Flask, visit: Any, cast: Cast) -> None:
    meeting_id = cast.northfirth.things["meeting_id"]
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(meeting_id)
        meetings.change(
            meeting, meeting.version, meets_on=TODAY + timedelta(days=20), hour=NOW.time(), **_place(meeting)
        )
    one = request_of(app, cast, "depute")
    assert (one.on_day, one.to_agree, one.status) == (TODAY + timedelta(days=20), "rep", "arranging")
    assert mails(app, cast, "care-to-agree", "depute") == 1
    assert mails(app, cast, "care-asked-again", "officer") == 1


def _place(meeting: Any) -> dict[str, Any]:
    return {"place": meeting.place, "link": meeting.link, "kind": meeting.kind}


def test_with_a_cancelled_meeting_care_is_called_off_and_both_are_told(app: Flask, cast: Cast, work: Any) -> None:
    things = cast.northfirth.things
    with work():
        one = requests_queries.request_by_id(cast.northfirth.id, things["request_id"])
        arranging_actions.arrange(one, one.version, cast.northfirth.people["officer"], one.span, {"arrangement": "Jo"})
        meeting = meeting_by_id(things["meeting_id"])
        meetings.cancel(meeting, meeting.version, "Snow")
    assert request_of(app, cast, "depute").status == "cancelled"
    assert mails(app, cast, "care-called-off", "depute") == 1
    assert mails(app, cast, "care-called-off", "officer") == 1


@pytest.mark.same_anywhere
def test_nothing_is_left_hanging_as_the_day_comes_near(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    """Arranged by 15 March; officers hear each morning from the day before, and all three days before the 20th."""
    asked(app, visit, cast)
    for day in range(4, 24):
        at(datetime(2026, 3, day, 9, 0, tzinfo=UTC))
        with app.app_context():
            do_what_is_due()
    with app.app_context():
        waits = select(Email.asked_at).where(Email.template == "care-waits", Email.board_id == cast.northfirth.id)
        mornings = [moment.day for moment in db.session.scalars(waits.order_by(Email.asked_at, Email.id))]
    assert mornings[-1] == 20
    assert set(range(14, 21)) <= set(mornings)
    assert mails(app, cast, "care-alarm", "officer") == 2, "the rep's, and the depute's of 13 March"
    assert mails(app, cast, "care-choices", "rep") == 1
    assert mails(app, cast, "care-to-tell", "rep") == 0, "nobody arranged it"


def test_what_somebody_wrote_goes_thirty_days_after_the_day(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    one = asked(app, visit, cast)
    for moment, kept in (
        (datetime(2026, 4, 19, 9, 0, tzinfo=UTC), True),
        (datetime(2026, 4, 20, 9, 0, tzinfo=UTC), False),
    ):
        at(moment)
        with app.app_context():
            do_what_is_due()
        again = request_of(app, cast)
        assert bool(again.sealed_note) is kept
    assert again.sealed_kind, "what was chosen from the list is what they usually need"
    assert one.id == again.id


def test_figures_show_what_the_board_did_and_hide_what_tells_of_few(app: Flask, visit: Any, cast: Cast) -> None:
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/care"))
    assert "2026 Q1" not in page, "the day of the only request is not over yet"
    one = asked(app, visit, cast, day=["2", "3", "2026"], why_late="I forgot", estimate="40")
    page = text_of(visit("northfirth.officer").get("/boards/northfirth/care"))
    assert "2026 Q1 withheld 0% 100% 0% no figure withheld withheld" in page
    assert (
        "2026 Q1,withheld,withheld,withheld,withheld,0,100,0,no figure,withheld,withheld"
        in visit("northfirth.officer").client.get("/boards/northfirth/care.csv").text
    )
    assert "by the day recorded" not in page, "the table of what was recorded withholds it as well"
    everywhere = text_of(visit("coordinator").get("/care/figures"))
    assert "Northfirth withheld 0% 100% 0% no figure" in everywhere
    assert "Southmoor 0 0 0 0 no figure 0 0" in everywhere, "a board without requests stands there too"
    sheet = visit("coordinator").client.get("/care/figures.csv").text
    assert "Southmoor,0,0,0,0,no figure,no figure,no figure,no figure,0,0" in sheet
    assert '"All boards, last three years",withheld,withheld' in sheet
    assert '"All boards, last twelve months",withheld,withheld' in sheet
    assert "Where" not in text_of(visit("northfirth.officer").get("/care/figures"))
    assert one.title not in everywhere


def test_from_five_people_up_own_means_are_shown(app: Flask, cast: Cast, work: Any) -> None:
    from portal.replacement_care.figures import queries as figures_queries
    from portal.replacement_care.requests.rules import proposed

    with work():
        for number in range(10):
            who = person(f"c{number}@x.test", f"Person {number}").id
            span = proposed(NOW - timedelta(days=3), 30)
            one = requests_actions.ask(uuid4(), cast.northfirth.id, who, who, span, {"title": "Past", "what": "event"})
            one.was_own_budget = number < 5
        db.session.flush()
        care = figures_queries.of_boards([cast.northfirth.id], TODAY)[0][cast.northfirth.id]
        assert (care.asked, care.own_budget) == (10, 5)
        assert care.minutes == {"meeting": 1200, "travel": 600, "preparation": 0}
        one.was_own_budget = True
        [other] = db.session.scalars(select(CareRequest).where(CareRequest.person_id == who)).all()
        assert other.was_own_budget
        care = figures_queries.of_boards([cast.northfirth.id], TODAY)[0][cast.northfirth.id]
        assert care.own_budget is None, "four did not"
