"""A page of a check-in that lay open while its rep sent apologies: nothing typed on it is lost, nothing is untrue."""

from __future__ import annotations

import re
from typing import Any

import pytest

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
    assert "You answered “No” at 10am." in text_of(page)
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
