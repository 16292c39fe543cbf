"""'I’m coming' arrives with that answer chosen; what can be undone for minutes is under today and said once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import lxml.html
import pytest
from flask import Flask

from portal.check_in.own_todo import UNDO, Undoable
from portal.core.by_when import TODAY, by_when
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from tests.cast import NOW
from tests.cast import TODAY as DAY
from tests.visitor import text_of

pytestmark = pytest.mark.usefixtures("rep_goes")


def chosen(page: Any) -> list[str]:
    return [one.get("value") for one in lxml.html.fromstring(page.text).xpath("//input[@name='coming'][@checked]")]


def button(page: Any) -> str:
    [found] = lxml.html.fromstring(page.text).xpath("//a[contains(normalize-space(.), 'I’m coming')]/@href")
    return str(found)


@pytest.mark.parametrize(
    ("place", "link", "answer"), [("Town Hall", "", "in_person"), ("", "https://x.test", "online")]
)
def test_the_button_that_one_comes_arrives_with_it_chosen(
    app: Flask, visit: Any, things: dict[str, Any], place: str, link: str, answer: str
) -> None:
    with app.app_context(), unit_of_work():
        meeting = meeting_by_id(things["meeting_id"])
        meeting.place, meeting.link = place, link
    rep = visit("northfirth.rep")
    page = rep.get(button(rep.get("/")))
    assert chosen(page) == [answer]
    assert "Do you need replacement care" in text_of(page), "what follows is asked right away"
    assert chosen(rep.get(f"/meetings/{things['meeting_id']}/check-in")) == [], "and nothing was kept"


def test_an_answer_that_was_given_is_not_chosen_anew(visit: Any, things: dict[str, Any]) -> None:
    rep = visit("northfirth.rep")
    path = f"/meetings/{things['meeting_id']}/check-in"
    rep.post(path, {"coming": "no", "shown": "coming"})
    assert chosen(rep.get(f"{path}?coming=yes")) == ["no"]


def test_what_lasts_ten_minutes_is_under_today() -> None:
    one = Undoable(UUID(int=1), UUID(int=2), "Main Group", NOW, NOW)
    assert UNDO.first_page
    lines = list(UNDO.first_page.lines([one], DAY))
    assert by_when(lines, DAY) == {TODAY: lines}


def test_a_page_says_once_what_can_be_undone(visit: Any, things: dict[str, Any]) -> None:
    rep = visit("northfirth.rep")
    for path in ("/", f"/meetings/{things['meeting_id']}/check-in"):
        page = text_of(rep.get(path))
        said = page.count("You can undo both for ten minutes"), page.count("you can undo it for ten minutes")
        assert sorted(said) == [0, 1], path
