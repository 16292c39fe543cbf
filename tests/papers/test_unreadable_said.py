"""Before publishing a clerk reads of each file what readers will not: its words, or what it is by its title."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.papers.models import Paper, PaperVersion
from portal.papers.preparing.checks import hard_to_read
from tests.cast import anywhere
from tests.made_papers import made_paper
from tests.papers.test_pages import check_files, send, waiting
from tests.visitor import text_of

NO_TEXT = "It has no text that can be searched or read aloud"
PICTURES = "Pictures The only page is a picture: it can't be searched or read aloud"
BARE = "Readers will see “scan0007” as its title: give it one that says what it is"


@pytest.fixture
def before(app: Flask, visit: Any, things: dict[str, Any]) -> Any:
    """The page before publishing a file that was found to be so."""

    def page(title: str, **found: Any) -> str:
        clerk, meeting_id = visit("northfirth.clerk"), things["meeting_id"]
        send(clerk, meeting_id, ("scan0007.pdf", made_paper("A", 1)))
        check_files(app)
        [(key, *_)] = waiting(app, meeting_id)
        with app.app_context(), unit_of_work():
            db.session.execute(anywhere(update(PaperVersion).where(PaperVersion.id == key).values(**found)))
        sent = {"place": f"item:{things['item_id']}", "title": title, "right": "y"}
        clerk.post(f"/meetings/{meeting_id}/papers/sort", {f"files-{key}-{name}": one for name, one in sent.items()})
        return text_of(clerk.get(f"/meetings/{meeting_id}/publish"))

    return page


def test_a_file_without_text_is_said(before: Any) -> None:
    page = before("Budget figures", has_text=False, picture_pages=None)
    assert NO_TEXT in page
    assert "as its title" not in page


def test_of_one_that_is_pictures_that_is_said_once(before: Any) -> None:
    page = before("Budget figures", has_text=False, picture_pages=1)
    assert PICTURES in page
    assert NO_TEXT not in page


def test_a_title_that_says_nothing_is_said(before: Any) -> None:
    page = before("Scan0007", has_text=True)
    assert BARE.replace("scan", "Scan") in page
    assert NO_TEXT not in page


def test_of_others_nothing_is_said(before: Any) -> None:
    page = before("Budget figures", has_text=True)
    assert NO_TEXT not in page
    assert "as its title" not in page


def test_our_own_title_of_an_agenda_is_not_warned_of() -> None:
    version = PaperVersion(number=1, has_text=True, paper=Paper(title="Agenda", kind="agenda"))
    assert list(hard_to_read(version)) == []
    version.paper.kind = "paper"
    assert list(hard_to_read(version))
