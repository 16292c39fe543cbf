"""An agenda as a file that has other items than the agenda here: what is sure is said before it is published."""

from __future__ import annotations

import io
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from portal.papers.matching.agenda_in_file import LONGEST, differences
from portal.papers.matching.kinds import Item
from tests.papers.test_pages import check_files, send
from tests.papers.test_sorting_table import as_shown, table, with_four_items
from tests.visitor import text_of

HEAD = "NORTHFIRTH INTEGRATION JOINT BOARD\nFriday 24 April 2026 at 10.00 am\nAGENDA\n"
HERE = ("1 Welcome", "2 Budget monitoring", "3 Carers Strategy", "4 Short breaks")
SAME = "1. Welcome\n2. Budget monitoring\n3. Carers Strategy\n4. Short breaks\n"
FILE_HAS, HERE_HAS = "The agenda file has", "The agenda here has"


def said(text: str, *here: str, restricted: str = "") -> list[str]:
    pairs = [one.split(" ", 1) for one in here or HERE]
    return differences(text, [Item(uuid4(), number, title, number == restricted) for number, title in pairs])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{HEAD}{SAME}5. Risk register\n", [f"{FILE_HAS} 1 item that is not on the agenda here: “5 Risk register”"]),
        (
            f"{HEAD}{SAME}5) Risk register\n6) Workforce\n",
            [f"{FILE_HAS} 2 items that are not on the agenda here: “5 Risk register” and “6 Workforce”"],
        ),
        (
            "1. Welcome\n2. Budget monitoring\n3. Carers Strategy\n",
            [f"{HERE_HAS} 1 item that is not in the agenda file: “4 Short breaks”"],
        ),
        (
            "1. Welcome\n2. Budget monitoring\n3. Workforce\n4. Short breaks\n",
            [
                f"{FILE_HAS} 1 item that is not on the agenda here: “3 Workforce”",
                f"{HERE_HAS} 1 item that is not in the agenda file: “3 Carers Strategy”",
            ],
        ),
        (
            "1. Risks\n2. Workforce\n3. Digital\n4. Estates\n5. Welcome\n6. Budget monitoring\n",  # of another meeting
            ["Only 2 of the 6 items in the agenda file seem to be on the agenda here"],
        ),
        (
            "1. Risks\n2. Workforce\n3. Digital\n",
            ["None of the 3 items in the agenda file seem to be on the agenda here"],
        ),
    ],
)
def test_what_is_sure_is_said(text: str, found: list[str]) -> None:
    assert said(text) == found


@pytest.mark.parametrize(
    "text",
    [
        SAME,
        "",
        "no list of anything",
        SAME.replace("Short breaks", "SHORT BREAKS – report by the Chief Officer (attached)"),
        SAME.replace("Budget monitoring", "Budget update"),  # the same number and a word of it
        SAME.replace("3. Carers Strategy", "3.\nCarers\nStrategy"),
        SAME.replace("Welcome", "Welcome and apologies"),
        SAME.replace("4. Short breaks\n", "Short breaks\n"),  # it is there, though nobody knows as what
        f"{SAME}1. Budget monitoring report\n2. Recommendations\n3. Background\n",  # papers are in it too
        f"{SAME}3. Notes\n5. Risk register\n",
        "1. Welcome\n2. Risk register\n",
        f"{SAME}4(a). Letters from carers\nAppendix 1\n",
        f"{SAME}5. Lunch\n",
        f"{SAME}5. Risk register\n" + "x" * LONGEST,
    ],
)
def test_where_it_is_not_sure_nothing_is_said(text: str) -> None:
    assert said(text) == []


def test_a_restricted_item_may_lack_in_the_file_and_is_not_new_in_it() -> None:
    assert said("1. Welcome\n2. Budget monitoring\n3. Carers Strategy\n", restricted="4") == []
    assert said(SAME, restricted="4") == []


def test_of_many_the_first_are_named() -> None:
    others = ("Risk", "Estates", "Digital", "Audit", "Law", "Fire")
    more = "".join(f"{7 + n}. {word}\n" for n, word in enumerate(others))
    here = (*HERE, "5 Housing", "6 Autism")
    [only] = said(f"{SAME}5. Housing\n6. Autism\n{more}", *here)
    assert only.endswith("“7 Risk”, “8 Estates”, “9 Digital”, “10 Audit”, “11 Law” and 1 more")


def agenda_pdf(*lines: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    page = Canvas(out, invariant=1)
    for place, line in enumerate(lines):
        page.drawString(72, 760 - 24 * place, line)
    page.save()
    return out.getvalue()


@pytest.mark.parametrize(("more", "is_said"), [((), False), (("5. Risk register",), True)])
def test_it_is_said_when_files_are_matched_and_before_they_are_published(
    app: Flask, visit: Any, things: dict[str, Any], more: tuple[str, ...], is_said: bool
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), with_four_items(app, things)
    lines = ("Agenda", *(one.replace(" ", ". ", 1) for one in HERE), *more)
    send(clerk, meeting_id, ("Agenda.pdf", agenda_pdf(*lines)))
    check_files(app)
    words = f"{FILE_HAS} 1 item that is not on the agenda here: “5 Risk register”. See the agenda here"
    assert (words in text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))) is is_said
    clerk.post(f"/meetings/{meeting_id}/papers/sort", as_shown(table(clerk, meeting_id)))
    assert (words in text_of(clerk.get(f"/meetings/{meeting_id}/papers/sort"))) is is_said
    assert (words in text_of(clerk.get(f"/meetings/{meeting_id}/publish"))) is is_said
