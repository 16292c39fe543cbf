"""What a reader of board papers would stumble over: pages nearly empty, impossible days, names that are missing."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest

from portal.demonstration import documents
from portal.demonstration.documents import Head, blocks
from portal.demonstration.documents.blocks import Table, Words
from portal.demonstration.documents.reading import read
from portal.demonstration.documents.scaling import earlier
from tests.demonstration.on_paper import CHART, context, drawn, pages_of

pytestmark = pytest.mark.same_anywhere


def test_what_follows_a_page_break_goes_on_below_where_the_page_is_nearly_empty() -> None:
    short, long = "A line.", "Words and more words. " * 150
    assert len(pages_of(drawn(Head("Short", look="minutes"), f"{short}\n\n***\n\n{short}", context()))) == 1
    assert len(pages_of(drawn(Head("Long", look="minutes"), f"{long}\n\n***\n\n{short}", context()))) == 2


@pytest.mark.parametrize("lines", range(22, 30))
def test_whom_to_ask_is_never_alone_on_a_page(lines: int) -> None:
    body = "## One\n\n" + "\n".join(f"- point {n}" for n in range(lines)) + "\n\n## Two\n\nThe last words."
    last = pages_of(drawn(Head("Short", "Clerk", appendices=["Appendix 1: More"]), body, context()))[-1]
    assert "Report author" in last
    assert "Appendix 1: More" in last
    assert "The last words." in pages_of(drawn(Head("Short", "Clerk"), body, context()))[-1]


def test_who_said_it_is_below_what_was_said() -> None:
    [box] = blocks.blocks_of("> It was cold.\n> *A carer*")
    assert isinstance(box, blocks.Boxed)
    [words] = box.blocks
    assert isinstance(words, Words)
    assert [run.is_break for run in words.runs] == [False, True, False]


def test_what_is_to_be_filled_in_has_room() -> None:
    from portal.demonstration.documents.drawing import faces, grids  # reportlab is heavy

    faces.ready()
    long = "The proxy has read the code of conduct and has no interest to declare, or declares"
    [table] = blocks.blocks_of(f"| Item | By the member |\n|---|---|\n| {long} | |")
    assert isinstance(table, Table)
    made = grids.grid(table, None, 0, False, faces.CELL)
    made.wrap(460, 1000)
    assert made.widths[1] > 150


def test_values_over_bars_are_left_out_where_they_would_touch() -> None:
    chart = CHART.replace("stacked", "bar")
    crowded = chart.replace("31, 28", "21267, 18672").replace("20, 22", "20508, 17903")
    crowded = crowded.replace('"Apr", "May"', ", ".join(f'"M{n}"' for n in range(7)))
    crowded = crowded.replace("21267, 18672", "21267" + ", 18672" * 6).replace("20508, 17903", "20508" + ", 17903" * 6)
    assert "31" in pages_of(drawn(Head("Chart", look="minutes"), chart, context()))[0]
    assert "21,267" not in pages_of(drawn(Head("Chart", look="minutes"), crowded, context()))[0]


def test_days_around_a_meeting_are_working_days() -> None:
    day = context(day=date(2026, 12, 2)).words["day"]
    assert callable(day)
    assert [day(n) for n in (0, 3, 4, 5)] == [
        "2 December 2026",
        "4 December 2026",
        "4 December 2026",
        "7 December 2026",
    ]
    assert day(23) == "24 December 2026", "Christmas Day is none"


@pytest.mark.parametrize(
    ("day", "act", "vote"),
    [
        (date(2025, 2, 12), "Bill", ""),
        (date(2025, 9, 10), "Act", ""),
        (date(2026, 6, 3), "Act", "will"),
        (date(2026, 9, 2), "Act", "do"),
    ],
)
def test_a_document_knows_the_law_of_its_day(day: date, act: str, vote: str) -> None:
    at = context("general", day)
    assert act in str(at.words["care_reform"])
    assert at.words["vote"] == vote
    for key in ("standing-orders-review", "engagement-plan", "external-audit-plan", "short-breaks-statement"):
        head, body = read(key, at)
        said = " ".join([body, *head.recommendations])
        assert ("1 September 2026" in said) <= bool(vote)
        assert ("SSI 2025/405" in said) <= bool(vote)
        assert ("Care Reform (Scotland) Act" in said) <= (act == "Act")


@pytest.mark.parametrize("day", [date(2024, 5, 15), date(2025, 11, 15), date(2026, 1, 28), date(2027, 5, 5)])
def test_the_last_eight_quarters_do_not_go_round(day: date) -> None:
    """Those who wait for care at home grow in number; before the first quarter that is known they were fewer."""
    _, body = read("strategic-plan", context("northfirth", day))
    [waiting] = re.findall(r'"Waiting for a service" = \[([\d, ]+)\]', body)
    values = [int(one) for one in waiting.split(", ")]
    assert len(values) == 8
    assert max(abs(b - a) for a, b in itertools.pairwise(values)) < 20


def test_what_was_before_the_lists_grew_more_slowly() -> None:
    values = [10, 20, 16, 26, 22, 32]  # of three years with two parts
    assert earlier(values) == [5, 14, 6, 16, 8, 18]
    assert earlier([4.0, 5.2, 5.5]) == [2.8, 3.2, 3.6]


@pytest.mark.parametrize("key", ["minutes-board", "minutes-spg", "minutes-audit", "minutes-plain"])
def test_a_minute_names_every_carer_who_was_there(key: str) -> None:
    names, group = ("Morag Sinclair", "Imran Sheikh"), key.removeprefix("minutes-").replace("plain", "board")
    _, body = read(key, context(group=group, carers=names))
    assert all(f"| {name} |" in body for name in names)


def test_a_committee_has_the_name_that_its_board_gave_it() -> None:
    at = context("general", group="audit", audit="Audit and Risk Committee")
    head, body = read("external-audit-plan", at)
    pages = " ".join(pages_of(drawn(head, body, at))[0].split())
    assert "Audit and Risk Committee Meeting of" in pages
    assert "It is recommended that the Audit and Risk Committee" in pages
    assert "Audit Committee" not in body
    assert documents.names("external-audit-plan", "audit")
    assert not documents.names("carers-week-note", "audit")
