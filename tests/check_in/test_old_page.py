"""A page of a check-in that lay open while its rep sent apologies: nothing typed on it is lost, nothing is untrue."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask

from portal.replacement_care.requests.queries import for_meeting
from tests.cast import Cast
from tests.check_in.test_check_in import FIRST
from tests.visitor import Visitor, text_of

ANSWER = {**FIRST, "care": "no", "care_words": ""}
PRINT = "Large print please"


def hidden_of(page: str) -> dict[str, list[str]]:
    """What a page carries unseen, by name."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and name[1] in ("version", "shown"):
            found.setdefault(name[1], []).append(value[1] if value else "")
    return found


def answered(rep: Visitor, path: str) -> None:
    rep.post(f"{path}/check-in", ANSWER)


@pytest.mark.usefixtures("rep_goes")
@pytest.mark.parametrize("had_answered", [True, False])
def test_an_answer_from_an_old_page_is_not_taken_for_the_apologies(
    visit: Any, things: dict[str, Any], had_answered: bool
) -> None:
    """Left as it was on the page, "in person" became the no that was saved meanwhile, and the words went."""
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}"
    if had_answered:
        answered(rep, path)
    old = hidden_of(rep.get(f"{path}/check-in").text)
    rep.post(f"{path}/cannot", follow_redirects=True)
    sent = {**ANSWER, **old, "help_words": PRINT}
    page = rep.post(f"{path}/check-in", sent)
    assert page.status_code == 200
    assert "Nothing has been sent yet." in text_of(page)
    assert "You answered “No” at 10am." in text_of(page)
    assert "now shows what is saved" not in text_of(page), "what was sent stands as it was"
    assert PRINT in page.text
    assert 'value="in_person" checked' in page.text
    again = {**sent, **hidden_of(page.text)}
    assert "You said you’re coming in person" in text_of(rep.post(f"{path}/check-in", again, follow_redirects=True))
    assert PRINT in rep.get(f"{path}/check-in").text


@pytest.mark.usefixtures("rep_goes")
@pytest.mark.parametrize("how", ["cannot", "check-in"])
def test_apologies_sent_twice_do_not_say_that_nobody_is_emailed(visit: Any, things: dict[str, Any], how: str) -> None:
    """Beside it the page said who will be, ten minutes after the first time."""
    rep, path = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}"
    sent = {"coming": "no"} if how == "check-in" else {}
    first = text_of(rep.post(f"{path}/{how}", sent, follow_redirects=True))
    told = "Bo Both, CANARYNORTH Clerk and CANARYNORTH Officer will be emailed at 10:10am today."
    assert first.count(told) == 2
    twice = text_of(rep.post(f"{path}/{how}", sent, follow_redirects=True))
    assert "We have your apologies" in twice
    assert "Nobody is emailed" not in twice
    assert twice.count(told) == 1


@pytest.mark.usefixtures("rep_goes")
def test_words_about_care_that_are_asked_for_after_apologies_are_kept_with_the_request_that_comes_back(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    """It asked what was needed, brought the request back as it had been, and threw away what it had asked for."""
    rep, path, words = visit("northfirth.rep"), f"/meetings/{things['meeting_id']}", "Somebody from 9am to 1pm"
    rep.post(f"{path}/check-in", {**ANSWER, "care": "different", "care_words": "Sitting"})
    rep.post(f"{path}/cannot")
    answer = {**ANSWER, "care": "different", "care_words": words}
    said = text_of(rep.post(f"{path}/check-in", answer, follow_redirects=True))
    assert "not saved what you wrote" not in said
    with app.app_context():
        found = for_meeting(cast.northfirth.people["rep"], things["meeting_id"])
        assert found
        assert (found.note, found.status) == (words, "asked")
