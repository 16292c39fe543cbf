"""A Word file that was withdrawn for personal data is known when it is uploaded again, whatever PDF is made of it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.queries import meeting_by_id
from portal.papers.converting import libreoffice
from portal.papers.destination import of_item
from portal.papers.models import PaperVersion
from portal.papers.preparing import actions as preparing
from portal.papers.preparing.rules import Sorted
from portal.papers.withdrawing import actions, queries
from portal.papers.withdrawing.rules import ERROR, PERSONAL, REFUSED_AGAIN, WHOLE
from portal.scheduler.run import work_once
from tests.made_papers import made_paper
from tests.papers import made_office as made
from tests.papers.withdrawing import Outside, outside

WORD = made.word()


@pytest.fixture
def converts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each PDF has other bytes than the one before."""
    pages = iter(range(1, 9))
    monkeypatch.setattr(libreoffice, "program", lambda: "soffice.bin")
    monkeypatch.setattr(libreoffice, "pdf_of", lambda content, kind: made_paper(f"Budget {next(pages)}", 1))


@outside
def send(meeting_id: Any, is_checked: bool = True) -> Any:
    with unit_of_work():
        [version] = preparing.upload(meeting_by_id(meeting_id), [("Budget.docx", WORD)], 50_000_000)
        key = version.id
    while is_checked and work_once():
        pass
    return key


@outside
def withdraw(things: dict[str, Any], version_id: Any, reason: str) -> None:
    with unit_of_work():
        version = db.session.get_one(PaperVersion, version_id)
        version.looked_at = version.uploaded_at
        meeting = meeting_by_id(things["meeting_id"])
        preparing.sort_files(meeting, [Sorted(version_id, of_item(things["item_id"]), "Budget by word")])
        preparing.publish(meeting, meeting.version)
    with unit_of_work():
        paper = queries.paper_by_id(db.session.get_one(PaperVersion, version_id).paper_id)
        actions.withdraw(paper, meeting_by_id(things["meeting_id"]).version, WHOLE, reason)


@outside
def state(version_id: Any) -> tuple[str, str, str]:
    one = db.session.scalars(select(PaperVersion).where(PaperVersion.id == version_id)).one()
    return one.status, one.reason, one.stored_as


def test_the_same_word_file_is_refused_and_one_that_waits_goes(
    here: Outside, app: Flask, things: dict[str, Any], converts: None
) -> None:
    first, copy = send(things["meeting_id"]), send(things["coming_id"])
    not_converted = send(things["coming_id"], is_checked=False)
    withdraw(things, first, PERSONAL)
    gone = ("refused", REFUSED_AGAIN, "")
    assert (state(copy), state(not_converted)) == (gone, gone)
    assert state(send(things["coming_id"])) == gone


def test_what_was_withdrawn_for_another_reason_is_taken(
    here: Outside, app: Flask, things: dict[str, Any], converts: None
) -> None:
    withdraw(things, send(things["meeting_id"]), ERROR)
    assert state(send(things["coming_id"]))[0] == "ready"
