"""Negative controls of limits, as in test_controls.py: a guard is broken, and its test must fail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import request
from sqlalchemy import true

from portal.accounts.queries import key_of
from portal.core.budgets import Budget
from portal.infra.web.counts import Of
from portal.role_profiles.letters import actions as letter_actions
from tests.accounts import test_code_pauses as codes
from tests.accounts import test_invitation_limits as invitations
from tests.accounts import test_limits as limits
from tests.infra import test_counts as counts
from tests.infra import test_large_uploads as uploads
from tests.role_profiles import test_letters as letters
from tests.sample import some
from tests.security.test_controls import is_noticed, nothing, yes

pytestmark = pytest.mark.slow
come, few_each, here, secret, thief, write = (
    limits.come,
    limits.few_each,
    counts.here,
    codes.secret,
    codes.thief,
    letters.write,
)  # fixtures
_write = letter_actions.write_to_rep


def as_they_say() -> str:
    """Whoever somebody says they are."""
    return request.headers.get("X-Forwarded-For", "").partition(",")[0]


def in_clear(*parts: str) -> str:
    return " ".join(parts)[-64:]


def delivered_at_once(*given: Any) -> Any:
    letter = _write(*given)
    letter_actions.confirm(letter)
    return letter


CONTROLS: dict[str, tuple[str, Any, Callable[..., None]]] = {
    "27: whoever asks says who they are": (
        "portal.accounts.limits.client",
        as_they_say,
        limits.test_a_forged_header_makes_no_other_client,
    ),
    "27: clients are not counted": (
        "portal.accounts.limits.client",
        lambda: "",
        limits.test_a_client_that_guesses_at_many_accounts_has_to_wait_and_no_other_has,
    ),
    "27: a proxy that nobody named is everybody": (
        "portal.accounts.limits.client",
        lambda: request.remote_addr,
        limits.test_with_no_known_client_all_are_not_taken_for_one,
    ),
    "27: a browser that is known has no budget of guesses": (
        "portal.accounts.limits.budget_of_browser",
        lambda _person, _browser: "strangers",
        limits.test_a_browser_that_is_known_is_let_in_beside_a_client_that_guesses,
    ),
    "27: a browser that is known has no budget of links": (
        "portal.accounts.limits.budget_of_browser",
        lambda _person, _browser: "strangers",
        limits.test_strangers_use_up_no_link_of_a_browser_that_is_known,
    ),
    "27: what was right counts as a guess": (
        "portal.accounts.actions.give_back",
        nothing,
        limits.test_the_right_password_of_many_is_not_counted,
    ),
    "27: passwords that are tried are not counted": (
        "portal.accounts.limits._of_password",
        lambda password: Of(Budget("one each", 10**6, timedelta(hours=1)), (password,)),
        limits.test_one_password_over_many_accounts_from_many_clients_is_slowed,
    ),
    "27: links are not counted": (
        "portal.accounts.limits.count_link",
        nothing,
        limits.test_a_client_that_asks_for_links_to_many_has_to_wait,
    ),
    "27: a link to sign in can be asked for in vain for longer than it lives": (
        "portal.accounts.rules.LINKS_TO_ONE",
        {},
        limits.test_whoever_is_asked_for_too_many_links_has_one_that_works,
    ),
    "27: counts name whom they count": (
        "portal.infra.web.counts.keyed",
        in_clear,
        counts.test_no_address_lies_in_the_table_and_its_key_is_another_every_day,
    ),
    "27: counts stay": (
        f"{counts.__name__}.do_chores",
        nothing,
        counts.test_counts_that_are_over_go_with_the_next_minute_and_none_outlives_its_day,
    ),
    "27: pauses do not grow": (
        "portal.accounts.rules.CODE_PAUSES",
        {},
        codes.test_pauses_grow_and_the_answer_says_how_long,
    ),
    "27: wrong codes leave no line": (
        "portal.accounts.second_factor.write_line_apart",
        nothing,
        codes.test_each_wrong_code_is_on_record_and_the_owner_hears_of_the_fifth,
    ),
    "27: nobody hears of wrong codes": (
        "portal.accounts.second_factor.FREE_CODES",
        99,
        codes.test_each_wrong_code_is_on_record_and_the_owner_hears_of_the_fifth,
    ),
    "27: each browser that typed the password has codes of its own": (
        "portal.accounts.pauses.way_of",
        lambda _person, _session, browser: key_of(browser),
        codes.test_a_new_browser_for_each_guess_gets_no_more_of_them,
    ),
    "27: strangers keep a browser waiting that is known": (
        "portal.accounts.pauses.way_of",
        lambda *_: "strangers",
        codes.test_strangers_do_not_keep_the_owner_waiting_in_a_browser_that_is_known,
    ),
    "27: strangers keep whoever has a mailed link waiting": (
        "portal.accounts.pauses.way_of",
        lambda *_: "strangers",
        codes.test_strangers_do_not_keep_the_owner_waiting_who_uses_a_mailed_link,
    ),
    "27: anybody's large upload is read": (
        "portal.app.refused_unread",
        nothing,
        uploads.test_nothing_is_read_of_what_a_stranger_sends,
    ),
    "27: invitations are not counted": (
        "portal.accounts.invitations.count_invitation",
        nothing,
        invitations.test_a_sender_invites_so_many_a_day_and_nothing_of_one_more_is_done,
    ),
    "27: a letter goes to the rep at once": (
        "portal.role_profiles.letters.actions.write_to_rep",
        delivered_at_once,
        letters.test_a_letter_reaches_nobody_before_its_writer_confirms_it,
    ),
    "27: a letter can be confirmed again": (
        "portal.role_profiles.letters.actions.rows_changed",
        lambda _statement: 1,
        letters.test_a_link_works_once,
    ),
    "27: a letter waits for ever": (
        "portal.role_profiles.letters.queries.still_waits",
        yes,
        letters.test_one_that_is_not_confirmed_in_a_day_is_deleted,
    ),
    "27: a rep's own data hold what nobody confirmed": (
        "portal.privacy.export.not_",
        lambda _clause: true(),
        letters.test_the_rep_finds_nothing_of_it_among_their_own_data,
    ),
    "27: letters of a client are not counted": (
        "portal.role_profiles.letters.actions.of_client",
        lambda _budget: [],
        letters.test_a_client_writes_few_letters_and_keeps_nobody_else_from_writing,
    ),
}


@pytest.mark.parametrize("what", some(CONTROLS, one_in=4))
def test_a_broken_guard_is_noticed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    is_noticed(request, monkeypatch, *CONTROLS[what])
