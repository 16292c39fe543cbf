"""Putting back what was withdrawn by mistake: asked first, and never beside the paper in its place."""

from __future__ import annotations

from typing import Any

from lxml.html import fromstring
from sqlalchemy import select

from portal.papers.models import Paper
from portal.papers.withdrawing.rules import ERROR
from tests.cast import Cast
from tests.papers.test_in_place_of import publish, uploaded_instead
from tests.papers.withdrawing import Outside, every, loaded, told, version_of_meeting, withdraw
from tests.visitor import text_of

NOT_WHILE = "It cannot be put back while the replacement paper is published"


def test_the_page_asks_and_names_exactly_those_who_are_emailed(
    here: Outside, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    gone, clerk = withdraw(things, ERROR), visit("northfirth.clerk")
    page = text_of(clerk.get(f"/withdrawals/{gone}/put-back"))
    assert "under item" in page
    assert loaded(things["paper_id"]).withdrawn_at is not None
    version = str(version_of_meeting(things))
    clerk.post(f"/withdrawals/{gone}/put-back", {"version": version})
    assert loaded(things["paper_id"]).withdrawn_at is None
    emailed = told("paper-put-back")
    assert f"{len(emailed)} people will be emailed" in page
    assert cast.northfirth.people["clerk"] not in emailed


def test_nothing_is_put_back_beside_a_corrected_paper(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    gone = withdraw(things, ERROR)
    new = uploaded_instead(here, things, things["paper_id"])
    clerk, address = visit("northfirth.clerk"), f"/withdrawals/{gone}/put-back"
    assert "A replacement paper is uploaded in its place" in text_of(clerk.get(address))
    publish(here, things, at)
    assert NOT_WHILE in text_of(clerk.get(f"/papers/{things['paper_id']}"))
    assert NOT_WHILE in text_of(clerk.get(address, follow_redirects=True))
    refused = clerk.post(address, {"version": str(version_of_meeting(things))}, follow_redirects=True)
    assert "Withdraw the replacement first" in text_of(refused)
    assert loaded(things["paper_id"]).withdrawn_at is not None
    withdraw({**things, "new": new}, ERROR, paper="new")
    assert NOT_WHILE not in text_of(clerk.get(f"/papers/{things['paper_id']}"))
    clerk.post(address, {"version": str(version_of_meeting(things))})
    assert loaded(things["paper_id"]).withdrawn_at is None


def test_a_paper_in_place_of_one_in_its_place_counts_alike(
    here: Outside, visit: Any, things: dict[str, Any], at: Any
) -> None:
    withdraw(things, ERROR)
    second = uploaded_instead(here, things, things["paper_id"])
    publish(here, things, at)
    withdraw({**things, "second": second}, ERROR, paper="second")
    third = uploaded_instead(here, things, second)
    publish(here, things, at)
    page = visit("northfirth.clerk").get(f"/papers/{things['paper_id']}")
    assert NOT_WHILE in text_of(page)
    assert f"/papers/{third}" in page.text
    assert every(select(Paper).where(Paper.id == third).order_by(Paper.id))[0].withdrawn_at is None


def test_a_clerk_finds_how_to_withdraw_where_the_papers_are(visit: Any, things: dict[str, Any]) -> None:
    path = f"/meetings/{things['meeting_id']}"
    page = fromstring(visit("northfirth.clerk").get(path).text)
    links = page.xpath("//ul[@class='portal-papers']//a[starts-with(normalize-space(), 'Withdraw a paper')]")
    assert links
    assert all(one.get("href").endswith("/withdraw") for one in links)
    assert "Withdraw a paper" not in visit("northfirth.rep").get(path).text
