"""Negative controls of who is told what, as in test_controls.py: a guard is broken, and its test must fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.boards.emails import holders
from portal.infra.notification import each
from tests.boards import test_telling as telling
from tests.expenses import test_new_payees as payees
from tests.sample import some
from tests.security.test_controls import is_noticed

pytestmark = pytest.mark.slow
second = telling.second  # a fixture of theirs

TELLING, EXPENSES = "portal.boards.telling.emails", "portal.expenses"
CONTROLS: dict[str, tuple[str, Any, Callable[..., None]]] = {
    "25: whoever did it is their own witness": (
        f"{TELLING}.acting",
        type("Nobody", (), {"get": staticmethod(lambda: None)}),
        telling.test_other_roles_seats_and_settings_come_once_a_day_from_what_to_what,
    ),
    "25: a lone administrator hears nothing of a role that counts": (
        f"{TELLING}.holders",
        lambda *_asked: [],
        telling.test_an_administrator_who_is_the_only_one_is_told_of_what_they_did,
    ),
    "25: administrators of every board are told": (
        f"{TELLING}.holders",
        lambda board, role: [*holders(board, role), *each(telling.administrators_anywhere())],
        telling.test_no_email_names_a_role_on_another_board,
    ),
    "25: a list of people is news of each": (
        f"{TELLING}.recorded",
        lambda _kind: [],
        telling.test_a_list_of_people_is_one_piece_of_news,
    ),
    "25: nobody else hears of a changed payee": (
        f"{EXPENSES}.emails.holders",
        lambda *_asked: [],
        payees.test_where_nobody_else_approves_the_administrators_hear,
    ),
    "25: a new payee is like any other": (
        f"{EXPENSES}.payments.new_payees._people_paid",
        lambda _board: dict.fromkeys(payees.everybody(), payees.TODAY),
        payees.test_an_approver_is_told_of_a_first_payment_and_of_a_reference_changed_since_the_last,
    ),
}


@pytest.mark.parametrize("what", some(CONTROLS, one_in=3))
def test_a_broken_guard_is_noticed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    is_noticed(request, monkeypatch, *CONTROLS[what])
