"""Where a reader asks for some papers of a meeting and there are none: what is not stated yet is no "none"."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.meetings.models import AgendaItem
from portal.papers.models import Paper
from tests.cast import anywhere
from tests.papers.withdrawing import Outside
from tests.visitor import text_of

NOT_SAID = "It has not been said yet which papers affect carers. Show all items on this agenda."
ALL_NONE = "All the papers here state that they have no impact on carers."
SOME = "None of the papers states an impact on carers so far. 1 of 2 do not say yet."


def stated(here: Outside, things: dict[str, Any], **impact: str) -> None:
    with here(), unit_of_work():
        for name, value in impact.items():
            row = update(Paper).where(Paper.id == things[name]).values(carer_impact=value)
            db.session.execute(anywhere(row))


def shown(visit: Any, things: dict[str, Any], show: str, meeting: str = "meeting_id") -> str:
    return text_of(visit("northfirth.rep").get(f"/meetings/{things[meeting]}?show={show}"))


@pytest.mark.parametrize(
    ("budget", "contract", "said"), [("", "", NOT_SAID), ("none", "none", ALL_NONE), ("none", "", SOME)]
)
def test_not_stated_and_stated_to_be_none_are_two_sentences(
    here: Outside, visit: Any, things: dict[str, Any], budget: str, contract: str, said: str
) -> None:
    stated(here, things, paper_id=budget, secret_paper_id=contract)
    page = shown(visit, things, "carers")
    assert said in page
    assert "match what you chose" not in page
    for other in {NOT_SAID, ALL_NONE, SOME} - {said}:
        assert other not in page


def test_one_that_affects_carers_is_shown(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    stated(here, things, paper_id="limited", secret_paper_id="")
    page = shown(visit, things, "carers")
    assert "It has not been said yet" not in page
    assert "Impact on carers: limited" in page


def test_each_filter_says_its_own_reason(app: Flask, here: Outside, visit: Any, things: dict[str, Any]) -> None:
    assert "None of the papers was sent late." in shown(visit, things, "late")
    rep = visit("northfirth.rep")
    for one in ("paper_id", "secret_paper_id"):
        rep.post(f"/papers/{things[one]}/read", {"read": "yes"})
    assert "You have marked all the papers as read." in shown(visit, things, "unread")
    with here(), unit_of_work():
        db.session.execute(anywhere(update(AgendaItem).values(purpose="noting")))
    assert "None of the items on this agenda is for decision." in shown(visit, things, "decision")
    with here(), unit_of_work():
        db.session.execute(anywhere(update(AgendaItem).values(purpose="")))
    assert "It has not been said yet which items are for decision." in shown(visit, things, "decision")


def test_an_agenda_without_papers_has_none_yet(here: Outside, visit: Any, things: dict[str, Any]) -> None:
    clerk = visit("northfirth.clerk")
    clerk.post(f"/meetings/{things['coming_id']}/items/new", {"title": "Risks", "purpose": ""})
    page = text_of(clerk.get(f"/meetings/{things['coming_id']}?show=carers"))
    assert "This agenda has no papers yet." in page
    assert "said yet" not in page
