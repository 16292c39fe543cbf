"""Are papers on time? The picture says what the table says, and many meetings are shown by quarter."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import lxml.html
import pytest
from flask import Flask

from portal.core.calendar import quarter, quarter_words
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import Meeting
from portal.papers.models import Paper
from portal.papers.notice import charts
from portal.papers.notice.chosen import chosen
from portal.papers.notice.queries import MeetingNotice, Share
from portal.papers.notice.rules import MOST_PICTURED, quarters_shown
from tests.cast import NOW, TODAY, Cast
from tests.visitor import text_of

PAGE = "/boards/northfirth/notice"
DAY = date(2026, 3, 10)


def held(day: date = DAY, days: tuple[int, ...] = (10, 7, 3), never: int = 0, target: int = 7) -> MeetingNotice:
    """A meeting whose papers were published so many days before."""
    return MeetingNotice(
        meeting_id=uuid4(),
        board_id=uuid4(),
        board="Northfirth",
        group="Main Group",
        opened_on=day,
        first_meets_on=day,
        is_held=True,
        target=target,
        published_on=tuple(day - timedelta(days=one) for one in days),
        never=never,
        replaced_on=(),
        minutes_on=None,
        sat_last_on=day,
        measured_to=(day,) * len(days),
    )


def picture(*meetings: MeetingNotice) -> Any:
    return charts.of_meetings(meetings, lambda _: "")


def kinds(row: Any) -> dict[str, int]:
    found: dict[str, int] = {}
    for mark in row.marks:
        found[mark.kind] = found.get(mark.kind, 0) + mark.number
    return found


def test_each_paper_is_a_mark_by_whether_it_met_the_target() -> None:
    assert kinds(picture(held(days=(10, 7, 6, 0), never=2)).rows[0]) == {"on-time": 2, "late": 2, "never": 2}


def test_a_paper_on_the_day_of_the_target_is_on_the_right_of_its_line() -> None:
    row = picture(held(days=(7,))).rows[0]
    assert row.marks[0].across > row.lines[0]


def test_a_paper_one_day_too_late_is_on_the_left_of_it() -> None:
    row = picture(held(days=(6,))).rows[0]
    assert row.marks[0].across < row.lines[0]


def test_each_meeting_has_the_line_of_its_own_target() -> None:
    seven, ten = picture(held(), held(target=10)).rows
    assert seven.lines[0] < ten.lines[0]


def test_a_picture_says_in_words_all_that_it_shows() -> None:
    row = picture(held(days=(10, 10, 3), never=1)).rows[0]
    assert (row.said, row.title) == ("2 of 4", "2 of 4 papers on time")
    assert row.desc == "On time: 2 papers 10 days before. Late: 1 paper 3 days before. Never published: 1."


def test_the_sentence_above_counts_what_is_below() -> None:
    assert picture(held(), held()).sentence == "4 of 6 papers reached carer reps 7 days before the meeting, or sooner."


def test_with_two_targets_the_sentence_names_none() -> None:
    assert picture(held(), held(target=10)).sentence == "3 of 6 papers met the target that held for their meeting."


def test_a_meeting_without_papers_is_no_row() -> None:
    assert picture(held(days=())) is None


def test_a_quarter_is_named_once_above_its_meetings() -> None:
    rows = picture(held(), held(DAY - timedelta(days=7)), held(DAY - timedelta(days=90))).rows
    assert [row.heading for row in rows] == ["January to March 2026", "", "October to December 2025"]


def test_what_never_came_is_hatched() -> None:
    spans = picture(held(never=1), held()).rows[0].spans
    assert [one.kind for one in spans] == ["never", "early", "in-time"]


def test_bars_of_quarters_are_the_shares_of_the_table() -> None:
    found = charts.of_quarters([Share("2025 Q4", 1, 4), Share("2026 Q1", 3, 3)])
    assert found
    assert [(row.name, row.said, row.spans[1].width) for row in found.rows] == [
        ("October to December 2025", "25%", 25),
        ("January to March 2026", "100%", 100),
    ]


def test_the_last_four_quarters_are_shown_at_once() -> None:
    names = ["2026 Q3", "2026 Q2", "2026 Q2", "2026 Q1", "2025 Q4", "2025 Q3"]
    assert quarters_shown(names) == ["2026 Q3", "2026 Q2", "2026 Q1", "2025 Q4"]


def test_fewer_quarters_are_shown_where_they_hold_many_meetings() -> None:
    assert quarters_shown(["2026 Q3"] * 30 + ["2026 Q2"] * 30) == ["2026 Q3"]


def test_the_latest_quarter_is_shown_however_many_it_holds() -> None:
    found = chosen([held() for _ in range(90)], "", lambda _: "")
    assert len(found["meetings"]) == 90
    assert len(found["of_meetings"].rows) == MOST_PICTURED
    assert "50 more meetings are in the table below." in found["of_meetings"].below


def test_no_meetings_are_no_error() -> None:
    found = chosen([], "2026 Q1", lambda _: "")
    assert (found["meetings"], found["period"], found["of_meetings"]) == ([], "", None)


def copied(pattern: Meeting, day: date) -> Meeting:
    """The same meeting on another day."""
    names = [one.key for one in Meeting.__table__.columns if one.key not in ("id", "version")]
    starts_at = pattern.starts_at + (day - pattern.meets_on)
    days = {"meets_on": day, "opened_on": day, "first_meets_on": day}
    moments = {"starts_at": starts_at, "called_at": starts_at - timedelta(days=30)}
    return Meeting(**{**{name: getattr(pattern, name) for name in names}, **days, **moments, "id": uuid4()})


@pytest.fixture
def many(app: Flask, cast: Cast, rolled_back: Any) -> list[date]:
    """Five hundred meetings of ten years, each with a paper."""
    days = [TODAY - timedelta(days=7 * (number + 1)) for number in range(500)]
    with app.app_context(), unit_of_work():
        pattern = db.session.get_one(Meeting, cast.northfirth.things["meeting_id"])
        for day in days:
            meeting = copied(pattern, day)
            db.session.add(meeting)
            db.session.flush()
            where = {"board_id": meeting.board_id, "group_id": meeting.group_id, "meeting_id": meeting.id}
            db.session.add(
                Paper(**where, title="Budget", created_at=meeting.called_at, first_published_on=day - timedelta(days=8))
            )
    return days


def test_five_hundred_meetings_are_a_page_that_can_be_read(many: list[date], visit: Any) -> None:
    page = visit("northfirth.rep").get(PAGE)
    assert len(page.data) < 200_000
    assert len(rows_of_meetings(page)) <= MOST_PICTURED


def test_any_quarter_can_be_opened(many: list[date], visit: Any) -> None:
    name = quarter(many[300])
    page = visit("northfirth.rep").get(f"{PAGE}?quarter={name}")
    assert f"Meetings, {quarter_words(name)}" in text_of(page)
    assert len(rows_of_meetings(page)) == sum(1 for day in many if quarter(day) == name)


def test_the_marks_on_the_page_are_the_papers_of_its_table(many: list[date], visit: Any) -> None:
    page = visit("northfirth.rep").get(PAGE)
    html = lxml.html.fromstring(page.text)
    cells = html.xpath("//table[caption[normalize-space()='By meeting']]//td[@data-label='Met the target']")
    in_table = [re.findall(r"\d+ of \d+", cell.text_content())[0] for cell in cells]
    drawn = html.xpath("(//figure)[1]//*[contains(@class, 'portal-chart__figure')]")
    assert [one.text_content() for one in drawn] == in_table
    assert len(rows_of_meetings(page)) == len(in_table)


def rows_of_meetings(page: Any) -> list[Any]:
    return lxml.html.fromstring(page.text).xpath("(//figure)[1]//*[local-name()='svg'][@role='img']")


def test_a_quarter_that_is_none_shows_the_latest(visit: Any, at: Any) -> None:
    at(NOW + timedelta(days=12))
    assert "Meetings, January to March 2026" in text_of(visit("northfirth.rep").get(f"{PAGE}?quarter=%27--"))


def test_the_page_is_called_as_in_the_menu(visit: Any) -> None:
    heading = lxml.html.fromstring(visit("northfirth.rep").get(PAGE).text).xpath("//h1")[0].text_content()
    assert " ".join(heading.split()) == "Are papers on time? Northfirth"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"{PAGE}.csv", "papers-on-time-northfirth.csv"),
        ("/boards/northfirth/notice-by-paper.csv", "papers-on-time-by-paper-northfirth.csv"),
        ("/notice.csv", "papers-on-time.csv"),
    ],
)
def test_its_files_are_called_so_too(visit: Any, path: str, name: str) -> None:
    answer = visit("northfirth.officer").client.get(path)
    assert name in answer.headers["Content-Disposition"]
