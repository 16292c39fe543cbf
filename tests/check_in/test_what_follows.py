"""The check-in asks only what follows from the answers so far, and loses nothing that was typed on the way."""

from __future__ import annotations

import re
from typing import Any

import lxml.html
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fromstring

from portal.accounts.models import Person
from portal.check_in.rules import COMING, TRAVEL, questions
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, Cast
from tests.check_in.test_check_in import FIRST, answer_of
from tests.visitor import text_of

ASKED = re.compile(r'<(?:input|select|textarea)[^>]* name="(\w+)"')
ANSWERS = st.sampled_from(["", "same", "different", "yes", "no", *(key for key, _ in (*COMING, *TRAVEL))])


def asked_on(page: Any) -> list[str]:
    """The questions on a page, in order."""
    shown = [name for name in ASKED.findall(page.text) if f'type="hidden" name="{name}"' not in page.text]
    return [name for name in dict.fromkeys(shown) if name in (*FIRST, "coming")]


@pytest.fixture
def path(things: dict[str, Any]) -> str:
    return f"/meetings/{things['coming_id']}/check-in"


def test_first_only_whether_one_comes_is_asked(visit: Any, path: str) -> None:
    assert asked_on(visit("northfirth.rep").get(path)) == ["coming"]


@pytest.mark.parametrize(
    ("answers", "then"),
    [
        ({"coming": "in_person"}, ["coming", "care", "travel", "travel_from", "printed", "help_words"]),
        ({"coming": "online"}, ["coming", "care", "printed", "help_words"]),
    ],
)
def test_then_what_follows_without_a_complaint(visit: Any, path: str, answers: dict[str, str], then: list[str]) -> None:
    page = visit("northfirth.rep").post(path, {**answers, "shown": "coming"})
    assert asked_on(page) == then
    assert "There is a problem" not in text_of(page)


def test_a_page_that_asks_more_says_that_nothing_is_sent_and_takes_the_eye_there(visit: Any, path: str) -> None:
    rep, shown = visit("northfirth.rep"), {"shown": "coming care travel travel_from printed help_words"}
    assert "Nothing has been sent yet" not in text_of(rep.get(path))
    yes = {"coming": "in_person", "care": "different", "travel": "taxi", "printed": "yes", "help_words": ""}
    page = rep.post(path, {**yes, **shown})
    assert (
        "Nothing has been sent yet. There are 2 more questions below. Answer them, then select Send my answer."
        in text_of(page)
    )
    assert fromstring(page.text).xpath("//*[@autofocus]")[0].get("role") == "alert"
    one = text_of(rep.post(path, {**yes, "printed": "no", **shown}))
    assert "There is 1 more question below. Answer it, then select Send my answer." in one


MORE = re.compile(r"There (?:is|are) (\d+) more questions? below")
CAR = {"coming": "in_person", "care": "different", "travel": "car", "printed": "yes", "help_words": ""}


@pytest.mark.parametrize(
    "steps",
    [
        [{"coming": "online"}, {"coming": "in_person"}],
        [{"coming": "in_person"}, {**CAR, "travel": "none"}, {**CAR, "care": "no"}],
        [{"coming": "in_person"}, {"coming": "depute"}, {"coming": "in_person"}],
        [{"coming": "in_person"}, CAR, {**CAR, "coming": "depute"}, {"coming": "in_person"}],
        [{"coming": "in_person"}, {**CAR, "printed": "no"}, {**CAR, "coming": "depute"}, {"coming": "online"}],
    ],
    ids=["online, then in person", "travel after all", "back from a depute", "back with answers", "back online"],
)
def test_as_many_questions_are_announced_as_wait_for_an_answer(visit: Any, path: str, steps: list[Any]) -> None:
    """Not those whose answers were given on an earlier page, and lay unseen in between."""
    rep, before, hidden = visit("northfirth.rep"), ["coming"], {"shown": "coming"}
    for step in steps:
        page = rep.post(path, {**hidden, **step})
        now = asked_on(page)
        said = [int(one) for one in MORE.findall(text_of(page))]
        came = len(set(now) - set(before) - set(step) - set(hidden))
        assert said == ([came] if came else []), (step, now)
        hidden, before = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)), now
        found = re.search(r'name="shown"[^>]*value="([^"]*)"', page.text)
        hidden["shown"] = found[1] if found else ""


def test_what_was_left_out_is_not_hidden_behind_the_questions_that_came(visit: Any, path: str) -> None:
    sent = {"coming": "online", "printed": "yes", "help_words": "", "shown": "coming care printed help_words"}
    page = text_of(visit("northfirth.rep").post(path, sent))
    assert "There is 1 more question below. Answer it and correct what is marked, then select Send my answer." in page
    assert "Select whether you need replacement care" in page


def test_how_and_from_where_are_one_step(app: Flask, cast: Cast, visit: Any, path: str) -> None:
    """Coming in person implies both, so that whoever needs no care and no post has answered on the second page."""
    rep = visit("northfirth.rep")
    asked = asked_on(rep.post(path, {"coming": "in_person", "shown": "coming"}))
    assert {"travel", "travel_from"} <= set(asked)
    rest = {"care": "no", "travel": "bus", "travel_from": "home", "printed": "no", "help_words": ""}
    assert rep.post(path, {"coming": "in_person", **rest, "shown": " ".join(asked)}).status_code == 302
    assert answer_of(app, cast, "coming_id").travel == "bus"


