"""A year of meetings called at once: shown first, asked about where something is not sure, and saved whole or not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from lxml.html import fromstring
from sqlalchemy import select

from portal.infra.database import db
from portal.meetings.models import Meeting
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
            "31/2/2027\n5/8\n1/1/2020",
            {},
            ["“31/2/2027” must be a real date", "“5/8” must include", "“1/1/2020” is in the past"],
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


def test_the_group_must_be_of_the_board(app: Flask, visit: Any, things: dict[str, Any], cast: Cast) -> None:
    typed = form(cast.southmoor.things, "3/6/2026")
    assert "Choose the group that meets" in text_of(visit("northfirth.clerk").post(f"{SEVERAL}/check", typed))
    assert called(app) == []
