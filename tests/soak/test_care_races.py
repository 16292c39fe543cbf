"""Two officers at once: one arranges a request and the other is told; an invoice goes into one run."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.expenses.payments import actions as payments_actions
from portal.infra.unit_of_work import unit_of_work
from portal.replacement_care.arranging import actions as arranging_actions
from portal.replacement_care.requests import actions as requests_actions
from portal.replacement_care.requests import queries as requests_queries
from portal.replacement_care.requests.rules import TOOK_PLACE, proposed
from tests.cast import NOW, Cast
from tests.soak.test_claim_races import in_a_transaction, won
from tests.soak.test_races import all_at_once, filled

__all__ = ["filled"]  # the fixture of the other races
RACES = int(os.environ.get("RACES", "12"))
pytestmark = [pytest.mark.slow, pytest.mark.races]


def asked(cast: Cast, days: int) -> UUID:
    rep = cast.northfirth.people["rep"]
    with unit_of_work():
        span = proposed(NOW + timedelta(days=days), 0)
        return requests_actions.ask(uuid4(), cast.northfirth.id, rep, rep, span, {"title": "Race", "what": "event"}).id


def test_a_request_is_arranged_once(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    board, officer = cast.northfirth.id, cast.northfirth.people["officer"]
    for number in range(RACES):
        with app.app_context():
            key = asked(cast, number + 1)

        def arrange(key: UUID = key) -> None:
            one = requests_queries.request_by_id(board, key)
            arranging_actions.arrange(one, 1, officer, one.span, {"arrangement": "Jo"})

        assert won(all_at_once(app, in_a_transaction(arrange))) == 1
        with app.app_context():
            one = requests_queries.request_by_id(board, key)
            assert (one.status, one.version) == ("arranged", 2)


def test_an_invoice_goes_into_one_run(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    board, approver = cast.northfirth.id, cast.northfirth.people["approver"]
    for number in range(RACES):
        with app.app_context():
            key = asked(cast, number + 1)
            with unit_of_work():
                one = requests_queries.request_by_id(board, key)
                typed = {"arrangement": "Jo", "cost": 5000, "is_paid_by_board": True, "invoice": "I"}
                arranging_actions.arrange(one, 1, cast.northfirth.people["officer"], one.span, typed)
                requests_actions.end(one, one.version, TOOK_PLACE, was_own_budget=False, cost=None)

        def pay(key: UUID = key) -> None:
            payments_actions.make_run(board, approver, [], [requests_queries.request_by_id(board, key)])

        assert won(all_at_once(app, in_a_transaction(pay))) == 1
