"""Negative controls of the rows whose tests lie elsewhere: a guard is broken, and its test must fail.

Each entry: the row of tests/security/README.md and what is broken; where; by what; and the test that must notice.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal.accounts import second_factor
from portal.accounts.models import SignedInSession
from portal.accounts.queries import fingerprint_of
from portal.accounts.rules import fingerprint
from portal.accounts.sessions.rules import mark_of
from portal.infra.database import db
from portal.infra.web.signed_in import User
from portal.papers.preparing import checking as preparing_checking
from tests.accounts import test_emails_with_links as emails_with_links
from tests.accounts import test_factor_by_the_day as by_the_day
from tests.accounts import test_mailed_links as mailed_links
from tests.accounts import test_new_addresses as new_addresses
from tests.accounts import test_pages as accounts
from tests.accounts import test_second_factor as factors
from tests.accounts import test_sessions as sessions
from tests.audit_trail import test_pages as trail
from tests.boards import test_access as access
from tests.boards import test_agreements as agreements
from tests.infra import test_logs as logs
from tests.infra import test_sealed as sealed
from tests.privacy import test_own_data as own_data
from tests.privacy import test_retention as retention
from tests.sample import some
from tests.security import test_hostile_forms as forms

pytestmark = pytest.mark.slow
found, note, filled = forms.found, sealed.note, own_data.filled  # fixtures of theirs
with_factors = agreements.with_factors
has_role, no_hold_at_first = by_the_day.has_role, retention.no_hold_at_first


def session_of_anybody(_person_id: object, mark: str) -> SignedInSession | None:
    every = db.session.scalars(select(SignedInSession).order_by(SignedInSession.key))
    return next((one for one in every if mark_of(one.key) == mark), None)


def nothing(*_: Any, **__: Any) -> None:
    return None


def yes(*_: Any, **__: Any) -> bool:
    return True


def any_code(person: Any, code: str) -> bool:
    """An authenticator's code that is not remembered as used."""
    return bool(person.has_factor and second_factor._step_of(person.totp, code))


def asked_once_a_session(user: User, said: dict[str, bool] = {}) -> bool:  # noqa: B006 - it is to remember
    """Whether the factor is needed, worked out when somebody signs in and never again."""
    return said.setdefault(user.session.key, _needs_factor(user))


class Everything(set[str]):
    def __contains__(self, _: object) -> bool:
        return True


