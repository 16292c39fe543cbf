"""How to reach whoever comes goes with who comes: no rep is left with the telephone number of somebody else."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from lxml.html import fromstring

from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.models import CareProvider
from tests.cast import Cast
from tests.replacement_care.asking import ARRANGE, asked, do, request_of
from tests.replacement_care.test_two_tabs import page_of_rep
from tests.visitor import text_of

FIRST, OTHER = "01463 111111", "01463 222222"


@pytest.fixture
def providers(app: Flask, cast: Cast, rolled_back: Any) -> tuple[str, str]:
    first, other = cast.northfirth.things["provider_id"], uuid4()
    with app.app_context(), unit_of_work():
        db.session.get_one(CareProvider, first).contact = FIRST
        db.session.add(CareProvider(id=other, board_id=cast.northfirth.id, name="Other Agency", contact=OTHER))
    return str(first), str(other)


def as_shown(page: Any, **changed: str) -> Typed:
    """What the page would send, as its form stands, with what is changed in it."""
    [box] = fromstring(page.text).xpath("//textarea[@name='arrangement']")
    return {**ARRANGE, "arrangement": (box.text or "").strip(), **changed}


def test_what_the_list_says_goes_with_its_provider(
    app: Flask, visit: Any, cast: Cast, providers: tuple[str, str]
) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    do(officer, one, "arrange", 1, **{**ARRANGE, "arrangement": "", "provider": providers[0]})
    assert f"CANARYNORTH Provider. {FIRST}" in page_of_rep(visit("northfirth.rep"), one)
    page = officer.get(f"/care/{one.id}/arrange")
    changed = as_shown(page, provider=providers[1])
    assert do(officer, one, "arrange", request_of(app, cast).version, **changed).status_code == 302
    assert f"Other Agency. {OTHER}" in page_of_rep(visit("northfirth.rep"), one)


def test_what_an_officer_typed_is_asked_about_once_somebody_else_comes(
    app: Flask, visit: Any, cast: Cast, providers: tuple[str, str]
) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    typed = "Ask for Jo,\n01463 333333"
    do(officer, one, "arrange", 1, **{**ARRANGE, "arrangement": typed, "provider": providers[0]})
    page = officer.get(f"/care/{one.id}/arrange")
    version, kept = request_of(app, cast).version, as_shown(page, provider=providers[1])
    assert "Jo" in str(kept["arrangement"])
    asks = text_of(do(officer, one, "arrange", version, **kept))
    assert "How to reach them is still as entered for CANARYNORTH Provider. Correct it, or tick the box" in asks
    assert str(request_of(app, cast).provider_id) == providers[0], "nothing is saved before that"
    assert do(officer, one, "arrange", version, **kept, keeps_contact="y").status_code == 302
    read = page_of_rep(visit("northfirth.rep"), one)
    assert "Other Agency. Ask for Jo, 01463 333333" in read
    same = as_shown(officer.get(f"/care/{one.id}/arrange"), provider=providers[1], cost="60")
    assert do(officer, one, "arrange", version + 1, **same).status_code == 302, "nobody else comes: nothing is asked"
    emptied = as_shown(officer.get(f"/care/{one.id}/arrange"), provider=providers[0], arrangement="")
    assert do(officer, one, "arrange", version + 2, **emptied).status_code == 302
    assert f"CANARYNORTH Provider. {FIRST}" in page_of_rep(visit("northfirth.rep"), one)


def test_a_provider_of_the_list_gives_way_to_somebody_who_has_to_be_named(
    app: Flask, visit: Any, cast: Cast, providers: tuple[str, str]
) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    do(officer, one, "arrange", 1, **{**ARRANGE, "arrangement": "", "provider": providers[0]})
    changed = as_shown(officer.get(f"/care/{one.id}/arrange"), provider="unlisted")
    refused = text_of(do(officer, one, "arrange", request_of(app, cast).version, **changed))
    assert "enter the agency or worker and how to reach them" in refused


def test_the_invoice_the_price_and_who_pays_are_asked_about_with_it(
    app: Flask, visit: Any, cast: Cast, providers: tuple[str, str]
) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    paid = {"cost": "60", "is_paid_by_board": "yes", "invoice": "HH-777"}
    do(officer, one, "arrange", 1, **{**ARRANGE, "arrangement": "Ask for Jo", "provider": providers[0], **paid})
    version, moved = request_of(app, cast).version, {**ARRANGE, "arrangement": "", "provider": providers[1]}
    asks = text_of(
        do(officer, one, "arrange", version, **{**moved, **paid, "cost": "60.00", "arrangement": "Ask for Jo"})
    )
    left = "The invoice number HH-777, how to reach them, the price and who pays are still as entered for"
    assert f"{left} CANARYNORTH Provider. Correct them, or tick the box to keep them" in asks
    asks = text_of(do(officer, one, "arrange", version, **{**moved, **paid, "cost": "54"}))
    assert "The invoice number HH-777 is still as entered for CANARYNORTH Provider. Correct it, or tick" in asks
    assert (request_of(app, cast).invoice, str(request_of(app, cast).provider_id)) == ("HH-777", providers[0])
    new = {**paid, "cost": "54", "invoice": "TC-1"}
    assert do(officer, one, "arrange", version, **{**moved, **new}).status_code == 302
    assert request_of(app, cast).invoice == "TC-1"
    version = request_of(app, cast).version
    back = {**moved, **new, "provider": providers[0], "keeps_contact": "y"}
    assert do(officer, one, "arrange", version, **back).status_code == 302, "ticked, it is kept"
