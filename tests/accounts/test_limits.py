"""Limits by client and by password: who tries much has to wait, and nobody else; the owner always has a way in."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from portal.accounts import rules
from portal.infra.database import db
from tests.accounts.mailed import send_all
from tests.accounts.test_pages import count, latest_link, sign_in
from tests.cast import NOW, PASSWORD, Cast
from tests.visitor import Visitor, text_of

pytestmark = pytest.mark.usefixtures("few_each")
REP = "rep@northfirth.test"
CLIENT = "81.2.69.142"


def address(number: int) -> str:
    return f"81.{number // 250}.69.{number % 250 + 1}"


@pytest.fixture
def few_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Smaller budgets than the real ones, as each guess takes its time."""
    for name, most in (("GUESSES_OF_CLIENT", 5), ("GUESSES_OF_PASSWORD", 4), ("LINKS_OF_CLIENT", 4)):
        monkeypatch.setattr(rules, name, dataclasses.replace(getattr(rules, name), most=most))


@pytest.fixture
def come(app: Flask, visit: Callable[[str], Visitor], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Visitor]:
    """come(client) is a stranger with a new browser, behind one proxy of ours, at that client's address."""
    monkeypatch.setitem(app.config, "PORTAL", dataclasses.replace(app.config["PORTAL"], proxies=1))

    def comes(client: str = CLIENT) -> Visitor:
        visitor = visit("")
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"9.9.9.9, {client}"
        return visitor

    return comes


def at_many(come: Callable[..., Visitor], number: int, password: str = "", client: str = "") -> list[Any]:
    """Guesses at as many accounts, each from a browser and a client of its own unless one is given."""
    answers = []
    for n in range(number):
        visitor = come(client or address(n))
        answers.append(sign_in(visitor, password or f"guess {n}", f"someone{n}@elsewhere.test"))
    return answers


def test_a_client_that_guesses_at_many_accounts_has_to_wait_and_no_other_has(come: Any, at: Any) -> None:
    most = rules.GUESSES_OF_CLIENT.most
    assert {one.status_code for one in at_many(come, most, client=CLIENT)} == {200}
    refused = sign_in(come(), PASSWORD, REP)
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert "Try again in 15 minutes." in text_of(refused)
    assert sign_in(come("81.2.69.143"), PASSWORD, REP).status_code == 302
    at(NOW + timedelta(minutes=15))
    assert sign_in(come(), PASSWORD, REP).status_code == 302


def test_the_address_stays_in_the_field_after_a_limit(come: Any) -> None:
    at_many(come, rules.GUESSES_OF_CLIENT.most, client=CLIENT)
    refused = sign_in(come(), PASSWORD, REP, path="/sign-in?next=/account")
    assert refused.status_code == 429
    assert f'value="{REP}"' in refused.text
    assert 'action="/sign-in?next=/account"' in refused.text
    assert PASSWORD not in refused.text
    for path in ("/sign-in/by-email", "/forgotten-password", "/invitation/again"):
        for _ in range(rules.LINKS_OF_CLIENT.most + 1):
            last = come().post(path, {"email": REP})
        assert last.status_code == 429, path
        assert f'value="{REP}"' in last.text, path
        assert f'action="{path}"' in last.text


def test_a_forged_header_makes_no_other_client(come: Any) -> None:
    for n in range(rules.GUESSES_OF_CLIENT.most):
        visitor = come()
        visitor.client.environ_base["HTTP_X_FORWARDED_FOR"] = f"{address(n)}, {CLIENT}"
        sign_in(visitor, f"guess {n}", f"someone{n}@elsewhere.test")
    assert sign_in(come(), PASSWORD, REP).status_code == 429


def test_an_office_that_signs_in_in_the_morning_is_not_kept_out(come: Any) -> None:
    answers = [sign_in(come(), PASSWORD, REP).status_code for _ in range(12)]
    assert answers == [302] * 10 + [429] * 2, "at one account ten in five minutes, right or wrong"
    assert sign_in(come(), PASSWORD, "clerk@northfirth.test").status_code == 302


def test_a_browser_that_is_known_is_let_in_beside_a_client_that_guesses(come: Any) -> None:
    own = come()
    sign_in(own, PASSWORD, REP)
    own.post("/sign-out")
    own.token = ""
    at_many(come, rules.GUESSES_OF_CLIENT.most + 1, client=CLIENT)
    assert sign_in(come(), PASSWORD, "clerk@northfirth.test").status_code == 429
    assert sign_in(own, PASSWORD, REP).status_code == 302


def test_one_password_over_many_accounts_from_many_clients_is_slowed(come: Any, at: Any) -> None:
    most = rules.GUESSES_OF_PASSWORD.most
    answers = at_many(come, most + 1, password="Winter2026!Winter")
    assert [one.status_code for one in answers] == [200] * most + [429]
    assert answers[-1].headers["Retry-After"] == "3600"
    assert sign_in(come(address(500)), PASSWORD, REP).status_code == 302, "whoever knows another is let in"
    at(NOW + timedelta(hours=1))
    assert sign_in(come(address(501)), "Winter2026!Winter", REP).status_code == 200