_needs_factor = User._needs_factor
LONG_LIVED = dict.fromkeys(("invitation", "reset", "sign-in", "new-email"), timedelta(days=9))
ACTIONS, QUERIES = "portal.accounts.actions", "portal.accounts.queries"
CONTROLS: dict[str, tuple[str, Any, Callable[..., None]]] = {
    "5: guesses are not counted": (
        "portal.accounts.limits.has_room",
        yes,
        accounts.test_ten_guesses_reach_the_password_and_the_eleventh_does_not,
    ),
    "5: no browser has a budget of its own": (
        f"{QUERIES}.known_browser",
        nothing,
        accounts.test_strangers_cannot_lock_out_a_browser_that_signed_in_before,
    ),
    "5: an unknown address answers at once": (
        "portal.accounts.passwords.hash_of_nothing",
        lambda: "",
        accounts.test_an_unknown_address_costs_the_same_work,
    ),
    "5: a used link works again": (
        f"{QUERIES}.is_link_usable",
        yes,
        emails_with_links.test_links_end_after_their_time,
    ),
    "5: using a link leaves no mark": (
        f"{ACTIONS}.use",
        nothing,
        accounts.test_a_mailed_link_works_once_and_a_get_uses_nothing,
    ),
    "5: links live for days": (
        "portal.accounts.rules.LINK_LIFE",
        LONG_LIVED,
        emails_with_links.test_links_end_after_their_time,
    ),
    "5: codes are not counted": (
        "portal.accounts.pauses.count_code",
        lambda _person_id, _way: 1,
        factors.test_codes_cannot_be_guessed,
    ),
    "5: a used code works again": (
        "portal.accounts.second_factor._use_code",
        any_code,
        factors.test_a_code_works_once_and_the_next_one_lets_in,
    ),
    "5: a mailed link skips the second factor": (
        "portal.infra.web.signed_in.User.is_authenticated",
        True,
        factors.test_a_new_password_and_a_mailed_link_do_not_skip_it,
    ),
    "5: a factor is asked for by the roles of the day one signed in": (
        "portal.infra.web.signed_in.User._needs_factor",
        asked_once_a_session,
        by_the_day.test_a_session_of_the_evening_before_is_judged_by_the_new_day,
    ),
    "5: a session of days sets up a factor": (
        "portal.accounts.rules.may_set_up_factor",
        yes,
        by_the_day.test_a_session_of_yesterday_sets_nothing_up_without_the_password,
    ),
    "5: a link outlives the address": (
        f"{QUERIES}.fingerprint",
        lambda password_hash, _email, factor: fingerprint(password_hash, "", factor),
        mailed_links.test_an_invitation_dies_when_the_address_of_somebody_who_has_not_joined_changes,
    ),
    "5: an email goes with a dead link": (
        "portal.notifications.outbox.has_dead_link",
        lambda _email: False,
        new_addresses.test_an_email_about_a_second_change_of_address_takes_the_place_of_the_first,
    ),
    "5: changing the password needs none": (
        "portal.accounts.views._proves",
        yes,
        accounts.test_a_new_password_needs_the_present_one_also_right_after_signing_in,
    ),
    "5: changing the address needs no password": (
        "portal.accounts.views._proves",
        yes,
        accounts.test_a_new_address_needs_the_password_also_right_after_signing_in,
    ),
    "5: a password changed in haste ends the way back to an address": (
        f"{QUERIES}.holds",
        lambda link: link.fingerprint == fingerprint_of(link.person),
        new_addresses.test_the_way_back_works_whatever_was_changed_after,
    ),
    "5: one board speaks for two": (
        "portal.boards.accounts.agreements.missing",
        lambda *_: set(),
        agreements.test_on_two_boards_both_must_agree,
    ),
    "6: sessions never end": (
        "portal.accounts.sessions.queries.is_session_alive",
        yes,
        accounts.test_a_session_ends_when_idle_and_after_its_longest_time,
    ),
    "6: signing out leaves the session": (
        f"{ACTIONS}.end_session",
        nothing,
        accounts.test_signing_in_and_out_and_a_copied_cookie_is_dead,
    ),
    "6: a new password leaves sessions": (
        f"{ACTIONS}.end_every_session",
        nothing,
        accounts.test_a_new_password_ends_every_session_and_every_link,
    ),
    "6: an ended role leaves sessions": (
        "portal.boards.people.actions.end_every_session",
        nothing,
        accounts.test_a_changed_role_ends_the_session,
    ),
    "6: a session that was ended opens": (
        "portal.boards.asking.session_and_roles",
        lambda key, _today: (db.session.get(SignedInSession, key), []),
        accounts.test_sign_out_everywhere,
    ),
    "21: a suspension shows in no role": (
        "portal.identity.why_kept_out",
        lambda *_when: "",
        access.test_a_suspended_person_sees_nothing_of_that_board_at_once_and_all_of_others,
    ),
    "21: a session need not prove itself again": (
        "portal.identity.why_kept_out",
        lambda *_when: "",
        access.test_signed_out_of_a_board_every_browser_proves_itself_before_it_sees_that_board,
    ),
    "21: past papers do not close": (
        "portal.identity.has_read_enough",
        lambda *_days: False,
        access.test_past_papers_close_with_the_term_or_later,
    ),
    "21: emails that wait go to whoever is suspended": (
        "portal.notifications.outbox.is_barred",
        lambda _email: False,
        access.test_who_is_suspended_gets_no_email_of_the_board_also_none_that_waits,
    ),
    "21: a new second step leaves other sessions": (
        "portal.accounts.second_factor.end_every_session",
        nothing,
        sessions.test_a_new_second_step_ends_what_was_begun_without_it,
    ),
    "21: any session is found by its mark": (
        "portal.accounts.sessions.queries.session_marked",
        session_of_anybody,
        sessions.test_nobody_ends_the_session_of_somebody_else,
    ),
    "9: logs take any field": (
        "portal.infra.logs.ALLOWED",
        Everything(),
        logs.test_a_field_that_is_not_allowed_is_dropped,
    ),
    "9: a sealed value fits any row": (
        "portal.infra.sealed.AESGCM",
        type("Unbound", (), {"__init__": nothing, "encrypt": lambda s, n, t, p: t, "decrypt": lambda s, n, c, p: b"x"}),
        sealed.test_a_value_moved_to_another_row_or_column_does_not_open,
    ),
    "10: own data holds the board's": (
        "portal.privacy.export.points_to_people",
        nothing,
        own_data.test_the_file_names_things_and_tells_what_one_did,
    ),
    "10: holds hold nothing": (
        "portal.retention.queries._is_held",
        lambda _: retention_nothing(),
        retention.test_a_hold_on_the_board_keeps_everything_of_it,
    ),
    "11: next= leads anywhere": (
        "portal.accounts.browser.own_path",
        lambda path: path or "/",
        forms.test_next_leads_to_own_paths_only,
    ),
    "13: a download leaves no line": (
        "portal.papers.reading.views.record",
        nothing,
        trail.test_a_download_stands_in_the_trail_without_its_reader,
    ),
}


def retention_nothing() -> Any:
    from sqlalchemy import false

    return false()


def prepared(test: Callable[..., None]) -> list[str]:
    """The fixtures that each test of its file begins with: without them it would fail with the guard in its place."""
    mark = getattr(inspect.getmodule(test), "pytestmark", None)
    return list(mark.args) if mark is not None and mark.name == "usefixtures" else []


@pytest.mark.parametrize("what", some(CONTROLS, one_in=4))
def test_a_broken_guard_is_noticed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    is_noticed(request, monkeypatch, *CONTROLS[what])


def is_noticed(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, where: str, broken: Any, test: Callable[..., None]
) -> None:
    """Break one guard, and see its test fail."""
    given = {name: request.getfixturevalue(name) for name in inspect.signature(test).parameters if name != "where"}
    given |= {"where": "https://evil.example"} if "where" in inspect.signature(test).parameters else {}
    for fixture in prepared(test):
        request.getfixturevalue(fixture)
    monkeypatch.setattr(where, broken)
    with pytest.raises((AssertionError, KeyError, pytest.fail.Exception)):
        test(**given)


def test_a_form_that_needs_no_token_is_noticed(
    request: pytest.FixtureRequest, app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    monkeypatch.setitem(app.config, "WTF_CSRF_CHECK_DEFAULT", False)
    given = {name: request.getfixturevalue(name) for name in ("app", "cast", "visit")}
    with pytest.raises(AssertionError):
        forms.test_no_unsafe_method_works_without_its_token(**given, found=request.getfixturevalue("found"))


def test_a_check_that_lets_everything_through_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.security.hostile_files import HOSTILE

    monkeypatch.setattr("portal.papers.preparing.checking.run_making", lambda *_: ({"pages": 1, "texts": []}, b""))
    bad = [make for _, make, reason in HOSTILE.values() if reason]
    assert [make for make in bad if preparing_checking.look_inside(make()).reason == ""] == bad
