"""Papers of one title: each link and box says which it is of, also to whoever hears the page.

Each page that is opened is held to it (tests/page_rules.py), so most of what is done here is to have two alike.
"""

from __future__ import annotations

from typing import Any

import lxml.html
from flask import Flask

from portal.infra.unit_of_work import unit_of_work
from portal.papers.destination import of_item
from portal.papers.preparing import queries as preparing_queries
from portal.papers.withdrawing.rules import ERROR
from tests.made_papers import made_paper
from tests.page_rules import name_of
from tests.papers.test_in_place_of import publish, uploaded_instead
from tests.papers.test_pages import send
from tests.papers.test_sorting_table import as_if_checked, table
from tests.papers.withdrawing import Outside, upload, withdraw
from tests.visitor import text_of


def links(page: Any, start: str) -> list[str]:
    named = [name_of(one) for one in lxml.html.fromstring(page.text).xpath("//main//a")]
    return [one for one in named if one.startswith(start)]


def test_a_paper_and_what_was_in_its_place_are_both_withdrawn(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    withdraw(things, ERROR)
    new = uploaded_instead(here, things, things["paper_id"])
    publish(here, things, at)
    withdraw({**things, "gone": new}, ERROR, paper="gone")
    page = visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}")
    which = [f"Budget, item 1, number {n} of 2 with this title" for n in (1, 2)]
    assert links(page, "Upload the replacement paper") == [f"Upload the replacement paper: {one}" for one in which]


def test_the_withdrawn_paper_its_replacement_and_papers_of_one_title_at_two_items(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    upload(things, of_item(things["secret_item_id"]), "Budget")
    page = visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}")
    assert {f"Withdraw a paper: Budget, item {n}" for n in (1, 3)} <= {*links(page, "Withdraw a paper: Budget")}
    assert "Mark as read Budget, item 1" in text_of(visit("northfirth.rep").get(f"/meetings/{things['meeting_id']}"))
    withdraw(things, ERROR)
    uploaded_instead(here, things, things["paper_id"])
    publish(here, things, at)
    page = visit("northfirth.clerk").get(f"/meetings/{things['meeting_id']}")
    assert "Budget, withdrawn, item 1" in links(page, "Budget")
    assert "Read the replacement paper: Budget, item 1" in links(page, "Read")


def test_files_of_one_name_that_are_matched(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["coming_id"]
    send(clerk, meeting_id, *(("1 Budget.pdf", made_paper(words, 1)) for words in "ab"))
    as_if_checked(app, meeting_id)
    with app.app_context(), unit_of_work():
        for one in preparing_queries.unpublished(meeting_id):
            one.pages, one.made_from = 40, "word"
    page = table(clerk, meeting_id)
    labels = [one.text_content() for one in page.xpath("//td//label")]
    assert len(labels) == len(set(labels)) > 4
    clerk.get(f"/meetings/{meeting_id}/publish")


def test_removing_what_is_already_here_says_what_that_is(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting_id, same = visit("northfirth.clerk"), things["coming_id"], made_paper("Budget", 1)
    send(clerk, meeting_id, ("A.pdf", same), ("B.pdf", same))
    as_if_checked(app, meeting_id)
    [button] = table(clerk, meeting_id).xpath("//button[@value='doubles']")
    assert " ".join(button.text_content().split()) == "Remove the copy of a file that is already here: B.pdf"
    send(clerk, meeting_id, ("C.pdf", same))
    as_if_checked(app, meeting_id)
    [button] = table(clerk, meeting_id).xpath("//button[@value='doubles']")
    assert name_of(button) == "Remove the 2 copies of files that are already here: B.pdf, C.pdf"
