"""The papers of one's own meetings on one page: what is to be read first, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import update

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.papers.models import Paper
from portal.papers.own.rules import NOTES, UNREAD, by_meeting, chosen
from tests.cast import TODAY, Cast, anywhere
from tests.papers.withdrawing import Outside
from tests.visitor import text_of


def paper(meeting: int, day: date = TODAY, is_read: bool = False, has_note: bool = False) -> Any:
    return SimpleNamespace(meeting_id=UUID(int=meeting), meets_on=day, is_read=is_read, has_note=has_note)


def test_unread_are_those_of_meetings_to_come() -> None:
    past, read, unread = paper(1, TODAY - timedelta(days=1)), paper(2, is_read=True), paper(2)
    assert chosen([past, read, unread], UNREAD, TODAY) == [unread]


def test_with_a_note_are_those_of_any_day() -> None:
    past = paper(1, TODAY - timedelta(days=300), is_read=True, has_note=True)
    assert chosen([past, paper(2)], NOTES, TODAY) == [past]


def test_papers_of_a_meeting_stand_together_and_what_is_to_be_read_comes_first() -> None:
    read, other, unread = paper(1, is_read=True), paper(2), paper(1)
    assert by_meeting([read, other, unread]) == [[unread, read], [other]]


@pytest.mark.usefixtures("rep_goes", "rolled_back")
def test_a_rep_sees_what_to_read_and_what_was_read(app: Flask, visit: Any, cast: Cast) -> None:
    rep, path = visit("northfirth.rep"), f"/papers/{cast.northfirth.things['paper_id']}"
    page = rep.get("/papers")
    assert path in lxml.html.fromstring(page.text).xpath("//main//a/@href")
    before = text_of(page).count("Unread")
    rep.post(f"{path}/read", {"read": "1"})
    assert text_of(rep.get("/papers")).count("Unread") < before
    assert path not in rep.get("/papers?show=unread").text
    assert "CANARYSOUTH" not in rep.get("/papers").text


def test_a_choice_that_is_none_shows_everything(visit: Any) -> None:
    rep = visit("northfirth.rep")
    assert text_of(rep.get("/papers?show=everything")) == text_of(rep.get("/papers"))


def test_whoever_reads_no_papers_has_no_such_page(visit: Any) -> None:
    assert visit("northfirth.approver").get("/papers").status_code == 403


def test_what_a_paper_says_of_carers_is_beside_it_as_on_the_page_of_its_meeting(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    with here(), unit_of_work():
        row = update(Paper).where(Paper.id == things["paper_id"]).values(carer_impact="substantial")
        db.session.execute(anywhere(row))
    rep, said = visit("northfirth.rep"), "Impact on carers: substantial"
    assert [text_of(rep.get(path)).count(said) for path in ("/papers", f"/meetings/{things['meeting_id']}")] == [1, 1]
