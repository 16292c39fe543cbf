"""What is asked about a pasted date before it is saved, and what beside it is neither place nor hour."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from portal.meetings.dates.doubts import Names
from portal.meetings.dates.pasted import read_dates
from portal.meetings.dates.rules import planned, questions

TODAY = date(2026, 3, 3)
DAY = date(2027, 2, 8)
NAMES = Names("Main Group", "Northfirth Integration Joint Board", ("Strategic Planning Group", "Audit Committee"))


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("15 Dec 2027 (development session)", ""),
        ("15 Dec 2027 Board Room, County Buildings - CANCELLED", "Board Room, County Buildings"),
        ("15 Dec 2027 10am Town Hall (AGM)", "Town Hall"),
        ("15 Dec 2027, Audit Committee, Teams", "Teams"),
        ("15 Dec 2027, TBC", ""),
        ("15 Dec 2027\tTown Hall\tOrdinary", "Town Hall"),
        ("15 Dec 2027 Committee", ""),
    ],
)
def test_what_makes_a_date_doubtful_is_no_place(line: str, place: str) -> None:
    [read] = read_dates(line).dates
    assert read.place == place


@pytest.mark.parametrize(
    "line",
    [
        *("8 Oct 2027, Committee Room 2", "8 Oct 2027 in the Board Room", "8 Oct 2027 Seminar Room 1 (Teams)"),
        *(
            "Main Group: 8 Oct 2027",
            "Northfirth Main Group meeting 8 Oct 2027",
            "MG 8 Oct 2027",
            "8 Oct 2027, Group Offices",
        ),
        *("8 Oct 2027 Development Centre", "8 Oct 2027, Health Board HQ", "8 Oct 2027 Town Hall (upstairs)"),
        *("Meeting 3: 8 Oct 2027", "Northfirth and its committees, dates\n8 Oct 2027"),
    ],
)
def test_places_and_the_group_itself_are_not_asked_about(line: str) -> None:
    assert asked(line) == {}


def test_a_name_before_a_later_date_of_a_line_is_that_of_the_later_one() -> None:
    found = read_dates("8 Feb 2027 10am Town Hall; workshop: 12 April 2027 2pm").dates
    assert [(one.place, [doubt.words for doubt in one.doubts]) for one in found] == [
        ("Town Hall", []),
        ("", ["workshop"]),
    ]


def test_a_day_that_is_over_can_be_left_out_or_be_the_next_of_its_kind() -> None:
    [question] = asked("1 March 2026\n8 Oct 2027").values()
    assert question.choices == [("2027-03-01", "Monday 1 March 2027"), ("leave", "Leave it out")]


def asked(pasted: str, taken: dict[date, str] | None = None) -> dict[int, Any]:
    meetings, problems = planned(read_dates(pasted, NAMES).dates, time(10), "", "")
    assert not problems
    return questions(meetings, taken or {}, TODAY)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("6 February 2027", "It is a Saturday"),
        ("25 December 2026", "It is a bank holiday in Scotland: Christmas Day"),
        ("4 January 2027", "It is a bank holiday in Scotland"),
        ("30 November 2027", "It is a bank holiday in Scotland"),
        ("Tuesday 8 February 2027", "You wrote Tuesday, but 8 February 2027 is a Monday"),
        ("9 Feb 2027, papers due 1 February 2027", "“papers due” stands beside it. Is it a meeting?"),
        (
            "15 Dec 2027 (development session)",
            "“development session” stands beside it. Is it a meeting like the others?",
        ),
        ("15 Dec 2027 10am seminar, Teams", "“seminar” stands beside it. Is it a meeting like the others?"),
        ("Special: 15 Dec 2027", "“Special” stands beside it. Is it a meeting like the others?"),
        ("Development sessions 2027\n15 Dec", "“Development sessions” stands above it"),
        ("15 Dec 2027 (carers’ lunch)", "“carers’ lunch” stands beside it. Is it a meeting like the others?"),
        ("15 Dec 2027 Town Hall, Oban - CANCELLED", "“CANCELLED” stands beside it. Should it be added now?"),
        ("15 Dec 2027, venue TBC", "“venue TBC” stands beside it. Should it be added now?"),
        ("Provisional: 15 Dec 2027", "“Provisional” stands beside it"),
        ("Postponed - 15 Dec 2027", "“Postponed” stands beside it"),
        (
            "Audit Committee 8 Oct 2027 1.30pm Teams",
            "“Audit Committee” stands beside it. Is it a meeting of Main Group?",
        ),
        (
            "8 Oct 2027 Carers Reference Group",
            "“Carers Reference Group” stands beside it. Is it a meeting of Main Group?",
        ),
        ("8 Oct 2027 planning forum of carers", "“planning forum” stands beside it"),
        ("8 Oct 2027 SPG", "“SPG” stands beside it. Is it a meeting of Main Group?"),
        ("7 July 2027 (Q1)", "“Q1” stands beside it"),
        ("7 July 2027, recess", "“recess” stands beside it"),
        ("Postponed from 7 July 2027", "“Postponed from” stands beside it. Should it be added now?"),
        ("1 January 2026", "It is in the past"),
    ],
)
def test_what_is_not_sure_is_asked_about(line: str, reason: str) -> None:
    [question] = asked(line).values()
    assert any(reason in said for said in question.reasons), question.reasons
    assert question.choices[-1] == ("leave", "Leave it out")


def test_of_a_weekday_that_does_not_fit_the_days_it_may_be_are_offered() -> None:
    [question] = asked("Tuesday 8 February 2027").values()
    assert [value for value, _ in question.choices] == ["2027-02-08", "2027-02-09", "2028-02-08", "leave"]


def test_a_day_that_another_one_replaces_is_asked_about() -> None:
    found = read_dates("5 May 2027 (moved from 28 April 2027)\n12 May 2027, instead of Wednesday 19 May 2027").dates
    assert [[doubt.words for doubt in one.doubts] for one in found] == [[], ["moved from"], [], ["instead of"]]
    assert [one.place for one in found] == ["", "", "", ""]


def test_a_double_and_a_day_that_is_taken_are_asked_about() -> None:
    assert list(asked("8 Feb 2027\n8/2/27")) == [1]
    [question] = asked("8 Feb 2027", {DAY: "Main Group meets at 2pm"}).values()
    assert question.reasons == ["Main Group meets at 2pm on that day already"]
    assert asked("8 Feb 2027\n9 Feb 2027") == {}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Mon 8 & Tue 9 Feb 2027", "may be one meeting or two"),
        ("Tuesday 9th or Wednesday 10th February 2027", "may be one meeting or two"),
        ("8 Feb - 10 Feb 2027", "may be one meeting or two"),
        ("8 to 10 February 2027", "may be one meeting or two"),
        ("10/02/27 1030", "has “1030” beside its date. If that is a time, write it like 2pm or 14:30"),
        ("10/02/2027 @ 2", "has “2” beside its date"),
        ("10 Feb 2027, 25:00", "has “25:00” beside its date"),
        ("10 Feb 2027 half past ten", "says “half past”"),
        ("10 Feb 2027 at 10am and 2pm", "has more than one time: 10am and 2pm"),
        ("First Monday of March 2027", "must give each day as a date"),
        ("every second Tuesday", "must give each day as a date"),
        ("20270208", "must be a real date"),
        ("10 février 2027", "must be a real date"),
        ("31 June 2027", "must be a real date"),
    ],
)
def test_no_part_of_a_line_is_dropped_or_guessed(line: str, said: str) -> None:
    """Seen: the 8th, and the time, went without a word."""
    [problem] = read_dates(line).problems
    assert said in problem


@pytest.mark.parametrize(
    ("line", "hour", "place", "link"),
    [
        ("Mon 8th Feb 2027 at 10:00", "10:00", "", ""),
        ("8-Feb-27", "", "", ""),
        ("February 8, 2027", "", "", ""),
        ("Meeting 1 - 8/2/27", "", "", ""),
        ("8 Feb 2027 14.00hrs, Room 2", "14.00", "Room 2", ""),
        (
            "8 Feb 2027 10:00 Zoom https://zoom.example/j/1?on=2027-02-14",
            *("10:00", "Zoom", "https://zoom.example/j/1?on=2027-02-14"),
        ),
    ],
)
def test_one_date_with_what_stands_beside_it(line: str, hour: str, place: str, link: str) -> None:
    reading = read_dates(line)
    assert reading.problems == []
    [one] = reading.dates
    assert (one.day, one.hour, one.place, one.link) == (date(2027, 2, 8), hour, place, link)


@pytest.mark.parametrize("words", ["week commencing", "w/c", "week of"])
def test_a_week_is_asked_about(words: str) -> None:
    [one] = read_dates(f"{words} 8 Feb 2027").dates
    assert [doubt.words for doubt in one.doubts] == [words]
