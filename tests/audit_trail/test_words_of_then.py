"""The trail says what an agenda and the details of a paper said before, and nothing of what is or was restricted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.audit.models import AuditLine
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions as meetings
from portal.meetings import queries
from portal.meetings.models import AgendaItem, Meeting
from portal.papers.detailing import actions as details
from portal.papers.models import Paper
from tests.cast import Cast, anywhere
from tests.visitor import text_of

PATH = "/boards/northfirth/audit"


def read(visit: Any, event: str) -> str:
    return text_of(visit("northfirth.admin").get(f"{PATH}?event={event}"))


def an_item(item_id: UUID) -> AgendaItem:
    found = select(AgendaItem).where(AgendaItem.id == item_id).options(joinedload(AgendaItem.meeting))
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def a_paper(paper_id: UUID) -> Paper:
    return db.session.scalars(select(Paper).where(Paper.id == paper_id).options(joinedload(Paper.item))).one()


def words_kept(item_id: UUID) -> list[str]:
    """What people typed, in lines about an item or a paper."""
    lines = db.session.scalars(anywhere(select(AuditLine).order_by(AuditLine.happened_at, AuditLine.id)))
    return [one.personal for one in lines if str(item_id) in str(one.facts) and one.sealed_personal]


def test_an_item_says_what_it_was(visit: Any, cast: Cast, work: Any) -> None:
    with work():
        item = an_item(cast.northfirth.things["item_id"])
        meetings.change_item(item, title="Ann’s budget", presenter="Ann Fraser", purpose="noting", timing="10:15am")
    page = read(visit, "AgendaChanged")
    assert "item 1, Ann’s budget, purpose: was For decision, now For noting, title: was CANARYNORTH Budget, now" in page
    assert "presented by: was empty, now Ann Fraser" in page
    of_items = select(AuditLine).where(AuditLine.event == "AgendaChanged").order_by(AuditLine.id)
    lines = db.session.scalars(anywhere(of_items)).all()
    assert "Ann" not in str([one.facts for one in lines]), "what may name somebody can be erased"
    assert "Ann Fraser" in words_kept(cast.northfirth.things["item_id"])[0]


def test_items_that_are_added_moved_and_removed_are_said_by_name(visit: Any, cast: Cast, work: Any) -> None:
    things = cast.northfirth.things
    with work():
        meeting = db.session.get_one(Meeting, things["meeting_id"])
        meetings.add_item(meeting, title="Buses")
        gone = meetings.add_item(meeting, title="Trains")
        meetings.move_item(an_item(queries.items(meeting.id)[0].id), 1)
        meetings.remove_item(an_item(gone.id))
    page = read(visit, "AgendaChanged")
    assert "item 4, Buses, added" in page
    assert "item 5, Trains, removed" in page
    assert "item 2, CANARYNORTH Budget, moved, number: was 1, now 2" in page


def test_the_kind_of_a_meeting_is_said(visit: Any, cast: Cast, work: Any) -> None:
    with work():
        meeting = queries.meeting_by_id(cast.northfirth.things["coming_id"])
        hour = meeting.starts_at.astimezone(clock.LONDON).time()
        meetings.change(meeting, meeting.version, meeting.meets_on, hour, meeting.place, meeting.link, "special")
    assert "kind of meeting: was Ordinary, now Special" in read(visit, "AgendaChanged")


def test_of_a_restricted_item_only_that_its_title_changed(visit: Any, cast: Cast, work: Any) -> None:
    with work():
        meeting = db.session.get_one(Meeting, cast.northfirth.things["coming_id"])
        item = meetings.add_item(meeting, title="Dismissal of Bo", is_restricted=True, paragraphs=["1"])
        meetings.change_item(an_item(item.id), title="Bo Reid", presenter="Ann")
    page = read(visit, "AgendaChanged")
    assert "a private item, title, presented by" in page
    assert not words_kept(item.id)
    with work():
        meetings.remove_item(an_item(item.id))
    page = read(visit, "AgendaChanged")
    assert "a private item, removed" in page
    assert not words_kept(item.id)
    for word in ("Dismissal", "Reid", "Ann"):
        assert word not in page


def test_of_a_restricted_paper_only_that_its_title_changed(visit: Any, cast: Cast, work: Any) -> None:
    things = cast.northfirth.things
    with work():
        paper = a_paper(things["secret_paper_id"])
        details.change_details(paper, title="Bo Reid’s contract", carer_impact="none")
    assert not words_kept(things["secret_paper_id"])
    page = read(visit, "PaperDetailsChanged")
    assert "a private paper, impact on carers: was empty, now Stated: none, title" in page
    assert "Reid" not in page


def test_what_was_open_when_it_was_written_is_hidden_once_it_is_restricted(
    app: Flask, visit: Any, cast: Cast, work: Any
) -> None:
    """Before it is published: of the item the words go, and of its papers they are shown to nobody."""
    things = cast.northfirth.things
    with work():
        item = meetings.add_item(db.session.get_one(Meeting, things["coming_id"]), title="Staff")
        paper = a_paper(things["paper_id"])
        details.change_details(paper, title="Costs of Bo Reid")
        meetings.change_item(an_item(item.id), title="Bo Reid’s dismissal")
    assert "Bo Reid’s dismissal" in read(visit, "AgendaChanged")
    assert "Costs of Bo Reid" in read(visit, "PaperDetailsChanged")
    with app.app_context(), unit_of_work():
        item = an_item(item.id)
        meetings.change_item(item, is_restricted=True, paragraphs=["1"])
        db.session.get_one(AgendaItem, things["item_id"]).is_restricted = True
    page = read(visit, "AgendaChanged")
    assert "dismissal" not in page
    assert "a private item" in page
    assert "restricted: was no, now yes" in page
    assert "Bo Reid" not in read(visit, "PaperDetailsChanged")
    with app.app_context():
        assert not [words for words in words_kept(item.id) if "Reid" in words]


def test_details_of_a_paper_say_what_they_were(visit: Any, cast: Cast, work: Any) -> None:
    with work():
        paper = a_paper(cast.northfirth.things["paper_id"])
        details.change_details(paper, title="Budget 2026", equality="done", author_post="")
    page = read(visit, "PaperDetailsChanged")
    assert "equality impact assessment: was empty, now An equality impact assessment is attached or published" in page
    assert "title: was Budget, now Budget 2026" in page
