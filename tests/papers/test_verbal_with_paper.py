"""An item that has a paper is not called verbal, whoever marked it so; whoever prepares it is told."""

from __future__ import annotations

from typing import Any

import lxml.html
from sqlalchemy import update

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import AgendaItem
from portal.papers.destination import of_item
from portal.papers.withdrawing.rules import ERROR
from tests.cast import anywhere
from tests.papers.withdrawing import Outside, outside, upload, withdraw

VERBAL = "Verbal item (no paper)"
HAS_ONE = f"It is marked “{VERBAL}”, but it has a paper. Select “Change” if it is not verbal."
WAITS = f"It is marked “{VERBAL}”, but a file that is not published yet is matched to it."


def item_on(visitor: Any, things: dict[str, Any], item: str) -> str:
    page = lxml.html.fromstring(visitor.get(f"/meetings/{things['meeting_id']}").text)
    return " ".join(page.get_element_by_id(f"item-{things[item]}").text_content().split())


@outside
def mark_verbal(things: dict[str, Any], item: str) -> None:
    with unit_of_work():
        db.session.execute(anywhere(update(AgendaItem).where(AgendaItem.id == things[item]).values(is_verbal=True)))


def test_an_item_with_a_paper_is_not_called_verbal_and_the_clerk_is_told(
    here: Outside, visit: Any, things: dict[str, Any]
) -> None:
    assert VERBAL in item_on(visit("northfirth.rep"), things, "spoken_id")
    upload(things, of_item(things["spoken_id"]), "Update", publish=False)
    assert WAITS in item_on(visit("northfirth.clerk"), things, "spoken_id")
    assert VERBAL in item_on(visit("northfirth.rep"), things, "spoken_id"), "readers have no paper yet"
    upload(things, of_item(things["spoken_id"]), "Update again")
    assert VERBAL not in item_on(visit("northfirth.rep"), things, "spoken_id")
    assert item_on(visit("northfirth.clerk"), things, "spoken_id").count(VERBAL) == 1
    assert HAS_ONE in item_on(visit("northfirth.clerk"), things, "spoken_id")


def test_nor_is_one_whose_paper_was_withdrawn(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    mark_verbal(things, "item_id")
    withdraw(things, ERROR)
    assert VERBAL not in item_on(visit("northfirth.rep"), things, "item_id")


def test_nor_one_whose_papers_a_reader_may_not_see(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    mark_verbal(things, "secret_item_id")
    said = item_on(visit("northfirth.admin"), things, "secret_item_id")
    assert "Only members can read the papers for this item" in said
    assert VERBAL not in said
