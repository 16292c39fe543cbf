"""Negative controls of who is told what, as in test_controls.py: a guard is broken, and its test must fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.boards.emails import holders
from portal.boards.models import StaffRole
from portal.boards.offers.queries import offers_to
from portal.infra.database import db
from portal.infra.notification import each
from tests.boards import test_offers as offers
from tests.boards import test_offers_end as ends
from tests.boards import test_telling as telling
from tests.cast import anywhere
from tests.expenses import test_new_payees as payees
from tests.sample import some
from tests.security.test_controls import is_noticed, nothing

pytestmark = pytest.mark.slow
second = telling.second  # a fixture of theirs


def take_all(person: Person) -> None:
    """Whoever joins by one invitation has what every board gave."""
    owner = person_by_email(person.email)
    assert owner
    db.session.execute(update(Person).where(Person.id == owner.id).values(offered_to_id=person.id))
    db.session.execute(update(Person).where(Person.id == person.id).values(offered_to_id=None))
    rows = select(StaffRole).where(StaffRole.person_id == owner.id).order_by(StaffRole.id)
    for one in db.session.scalars(anywhere(rows)):
        one.person_id = person.id
    db.session.refresh(person)


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
    "26: an account with the address is given the role": (
        "portal.boards.offers.actions.people.person_of_board",
        lambda _board, email, _today: person_by_email(email),
        offers.test_whoever_is_invited_by_the_page_looks_the_same,
    ),
    "26: an offer is anybody's to answer": (
        "portal.boards.offers.queries.offers_to",
        lambda _me: [one for board in offers.everybody() for one in offers_to(board)],
        ends.test_nobody_else_answers_it_and_it_is_answered_once,
    ),
    "26: an offer does not end": (
        "portal.accounts.invitations.queries.is_open_offer",
        lambda _now: Person.offered_to_id.is_not(None),
        ends.test_an_offer_ends_after_fourteen_days_or_when_it_is_withdrawn,
    ),
    "26: rows stay with the offer": (
        "portal.boards.offers.actions._hand_over",
        nothing,
        offers.test_an_offer_by_the_page_is_theirs_once_accepted,
    ),
    "26: an invitation opens what another board gave": (
        "portal.accounts.invitations._take_address",
        take_all,
        ends.test_of_several_boards_whoever_is_joined_first_has_the_account_and_the_others_are_offers,
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
