"""Negative controls of what two people must do, as in test_controls.py: a guard is broken, and its test must fail."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import false, select, true

from portal.expenses.payments.models import SupplierLine
from tests.boards import test_own_roles as own_roles
from tests.expenses import test_finance_address as finance
from tests.expenses import test_four_eyes as four_eyes
from tests.expenses import test_invoices_by_two as invoices
from tests.expenses import test_second_name as second_name
from tests.sample import some
from tests.security.test_controls import is_noticed, nothing, yes

pytestmark = pytest.mark.slow
close, named = second_name.close, finance.named  # fixtures of theirs
MAY_PAY, DECISIONS = "portal.expenses.payments.eyes.may_pay", "portal.expenses.decisions"


@pytest.fixture
def second(request: pytest.FixtureRequest) -> Any:
    """Another approver of Northfirth."""
    app, cast = (request.getfixturevalue(name) for name in ("app", "cast"))
    request.getfixturevalue("rolled_back")
    return four_eyes.another_approver(app, cast, "second")


def anything(*_: Any) -> Any:
    return true()


def no_one(*_: Any) -> Any:
    return false()


CONTROLS: dict[str, tuple[str, Any, Callable[..., None]]] = {
    "24: whoever decided makes the run": (
        MAY_PAY,
        anything,
        four_eyes.test_whoever_decided_does_not_make_the_run,
    ),
    "24: whoever decided marks it as paid": (
        MAY_PAY,
        anything,
        four_eyes.test_whoever_decided_does_not_mark_it_as_paid,
    ),
    "24: nobody else could": (
        "portal.expenses.payments.eyes.another_could",
        no_one,
        four_eyes.test_whoever_decided_does_not_make_the_run,
    ),
    "24: whoever entered an invoice pays it": (
        MAY_PAY,
        anything,
        four_eyes.test_whoever_entered_an_invoice_neither_puts_it_into_a_run_nor_pays_it,
    ),
    "24: whoever approved an invoice pays it": (
        MAY_PAY,
        anything,
        invoices.test_whoever_puts_an_invoice_into_a_run_does_not_mark_it_as_paid,
    ),
    "24: whoever may not mark a run as paid corrects its day": (
        "portal.expenses.paid_days.actions.why_not_paid",
        nothing,
        invoices.test_whoever_may_not_mark_it_as_paid_does_not_correct_its_day,
    ),
    "24: invoices of one person are counted nowhere": (
        "portal.expenses.figures.queries._invoices_paid",
        lambda *_: select(SupplierLine.board_id, SupplierLine.pence).where(false()),
        invoices.test_who_is_alone_pays_it_all_the_same_and_finance_and_figures_say_so,
    ),
    "24: the rule and its statement part ways": (
        MAY_PAY,
        anything,
        four_eyes.test_the_rule_and_its_statement_say_the_same,
    ),
    "24: figures say nothing": (
        "portal.expenses.figures.queries.paid_by_one",
        lambda *_: {},
        four_eyes.test_figures_say_how_much_one_person_did,
    ),
    "24: nobody is close to anybody": (
        f"{DECISIONS}.closeness.is_close_to",
        no_one,
        second_name.test_what_they_decide_is_kept_and_tells_nobody,
    ),
    "24: the update takes one name": (
        f"{DECISIONS}.closeness.may_decide_alone",
        anything,
        second_name.test_the_update_itself_refuses_one_alone,
    ),
    "24: a first decision outlives a question": (
        f"{DECISIONS}.actions.forget_first",
        nothing,
        second_name.test_a_question_a_withdrawal_and_a_new_version_end_it,
    ),
    "24: finance hears nothing": (
        "portal.notifications.outbox._write_to",
        nothing,
        finance.test_it_is_told_of_a_run_without_names,
    ),
    "24: administrators hear of every run": (
        "portal.expenses.payments.actions.fire_once",
        yes,
        finance.test_where_none_is_named_administrators_hear_of_it_once_a_month,
    ),
    "24: nobody looks who gives a role": (
        "portal.boards.people.actions.acting",
        SimpleNamespace(get=nothing),
        own_roles.test_importing_oneself_is_the_same,
    ),
    "24: one agrees to one's own role": (
        "portal.boards.people.actions._settle",
        nothing,
        own_roles.test_nobody_agrees_to_their_own,
    ),
}


@pytest.mark.parametrize("what", some(CONTROLS, one_in=4))
def test_a_broken_guard_is_noticed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    is_noticed(request, monkeypatch, *CONTROLS[what])
