"""Restricted is set where files are matched: of which item, and for what else, is said before anything is saved."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import lxml.html
import pytest
from flask import Flask

from portal.infra.database import db
from portal.meetings.models import AgendaItem
from portal.papers.preparing import queries
from tests.made_papers import made_paper
from tests.papers.test_pages import check_files, send, waiting
from tests.visitor import text_of

ASKS = "Check this before it is saved. This item becomes restricted."
MISSING = "Item 1: tick at least one paragraph that lets it be restricted"


@pytest.fixture
def typed(app: Flask, visit: Any, things: dict[str, Any]) -> Any:
    """Two files for an item that has a published paper, one of them ticked as restricted: where, and what is sent."""
    clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
    send(clerk, meeting_id, ("Figures Sch 7A para 6.pdf", made_paper("A", 1)), ("B.pdf", made_paper("B", 1)))
    check_files(app)
    (one, *_), (other, *_) = waiting(app, meeting_id)
    sent = {f"files-{key}-{name}": words for key in (one, other) for name, words in titles(key, things).items()}
    return clerk, f"/meetings/{meeting_id}/papers/sort", {**sent, f"files-{one}-restricted": "y"}


def titles(key: UUID, things: dict[str, Any]) -> dict[str, str]:
    return {"place": f"item:{things['item_id']}", "title": f"Title {key}"}


def listed(answer: Any) -> list[str]:
    return [one.text_content() for one in lxml.html.fromstring(answer.text).xpath("//form[@id='sort']//li")]


def state(app: Flask, things: dict[str, Any]) -> tuple[bool, list[str], int]:
    """Whether the item is restricted, by which paragraphs, and how many files are matched."""
    with app.app_context():
        item = db.session.get_one(AgendaItem, things["item_id"])
        is_sorted = sum(one.is_sorted for one in queries.unpublished(things["meeting_id"]))
        return item.is_restricted, item.paragraphs, is_sorted


def test_what_it_covers_is_said_and_the_paragraphs_are_asked_before_anything_is_saved(
    app: Flask, typed: Any, things: dict[str, Any]
) -> None:
    clerk, path, sent = typed
    answer = clerk.post(path, sent)
    words = text_of(answer)
    assert ASKS in words
    for covered in ("Budget, which is published already", "Figures Sch 7A para 6.pdf", "B.pdf"):
        assert covered in listed(answer)
    assert state(app, things) == (False, [], 0)
    page = lxml.html.fromstring(answer.text)
    box = f"exempt-{things['item_id']}-paragraphs"
    assert page.xpath(f"//input[@name='{box}'][@checked]/@value") == ["6"], "as the name of the file says"
    assert page.xpath("//input[contains(@name, '-restricted')][@checked]"), "what was ticked is kept"
    known = {f"exempt-{things['item_id']}-known": "y"}
    assert clerk.post(path, {**sent, **known, box: ["6", "8"]}).status_code == 302
    assert state(app, things) == (True, ["6", "8"], 2)
    assert "Yes as Item 1 is restricted" in text_of(clerk.get(path))


def test_all_that_is_missing_is_asked_for_at_once(app: Flask, typed: Any, things: dict[str, Any]) -> None:
    clerk, path, sent = typed
    [title, *_] = [name for name in sent if name.endswith("-title")]
    words = text_of(clerk.post(path, {**sent, title: " "}))
    assert ASKS in words
    assert "enter the title that readers will see" in words
    again = text_of(clerk.post(path, {**sent, title: " ", f"exempt-{things['item_id']}-known": "y"}))
    assert MISSING in again
    assert "enter the title that readers will see" in again
    assert state(app, things) == (False, [], 0)
    alone = clerk.post(path, {**sent, f"exempt-{things['item_id']}-known": "y"})
    assert lxml.html.fromstring(alone.text).xpath("//title")[0].text.startswith("Error:")


def test_only_an_item_is_restricted(app: Flask, typed: Any, things: dict[str, Any]) -> None:
    clerk, path, sent = typed
    loose = {name: "" if name.endswith("-place") else value for name, value in sent.items()}
    assert "choose the item that is restricted. Only an item can be" in text_of(clerk.post(path, loose))
    assert state(app, things) == (False, [], 0)


def test_where_nothing_is_ticked_nothing_is_asked(app: Flask, typed: Any, things: dict[str, Any]) -> None:
    clerk, path, sent = typed
    plain = {name: value for name, value in sent.items() if not name.endswith("-restricted")}
    assert clerk.post(path, plain).status_code == 302
    assert state(app, things) == (False, [], 2)
