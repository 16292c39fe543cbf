"""Two claims for one event are seen by everybody who could stop it, and two events of one day are two."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from portal.expenses.claims.same_event import Event, same_event
from tests.cast import TODAY, Cast
from tests.expenses.claiming import TAXI, add, begin, claim_of, press
from tests.visitor import text_of

DAY = date(2026, 3, 2)
ONE, OTHER = uuid4(), uuid4()


def event(title: str = "Carers week", what: str = "event", on: date = DAY, meeting_id: Any = None) -> Event:
    return Event(what, title, on, meeting_id)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (event(), event(), True),
        (event(), event("Carers’ Week – once more"), True),
        (event(), event("carers week", what="consultation"), True),
        (event(), event("Talk at the college"), False),
        (event("Talk at the college"), event("Talk at the library"), False),
        (event(), event(on=TODAY), False),
        (event("Main Group", "meeting", meeting_id=ONE), event("Main Group", "meeting", TODAY, ONE), True),
        (event("Main Group", "meeting", meeting_id=ONE), event("Main Group", "meeting", meeting_id=OTHER), False),
        (event("Main Group", "meeting", meeting_id=ONE), event("The board", "meeting"), True),
        (event("Main Group", "meeting", meeting_id=ONE), event("The main group"), True),
        (event("Main Group", "meeting", meeting_id=ONE), event("Carers week"), False),
        (event("The"), event("A stall"), False),
    ],
)
def test_the_same_meeting_or_the_same_activity_on_the_same_day(one: Event, other: Event, is_same: bool) -> None:
    assert same_event(one, other) is is_same
    assert same_event(other, one) is is_same


MAY_HAVE = "may have another claim for the same event"


def test_two_events_of_one_day_are_not_called_the_same(app: Flask, visit: Any, cast: Cast) -> None:
    for title in ("Carers week", "Talk at the college"):
        rep, claim = begin(app, visit, cast, title)
        add(rep, claim, "taxi", TAXI)
        assert MAY_HAVE not in text_of(rep.get(f"/claims/{claim.id}"))
        press(rep, claim, "send")
        assert MAY_HAVE not in text_of(visit("northfirth.approver").get(f"/claims/{claim.id}/decide"))


def test_rep_officer_and_approver_are_told_of_a_second_claim_for_one_event(app: Flask, visit: Any, cast: Cast) -> None:
    rep, first = begin(app, visit, cast, "Carers week")
    add(rep, first, "taxi", TAXI)
    officer, person = visit("northfirth.officer"), cast.northfirth.people["rep"]
    form = {"person": str(person), "what": "consultation", "title": "Carers’ week stall"}
    form |= {"happened_on": ["2", "3", "2026"], "once": str(uuid4())}
    assert officer.post("/boards/northfirth/claims-for-reps", form).status_code == 302
    second = claim_of(app, person, "Carers’ week stall")
    page = f"/claims-for-reps/{second.id}"
    assert "may have sent a claim" not in text_of(officer.get(page)), "what is not sent is the rep's alone"
    press(rep, first, "send")
    said = text_of(officer.get(page))
    assert "CANARYNORTH Rep may have sent a claim for the same event already. Ask them before you continue:" in said
    assert "ZZ-2026-0004: Carers week, Monday 2 March" in said
    officer.post(f"{page}/lines/new?category=taxi", {"once": str(uuid4()), **TAXI}, content_type="multipart/form-data")
    officer.post(f"{page}/ask")
    assert MAY_HAVE in text_of(rep.get(f"/claims/{second.id}"))
    press(rep, second, "send")
    approver = visit("northfirth.approver")
    for one, other in ((first, second), (second, first)):
        decide = approver.get(f"/claims/{one.id}/decide")
        assert MAY_HAVE in text_of(decide)
        assert f'href="/claims/{other.id}"' in decide.text
