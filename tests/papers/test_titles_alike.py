"""Two papers of one item that are called the same are said: where files are matched, and before they are published."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.papers.preparing.checks import Titled, same_titles
from portal.papers.preparing.queries import PaperThere
from tests.made_papers import made_paper
from tests.papers.test_pages import check_files, send, waiting
from tests.visitor import text_of

SAID = "Another paper of Item 1 is called “{}”: give each a title of its own, so that readers can tell which is which"


@pytest.mark.parametrize(
    ("titles", "is_said"),
    [
        (("Budget", "Budget"), True),
        (("Budget", "BUDGET "), True),
        (("Budget", "Budget: annex"), False),
        (("", ""), False),
    ],
)
def test_titles_are_alike_whatever_their_capitals(titles: tuple[str, str], is_said: bool) -> None:
    item, other = UUID(int=9), UUID(int=8)
    files = [Titled(UUID(int=n), UUID(int=n), item, title) for n, title in enumerate(titles)]
    assert bool(same_titles(files, ())) is is_said
    assert not same_titles([files[0], files[1]._replace(item_id=other)], ()), "of another item"
    assert not same_titles([files[0], files[1]._replace(paper_id=files[0].paper_id)], ()), "of the same paper"
    there = PaperThere(UUID(int=5), (), item, is_published=True, title=titles[0])
    assert bool(same_titles(files[1:], (there,))) is is_said


def test_it_is_said_when_they_are_matched_and_before_they_are_published(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
    send(clerk, meeting_id, ("A.pdf", made_paper("A", 1)), ("B.pdf", made_paper("B", 1)))
    check_files(app)
    path, item = f"/meetings/{meeting_id}/papers/sort", f"item:{things['item_id']}"
    (one, *_), (other, *_) = waiting(app, meeting_id)
    typed = {f"files-{key}-place": item for key in (one, other)}
    clerk.post(path, {**typed, f"files-{one}-title": "Risk report", f"files-{other}-title": "RISK report"})
    for page in (path, f"/meetings/{meeting_id}/publish"):
        words = text_of(clerk.get(page))
        assert words.count(SAID.format("RISK report")) == 1, page
        assert words.count(SAID.format("Risk report")) == 1, page
    clerk.post(path, {**typed, f"files-{one}-title": "Risk report", f"files-{other}-title": "bUDGET"})
    words = text_of(clerk.get(f"/meetings/{meeting_id}/publish"))
    assert words.count("Another paper of Item 1") == 1, "one is published under this item"
    clerk.post(path, {**typed, f"files-{one}-title": "Risk report", f"files-{other}-title": "Other"})
    assert "Another paper of" not in text_of(clerk.get(f"/meetings/{meeting_id}/publish"))
