"""Pages of figures: each picture has a name and a table, and nothing that is withheld is in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import lxml.html
import pytest

from portal.boards import charts as boards_charts
from portal.boards.figures import Reason
from portal.core.nothing import WITHHELD
from portal.desk import charts as desk_charts
from portal.desk.figures import MEASURES, Share
from portal.expenses.figures import charts as expenses_charts
from portal.expenses.figures.queries import NO_DAYS, Asked, Days, Total
from portal.replacement_care.figures import charts as care_charts
from portal.replacement_care.figures.queries import NO_CARE, Care
from portal.replacement_care.requests.came_of import Outcome
from portal.support_meetings import charts as feedback_charts
from portal.support_meetings.figures import FeedbackFigures
from tests.cast import NOW
from tests.visitor import text_of

OF_A_BOARD = "/boards/northfirth"
PAGES = {
    "northfirth.officer": [
        f"{OF_A_BOARD}/notice",
        f"{OF_A_BOARD}/expenses",
        f"{OF_A_BOARD}/care",
        f"{OF_A_BOARD}/how-meetings-are",
        f"{OF_A_BOARD}/reps",
        f"{OF_A_BOARD}/inductions",
        "/support-figures",
    ],
    "northfirth.rep": ["/training", f"{OF_A_BOARD}/notice", f"{OF_A_BOARD}/expenses", f"{OF_A_BOARD}/care"],
    "coordinator": ["/notice", "/expenses", "/care/figures", "/support-figures", "/leaving"],
}
COUNTED = [
    (who, path) for who, paths in PAGES.items() for path in paths if "inductions" not in path and "training" not in path
]


def pictures(page: Any) -> list[Any]:
    return lxml.html.fromstring(page.text).xpath("//figure//*[local-name()='svg'][@role='img']")


@pytest.mark.parametrize(("who", "path"), [(who, path) for who, paths in PAGES.items() for path in paths])
def test_each_picture_has_a_name(visit: Any, at: Any, who: str, path: str) -> None:
    at(NOW + timedelta(days=31))
    assert all(one.xpath("*[local-name()='title']")[0].text for one in pictures(visit(who).get(path)))


@pytest.mark.parametrize(("who", "path"), COUNTED)
def test_each_page_of_figures_says_how_it_counts_and_what_it_leaves_out(
    visit: Any, at: Any, who: str, path: str
) -> None:
    at(NOW + timedelta(days=31))
    page = text_of(visit(who).get(path))
    if path.endswith(("/reps", "/leaving")) and "Why reps left" not in page:
        return  # nobody has
    assert "How we count this" in page
    assert "What we do not show." in page


def test_the_records_behind_a_figure_are_offered_only_to_whoever_may_open_them(visit: Any, at: Any) -> None:
    at(NOW + timedelta(days=31))
    path = f"{OF_A_BOARD}/expenses"
    assert 'href="/claims/to-decide"' in visit("northfirth.approver").get(path).text
    assert "Your role does not include single records." in text_of(visit("northfirth.rep").get(path))


def test_a_sum_that_is_withheld_has_no_size_and_is_not_compared() -> None:
    drawn = expenses_charts.of_totals("Approved", [Total("Taxi", None), Total("Bus", 500), Total("Miles", 250)])
    assert drawn
    assert [(row.missing, [one.width for one in row.spans]) for row in drawn.rows] == [
        (WITHHELD, []),
        ("", [100, 100]),
        ("", [100, 50]),
    ]
    assert drawn.sentence == "Approved: the largest of those shown is Bus, £5.00."


def test_where_all_sums_are_withheld_there_is_no_picture() -> None:
    assert expenses_charts.of_totals("Approved", [Total("Taxi", None)]) is None


def test_days_to_pay_are_drawn_beside_the_promise() -> None:
    drawn = expenses_charts.of_days(Days(5, 9, 3), Days(12, 30, 3), 20)
    assert drawn
    decision, payment = drawn.rows
    assert drawn.sentence == "Half of the claims were paid within 12 days. The board promises 20 days."
    assert decision.lines == ()
    assert payment.spans[0].end < payment.lines[0] < payment.marks[0].across
    assert payment.marks[0].kind == "late"


def test_the_slowest_within_the_promise_is_not_called_late() -> None:
    drawn = expenses_charts.of_days(Days(5, 9, 3), Days(12, 20, 3), 20)
    assert drawn
    assert drawn.rows[1].marks[0].kind == "later"


def test_a_board_without_a_policy_has_no_line_of_a_promise() -> None:
    drawn = expenses_charts.of_days(Days(5, 9, 3), Days(12, 20, 3), None)
    assert drawn
    assert not drawn.has_line


def test_where_nobody_waited_there_is_no_picture() -> None:
    assert expenses_charts.of_days(NO_DAYS, NO_DAYS, 20) is None


def test_all_boards_are_drawn_on_one_line_of_days() -> None:
    drawn = expenses_charts.of_boards([("A", Days(10, 80, 3), 20, ""), ("B", Days(40, 90, 3), 30, "")])
    assert drawn
    assert drawn.sentence == "In 1 of 2 boards, half of the claims were paid within the days promised."
    assert drawn.axis[-1][1] == "40", "the slowest of each is on its own page"
    assert not any(row.marks for row in drawn.rows)


def test_answers_that_are_withheld_have_no_bar() -> None:
    drawn = expenses_charts.of_asked(Asked(12, None, 6))
    assert drawn
    assert [row.missing for row in drawn.rows] == ["", WITHHELD, ""]


def care(arranged: int, not_provided: int, *, is_count_shown: bool) -> Care:
    came_of = {**NO_CARE.came_of, Outcome.ARRANGED: arranged, Outcome.NOT_PROVIDED: not_provided}
    return Care(arranged + not_provided, came_of, 2, 0, {}, is_count_shown=is_count_shown)


def test_the_share_of_care_that_was_provided_is_always_drawn() -> None:
    drawn = care_charts.of_care([("Spring", care(3, 1, is_count_shown=False), "")])
    assert drawn
    [row] = drawn.rows
    assert [(one.kind, one.width) for one in row.spans] == [("part", 75), ("fourth", 25)]
    assert row.title == "Arranged: 75%. Not provided: 25%."


def test_how_many_asked_for_care_is_not_in_the_picture_of_fewer_than_five() -> None:
    few, many = care(3, 1, is_count_shown=False), care(3, 1, is_count_shown=True)
    drawn = care_charts.of_care([("Spring", few, ""), ("Summer", many, "")])
    assert drawn
    assert [row.name for row in drawn.rows] == ["Spring", "Summer (4 requests)"]


def test_the_table_of_the_picture_withholds_what_the_picture_does() -> None:
    few, many = care(3, 1, is_count_shown=False), care(3, 1, is_count_shown=True)
    assert (few.asked_shown, few.outcomes_shown) == (None, ["75%", "0%", "25%"])
    assert (many.asked_shown, many.outcomes_shown) == (4, ["3 (75%)", "0 (0%)", "1 (25%)"])
    assert (NO_CARE.asked_shown, NO_CARE.outcomes_shown) == (0, ["0", "0", "0"]), "0 tells of nobody"


def test_as_many_of_a_hundred_are_drawn_alike_however_many_asked() -> None:
    one, ten = (care_charts.of_care([("", care(n, n, is_count_shown=False), "")]) for n in (1, 10))
    assert one == ten


def test_a_quarter_in_which_nobody_asked_is_hatched() -> None:
    drawn = care_charts.of_care([("Spring", care(1, 0, is_count_shown=False), ""), ("Summer", NO_CARE, "")])
    assert drawn
    assert drawn.rows[1].said == "no figure"


def test_of_a_question_that_is_withheld_there_is_one_row_without_a_bar() -> None:
    shown = FeedbackFigures("Could you speak?", {"yes": 6, "partly": 0, "no": 5}, 11)
    hidden = FeedbackFigures("Were you heard?", dict.fromkeys(("yes", "partly", "no")), 11)
    drawn = feedback_charts.of_feedback([shown, hidden])
    assert drawn
    assert [(row.heading, row.name, row.said) for row in drawn.rows] == [
        ("Could you speak?", "Yes", "6"),
        ("", "Partly", "0"),
        ("", "No", "5"),
        ("Were you heard?", "All answers", "withheld"),
    ]


def test_reasons_that_are_withheld_have_no_bar() -> None:
    drawn = boards_charts.of_reasons([Reason("Caring", 6), Reason("Demands", None)])
    assert drawn
    assert [row.missing for row in drawn.rows] == ["", WITHHELD]


def test_where_all_reasons_are_withheld_there_is_no_picture() -> None:
    assert boards_charts.of_reasons([Reason("Caring", None)]) is None


def test_a_share_of_a_board_that_is_withheld_has_no_bar() -> None:
    found = [("A", Share(6, 12)), ("B", Share(1, 2, is_withheld=True)), ("C", None)]
    drawn = desk_charts.of_measure(MEASURES[1], found)
    assert drawn
    assert [(row.name, row.said, len(row.spans)) for row in drawn.rows] == [("A", "50%", 2), ("B", "withheld", 0)]


def test_the_share_behind_a_withheld_figure_changes_no_picture() -> None:
    drawn = [
        desk_charts.of_measure(MEASURES[1], [("A", Share(6, 12)), ("B", Share(part, 9, is_withheld=True))])
        for part in (1, 8)
    ]
    assert drawn[0] == drawn[1]
