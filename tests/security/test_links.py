"""Signed links open one thing for one purpose, and nothing when they were changed, made for another, or are dead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.infra.guard import guard_of
from portal.infra.web.links import _signer, token_for
from tests.cast import Cast
from tests.security.found_forms import FoundForm, Senders


def link_routes(app: Flask) -> Iterator[FoundForm]:
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        guard = guard_of(app, rule.endpoint)
        if guard.startswith("link "):
            yield FoundForm(rule.endpoint, rule.rule, guard, "")


def opened_by_wrong_tokens(app: Flask, cast: Cast, visit: Any) -> list[str]:
    """The routes that open for a token which should open nothing, with what was wrong with it."""
    found, senders = [], Senders(app, cast, visit)
    for form in link_routes(app):
        purpose = form.guard.removeprefix("link ")
        right = _right_token(app, cast, senders, purpose)
        for what, token in _wrong_tokens(app, purpose, right).items():
            for method in ("GET", "POST"):
                stranger = visit("")
                data = {"csrf_token": stranger.csrf_token()} if method == "POST" else {}
                answer = stranger.client.open(form.rule.replace("<token>", token), method=method, data=data)
                if answer.status_code not in (404, 405):
                    found.append(f"{method} {form.rule} with {what}: {answer.status_code}")
        if visit("").client.get(form.rule.replace("<token>", right)).status_code not in (200, 405):
            found.append(f"{form.rule}: the right token opens it no more, so a wrong one used it up")
    return found


def _right_token(app: Flask, cast: Cast, senders: Senders, purpose: str) -> str:
    if purpose == "calendar":
        with app.app_context():
            return token_for(purpose, cast.person("northfirth.rep"), "1")
    return senders._token(purpose)


def _wrong_tokens(app: Flask, purpose: str, right: str) -> dict[str, str]:
    with app.app_context():
        row, generation = _signer(purpose).loads(right)
        return {
            "rubbish": "rubbish",
            "a changed letter": right[:-3] + ("AAA" if right[-3:] != "AAA" else "BBB"),
            "a changed thing": right[:10] + ("A" if right[10] != "A" else "B") + right[11:],
            "another purpose": token_for("another", UUID(hex=row), generation),
            "another generation": token_for(purpose, UUID(hex=row), f"{generation}x"),
            "a thing that is not there": token_for(purpose, UUID(int=5), generation),
        }


def test_a_wrong_token_opens_nothing(app: Flask, cast: Cast, visit: Any) -> None:
    assert len(list(link_routes(app))) >= 5
    assert opened_by_wrong_tokens(app, cast, visit) == []


def test_a_link_whose_signature_nobody_checks_is_noticed(
    app: Flask, cast: Cast, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(purpose: str, token: str) -> tuple[UUID, str] | None:
        try:
            row, generation = _signer(purpose).loads_unsafe(token)[1]
            return UUID(hex=row), generation
        except (ValueError, TypeError):
            return None

    monkeypatch.setattr("portal.infra.guard.read_token", careless)
    found = opened_by_wrong_tokens(app, cast, visit)
    assert [one for one in found if "another purpose" in one]


def test_a_link_that_outlives_its_generation_is_noticed(
    app: Flask, cast: Cast, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.accounts import queries
    from portal.accounts.models import MailedLink
    from portal.infra.database import db

    monkeypatch.setattr(queries, "usable_link", lambda _purpose, link_id, _mark: db.session.get(MailedLink, link_id))
    found = opened_by_wrong_tokens(app, cast, visit)
    assert [one for one in found if "another generation" in one]


def test_half_way_pages_open_only_half_way(app: Flask, visit: Any) -> None:
    """To a stranger and to somebody who is signed in they lead to sign-in, or onwards."""
    rules = [rule.rule for rule in app.url_map.iter_rules() if guard_of(app, rule.endpoint) == "awaiting second factor"]
    assert len(rules) == 2
    for rule in rules:
        for name in ("", "northfirth.clerk"):
            assert visit(name).client.get(rule).status_code == 302


def test_a_half_way_page_without_its_guard_is_noticed(app: Flask, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import inspect

    for endpoint, view in list(app.view_functions.items()):
        if guard_of(app, endpoint) == "awaiting second factor":
            monkeypatch.setitem(app.view_functions, endpoint, inspect.unwrap(view))
    with pytest.raises(AssertionError):
        test_half_way_pages_open_only_half_way(app, visit)
