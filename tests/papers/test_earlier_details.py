"""The page of a published paper says what its details were; where they held personal data, only that they changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from portal.audit.models import AuditLine
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import AgendaItem
from portal.papers.detailing.rules import noted, protected, said_of
from portal.papers.models import Paper
from portal.papers.withdrawing.rules import PERSONAL
from tests.cast import anywhere
from tests.papers.withdrawing import Outside, loaded, withdraw
from tests.visitor import text_of

WAS = "Changed on 3 March 2026. The title was “Budget”."
BARE = "Changed on 3 March 2026, to protect personal data."
TRAIL = "/boards/northfirth/audit?event=PaperDetailsChanged"


def change(visit: Any, things: dict[str, Any], paper: str = "paper_id", **typed: str) -> None:
    path = f"/papers/{things[paper]}/details"
    assert visit("northfirth.clerk").post(path, {"carer_impact": "", "equality": "", **typed}).status_code == 302


def words_in_trail(here: Any) -> str:
    with here():
        lines = db.session.scalars(anywhere(select(AuditLine).order_by(AuditLine.happened_at, AuditLine.id)))
        return "".join(f"{one.facts} {one.personal}" for one in lines)


def test_what_a_published_paper_was_called_is_said_to_everyone_who_may_read_it(
    visit: Any, things: dict[str, Any]
) -> None:
    change(visit, things, title="Budget 2026", author_post="Chief Finance Officer")
    for name in ("rep", "admin", "officer"):
        page = text_of(visit(f"northfirth.{name}").get(f"/papers/{things['paper_id']}"))
        assert f"{WAS} The post of who wrote it was blank." in page


def test_where_it_held_personal_data_that_is_all_that_is_said(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    change(visit, things, title="Complaint of Bo Reid")
    change(visit, things, title="A complaint", held_personal_data="y")
    page = text_of(visit("northfirth.rep").get(f"/papers/{things['paper_id']}"))
    assert page.count("Changed on") == 1
    assert BARE in page
    trail = text_of(visit("northfirth.admin").get(TRAIL))
    assert "to protect personal data" in trail
    for words in (page, trail, words_in_trail(here)):
        assert "Reid" not in words
    assert "Reid" not in str(loaded(things["paper_id"]).earlier_details)


def test_a_tick_alone_takes_away_what_it_said_before(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    change(visit, things, title="Bo Reid")
    change(visit, things, title="Budget")
    change(visit, things, title="Budget", held_personal_data="y")
    assert loaded(things["paper_id"]).earlier_details == [{"on": "2026-03-03"}]
    assert "Reid" not in words_in_trail(here)


def test_nothing_is_said_of_what_was_changed_before_it_was_published(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    with app.app_context():
        db.session.execute(update(Paper).where(Paper.id == things["paper_id"]).values(first_published_on=None))
        db.session.commit()
    clerk = visit("northfirth.clerk")
    assert "It held personal data" not in clerk.get(f"/papers/{things['paper_id']}/details").text
    change(visit, things, title="Draft")
    assert "Changed on" not in text_of(clerk.get(f"/papers/{things['paper_id']}"))


def test_withdrawing_for_personal_data_takes_the_words_of_before_too(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    change(visit, things, title="Complaint of Bo Reid")
    with here(), unit_of_work():
        item = db.session.get_one(AgendaItem, things["item_id"])
        item.published_at = None
    clerk = visit("northfirth.clerk")
    clerk.post(f"/items/{things['item_id']}/change", {"title": "Complaint of Bo Reid", "purpose": ""})
    clerk.post(f"/items/{things['item_id']}/change", {"title": "A complaint", "purpose": ""})
    assert "Reid" in words_in_trail(here)
    withdraw(things, PERSONAL)
    assert "Reid" not in words_in_trail(here)
    assert "Reid" not in str(loaded(things["paper_id"]).earlier_details)


def test_what_was_said_while_it_was_restricted_is_told_to_nobody_else(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    change(visit, things, "secret_paper_id", title="Bo Reid’s pay")
    change(visit, things, "secret_paper_id", title="Pay")
    rep, path = visit("northfirth.rep"), f"/papers/{things['secret_paper_id']}"
    assert "The title was “Bo Reid’s pay”." in text_of(rep.get(path))
    with app.app_context():
        secret = update(AgendaItem).where(AgendaItem.id == things["secret_item_id"])
        db.session.execute(secret.values(is_restricted=False, paragraphs=[]))
        db.session.commit()
    page = text_of(visit("northfirth.admin").get(path))
    assert "Changed on 3 March 2026. The title was changed." in page
    assert "Reid" not in page


def test_the_words() -> None:
    day = date(2026, 3, 3)
    earlier = noted([], day, {"equality": ("done", ""), "version": (1, 2)}, is_private=False)
    assert said_of(earlier, reads_private=False) == [
        "Changed on 3 March 2026. The equality impact assessment was "
        "“An equality impact assessment is attached or published”."
    ]
    assert noted([], day, {"version": (1, 2)}, is_private=False) == []
    later = noted(earlier, date(2026, 3, 4), {"title": ("A", "B")}, is_private=True)
    assert said_of(later, reads_private=False)[0] == "Changed on 4 March 2026. The title was changed."
    assert said_of(protected(later), reads_private=True) == [
        "Changed on 4 March 2026, to protect personal data.",
        "Changed on 3 March 2026, to protect personal data.",
    ]
