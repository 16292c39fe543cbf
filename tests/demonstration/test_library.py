"""Documents are made once, and kept with what the portal finds inside; without days they serve every meeting."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from portal.demonstration import documents, library
from portal.demonstration.documents import contexts
from portal.demonstration.documents.reading import read
from portal.demonstration.history import plans
from portal.demonstration.library import Order, Shelf, making
from portal.demonstration.library.orders import order
from portal.demonstration.world.profiles import profile
from portal.demonstration.world.towns import Town
from portal.papers.preparing import checking
from tests.papers.in_this_process import looked_into_here

TODAY, LATELY, LONG_AGO = date(2026, 11, 27), date(2026, 9, 16), date(2025, 2, 12)
SHORT = "carers-week-note"
A_DAY = re.compile(r"(Mon|Tues|Wednes|Thurs|Fri)day \d+ [A-Z][a-z]+ \d{4}")


def words_of(pdf: bytes) -> str:
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_only_lately_and_with_a_place_of_its_own_a_board_has_documents_of_its_own() -> None:
    assert order(SHORT, "northfirth", LATELY, TODAY, None, None) == Order(SHORT, "northfirth", LATELY)
    same = {order(SHORT, board, day, TODAY, None, None) for board, day in (
        ("northfirth", LONG_AGO), ("hallasay", LONG_AGO), ("dunreith", date(2025, 3, 27)))}  # fmt: skip
    assert same == {Order(SHORT, "general", date(2025, 2, 15), is_dated=False)}
    minutes = {order("minutes-spg", "hallasay", date(2025, month, 20), TODAY, None, None).day for month in (1, 2, 3)}
    assert len(minutes) == 3  # they say in which month it was


class Unsaid:
    """A day that is not known: a text may ask whether it is there, and not write it."""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        raise AssertionError


@pytest.mark.parametrize("key", documents.keys())
def test_without_days_no_document_says_a_day_of_a_meeting(key: str) -> None:
    at = contexts.undated("general", date(2026, 2, 15))
    unsaid = dict.fromkeys(("meeting_day", "previous_day", "next_day"), Unsaid())
    head, body = read(key, replace(at, words={**at.words, **unsaid}))
    assert not A_DAY.search(" ".join([head.title, body, *head.recommendations]))


def test_what_comes_before_and_after_is_so_of_each_meeting_of_the_quarter() -> None:
    words = contexts.undated("general", date(2026, 2, 15)).words
    day, month = words["day"], words["month"]
    assert callable(day)
    assert callable(month)
    assert (day(-7), day(14)) == ("31 December 2025", "8 April 2026")
    assert (month(-1), month(0), month(2)) == ("December 2025", "February 2026", "May 2026")


@pytest.mark.parametrize("key", documents.keys())
def test_the_head_alone_is_that_of_the_whole(key: str) -> None:
    at = contexts.of("northfirth", LATELY)
    assert documents.head(key, at) == read(key, at)[0]


def test_a_document_is_kept_with_what_the_portal_would_find(tmp_path: Path) -> None:
    wanted = Order(SHORT, "northfirth", LATELY).with_(item="7")
    sha256 = making.make(wanted, str(tmp_path))
    made = making.made(tmp_path, sha256)
    answer, clean = looked_into_here("", made.content)
    assert made.found == checking.Found(**{**answer, **{k: tuple(v) for k, v in answer.items() if isinstance(v, list)}})
    assert clean == b""
    assert made.found.pages == len(made.found.texts) > 1
    assert made.head.title == documents.head(SHORT, wanted.context).title
    assert sha256 == making.make(wanted, str(tmp_path))


def test_the_minute_of_an_agenda_has_its_items_and_who_was_there(tmp_path: Path) -> None:
    items = (("1", "Welcome", "", "opening", 1), ("2", "Homes", "Head of Homes", "decision", 2))
    more = {"group": "spg", "items": items, "carers": ("Grace Adeyemi",)}
    wanted = Order("minutes-plain", "northfirth", LATELY).with_(**more)
    said = words_of(making.made(tmp_path, making.make(wanted, str(tmp_path))).content)
    for words in (
        "Strategic Planning Group",
        "1. Welcome",
        "2. Homes",
        "Grace Adeyemi Representative of unpaid carers",
    ):
        assert words in said
    assert "Morag Sinclair" not in said
    assert "Draft, subject to approval" in said


def test_a_document_has_the_name_that_the_board_has_for_its_group() -> None:
    board: Any = None
    found = {
        key: plans.plans(Town(profile(key), board, {}, {}, {}, (), (), TODAY)) for key in ("northfirth", "strathvarn")
    }
    more = {
        key: [(order.key, dict(order.more)) for plan in every for order in plan.orders] for key, every in found.items()
    }
    assert {one.get("audit") for _, one in more["northfirth"]} == {None}
    of_audit = [one for _, one in more["strathvarn"] if one.get("group") == "audit"]
    assert {one["audit"] for one in of_audit} == {"Audit and Risk Committee"}
    assert all(
        ("audit" in one) == documents.names(key, "audit") for key, one in more["strathvarn"] if one not in of_audit
    )
    assert {one["called"] for _, one in more["northfirth"] if "called" in one} == {"Harbour Locality Planning Group"}


@pytest.mark.slow
def test_two_processes_make_what_is_wanted_and_nothing_is_made_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [Order("lease-scan", "general", LATELY, is_dated=False), Order(SHORT, "southmoor", LATELY)]
    with Shelf(tmp_path) as shelf:
        shelf.want(wanted)
        first = [shelf.get(one).path for one in wanted]
    monkeypatch.setattr(making, "make", None)
    with Shelf(tmp_path) as later:
        later.want(wanted)
        assert [later.get(one).path for one in wanted] == first
        assert later.pool is None
    assert library.shelf(tmp_path) is library.shelf(tmp_path)
    library.close()
