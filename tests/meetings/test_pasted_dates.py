"""Dates in the forms that people use: read to the letter, asked about where they are not sure, never dropped."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from dateutil import parser as dateutil
from hypothesis import given
from hypothesis import strategies as st

from portal.core.text import clean_line, half_width
from portal.meetings.dates.pasted import ReadDate, read_dates
from portal.meetings.dates.rules import planned

DAY = date(2027, 2, 8)


def one(line: str) -> ReadDate:
    reading = read_dates(line)
    assert not reading.problems
    [read] = reading.dates
    return read


def days(pasted: str) -> list[str]:
    reading = read_dates(pasted)
    assert not reading.problems
    return [read.day.isoformat() for read in reading.dates]


@pytest.mark.parametrize(
    "line",
    [
        *("Monday 8 February 2027", "8 February 2027", "8 Feb 2027", "8.2.27", "08/02/27", "8/2/2027", "2027-02-08"),
        *("Mon 8th Feb ’27", "Mon, 8 Feb. 2027", "Monday, 8th of February, 2027", "8-Feb-27", "February 8, 2027"),
        *("Monday the 8th of February 2027", "8 February 2027 (Monday)", "8 / 2 / 2027", "MON 8 FEB 2027", "8 2 2027"),
        *(
            "•\t8 February 2027",
            "1. 8 February 2027",
            "(a) 8/2/27",
            "2027-02-08 00:00:00",
            "８／２／２０２７",
            "8FEB2027",
        ),
        *("Monday\t8 February 2027", "Mondays 8 February 2027", "- 8.2.2027", "Meeting 3: 8 February 2027"),
    ],
)
def test_a_date_is_read_in_any_form(line: str) -> None:
    assert one(line).day == DAY
    assert one(line).weekday == 0


@pytest.mark.parametrize(
    ("line", "hour", "place"),
    [
        ("Monday 8 February 2027 at 10am, Town Hall, Oban", "10am", "Town Hall, Oban"),
        ("8/2/27 10.00-12.30 Board Room", "10.00-12.30", "Board Room"),
        ("Mon 8 Feb 2027 – 2pm (Teams)", "2pm", "Teams"),
        ("8 February 2027\t14:00\tCouncil Chambers", "14:00", "Council Chambers"),
        ("10am Monday 8 Feb 2027 Town Hall", "10am", "Town Hall"),
        ("2027-02-08T10:00", "10:00", ""),
        ("8 February 2027, Hall 12, 12 noon", "12 noon", "Hall 12"),
        ("8 February 2027 in the Town Hall (Room 2) at 9.30", "9.30", "the Town Hall (Room 2)"),
    ],
)
def test_the_time_and_place_beside_a_date_are_read(line: str, hour: str, place: str) -> None:
    read = one(line)
    assert (read.day, read.hour, read.place) == (DAY, hour, place)


@pytest.mark.parametrize(
    ("line", "hour", "place"),
    [
        ("5, 12 and 19 July 2027, 2pm", "2pm", ""),
        ("5, 12 & 19 July 2027 at 14:00, Town Hall", "14:00", "Town Hall"),
        ("5 July, 12 July and 19 July 2027, Town Hall", "", "Town Hall"),
        ("Mon 5/7/2027, Mon 12/7/2027; Mon 19/7/2027 – 2pm (Teams)", "2pm", "Teams"),
        ("2pm on 5 July, 12 July, 19 July 2027, Town Hall", "2pm", "Town Hall"),
        ("Mondays 5, 12 and 19 July 2027 2pm", "2pm", ""),
    ],
)
def test_what_stands_behind_several_days_holds_for_all_of_them(line: str, hour: str, place: str) -> None:
    reading = read_dates(line)
    assert not reading.problems
    assert [(one.day.day, one.hour, one.place) for one in reading.dates] == [(day, hour, place) for day in (5, 12, 19)]


def test_a_day_that_has_its_own_hour_keeps_it_and_papers_lend_theirs_to_none() -> None:
    assert [one.hour for one in read_dates("5 July 2027 2pm, 12 July 2027 3pm").dates] == ["2pm", "3pm"]
    assert [one.hour for one in read_dates("5 July 2027, papers due 1 July 2027 at noon").dates] == ["", "noon"]


def test_a_link_beside_a_date_is_where_one_joins() -> None:
    read = one("8 Feb 2027, 2pm, online: https://teams.example/l/1?x=2.")
    assert (read.link, read.hour, read.place) == ("https://teams.example/l/1?x=2", "2pm", "online")


@pytest.mark.parametrize(
    "separator", [", ", "; ", " | ", " and ", " & ", "\t", " / ", " – ", "\n", "\r\n\r\n", " • ", ",\n", " + "]
)
def test_several_dates_may_stand_on_a_line(separator: str) -> None:
    assert days(separator.join(("Mon 8 Feb 2027", "6.4.27", "2027-06-08"))) == [
        "2027-02-08",
        "2027-04-06",
        "2027-06-08",
    ]


def test_dates_of_a_line_may_share_their_month_and_year() -> None:
    assert days("3, 10 and 17 March 2027") == ["2027-03-03", "2027-03-10", "2027-03-17"]
    assert days("Mondays 8 & 15 February 2027") == ["2027-02-08", "2027-02-15"]
    assert days("8 Feb, 12 April and 14 June 2027") == ["2027-02-08", "2027-04-12", "2027-06-14"]
    assert days("8 Feb 2027, 12 April, 14 June") == ["2027-02-08", "2027-04-12", "2027-06-14"]


def test_a_heading_gives_its_year_and_the_date_says_so() -> None:
    reading = read_dates("Meetings in 2027\n14 January\nFebruary 11")
    assert [read.day.isoformat() for read in reading.dates] == ["2027-01-14", "2027-02-11"]
    assert all("2027 is from elsewhere" in read.notes[0] for read in reading.dates)
    assert reading.other_lines == ["Meetings in 2027"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("\n\n31/2/2027", "Line 3: “31/2/2027” must be a real date"),
        ("31/2/2027", "“31/2/2027” must be a real date"),
        ("3/25/2027", "“3/25/2027” must be a real date"),
        ("5/8", "“5/8” must include a year"),
        ("8 February", "“8 February” must include a year"),
        ("29 November, 10 January 2028", "“29 November” must include a year"),
        ("8 February 2027, 12 Febuary 2027", "may be another date"),
        ("Wensday 8 Febuary 2027", "“Wensday 8 Febuary 2027” must be a real date"),
        ("8-9 February 2027", "may be one meeting or two"),
        ("8 – 9 February 2027", "may be one meeting or two"),
        ("8/2/98", "“8/2/98” must include a year with 4 numbers"),
        ("Monday", "must be a real date"),
    ],
)
def test_what_cannot_be_read_is_said(line: str, words: str) -> None:
    problems = "; ".join(read_dates(line).problems)
    assert any(one in problems for one in words.split("|")), problems


def test_all_problems_are_said_at_once_and_lines_without_a_date_are_kept() -> None:
    reading = read_dates("IJB dates\n31/2/2027\n8 February 2027\n5/8\nTBC\n1/13/2027\nJune 2027")
    assert len(reading.problems) == 3
    assert reading.other_lines == ["IJB dates", "TBC", "June 2027"]
    assert len(reading.dates) == 1


FORMATS = ("%A %-d %B %Y", "%-d %B %Y", "%-d %b %Y", "%-d.%-m.%y", "%d/%m/%y", "%d/%m/%Y", "%Y-%m-%d", "%a %-d %b %y")
FORMATS = (*FORMATS, "%-d-%b-%Y", "%B %-d, %Y", "%-d %m %Y", "%d.%m.%Y", "%A, %d. %B %Y")
forms = st.sampled_from(FORMATS)


@given(st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2049, 12, 31)), forms), min_size=1, max_size=5))
def test_every_day_in_every_form_is_read_as_a_well_known_parser_reads_it(typed: list[tuple[date, str]]) -> None:
    lines = [day.strftime(form) for day, form in typed]
    assert days("\n".join(lines)) == [day.isoformat() for day, _ in typed]
    for line, (day, form) in zip(lines, typed, strict=True):
        if form != "%Y-%m-%d":  # which it would read with the day first, too
            assert dateutil.parse(line, dayfirst=True).date() == day


PIECES = st.sampled_from(
    [
        *("8", "February", "2027", "8/2/2027", "Mon", "Tuesday", "at", "10am", "10.00", "-", "–", ",", "\t", "31/2/27"),
        *(
            "Town",
            "Hall",
            "(",
            ")",
            "and",
            "3",
            "Feb",
            "29",
            "’27",
            "2027-02-08",
            "\n",
            "TBC",
            "papers",
            "due",
            "th",
            "/",
        ),
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join)))
def test_nothing_that_was_pasted_is_dropped(pasted: str) -> None:
    """Each line is read, wrong, or said to have no date."""
    reading = read_dates(pasted)
    said = [read.line for read in reading.dates] + reading.other_lines
    wrong = [problem.split("“")[1].split("”")[0].rstrip("…") for problem in reading.problems]
    lines = (clean_line(half_width(line)) for line in re.split(r"[\r\n\x0b\x0c\x85\u2028\u2029]+", pasted))
    for line in filter(None, lines):
        assert any(line == one for one in said) + any(one in line for one in wrong), line


@pytest.mark.parametrize(
    ("line", "usual", "hour"),
    [
        ("8/2/27", time(14), time(14)),
        ("8/2/27 9.30", time(9, 30), time(9, 30)),
        ("8/2/27 2-4pm", time(10), time(14)),
        ("8/2/27 10 - 1pm", time(14), time(10)),
        ("8/2/27 10.00", None, time(10)),
        ("8/2/27 1400 hrs", None, time(14)),
        ("8/2/27 12 noon – 2pm", None, time(12)),
    ],
)
def test_a_meeting_starts_at_the_hour_beside_its_date(line: str, usual: time | None, hour: time) -> None:
    meetings, problems = planned(read_dates(line).dates, usual, "", "")
    assert not problems
    assert [one.hour for one in meetings] == [hour]


def test_an_hour_that_may_be_two_is_never_guessed() -> None:
    _, problems = planned(read_dates("8/2/27 2.00").dates, time(10), "", "")
    assert problems == ["Line 1: “8/2/27”: “2.00” may be morning or afternoon. Write it like 2pm or 14:30"]
