"""Who comes and who pays are chosen, the rep reads who pays, and an email says what is new in what is arranged."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.core.values import Typed
from portal.infra.database import db
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import Cast, anywhere
from tests.replacement_care.asking import ARRANGE, asked, do, mails, request_of
from tests.replacement_care.test_two_tabs import arranged, change, page_of, page_of_rep
from tests.visitor import text_of


def told(app: Flask, cast: Cast, words: str) -> int:
    """How many emails about the request say this to the rep."""
    with app.app_context():
        to_rep = (Email.template == "care-update", Email.person_id == cast.northfirth.people["rep"])
        found = db.session.scalars(anywhere(select(Email).where(*to_rep).order_by(Email.id))).unique()
        return sum(words in words_of(one).text for one in found)


def test_who_pays_is_said_with_what_it_costs(app: Flask, visit: Any, cast: Cast) -> None:
    one, officer = asked(app, visit, cast), visit("northfirth.officer")
    typed: Typed = {**ARRANGE, "provider": str(cast.northfirth.things["provider_id"]), "cost": "54"}
    typed = {**typed, "invoice": "INV-54", "is_paid_by_board": ""}
    assert "Say who pays the provider" in text_of(do(officer, one, "arrange", 1, **typed))
    assert request_of(app, cast).status == "asked", "nothing is saved before that"
    assert do(officer, one, "arrange", 1, **{**typed, "cost": ""}).status_code == 302, "no cost, and nothing to pay"


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_both_sides_read_who_pays(app: Flask, visit: Any, cast: Cast, answer: str) -> None:
    rep, officer, one = arranged(app, visit, cast, is_paid_by_board=answer, invoice="INV-54")
    by = "by the board" if answer == "yes" else "first by {}"
    assert f"What it costs £54.00, paid {by.format('you')}" in page_of_rep(rep, one)
    assert f"What it costs £54.00, paid {by.format('the rep')}" in page_of(officer, one)
    assert "Invoice number INV-54" in page_of(officer, one)


def test_that_the_board_pays_is_said_before_the_cost_is_known(app: Flask, visit: Any, cast: Cast) -> None:
    rep, _, one = arranged(app, visit, cast, is_paid_by_board="yes", cost="")
    assert "Who pays The board" in page_of_rep(rep, one)


@pytest.mark.parametrize(("who", "chosen"), [("arranged", ""), ("known", "unlisted")])
def test_nobody_is_chosen_to_come_unless_the_rep_has_somebody(
    app: Flask, visit: Any, cast: Cast, who: str, chosen: str
) -> None:
    one, officer = asked(app, visit, cast, who=who), visit("northfirth.officer")
    do(officer, one, "take", 1)
    page = officer.get(f"/care/{one.id}/arrange").text
    assert f'<option value="{chosen}" selected>' in page
    refused = text_of(do(officer, one, "arrange", 2, **{**ARRANGE, "provider": ""}))
    assert "Select who is coming" in refused
    assert request_of(app, cast).status == "arranging"


def test_the_email_of_an_accepted_change_says_that_the_new_times_are_agreed(app: Flask, visit: Any, cast: Cast) -> None:
    rep, officer, one = arranged(app, visit, cast)
    assert told(app, cast, "Board made on Tuesday 3 March is arranged.") == 1
    change(rep, app, cast, until_hour="3pm")
    do(officer, one, "agree-times", request_of(app, cast).version)
    says = "Your new times for the request to CANARYNORTH Joint Board made on Tuesday 3 March are agreed."
    assert told(app, cast, says) == 1
    change(rep, app, cast, until_hour="4pm")
    provider = str(cast.northfirth.things["provider_id"])
    again: Typed = {**ARRANGE, "until_hour": "4pm", "cost": "60", "provider": provider}
    do(officer, one, "arrange", request_of(app, cast).version, **again)
    assert told(app, cast, says) == 2, "also where it is arranged anew"
    assert told(app, cast, "Board made on Tuesday 3 March is arranged.") == 1


def test_whoever_pays_first_hears_of_another_price(app: Flask, visit: Any, cast: Cast) -> None:
    _, officer, one = arranged(app, visit, cast, cost="54")
    says = (
        "There is a new price for your request to CANARYNORTH Joint Board made on Tuesday 3 March, which you pay first."
    )
    page = page_of(officer, one)
    assert "Save, and tell the rep" not in page
    assert "Where the rep pays first, we’ll email them about another price too." in page
    now: Typed = {**ARRANGE, "provider": str(cast.northfirth.things["provider_id"]), "cost": "58"}
    do(officer, one, "arrange", request_of(app, cast).version, **now)
    assert told(app, cast, says) == 1
    do(officer, one, "arrange", request_of(app, cast).version, **{**now, "invoice": "INV-58"})
    assert told(app, cast, says) == 1, "an invoice number is nothing to them"
    do(officer, one, "arrange", request_of(app, cast).version, **{**now, "cost": "", "invoice": "INV-58"})
    assert told(app, cast, "is now arranged differently") == 1, "no price any more"


def test_what_a_rep_need_not_hear_again_sets_off_no_email(app: Flask, visit: Any, cast: Cast) -> None:
    _, officer, one = arranged(app, visit, cast, cost="")
    before, provider = mails(app, cast, "care-update", "rep"), str(cast.northfirth.things["provider_id"])
    pays: Typed = {**ARRANGE, "provider": provider, "cost": "54", "is_paid_by_board": "yes", "invoice": "INV-1"}
    done = officer.post(f"/care/{one.id}/arrange", {**pays, "version": str(one.version)}, follow_redirects=True)
    assert "Saved for CANARYNORTH Rep. Nobody is emailed about this." in text_of(done)
    assert mails(app, cast, "care-update", "rep") == before
    do(officer, one, "arrange", request_of(app, cast).version, **{**pays, "is_paid_by_board": "no"})
    assert (
        told(app, cast, "Who pays for your request to CANARYNORTH Joint Board made on Tuesday 3 March has changed.")
        == 1
    )
    do(officer, one, "arrange", request_of(app, cast).version, **{**pays, "arrangement": "Sam comes"})
    assert (
        told(app, cast, "Your request to CANARYNORTH Joint Board made on Tuesday 3 March is now arranged differently.")
        == 1
    )
