"""An item that is published is restricted on a page of its own, which says who can read it then; everyone is told."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from flask import Flask
from sqlalchemy import select, update

from portal.audit.models import AuditLine
from portal.infra.database import db
from portal.meetings.models import AgendaItem, Meeting
from portal.notifications.models import Email
from portal.papers.models import Pack
from portal.papers.packs import queries as packs
from tests.cast import Cast, anywhere
from tests.papers.test_restricting import titles
from tests.papers.test_restricting import typed as typed  # a fixture of theirs
from tests.visitor import text_of

TRAIL = "/boards/northfirth/audit"


def page_of(things: dict[str, Any], item: str = "item_id") -> str:
    return f"/items/{things[item]}/restriction"


def shown(visitor: Any, path: str) -> dict[str, list[str]]:
    """What the form of a page holds in its hidden boxes."""
    boxes = lxml.html.fromstring(visitor.get(path).text).xpath("//main//form//input[@type='hidden']")
    names = {one.get("name") for one in boxes} - {"csrf_token"}
    return {name: [one.get("value") for one in boxes if one.get("name") == name] for name in names}


def item_of(app: Flask, things: dict[str, Any], item: str = "item_id") -> AgendaItem:
    with app.app_context():
        return db.session.scalars(anywhere(select(AgendaItem).where(AgendaItem.id == things[item]))).one()


def told(app: Flask, cast: Cast, template: str) -> dict[str, Email]:
    """Emails by whom of Northfirth they are for."""
    names = {key: name for name, key in cast.northfirth.people.items()}
    with app.app_context():
        found = db.session.scalars(anywhere(select(Email).where(Email.template == template).order_by(Email.id))).all()
        return {names[one.person_id]: one for one in found if one.person_id in names}


def restrict(visit: Any, things: dict[str, Any]) -> Any:
    """The clerk, who has restricted the item."""
    clerk = visit("northfirth.clerk")
    sent = {**shown(clerk, page_of(things)), "paragraphs": ["6", "8"]}
    assert clerk.post(page_of(things), sent).status_code == 302
    return clerk


@pytest.fixture
def restricted(visit: Any, things: dict[str, Any]) -> Any:
    return restrict(visit, things)


def test_the_page_says_who_will_be_able_to_read(visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    listed = [one.text_content() for one in lxml.html.fromstring(clerk.get(page_of(things)).text).xpath("//main//li")]
    assert listed[:4] == ["CANARYNORTH Depute", "CANARYNORTH Rep", "1 engagement officer", "2 clerks"]
    words = text_of(clerk.get(page_of(things)))
    assert "Then 5 people will be able to read the papers of this item:" in words
    assert "1 person will no longer be able to read them: 1 board administrator" in words
    words = text_of(clerk.get(page_of(things, "secret_item_id")))
    assert "Lift the restriction of this item" in words
    assert "Then 6 people will be able to read" in words
    assert "1 person cannot read them now: 1 board administrator" in words


def test_restricting_closes_it_and_lifting_opens_it(
    app: Flask, visit: Any, things: dict[str, Any], restricted: Any
) -> None:
    admin, rep, paper = visit("northfirth.admin"), visit("northfirth.rep"), f"/papers/{things['paper_id']}"
    item = item_of(app, things)
    assert (item.is_restricted, item.paragraphs) == (True, ["6", "8"])
    assert admin.get(paper).status_code == 404
    was = "Changed on 3 March 2026. It was not restricted."
    assert was in text_of(rep.get(paper))
    assert was in text_of(rep.get(f"/meetings/{things['meeting_id']}"))
    assert was in text_of(admin.get(f"/meetings/{things['meeting_id']}"))
    assert restricted.post(page_of(things), shown(restricted, page_of(things))).status_code == 302
    assert not item_of(app, things).is_restricted
    assert "Changed on 3 March 2026. It was restricted." in text_of(admin.get(paper))


def test_everyone_hears_of_it_and_who_may_not_read_it_no_title(
    app: Flask, visit: Any, cast: Cast, things: dict[str, Any]
) -> None:
    clerk = restrict(visit, things)
    assert set(told(app, cast, "item-restricted")) == {"rep", "depute", "officer"}
    [(name, email)] = told(app, cast, "item-closed").items()
    assert name == "admin"
    assert "Budget" not in str(email.facts)
    assert email.facts["item_number"] == "1"
    clerk.post(page_of(things), shown(clerk, page_of(things)))
    assert set(told(app, cast, "restriction-lifted")) == {"rep", "depute", "officer", "admin"}


def test_the_trail_has_an_event_of_its_own_without_the_title(
    app: Flask, visit: Any, things: dict[str, Any], restricted: Any
) -> None:
    admin = visit("northfirth.admin")
    page = text_of(admin.get(f"{TRAIL}?event=ItemRestricted"))
    assert "a private item, paragraphs 6 and 8" in page
    assert "Budget" not in page
    restricted.post(page_of(things), shown(restricted, page_of(things)))
    assert "item 1, CANARYNORTH Budget, paragraphs 6 and 8" in text_of(admin.get(f"{TRAIL}?event=RestrictionLifted"))
    with app.app_context():
        lines = db.session.scalars(anywhere(select(AuditLine).where(AuditLine.event == "ItemRestricted"))).all()
        assert "Budget" not in str([(one.facts, one.personal) for one in lines])


def test_whoever_comes_second_looks_anew_and_changes_nothing(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk, other = visit("northfirth.clerk"), visit("northfirth.clerk")
    sent = {**shown(clerk, page_of(things)), "paragraphs": ["6"]}
    assert other.post(page_of(things), sent).status_code == 302
    again = clerk.post(page_of(things), sent)
    assert "Someone changed this meeting or its papers since you opened this page" in text_of(again)
    assert item_of(app, things).is_restricted, "the same press does not lift it"
    with app.app_context():
        db.session.execute(update(AgendaItem).where(AgendaItem.id == things["item_id"]).values(is_restricted=False))
        db.session.execute(update(Meeting).where(Meeting.id == things["meeting_id"]).values(version=1))
        db.session.commit()
    stale = {**sent, "shown": "lift", "version": "1"}
    assert "Someone changed" in text_of(clerk.post(page_of(things), stale))
    late = {**sent, "shown": "restrict", "version": "9"}
    assert "Someone changed" in text_of(clerk.post(page_of(things), late))
    assert not item_of(app, things).is_restricted, "nor does it do what the page did not offer"


def test_without_a_paragraph_nothing_is_restricted(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    assert "Tick at least one paragraph" in text_of(clerk.post(page_of(things), shown(clerk, page_of(things))))
    assert not item_of(app, things).is_restricted


def test_the_ordinary_form_changes_no_restriction_once_it_is_published(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, typed = visit("northfirth.clerk"), {"title": "Contract", "purpose": ""}
    path = f"/items/{things['secret_item_id']}/change"
    assert page_of(things, "secret_item_id") in clerk.get(path).text
    assert clerk.post(path, {**typed, "paragraphs": ["6"]}).status_code == 302
    item = item_of(app, things, "secret_item_id")
    assert (item.title, item.is_restricted, item.paragraphs) == ("Contract", True, ["6"])
    open_path = f"/items/{things['item_id']}/change"
    late = clerk.post(open_path, {**typed, "is_restricted": "y", "paragraphs": ["6"]})
    assert "so it is not restricted" in text_of(late)
    assert clerk.post(open_path, typed).status_code == 302
    item = item_of(app, things)
    assert (item.title, item.is_restricted, item.paragraphs) == ("Contract", False, [])


def test_an_item_that_is_not_published_is_restricted_on_its_ordinary_form(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    with app.app_context():
        db.session.execute(update(AgendaItem).where(AgendaItem.id == things["item_id"]).values(published_at=None))
        db.session.commit()
    clerk = visit("northfirth.clerk")
    answer = clerk.get(page_of(things))
    assert answer.location == f"/items/{things['item_id']}/change"
    typed = {"title": "Budget", "purpose": "", "is_restricted": "y", "paragraphs": ["6"]}
    assert clerk.post(answer.location, typed).status_code == 302
    item = item_of(app, things)
    assert (item.is_restricted, item.restriction_changed_on) == (True, None)


def test_where_files_are_matched_the_same_is_said_and_told(
    app: Flask, typed: Any, cast: Cast, things: dict[str, Any]
) -> None:
    clerk, path, sent = typed
    assert titles(things["item_id"], things)
    words = text_of(clerk.post(path, sent))
    assert "Then 5 people will be able to read the papers of this item:" in words
    assert "1 person will no longer be able to read them: 1 board administrator" in words
    key = f"exempt-{things['item_id']}"
    assert clerk.post(path, {**sent, f"{key}-known": "y", f"{key}-paragraphs": ["6"]}).status_code == 302
    assert set(told(app, cast, "item-closed")) == {"admin"}
    assert item_of(app, things).restriction_changed_on


def test_packs_that_hold_what_is_closed_now_are_gone(app: Flask, visit: Any, things: dict[str, Any]) -> None:
    restrict(visit, things)
    with app.app_context():
        rows = db.session.scalars(
            anywhere(select(Pack).where(Pack.meeting_id == things["meeting_id"]).order_by(Pack.id))
        ).all()
        marks = {one.mark for one in packs.every_pack(things["meeting_id"])}
        assert {one.contents for one in rows} == marks
        assert not any(one.created_at for one in rows), "they are made anew"


def test_nobody_else_restricts(visit: Any, things: dict[str, Any]) -> None:
    for name in ("officer", "admin", "rep"):
        assert visit(f"northfirth.{name}").get(page_of(things)).status_code == 403
    assert visit("southmoor.clerk").get(page_of(things)).status_code == 404