def test_details_follow_a_yes_alone(app: Flask, cast: Cast, visit: Any, path: str) -> None:
    rep, shown = visit("northfirth.rep"), {"shown": "coming care travel printed help_words"}
    yes = {"coming": "in_person", "care": "different", "travel": "car", "printed": "yes", "help_words": "a loop"}
    page = rep.post(path, {**yes, **shown})
    assert {"care_words", "travel_from", "address"} <= set(asked_on(page))
    assert "There is a problem" not in text_of(page)
    no = {"coming": "in_person", "care": "no", "travel": "none", "printed": "no", "help_words": ""}
    assert rep.post(path, {**no, **shown}).status_code == 302
    assert answer_of(app, cast, "coming_id").coming == "in_person"


def test_a_choice_left_out_is_asked_for(visit: Any, path: str) -> None:
    sent = {"coming": "online", "printed": "no", "help_words": "", "shown": "coming care printed help_words"}
    assert "Select whether you need replacement care" in text_of(visit("northfirth.rep").post(path, sent))


def test_what_was_typed_comes_back_when_it_follows_again(visit: Any, path: str) -> None:
    rep = visit("northfirth.rep")
    page = rep.post(path, {**FIRST, "coming": "depute"})
    assert asked_on(page) == ["coming"]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text))
    assert hidden["care_words"] == FIRST["care_words"]
    assert rep.post(path, {**hidden, "coming": "in_person"}).status_code == 302
    assert FIRST["care_words"] in rep.get(path).text


@given(ANSWERS, ANSWERS, ANSWERS, ANSWERS)
def test_no_detail_is_asked_without_its_question(coming: str, care: str, travel: str, printed: str) -> None:
    asked = questions(coming, care, travel, printed)
    assert len(asked) == len(set(asked))
    for detail, question in (("care_words", "care"), ("travel_from", "travel"), ("address", "printed")):
        assert {detail, question} & set(asked) != {detail}
    if coming not in ("in_person", "online"):
        assert asked == ("coming",)
    if travel in ("none", "same"):
        assert "travel_from" not in asked
    if care != "different":
        assert "care_words" not in asked
    if printed != "yes":
        assert "address" not in asked


def chosen_on(page: Any) -> list[tuple[str, str]]:
    """What is chosen on a page beside whether one comes: of radios what is checked, of lists what is selected."""
    found = lxml.html.fromstring(page.text)
    boxes = [(box.get("name"), box.get("value")) for box in found.xpath("//input[@type='radio'][@checked]")]
    option = "string((option[@selected]|option[1])[last()]/@value)"
    lists = [(one.get("name"), one.xpath(option)) for one in found.xpath("//main//select")]
    return [(name, value) for name, value in [*boxes, *lists] if name != "coming" and value]


@pytest.mark.parametrize("coming", ["in_person", "online"])
def test_nothing_is_answered_that_somebody_has_never_said(visit: Any, path: str, coming: str) -> None:
    rep = visit("northfirth.rep")
    assert chosen_on(rep.post(path, {"coming": coming, "shown": "coming"})) == []
    left_out = {"coming": coming, "care": "no", "travel": "", "help_words": "", "shown": "coming care travel printed"}
    page = text_of(rep.post(path, left_out))
    assert "Select whether you would like the papers by post" in page
    assert ("Select how you will get there" in page) == (coming == "in_person")


def test_apologies_say_nothing_of_care_travel_or_post(visit: Any, path: str, things: dict[str, Any]) -> None:
    """Neither at the same meeting, when somebody comes after all, nor as last time at another."""
    rep = visit("northfirth.rep")
    rep.post(f"/meetings/{things['meeting_id']}/cannot")
    for meeting in (things["meeting_id"], things["coming_id"]):
        page = rep.post(f"/meetings/{meeting}/check-in", {"coming": "in_person", "shown": "coming"})
        assert chosen_on(page) == [], meeting


def test_as_last_time_is_offered_only_of_what_was_said(
    app: Flask, cast: Cast, visit: Any, path: str, things: dict[str, Any]
) -> None:
    rep = visit("northfirth.rep")
    online = {"coming": "online", "care": "no", "printed": "no", "help_words": ""}
    rep.post(path, {**online, "shown": "coming care printed help_words"})
    page = rep.post(f"/meetings/{things['meeting_id']}/check-in", {"coming": "in_person", "shown": "coming"})
    assert sorted(chosen_on(page)) == [("care", "no"), ("printed", "no")], "travel was never said"


def test_who_sees_which_answer_is_said_alike_before_and_after(
    app: Flask, cast: Cast, visit: Any, things: dict[str, Any]
) -> None:
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}"
    form = text_of(rep.post(f"{path}/check-in", {"coming": "in_person", "shown": "coming"}))
    assert form.count("Only your board’s engagement officers can see this") == 2, "how they travel, and what helps"
    rep.post(f"{path}/check-in", FIRST)
    said = text_of(rep.get("/"))
    assert "CANARYNORTH Clerk (clerk) can see whether you’re coming, when you need care, and where to post" in said
    assert "Only CANARYNORTH Officer can see how you’ll travel and what would help." in said
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["clerk"]).joined_at = None
    assert "CANARYNORTH Clerk" not in text_of(rep.get("/")), "whoever has not joined sees nothing"
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["clerk"]).joined_at = NOW
    for who, sees in (("clerk", False), ("officer", True)):
        page = visit(f"northfirth.{who}").get(f"{path}/coming").text
        assert "1 ADDRESS Street" in page
        assert ("HELPWORDS" in page, "TRAVELHOME" in page) == (sees, sees)
