"""A pasted agenda is read as a clerk wrote it; what is not sure is said, and nothing of it is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.meetings.agendas.drafts import of_pasted
from portal.meetings.agendas.pasted import ReadItem, read_items
from portal.meetings.agendas.rules import doubles, numbers_in_order


def one(line: str) -> ReadItem:
    [item] = read_items(line).items
    return item


def numbers(pasted: str) -> list[tuple[str, str]]:
    return [(item.number, item.title) for item in read_items(pasted).items]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        *(("7 Budget", "7"), ("7. Budget", "7"), ("7) Budget", "7"), ("(7) Budget", "7"), ("7: Budget", "7")),
        *(("7 - Budget", "7"), ("7 – Budget", "7"), ("7.Budget", "7"), ("7)Budget", "7"), ("7\tBudget", "7")),
        *(("4.1 Budget", "4.1"), ("4.1. Budget", "4.1"), ("4.1) Budget", "4.1"), ("4.1.2 Budget", "4.1.2")),
        *(("6(a) Budget", "6(a)"), ("6 (a) Budget", "6(a)"), ("6a Budget", "6a"), ("6a) Budget", "6a")),
        *(("6(iv) Budget", "6(iv)"), ("Item 7 Budget", "7"), ("Item 7: Budget", "7"), ("ITEM NO. 7 – Budget", "7")),
        *(("Agenda item 7: Budget", "7"), ("No. 7 Budget", "7"), ("#7 Budget", "7"), ("•\t7.\tBudget", "7")),
        ("７．　Budget", "7"),
    ],
)
def test_a_number_is_read_in_every_usual_style(line: str, number: str) -> None:
    assert (one(line).number, one(line).title) == (number, "Budget")


@pytest.mark.parametrize(
    "line",
    [
        *("5 year plan", "24 hour care", "24/7 care line", "2026/27 budget", "2026 budget", "3rd sector report"),
        *("1-2-1 support", "3 March 2027: minutes", "1.5 million saved", "£10 vouchers", "J. Smith to report"),
        *("Audit report 5 year plan", "10 per cent savings", "Plan B", "Self-Directed Support (SDS)"),
        *("Adult Services – Annual Report", "Locality Planning – Rural Transport", "Budget 2026/27 – month 6"),
        *("Paper for the chair", "Lunch at 12 noon", "Agreement to purchase (IJB)"),
    ],
)
def test_what_belongs_to_a_title_stays_in_it(line: str) -> None:
    read = one(line)
    assert read.title == line
    assert (read.number, read.timing, read.presenter, read.purpose) == ("", "", "", "")


@pytest.mark.parametrize(
    ("line", "purpose", "is_said"),
    [
        *(("Budget for decision", "decision", False), ("Budget (for noting)", "noting", False)),
        *(("Budget – for discussion", "discussion", False), ("Budget - For Assurance", "assurance", False)),
        *(("Budget, for noting", "noting", False), ("Budget [to note]", "noting", True)),
        *(("Budget (for approval)", "decision", True), ("Budget – for information", "noting", True)),
        *(("Budget\tDecision", "decision", False), ("Budget: for decision.", "decision", False)),
    ],
)
def test_what_an_item_is_for_is_read(line: str, purpose: str, is_said: bool) -> None:
    """Other words for it are said beside, with what they were read as."""
    assert (one(line).title, one(line).purpose) == ("Budget", purpose)
    assert bool(one(line).notes) == is_said


@pytest.mark.parametrize(
    ("line", "time"),
    [
        *(("10.15am Budget", "10:15am"), ("10:15 Budget", "10:15"), ("(10.15 a.m.) Budget", "10:15am")),
        *(("10.15am – 10.30am Budget", "10:15am to 10:30am"), ("Budget (10 mins)", "10 mins")),
        *(("Budget – 10.15am", "10:15am"), ("Budget, 10:15", "10:15"), ("Budget 10.15am", "10:15am")),
        *(("Budget 11.15am (10 mins)", "11:15am (10 mins)"), ("11.15am Budget (10 mins)", "11:15am (10 mins)")),
        *(
            ("12 noon Budget", "12 noon"),
            ("Budget\t10.15", "10:15"),
            ("2pm - Budget", "2pm"),
            ("1400 hrs Budget", "1400 hrs"),
        ),
    ],
)
def test_a_time_is_read(line: str, time: str) -> None:
    assert (one(line).title, one(line).timing) == ("Budget", time)


@pytest.mark.parametrize(
    ("line", "who", "is_sure"),
    [
        *(("Budget – Chief Finance Officer", "Chief Finance Officer", True), ("Budget (Chair)", "Chair", True)),
        *(("Budget – Dr Ann Fraser", "Dr Ann Fraser", True), ("Budget (A. Fraser)", "A. Fraser", True)),
        *(("Budget – Report by Chief Finance Officer", "Chief Finance Officer", True),),
        *(("Budget (Joint report by the CFO and Chief Officer)", "CFO and Chief Officer", True),),
        *(("Budget\tReport by the Chief Officer", "Chief Officer", True), ("Budget – by the Chair", "Chair", True)),
        *(("Budget – presented by Ann Fraser", "Ann Fraser", True), ("Budget\tAll", "All", True)),
        *(("Budget – Ann Fraser", "Ann Fraser", False), ("Budget (Màiri NicLeòid)", "Màiri NicLeòid", False)),
        *(("Budget – Seumas O'Neil & Ann-Marie McInnes", "Seumas O'Neil & Ann-Marie McInnes", False),),
        *(("Budget (AF)", "AF", False), ("Budget – AF/MK", "AF/MK", False)),
        *(("Budget\tIain Ross, Head of Strategy", "Iain Ross, Head of Strategy", True),),
        *(("Budget for decision, Chief Officer", "Chief Officer", True),),
    ],
)
def test_who_presents_an_item_is_read_and_asked_about_where_it_may_be_something_else(
    line: str, who: str, is_sure: bool
) -> None:
    assert (one(line).title, one(line).presenter) == ("Budget", who)
    assert bool(one(line).notes) != is_sure


def test_the_time_and_the_length_of_a_table_stand_in_their_columns() -> None:
    read = read_items("Item\tMins\tTime\tLead\nBudget\t10\t10.30\tReport by the CFO\nRisks\t5 minutes\t\tChair")
    assert [(i.timing, i.presenter) for i in read.items] == [("10:30 (10 mins)", "CFO"), ("5 minutes", "Chair")]


def test_several_things_at_the_end_of_a_line_are_all_read() -> None:
    read = one("4.1 10.15am Budget – Ann Fraser (verbal, for noting)")
    said = (read.number, read.timing, read.title, read.presenter, read.purpose, read.is_verbal)
    assert said == ("4.1", "10:15am", "Budget", "Ann Fraser", "noting", True)


def test_a_table_of_word_is_read_by_its_heading() -> None:
    pasted = (
        "No.\tItem\tLead\tTime\tPurpose\n1\tWelcome\tChair\t10.00\t\n2\tAdult Services\tAnn Fraser\t10.05\tDecision\n"
    )
    read = read_items(pasted)
    assert [(i.number, i.title, i.presenter, i.timing, i.purpose) for i in read.items] == [
        ("1", "Welcome", "Chair", "10:00", ""),
        ("2", "Adult Services", "Ann Fraser", "10:05", "decision"),
    ]
    assert read.other_lines == ["No. Item Lead Time Purpose"]
    assert not any(item.notes for item in read.items)


def test_bullets_and_numbering_of_word_are_taken_away() -> None:
    pasted = "•\tWelcome\n·       Minutes\no\tActions\n\uf0b7 Budget\n- Any other business\n\u200b\n   \n"
    assert numbers(pasted) == [("", t) for t in ("Welcome", "Minutes", "Actions", "Budget", "Any other business")]


def test_letters_belong_to_the_item_above_and_that_is_said() -> None:
    read = read_items("6. Finance\n(a) Outturn\nb) Reserves\n7. Close\n(a) Next meeting")
    assert [item.number for item in read.items] == ["6", "6(a)", "6(b)", "7", "7(a)"]
    assert read.items[1].notes == ("a) is read as 6(a)",)
    assert numbers("a) Welcome\nb) Minutes") == [("a", "Welcome"), ("b", "Minutes")]


def test_a_number_with_two_figures_behind_its_dot_is_a_time_only_where_all_are() -> None:
    times = read_items("10.00 Welcome\n10.10 Minutes of the last meeting\n10.15 Budget")
    assert [(item.number, item.timing) for item in times.items] == [("", "10:00"), ("", "10:10"), ("", "10:15")]
    assert all("read as a time" in item.notes[0] for item in times.items)
    assert numbers("10.13 Roads\n10.14 Rail\n10.15 Budget")[2] == ("10.15", "Budget")
    assert numbers("10.1 Roads\n10.2 Rail\n10.15 Budget")[2] == ("10.15", "Budget")


def test_lines_that_belong_together_are_one_item() -> None:
    assert numbers("1.\nWelcome\n2.\nMinutes") == [("1", "Welcome"), ("2", "Minutes")]
    read = read_items("1. Report of the group that looks after\nshort breaks\n2. Close")
    assert read.items[0].title == "Report of the group that looks after short breaks"
    assert read.items[0].notes == ("Two lines are read as one item",)


def test_a_heading_says_what_the_items_below_it_are_for() -> None:
    read = read_items("1 Welcome\nFOR DECISION\n2 Budget\nItems for noting:\n3 Risks (for discussion)")
    assert [item.purpose for item in read.items] == ["", "decision", "discussion"]
    assert read.items[1].notes == ("“For decision” is from the heading above it",)
    assert read.other_lines == ["FOR DECISION", "Items for noting:"]


def test_what_has_no_number_where_others_have_one_says_so_and_headings_are_left_out() -> None:
    read = read_items("Northfirth Board, 3 March 2027\nAGENDA\n1 Welcome\nFINANCE\n2 Budget\nRisks\n3 Close")
    assert [item.is_left_out for item in read.items] == [True, False, True, False, False, False]
    assert [item.notes[0][:22] for item in read.items if item.notes] == [
        "Left out, as it comes ",
        "Left out, as it looks ",
        "It has no number in th",
    ]
    assert read.other_lines == ["AGENDA"]


LINES = st.lists(
    st.lists(
        st.sampled_from(
            [
                *(
                    "1",
                    "2.",
                    "7)",
                    "(3)",
                    "4.1",
                    "6(a)",
                    "(b)",
                    "Item",
                    "Budget",
                    "plan",
                    "for",
                    "noting",
                    "decision",
                    "–",
                ),
                *(
                    "(",
                    ")",
                    "10.15am",
                    "10.15",
                    "\t",
                    "•",
                    "Ann",
                    "Fraser",
                    "verbal",
                    "to",
                    "follow",
                    "AF",
                    ",",
                    "2027",
                ),
                *("Chair", "of", "the", "No.", "Title", "Lead", "x", "é", "  ", ":", "AGENDA", "5 mins"),
            ]
        ),
        min_size=1,
        max_size=8,
    ).map(" ".join),
    max_size=6,
).map("\n".join)


@given(LINES)
def test_nothing_that_was_pasted_is_lost(pasted: str) -> None:
    """Each word is in an item, in a note beside it, or among the lines that are said to be left out."""
    read = read_items(pasted)
    kept = re.findall(r"\w+", " ".join([*(item.typed for item in read.items), *read.other_lines]))
    assert sorted(kept) == sorted(re.findall(r"\w+", pasted))
    for item in read.items:
        said = (
            f"{item.number} {item.title} {item.timing} {item.presenter} {' '.join(item.notes)} {item.purpose}".lower()
        )
        gone = set(re.findall(r"\w+", item.typed.lower())) - set(re.findall(r"\w+", said))
        assert gone <= {"item", "no", "for", "to", "verbal", "15am", "of", "by", "lead", *"0123456789"}, (item, gone)


@given(st.text(max_size=200))
def test_whatever_is_pasted_is_read(pasted: str) -> None:
    for item in read_items(pasted).items:
        assert f"{item.number}{item.title}".strip()


def test_numbers_that_run_on_follow_the_order_and_others_are_typed() -> None:
    drafts = of_pasted(read_items("1 A\n2 B\n2.1 C\n3 D\n5 E\n6 F").items)
    assert [draft.is_number_typed for draft in drafts.values()] == [False, False, True, False, True, False]
    goes_on = of_pasted(read_items("5 E\n6 F").items, last=4)
    assert [draft.is_number_typed for draft in goes_on.values()] == [False, False]


@pytest.mark.parametrize(
    ("typed", "numbered"),
    [
        (["", "", ""], ["1", "2", "3"]),
        (["", "3(a)", "", "4.1", ""], ["1", "3(a)", "4", "4.1", "5"]),
        (["", "A", "", "26/104", ""], ["1", "A", "2", "26/104", "3"]),
    ],
)
def test_numbers_follow_the_order_unless_they_were_typed(typed: list[str], numbered: list[str]) -> None:
    assert list(numbers_in_order([(number, bool(number)) for number in typed])) == numbered


def test_doubles_are_said_however_they_are_written() -> None:
    items = [
        ReadItem(typed="", number=number, title=title) for number, title in (("3(a)", "A"), ("3 (A).", "B"), ("4", "C"))
    ]
    drafts = list(of_pasted(items).values())
    assert [str(one) for one in doubles(drafts)] == ["Number 3(a) is used 2 times: “A” and “B”"]
