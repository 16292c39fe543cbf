"""Negative controls of what friends of one person must not do, as in test_controls.py: the guard is broken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from portal.core.budgets import Budget
from portal.role_profiles.letters.rules import OF_CLIENT_A_DAY
from tests.accounts import test_code_pauses as codes
from tests.accounts import test_factor_by_the_day as by_the_day
from tests.boards import test_imports as imports
from tests.boards import test_independence as independence
from tests.boards import test_own_roles as own_roles
from tests.corrections import test_independent as corrections
from tests.expenses import test_independent_seconds as seconds
from tests.expenses import test_paid_invoices as invoices
from tests.expenses import test_publishing as publishing
from tests.expenses.test_four_eyes import another_approver
from tests.role_profiles import test_letters as letters
from tests.sample import some
from tests.security.test_controls import is_noticed, nothing, yes

pytestmark = pytest.mark.slow
first, friend, far_friend = seconds.first, seconds.friend, seconds.far_friend  # fixtures of theirs
secret, thief, write = codes.secret, codes.thief, letters.write


@pytest.fixture
def second(request: pytest.FixtureRequest) -> UUID:
    """Another approver of Northfirth."""
    app, cast = (request.getfixturevalue(name) for name in ("app", "cast"))
    request.getfixturevalue("rolled_back")
    return another_approver(app, cast, "second")


def no(*_: Any) -> bool:
    return False


def others(_board: Any, one: Any, other: Any, _now: Any) -> Any:
    return one != other


def once(test: Callable[..., None], **given: Any) -> Callable[..., None]:
    """One case of a test that has several."""

    def of_one(request: pytest.FixtureRequest) -> None:
        names = [name for name in test.__code__.co_varnames[: test.__code__.co_argcount] if name not in given]
        test(**{name: request.getfixturevalue(name) for name in names}, **given)

    return of_one


POLICY = publishing.test_whoever_wrote_a_policy_that_begins_at_once_does_not_publish_it
CONTROLS: dict[str, tuple[str, Any, Callable[..., None]]] = {
    "24: the chain is not followed": (
        "portal.boards.independence.rules.brought_in",
        no,
        independence.test_the_chain_is_followed_both_ways,
    ),
    "24: nobody brought anybody in": (
        "portal.boards.independence.queries.made_by",
        lambda _board: {},
        seconds.test_whom_one_brought_in_agrees_to_nothing,
    ),
    "24: anybody else is independent where it is paid": (
        "portal.expenses.payments.eyes.independent",
        others,
        once(seconds.test_neither_pays_what_the_other_decided, decider="first"),
    ),
    "24: a friend agrees to one’s own role": (
        "portal.boards.people.actions.brought_in",
        no,
        once(own_roles.test_whom_they_brought_in_cannot_agree, through=1),
    ),
    "24: clerks make themselves": (
        "portal.boards.people.actions.WAITS_FOR_ANOTHER",
        ("officer",),
        once(own_roles.test_whichever_way_it_is_given, role="clerk"),
    ),
    "24: a friend confirms what makes a figure better": (
        "portal.corrections.actions.independent",
        yes,
        corrections.test_whom_they_brought_in_does_not_confirm_it,
    ),
    "24: whoever wrote a policy publishes it": (
        "portal.expenses.policies.actions.left_to_another",
        nothing,
        once(POLICY, days=40),
    ),
    "24: a mile at any price": (
        "portal.expenses.policies.forms.MOST_RATES",
        {},
        once(publishing.test_a_mile_has_a_most, rate="100", is_kept=False),
    ),
    "24: nobody is told that a policy is new": (
        "portal.expenses.decisions.views.published_lately",
        lambda *_: [],
        publishing.test_the_page_of_a_decision_says_that_the_policy_is_new,
    ),
    "24: what was paid is changed": (
        "portal.replacement_care.arranging.paid.paid_on",
        nothing,
        invoices.test_an_invoice_that_is_paid_stays_as_it_is,
    ),
    "5: whoever joins needs no second step": (
        "portal.identity.WITH_SECOND_FACTOR",
        (),
        once(by_the_day.test_whoever_joins_by_invitation_sets_it_up_before_anything_opens, role="approver"),
    ),
    "7: the preview may come back as anything": (
        "portal.boards.people.forms.is_cell",
        yes,
        once(imports.test_what_comes_back_from_the_preview_is_as_it_was_sent, column="name", cell=5),
    ),
    "27: a second step that is set up makes no browser known": (
        "portal.accounts.pauses.know_for_codes",
        nothing,
        codes.test_nor_in_the_browser_in_which_they_set_it_up,
    ),
    "27: letters are counted by the hour alone": (
        "portal.role_profiles.letters.actions.rules.OF_CLIENT_A_DAY",
        Budget("letters of a client on a day", 10 * OF_CLIENT_A_DAY.most, OF_CLIENT_A_DAY.span),
        letters.test_a_client_that_waits_an_hour_each_time_writes_few_on_a_day,
    ),
}


@pytest.mark.parametrize("what", some(CONTROLS, one_in=4))
def test_a_broken_guard_is_noticed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    if CONTROLS[what][2] in (codes.test_nor_in_the_browser_in_which_they_set_it_up,) or what.startswith("5:"):
        request.getfixturevalue("required_of_staff")
    is_noticed(request, monkeypatch, *CONTROLS[what])
