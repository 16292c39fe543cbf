"""What waits for people, in the words of the first page and of the desk, for rows that are hard to come by too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from portal.boards import todo as boards
from portal.check_in import own_todo
from portal.check_in import todo as check_ins
from portal.core.text import short_day_words
from portal.expenses import todo as claims
from portal.expenses.claims.rules import DRAFT, QUERIED
from portal.infra.todo import Says
from portal.infra.todo_line import Line
from portal.mentoring import todo as mentoring
from portal.papers import todo as papers
from portal.replacement_care import todo as care
from portal.replacement_care.requests.rules import cover_deadline
from portal.training import todo as training

TODAY = date(2026, 3, 3)
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
HERE, THERE, SOMEBODY, THING = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)


def day(days: int) -> date:
    return TODAY + timedelta(days=days)


def at(days: int) -> datetime:
    return NOW + timedelta(days=days)


def said(says: Says[Any] | None, *rows: Any) -> list[Line]:
    """Its lines as the page shows them."""
    assert says
    return [line.shown(says.endpoint, TODAY) for line in says.lines(rows, TODAY)]


def words(says: Says[Any] | None, *rows: Any) -> list[tuple[int, str, str, bool]]:
    """(in how many days, title, detail, whether it is late) of each line."""
    return [((line.due_on - TODAY).days, line.title, line.detail, line.is_late) for line in said(says, *rows)]


def prepared(days: int, is_agenda_published: bool = False, missing: int = 0) -> papers.Prepared:
    return papers.Prepared(HERE, THING, "Main Group", day(days), 7, is_agenda_published, missing)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([prepared(10, True, 0)], []),
        ([prepared(10)], [(3, "Missing: the agenda", False)]),
        ([prepared(7, True, 1)], [(0, "Missing: 1 paper", False)]),
        ([prepared(6, True, 2)], [(-1, "Missing: 2 papers", True)]),
        ([prepared(6, False, 2)], [(-1, "Missing: the agenda and 2 papers", True)]),
    ],
)
def test_a_clerk_is_told_what_is_missing_and_by_when(
    rows: Sequence[papers.Prepared], lines: list[tuple[int, str, bool]]
) -> None:
    titles = [f"Publish papers for Main Group, {short_day_words(one.opened_on)}" for one in rows]
    expected = [(days, title, what, late) for title, (days, what, late) in zip(titles, lines, strict=False)]
    assert words(papers.TO_PUBLISH.first_page, *rows) == expected


def test_papers_due_at_the_weekend_have_a_last_working_day() -> None:
    """Today is Tuesday 3 March."""
    found = words(papers.TO_PUBLISH.first_page, prepared(12, True, 2))
    assert [(days, what) for days, _, what, _ in found] == [(5, "Missing: 2 papers. Last working day: Friday 6 March")]


def test_an_officer_asks_for_papers_once_they_are_late_and_reads_before_that_they_are_due() -> None:
    rows = [prepared(15), prepared(6), prepared(6, True, 0), prepared(5, True, 1)]
    assert [(days, late) for days, _, _, late in words(papers.TO_ASK_FOR.first_page, *rows)] == [(-1, True), (-2, True)]
    due = words(papers.TO_ASK_FOR.desk, prepared(14, False, 2))
    assert due == [(7, "Papers are due for Main Group, Tuesday 17 March", "Missing: the agenda and 2 papers", False)]


@pytest.mark.parametrize(("days", "is_late"), [(-14, False), (-15, True)])
def test_minutes_are_late_after_fourteen_days(days: int, is_late: bool) -> None:
    [line] = said(papers.MINUTES.first_page, papers.Held(HERE, THING, "Main Group", day(days)))
    assert (line.due_on, line.is_late) == (day(days + 14), is_late)


def test_reading_says_how_long_it_takes_at_ones_own_pace() -> None:
    unread = papers.Unread(HERE, THING, "Main Group", day(10), at(10), 1, 61, 2)
    title, detail = "Read 1 paper for Main Group, Friday 13 March", "61 pages, about 2 hours 2 minutes"
    assert words(papers.TO_READ.first_page, unread) == [(10, title, detail, False)]


def step(owner: str, days: int, person: UUID = SOMEBODY, **more: Any) -> training.Step:
    """A step that is due in so many days."""
    of = {"until_on": day(500), "made_at": None, "first_meeting_at": None, "is_done": False, **more}
    return training.Step(HERE, "here", person, "Ann", f"Step {days}", owner, 100 + days, from_on=day(-100), **of)


def test_the_steps_of_one_rep_are_one_line_of_the_desk() -> None:
    steps = [step("officer", 7), step("officer", -3), step("officer", 8), step("rep", -1), step("rep", 2)]
    done, dropped = step("officer", -9, is_done=True), step("officer", -8, until_on=day(-20))
    other = step("clerk", -2, THERE)
    assert words(training.STEPS_OF_BOARD.desk, *steps, done, dropped, other) == [
        (-4, "Ann: Step -3, and 2 more steps", "The rep: 1 step. The engagement officer: 2 steps", True),
        (-4, "Ann: remind the clerk of “Step -2”", "", True),
    ]
    assert words(training.STEPS_OF_BOARD.desk, step("officer", 8), step("rep", 1)) == []
    assert said(training.STEPS_OF_BOARD.desk, *steps)[0].late_words == "2 of them late"


def test_steps_of_a_board_are_counted_on_the_first_page() -> None:
    steps = [step("officer", 7), step("officer", -3), step("officer", 8)]
    assert words(training.STEPS_OF_STAFF.first_page, *steps) == [
        (-4, "Do your 2 induction steps", "The first of them: Ann: Step -3", True)
    ]
    one = words(training.STEPS_OF_STAFF.first_page, step("officer", -3))
    assert one == [(-4, "Ann: Step -3", "A step of their induction", True)], "it says whose it is"
    assert words(training.STEPS_OF_STAFF.first_page, step("officer", 8)) == []


def test_a_step_of_the_first_meeting_is_due_on_its_day() -> None:
    one = step("rep", -90, first_meeting_at=at(5))
    assert [line.due_on for line in said(training.OWN_STEPS.first_page, one)] == [day(5)]
    assert said(training.OWN_STEPS.first_page, step("rep", -90, first_meeting_at=at(5), until_on=day(4))) == []


def test_the_two_oldest_records_stand_on_the_first_page_and_all_on_the_desk() -> None:
    rows = [training.CheckInAnswer(HERE, "here", "Ann", f"Course {n}", at(-n)) for n in range(4)]
    assert [line.detail for line in said(training.TO_CONFIRM.first_page, *rows)] == ["Course 3", "Course 2"]
    assert len(said(training.TO_CONFIRM.desk, *rows)) == 4


def without_mentor(days: int, board: str) -> mentoring.WithoutMentor:
    return mentoring.WithoutMentor(HERE, board, SOMEBODY, "Ann", THING, at(days))


def test_two_pairs_of_one_person_are_told_apart_by_name() -> None:
    pairs = [mentoring.Running(HERE, UUID(int=n), name, day(-31), None) for n, name in ((1, "Ann"), (2, "Bo"))]
    titles = [line.title for line in said(mentoring.HELPS.first_page, *pairs)]
    assert titles == ["Is mentoring helping you? Ann", "Is mentoring helping you? Bo"]


def test_who_waits_for_a_mentor_is_counted_board_by_board() -> None:
    rows = [without_mentor(-8, "here"), without_mentor(-2, "here"), without_mentor(-1, "there")]
    found = said(mentoring.WITHOUT_MENTOR.first_page, *rows)
    assert [(line.due_on, line.title, dict(line.where)) for line in found] == [
        (day(-8), "Find a mentor for 2 people", {"board": "here"}),
        (day(-1), "Find a mentor for 1 person", {"board": "there"}),
    ]
    late = [line.is_late for line in said(mentoring.WITHOUT_MENTOR.desk, without_mentor(-7, "here"), rows[1])]
    assert late == [True, False]


def own_claim(n: int, status: str = DRAFT, handed_over_at: datetime | None = None) -> claims.Own:
    return claims.Own(
        HERE, THING, status, "NF", 2026, n, "Talk", day(-9), at(-n), handed_over_at, n - 1, True, True, 90
    )


EMPTY = "Add what you spent, or say that you have no expenses for this"


def test_own_claims_say_what_they_want() -> None:
    rows = [own_claim(3, QUERIED), own_claim(2, handed_over_at=at(-1)), own_claim(1)]
    assert words(claims.OWN.first_page, *rows) == [
        (-3, "Answer a question about your expenses: Talk", "NF-2026-0003", False),
        (-1, "Check a claim and send it", "Talk, Sunday 22 February. Your officer wrote it for you", False),
        (-1, "Did it cost you anything? Talk", f"Sunday 22 February. {EMPTY}", False),
    ]


def test_a_claim_says_that_it_was_begun_from_the_usual_only_where_it_was() -> None:
    usual = "Sunday 22 February. We’ve started a claim with your usual expenses. Check it and send it"
    first, other = words(claims.OWN.first_page, own_claim(3), replace(own_claim(3), is_copied=False))
    assert first == (-3, "Did it cost you anything? Talk", usual, False)
    assert other == (-3, "Send your claim: Talk", "Sunday 22 February. It has not been sent yet", False)


def test_only_the_four_oldest_claims_of_ones_own_stand_there() -> None:
    assert [line.due_on for line in said(claims.OWN.first_page, *map(own_claim, range(6)))] == list(
        map(day, range(-5, -1))
    )


def test_claims_of_all_boards_are_decided_on_one_page() -> None:
    rows = [claims.Undecided(HERE, 2, at(-3)), claims.Undecided(THERE, 1, at(-9))]
    assert words(claims.TO_DECIDE.first_page, *rows) == [(-9, "Decide 3 claims", "", False)]


def test_care_that_changed_is_asked_about_before_its_day_and_care_that_was_after_it() -> None:
    rows = [care.Own(HERE, THING, "Meeting", day(days), days == 4) for days in (4, -1, 0)]
    assert words(care.OWN.first_page, *rows) == [
        (-1, "Tell us if your care took place", "Meeting, Monday 2 March", False),
        (0, "Confirm the times for your care", "Meeting, Tuesday 3 March", False),
        (0, "Tell us if you still need your care", "Meeting, Saturday 7 March", False),
    ]


def test_a_check_in_waits_until_it_is_answered_for_the_day_of_the_meeting() -> None:
    def asked(answered_for: date | None) -> own_todo.Own:
        return own_todo.Own(HERE, THING, "Main Group", day(9), at(9), at(-1), answered_for)

    title = "Tell us if you’re coming: Main Group, Thursday 12 March"
    assert words(own_todo.OWN.first_page, asked(None)) == [
        (-1, title, "You can request care and papers by post there too", False)
    ]
    assert len(said(own_todo.OWN.first_page, asked(day(8)), asked(day(9)))) == 1


@pytest.mark.parametrize(
    ("line", "when"),
    [
        (Line(day(2), ""), "By Thursday 5 March"),
        (Line(day(0), ""), "By Tuesday 3 March"),
        (Line(day(-1), ""), "Was due by Monday 2 March"),
        (Line(day(-100), ""), "Was due by Sunday 23 November 2025"),
        (Line(day(-9), "", day_is="Since"), "Since Sunday 22 February"),
        (Line(day(400), "", day_is="Meeting is"), "Meeting is Wednesday 7 April 2027"),
        (Line(date.min, "", day_is=""), ""),
    ],
)
def test_the_day_of_a_task_says_what_it_is_and_its_year_where_it_is_another(line: Line, when: str) -> None:
    assert line.when(TODAY) == when


@pytest.mark.parametrize(("days", "is_late"), [(0, False), (-1, True)])
def test_a_task_is_late_from_the_day_after_its_last(days: int, is_late: bool) -> None:
    assert Line(day(days), "").shown("home.index", TODAY).is_late is is_late
    assert not Line(day(days), "", day_is="Since").shown("home.index", TODAY).is_late


def unsent(days: int, lines: int = 1) -> claims.Own:
    """A claim that nobody asked for, so many days before today, with 90 days to send it."""
    return claims.Own(
        HERE, THING, DRAFT, "NF", None, None, "Talk", day(-days), at(-days), None, lines, False, False, 90
    )


@pytest.mark.parametrize(
    ("days", "said_by"),
    [
        (75, "By Wednesday 18 March"),
        (76, "By Tuesday 17 March"),
        (90, "By Tuesday 3 March"),
        (91, "Was due by Monday 2 March"),
        (120, "Was due by Sunday 1 February"),
        (121, None),
    ],
)
def test_a_claim_that_was_not_sent_is_a_task_with_its_last_day(days: int, said_by: str | None) -> None:
    lines = said(claims.OWN.first_page, unsent(days))
    assert [(one.title, one.when(TODAY), one.is_late) for one in lines] == (
        [("Send your claim: Talk", said_by, days > 90)] if said_by is not None else []
    )
    assert said(claims.OWN.first_page, unsent(days, lines=0)) == [], "there is nothing to send"


def test_a_claim_near_its_last_day_goes_before_those_that_waited_longer() -> None:
    rows = [*(own_claim(n + 100) for n in range(claims.MOST_TOLD)), unsent(89)]
    assert said(claims.OWN.first_page, *rows)[0].title == "Send your claim: Talk"


@pytest.mark.parametrize(("days", "is_told"), [(22, False), (17, True), (7, True), (1, True)])
def test_papers_to_post_are_a_task_of_the_clerk_with_its_last_day(days: int, is_told: bool) -> None:
    rows = check_ins.ToPost(HERE, THING, "Main Group", day(days), day(days), 7, 2)
    lines = said(check_ins.TO_POST.first_page, rows)
    title = f"Post 2 sets of printed papers for Main Group, {short_day_words(day(days))}"
    assert [one.title for one in lines] == [title] * is_told
    assert all(one.due_on <= day(days - 7) and one.is_late is (one.due_on < TODAY) for one in lines)


@pytest.mark.parametrize(("lead", "is_late"), [(5, False), (10, False), (11, True)])
def test_care_is_due_on_the_day_that_its_own_page_names(lead: int, is_late: bool) -> None:
    row = care.Unarranged(HERE, THING, "Ann", day(10), lead, None, None, at(-30))
    for says in (care.TO_ARRANGE.first_page, care.TO_ARRANGE.desk):
        [line] = said(says, row)
        assert (line.due_on, line.is_late) == (cover_deadline(day(10), lead), is_late)


@pytest.mark.parametrize(
    ("empty", "first", "without"),
    [
        ((False, True, True, True), [], "a clerk, an engagement officer and an expense approver"),
        ((True, False, True, False), ["Appoint carer reps, Northfirth"], "an engagement officer"),
        ((True, False, False, False), ["Appoint carer reps, Northfirth"], ""),
    ],
)
def test_an_administrator_is_told_what_nobody_does_any_more(
    empty: tuple[bool, ...], first: list[str], without: str
) -> None:
    row = boards.Empty(HERE, "northfirth", "Northfirth", *empty)
    assert [one.title for one in said(boards.REPS.first_page, row)] == first
    invited = [one.title for one in said(boards.STAFF.first_page, row)]
    assert invited == ([f"Invite {without}, Northfirth"] if without else [])
