"""A published paper is made an appendix, or one a paper, as its other details are changed; its item is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from portal.papers.preparing.rules import APPENDIX, PAPER
from tests.cast import NOW
from tests.meetings.test_old_tabs import fields_of
from tests.papers.withdrawing import Outside, loaded
from tests.visitor import text_of

HOW = "To move it to another item, withdraw it, then upload it again and match it to the right one."


def test_it_is_changed_with_the_details_and_said(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    clerk, path = visit("northfirth.clerk"), f"/papers/{things['paper_id']}/details"
    typed = {**fields_of(clerk, path), "kind": APPENDIX}
    assert clerk.post(path, typed).status_code == 302
    assert loaded(things["paper_id"]).kind == APPENDIX
    shown = text_of(visit("northfirth.rep").get(f"/papers/{things['paper_id']}"))
    assert "Changed on 3 March 2026. What it is was “Paper”." in shown
    trail = text_of(visit("northfirth.admin").get("/boards/northfirth/audit?event=PaperDetailsChanged"))
    assert "what it is: was Paper, now Appendix" in trail
    assert clerk.post(path, {**fields_of(clerk, path), "kind": PAPER}).status_code == 302
    assert loaded(things["paper_id"]).kind == PAPER


def test_once_the_meeting_has_begun_it_stays(here: Outside, visit: Any, things: dict[str, Any], at: Any) -> None:
    at(NOW + timedelta(days=11))
    clerk, path = visit("northfirth.clerk"), f"/papers/{things['paper_id']}/details"
    typed = fields_of(clerk, path)
    assert "kind" not in typed
    assert clerk.post(path, {**typed, "kind": APPENDIX}).status_code == 302
    assert loaded(things["paper_id"]).kind == PAPER


def test_what_to_do_about_its_item_is_said(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    page = visit("northfirth.clerk").get(f"/papers/{things['paper_id']}/details")
    assert f"It is published under item 1. {HOW}" in text_of(page)
    assert f"/papers/{things['paper_id']}/withdraw" in page.text


def test_what_is_no_kind_of_paper_is_not_taken(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    clerk, path = visit("northfirth.clerk"), f"/papers/{things['paper_id']}/details"
    clerk.post(path, {**fields_of(clerk, path), "kind": "minutes"})
    assert loaded(things["paper_id"]).kind == PAPER
