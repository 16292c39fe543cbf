"""A year of meetings called at once: shown first, asked about where something is not sure, and saved whole or not."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import func, select, update

from portal.accounts.models import Person
from portal.accounts.rules import AT_ONCE, ONLY_NEEDED
from portal.boards import actions as boards
from portal.boards.queries import board_by_key
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.notifications.models import Email
from tests.cast import Cast, anywhere
from tests.visitor import text_of

TODAY = date(2026, 3, 3)
SEVERAL = "/boards/northfirth/meetings/new/several"


def form(things: dict[str, Any], dates: str, **more: str) -> dict[str, str]:
    return {
        "group": str(things["group_id"]),
        "dates": dates,
        "hour": "10am",
        "kind": "ordinary",
        "place": "Year Hall",
        **more,
    }


def called(app: Flask) -> list[Meeting]:
    with app.app_context():
        statement = select(Meeting).where(Meeting.group_id.is_not(None), Meeting.meets_on > TODAY + timedelta(days=60))
        return list(db.session.scalars(anywhere(statement.order_by(Meeting.starts_at, Meeting.id))))


def boxes(page: Any) -> dict[str, str]:
    [shown] = fromstring(page.text).xpath("//main//form[@method='post']")
    return {name: value for name, value in shown.form_values() if name != "csrf_token"}


def test_a_year_of_dates_is_shown_and_then_called(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    dates = "IJB 2026\n3/6/2026\nWednesday 5 August 2026 2pm Oban\n 7.10.26; 2026-12-02\n"
    page = clerk.post(SEVERAL, form(things, dates))
    assert "Wednesday 5 August 2026" in text_of(page)
    assert "This line has no date, and is left out: IJB 2026" in text_of(page)
    assert called(app) == []
    assert clerk.post(f"{SEVERAL}/check", boxes(page)).status_code == 302
    assert [(f"{one.starts_at:%d %b %H:%M}", one.place) for one in called(app)] == [
        *(("03 Jun 09:00", "Year Hall"), ("05 Aug 13:00", "Oban"), ("07 Oct 09:00", "Year Hall")),
        ("02 Dec 10:00", "Year Hall"),
    ]


def test_who_would_be_emailed_is_said_in_one_sentence(visit: Any, things: dict[str, Any]) -> None:
    """Where dates are asked about, they may not all be added."""
    clerk = visit("northfirth.clerk")
    sure = text_of(clerk.post(SEVERAL, form(things, "3/6/2026")))
    assert "When you add these dates, CANARYNORTH Rep will be emailed" in sure
    asked = text_of(clerk.post(SEVERAL, form(things, "3/6/2026\n25 December 2026")))
    assert "If you add all of these dates, CANARYNORTH Rep will be emailed" in asked
    for page in (sure, asked):
        assert "dates: " not in page


def test_nobody_is_a_sentence_too(app: Flask, visit: Any, things: dict[str, Any], cast: Cast) -> None:
    with app.app_context(), unit_of_work():
        db.session.execute(anywhere(update(Person).values(emails_wanted=ONLY_NEEDED)))
    page = text_of(visit("northfirth.clerk").post(SEVERAL, form(things, "3/6/2026")))
    assert "When you add these dates, nobody is emailed about this." in page


def test_questions_must_be_answered_and_an_answer_is_kept_to(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    page = clerk.post(
        SEVERAL, form(things, "25 December 2026\n6 February 2027\nTuesday 8 February 2027\n3/6/26\n3/6/26")
    )
    assert "4 dates need an answer" in text_of(page)
    typed = boxes(page)
    assert not any(name.startswith("answers") for name in typed), "nothing is chosen beforehand"
    refused = clerk.post(f"{SEVERAL}/check", typed)
    assert "Friday 25 December 2026: choose what is right" in text_of(refused)
    assert called(app) == []
    names = list(fromstring(page.text).xpath("//input[@type='radio']/@name"))
    answers = dict(zip(dict.fromkeys(names), ("leave", "2027-02-06", "2027-02-09", "2026-06-03"), strict=True))
    assert clerk.post(f"{SEVERAL}/check", {**typed, **answers}).status_code == 302
    found = [one.meets_on.isoformat() for one in called(app)]
    assert found == ["2026-06-03", "2026-06-03", "2027-02-06", "2027-02-09"]


def test_sent_twice_the_days_are_taken_and_it_asks(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    typed = boxes(clerk.post(SEVERAL, form(things, "3/6/2026\n5/8/2026")))
    clerk.post(f"{SEVERAL}/check", typed)
    again = clerk.post(f"{SEVERAL}/check", typed)
    assert "CANARYNORTH Main Group meets at 10am on that day already" in text_of(again)
    assert len(called(app)) == 2


@pytest.mark.parametrize(
    ("dates", "more", "words"),
    [
        (
            "31/2/2027\n\n5/8",
            {},
            ["Line 1: “31/2/2027” must be a real date", "Line 3: “5/8” must include"],
        ),
        ("28/3/2027", {"hour": "1:30am"}, ["The clocks go forward and skip this hour"]),
        ("3/6/2026 10am\n5/8/2026", {"hour": ""}, ["Enter the hour at which they start"]),
        ("", {}, ["Enter at least one date"]),
        (
            "\n".join(f"{n % 28 + 1}/{n // 28 + 1}/2027" for n in range(61)),
            {},
            ["Enter from 1 to 60 dates. There are 61"],
        ),
        ("3/6/2026 2.15", {}, ["“2.15” may be morning or afternoon"]),
    ],
)
def test_a_bad_date_in_a_year_saves_none(
    app: Flask, visit: Any, things: dict[str, Any], dates: str, more: dict[str, str], words: list[str]
) -> None:
    clerk = visit("northfirth.clerk")
    for path in (SEVERAL, f"{SEVERAL}/check"):
        page = text_of(clerk.post(path, form(things, dates, **more)))
        assert not [one for one in words if one not in page]
    assert called(app) == []


def test_a_list_of_dates_can_be_changed_before_it_is_saved(visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    page = clerk.post(SEVERAL, form(things, "3/6/2026\n5/8/2026"))
    again = clerk.post(f"{SEVERAL}?again=yes", boxes(page))
    [box] = fromstring(again.text).xpath("//textarea[@name='dates']")
    assert box.text.split() == ["3/6/2026", "5/8/2026"]


def test_a_day_that_is_over_is_left_out_and_the_rest_is_called(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    page = clerk.post(SEVERAL, form(things, "1/1/2020\n3/6/2026"))
    assert "It is in the past" in text_of(page)
    [name] = set(fromstring(page.text).xpath("//input[@type='radio']/@name"))
    none = clerk.post(f"{SEVERAL}/check", {**boxes(clerk.post(SEVERAL, form(things, "1/1/2020"))), name: "leave"})
    assert "You have left out every date" in text_of(none)
    assert clerk.post(f"{SEVERAL}/check", {**boxes(page), name: "leave"}).status_code == 302
    assert [one.meets_on.isoformat() for one in called(app)] == ["2026-06-03"]


def test_an_answer_stays_while_another_line_is_changed(visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    page = clerk.post(SEVERAL, form(things, "25/12/2026\n3/6/2026\n6/2/2027"))
    first, second = dict.fromkeys(fromstring(page.text).xpath("//input[@type='radio']/@name"))
    assert "(line 3)" in text_of(page)
    again = clerk.post(f"{SEVERAL}?again=yes", {**boxes(page), second: "2027-02-06"})
    shown = boxes(clerk.post(SEVERAL, {**boxes(again), "dates": "4/6/2026\n25/12/2026\n5/6/2026\n6/2/2027"}))
    assert (shown.get(first), shown[second], shown["place"]) == (None, "2027-02-06", "Year Hall")


def test_who_will_be_emailed_is_said_before_anything_is_saved(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    """The same sentence as afterwards; and nothing of the trial is kept."""
    clerk = visit("northfirth.clerk")
    with app.app_context():
        emails = db.session.scalar(anywhere(select(func.count(Email.id))))
    page = clerk.post(SEVERAL, form(things, "3/6/2026\n5/8/2026"))
    [said] = re.findall(r"When you add these dates, (CANARYNORTH [^.]+ will be emailed [^.]+\.)", text_of(page))
    assert called(app) == []
    with app.app_context():
        assert db.session.scalar(anywhere(select(func.count(Email.id)))) == emails
    saved = clerk.post(f"{SEVERAL}/check", boxes(page))
    assert f"2 meetings have been added. {said}" in text_of(clerk.get(saved.headers["Location"]))


def test_the_other_groups_of_the_board_are_asked_about_by_name(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    with app.app_context(), unit_of_work():
        northfirth = board_by_key("northfirth")
        assert northfirth
        boards.create_group(northfirth, "Voices of Carers", "other")
    page = text_of(
        visit("northfirth.clerk").post(
            SEVERAL, form(things, "3/6/2026 voices of carers\nCANARYNORTH Main Group 5/8/2026")
        )
    )
    assert "“voices of carers” stands beside it. Is it a meeting of CANARYNORTH Main Group?" in page
    assert "1 date needs an answer" in page


def test_the_group_must_be_of_the_board(app: Flask, visit: Any, things: dict[str, Any], cast: Cast) -> None:
    typed = form(cast.southmoor.things, "3/6/2026")
    assert "Select the group that meets" in text_of(visit("northfirth.clerk").post(f"{SEVERAL}/check", typed))
    assert called(app) == []


def test_how_many_emails_go_at_once_is_said_with_to_how_many(
    app: Flask, visit: Any, things: dict[str, Any], cast: Cast
) -> None:
    """Mail programs read one invitation in an email, so whoever wants each at once gets one for each meeting."""
    with app.app_context(), unit_of_work():
        db.session.execute(update(Person).values(emails_wanted=ONLY_NEEDED))
        db.session.get_one(Person, cast.northfirth.people["rep"], populate_existing=True).emails_wanted = AT_ONCE
    clerk = visit("northfirth.clerk")
    page = clerk.post(SEVERAL, form(things, "3/6/2026\n5/8/2026\n7/10/2026"))
    said = "CANARYNORTH Rep will be emailed. That is 3 emails to 1 person, one for each meeting."
    assert said in text_of(page)
    saved = clerk.post(f"{SEVERAL}/check", boxes(page))
    assert said in text_of(clerk.get(saved.headers["Location"]))
