"""A note that is typed before "Mark as read" is pressed is saved with it."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from tests.security.sent_as_shown import forms_of
from tests.visitor import text_of


@pytest.fixture
def paper(things: dict[str, Any], rolled_back: Any) -> str:
    return f"/papers/{things['paper_id']}"


def was(page: Any) -> str:
    return str(page.text.split('name="was"')[1].split('value="')[1].split('"')[0])


def test_marking_as_read_saves_the_note_beside_it(visit: Any, paper: str) -> None:
    rep = visit("northfirth.rep")
    page = rep.get(paper)
    form = page.text.split(f'action="{paper}/note"')[1].split("</form>")[0]
    assert f'formaction="{paper}/read"' in form, "one form, so that the words come with either button"
    said = rep.post(
        f"{paper}/read", {"read": "1", "text": "Ask about the sums", "was": was(page)}, follow_redirects=True
    )
    assert "Marked as read, and your note is saved." in text_of(said)
    assert "Ask about the sums" in rep.get(paper).text


def test_a_page_left_open_does_not_take_a_newer_note_away(visit: Any, paper: str) -> None:
    rep = visit("northfirth.rep")
    rep.post(f"{paper}/note", {"text": "Old"})
    page = rep.get(paper)
    rep.post(f"{paper}/note", {"text": "Newer"})
    rep.post(f"{paper}/read", {"read": "1", "text": "Old", "was": was(page)})
    assert "Newer" in rep.get(paper).text
    rep.post(f"{paper}/read", {"read": "no", "text": "", "was": was(page)})
    assert "Newer" in rep.get(paper).text


def test_a_note_that_is_too_long_comes_back(visit: Any, paper: str) -> None:
    page = visit("northfirth.rep").post(f"{paper}/read", {"read": "1", "text": "x" * 10_001})
    assert "Your note must be 10,000 characters or fewer" in text_of(page)
    assert "x" * 10_001 in page.text


@pytest.mark.parametrize("button", ["note", "read"])
def test_a_page_left_open_saves_nothing_over_a_newer_note_before_it_was_seen(
    visit: Any, paper: str, button: str
) -> None:
    rep = visit("northfirth.rep")
    rep.post(f"{paper}/note", {"text": "Old"})
    old = next(form for form in forms_of(paper, rep) if "text" in form.typed)
    rep.post(f"{paper}/note", {"text": "Newer"})
    typed = MultiDict([(name, "Other words" if name == "text" else value) for name, value in old.fields])
    late = rep.client.post(f"{paper}/{button}", data=typed | {"read": "1"} if button == "read" else typed)
    assert "What is saved now: Your note: Newer" in text_of(late)
    assert "Other words" in late.text
    assert "Newer" in rep.get(paper).text
