"""What a group has on each agenda: written in its order, and put on an agenda at its place."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.infra.database import db
from portal.meetings.agendas import drafts
from portal.meetings.models import StandingItem
from tests.cast import anywhere
from tests.meetings.test_agendas import STANDING, add, boxes, copy_page, items_of, numbered
from tests.visitor import text_of


def standing(app: Flask, group_id: UUID) -> list[tuple[str, bool]]:
    with app.app_context():
        statement = select(StandingItem).where(StandingItem.group_id == group_id)
        rows = db.session.scalars(anywhere(statement.order_by(StandingItem.is_at_end, StandingItem.position)))
        return [(row.title, row.is_at_end) for row in rows]


@pytest.mark.parametrize("who", ["clerk", "admin"])
def test_the_standing_items_of_a_group_are_written_in_their_order(
    app: Flask, visit: Any, things: dict[str, Any], who: str
) -> None:
    someone, group_id = visit(f"northfirth.{who}"), things["group_id"]
    page = f"/boards/northfirth/groups/{group_id}/standing-items"
    assert page in someone.get("/boards/northfirth").text
    for title, at_end in (("Declarations", ""), ("Any other business", "y")):
        typed = {"title": title, "purpose": "", "once": str(uuid4()), **({"is_at_end": at_end} if at_end else {})}
        assert [someone.post(page, typed).status_code for _ in range(2)] == [302, 302], "sent twice, it is there once"
    declarations = _id_of(app, "Declarations")
    someone.post(f"/standing-items/{declarations}/move", {"step": "up"})
    assert standing(app, group_id) == [("Declarations", False), (STANDING, False), ("Any other business", True)]
    someone.post(
        f"/standing-items/{declarations}/change", {"title": "Interests", "purpose": "noting", "is_at_end": "y"}
    )
    someone.post(f"/standing-items/{things['standing_item_id']}/remove")
    assert standing(app, group_id) == [("Interests", True), ("Any other business", True)]
    assert "Enter the title of the item" in text_of(someone.post(page, {"title": " ", "purpose": ""}))


def test_standing_items_are_put_on_an_agenda_at_their_places_and_lead_back_to_it(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    for title in ("Budget", "Risks", "Winter plan"):
        add(clerk, coming, title=title)
    page = f"/boards/northfirth/groups/{things['group_id']}/standing-items?meeting={coming}"
    assert page in clerk.get(copy_page(coming)).text
    typed = {"title": "Carers’ voice", "purpose": "", "once": str(uuid4()), "place": "3"}
    assert "Leave the number blank" in text_of(clerk.post(page, {**typed, "is_at_end": "y"}))
    answer = clerk.post(page, typed)
    assert answer.headers["Location"].endswith(f"{copy_page(coming)}?from=standing")
    clerk.post(page, {"title": "Any other business", "purpose": "", "once": str(uuid4()), "is_at_end": "y"})
    assert "3 Carers’ voice" in text_of(clerk.get(f"{copy_page(coming)}?from=standing"))
    address = f"{copy_page(coming)}?from=standing"
    answer = clerk.post(address, boxes(clerk.get(address)), follow_redirects=True)
    assert f"3 items were added to the agenda: {STANDING}; Carers’ voice; Any other business." in text_of(answer)
    assert [title for _, title in numbered(app, coming)] == [
        *(STANDING, "Budget", "Carers’ voice", "Risks", "Winter plan", "Any other business")
    ]
    assert [number for number, _ in numbered(app, coming)] == ["1", "2", "3", "4", "5", "6"]
    item = _id_of(app, "Carers’ voice")
    assert 'value="3"' in clerk.get(f"/standing-items/{item}/change").text


def _id_of(app: Flask, title: str) -> UUID:
    with app.app_context():
        return db.session.scalars(anywhere(select(StandingItem.id).where(StandingItem.title == title))).one()


def test_nobody_else_writes_standing_items(visit: Any, things: dict[str, Any]) -> None:
    page = f"/boards/northfirth/groups/{things['group_id']}/standing-items"
    for role in ("rep", "officer", "approver", "depute"):
        someone = visit(f"northfirth.{role}")
        assert someone.get(page).status_code == 403
        assert "standing-items" not in someone.get("/boards/northfirth").text
        assert someone.post(f"/standing-items/{things['standing_item_id']}/remove").status_code == 403
    assert visit("southmoor.clerk").get(page).status_code == 404
    assert visit("southmoor.clerk").post(f"/standing-items/{things['standing_item_id']}/remove").status_code == 404


def test_what_is_added_later_goes_before_the_standing_items_that_end_the_agenda() -> None:
    def titled(title: str, **more: Any) -> Any:
        return SimpleNamespace(title=title, number="", is_number_typed=False, **more)

    there = [titled("Welcome"), titled("Any other business"), titled("Date of next meeting")]
    standing = [titled("Any other business", is_at_end=True), titled("date of next meeting", is_at_end=True)]
    ending = drafts.how_many_end_it(there, standing)
    added = [(titled("Budget"), drafts.Draft(title="Budget"))]
    order = [one.title for one in drafts.in_their_places(there, added, ending)]
    assert order == ["Welcome", "Budget", "Any other business", "Date of next meeting"]
    [shown] = drafts.as_they_will_be({UUID(int=1): drafts.Draft(title="Budget")}, there, ending).values()
    assert shown.number == "2"


def test_a_pasted_list_goes_before_what_ends_the_agenda_with_its_own_numbers(
    app: Flask, visit: Any, things: dict[str, Any]
) -> None:
    """It goes on behind the item before them: their numbers are no reason to change its own."""
    clerk, coming = visit("northfirth.clerk"), things["coming_id"]
    ending = {"title": "Date of next meeting", "purpose": "", "is_at_end": "y", "once": str(uuid4())}
    clerk.post(f"/boards/northfirth/groups/{things['group_id']}/standing-items", ending)
    add(clerk, coming, title="Budget")
    add(clerk, coming, title="Date of next meeting")
    shown = clerk.post(f"/meetings/{coming}/agenda/paste", {"pasted": "2 Risks\n3 Care"})
    assert "in your list, and will be" not in text_of(shown)
    assert "is also used by" not in text_of(shown)
    clerk.post(f"/meetings/{coming}/agenda/paste/check", boxes(shown))
    assert numbered(app, coming) == [("1", "Budget"), ("2", "Risks"), ("3", "Care"), ("4", "Date of next meeting")]
    assert not any(one.is_number_typed for one in items_of(app, coming)), "they follow the order"