def test_the_right_password_of_many_is_not_counted(come: Any) -> None:
    """In the demonstration everybody has the same."""
    for role in ("rep", "clerk", "officer", "approver", "admin", "depute", "mentor"):
        for board in ("northfirth", "southmoor"):
            assert sign_in(come(), PASSWORD, f"{role}@{board}.test").status_code == 302


def test_what_is_kept_of_a_password_that_was_tried_does_not_say_which(app: Flask, come: Any, at: Any) -> None:
    sign_in(come(), "Winter2026!Winter", REP)
    with app.app_context():
        tables = db.session.execute(text("SELECT key FROM counts UNION SELECT key FROM hits ORDER BY key")).all()
        kept = str([*tables, *db.session.execute(text("SELECT * FROM audit_lines ORDER BY id")).all()])
    assert "Winter" not in kept
    assert CLIENT not in kept


def test_no_log_names_the_client(
    app: Flask, come: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "testing", False)
    at_many(come, rules.GUESSES_OF_CLIENT.most + 1, client=CLIENT)
    said = capsys.readouterr()
    assert '"status": 429' in said.err
    assert CLIENT not in said.err + said.out


def ask(visitor: Visitor, email: str = REP, path: str = "/sign-in/by-email") -> Any:
    """What comes of it: the page that says to look in one's email, at once or behind a redirect."""
    answer = visitor.post(path, {"email": email})
    return visitor.get(answer.headers["Location"]) if answer.status_code == 302 else answer


@pytest.mark.parametrize(
    "path", ["/sign-in/by-email", "/forgotten-password", "/invitation/again", "/check-in/send-again"]
)
def test_links_are_asked_for_a_few_times_alike_for_known_and_unknown_addresses(come: Any, path: str) -> None:
    refused = []
    for email in (REP, "who@elsewhere.test"):
        answers = [ask(come(address(n)), email, path) for n in range(6)]
        assert answers[0].status_code == 200
        refused.append(answers[-1])
    assert [one.status_code for one in refused] == [429, 429]
    assert text_of(refused[0]) == text_of(refused[1])
    assert refused[0].headers["Retry-After"] == refused[1].headers["Retry-After"]
    assert "You can ask for another in " in text_of(refused[0])


def test_a_client_that_asks_for_links_to_many_has_to_wait(come: Any) -> None:
    for n in range(rules.LINKS_OF_CLIENT.most):
        assert ask(come(), f"someone{n}@elsewhere.test").status_code == 200
    assert ask(come(), "one.more@elsewhere.test").status_code == 429
    assert ask(come("81.2.69.143"), "one.more@elsewhere.test").status_code == 200


def test_strangers_use_up_no_link_of_a_browser_that_is_known(app: Flask, come: Any) -> None:
    own = come()
    sign_in(own, PASSWORD, REP)
    own.post("/sign-out")
    own.token = ""
    for n in range(rules.LINKS_OF_CLIENT.most):
        ask(come(), f"someone{n}@elsewhere.test")
    for n in range(6):
        ask(come(address(n)))
    assert ask(come(address(99))).status_code == 429
    assert ask(own).status_code == 200


def test_whoever_is_asked_for_too_many_links_has_one_that_works(app: Flask, come: Any, at: Any) -> None:
    """Strangers who ask for them all the time keep the owner of the account out for no minute."""
    for minutes in range(0, 30, 2):
        at(NOW + timedelta(minutes=minutes))
        ask(come(address(minutes)))
        send_all(app)
        assert come().get(latest_link(app, "sign-in-link")).status_code == 200


def test_with_no_known_client_all_are_not_taken_for_one(visit: Any, cast: Cast) -> None:
    """Behind a proxy that the settings do not name: limits by account hold, and nobody is kept out by others."""
    for n in range(rules.GUESSES_OF_CLIENT.most + 5):
        sign_in(visit(""), f"guess {n}", f"someone{n}@elsewhere.test")
    assert sign_in(visit(""), PASSWORD, REP).status_code == 302


def test_a_guess_that_is_refused_leaves_no_line(app: Flask, come: Any) -> None:
    from portal.audit.models import AuditLine

    for n in range(12):
        sign_in(come(address(n)), f"wrong {n}", REP)
    assert count(app, AuditLine, AuditLine.event == "SignInFailed") == 10


def test_a_client_that_tries_passkeys_all_the_time_has_to_wait(come: Any) -> None:
    visitor = come()
    visitor.get("/sign-in")
    for _ in range(rules.GUESSES_OF_CLIENT.most):
        assert visitor.post("/sign-in/passkey", {"credential": "x"}).status_code == 302
    assert visitor.post("/sign-in/passkey", {"credential": "x"}).status_code == 429
    assert sign_in(come(address(7)), PASSWORD, REP).status_code == 302
