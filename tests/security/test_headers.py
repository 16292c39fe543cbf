"""Headers, cookies and hosts on every response in production: pages, errors, redirects, downloads, built files."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import Client, TestResponse

from config import ROOT, load
from portal.app import create_app
from portal.infra.web.health_by_ip import is_ip
from tests import databases
from tests.architecture.matrix import path_of
from tests.cast import PASSWORD, Cast
from tests.security.observatory import directives, score

HOST = "https://portal.example"
ENOUGH = 120


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Flask, Cast]:
    """A portal with production's settings and the cast in it."""
    folder = tmp_path_factory.mktemp("production")
    key = "2026:" + base64.b64encode(b"k" * 32).decode()
    given = {"PORTAL_ENV": "production", "SECRET_KEY": "s" * 40, "BASE_URL": HOST, "FIELD_KEYS": key}
    given |= {"SMTP_HOST": "mail.example", "MAIL_FROM": "a@b.example", "DATABASE_URL": f"sqlite:///{folder}/p.db"}
    app = create_app(load({**given, "FILES_URL": f"file://{folder}/files"}))
    return app, databases.fill_copy(app)


@pytest.fixture
def production(filled: tuple[Flask, Cast]) -> Flask:
    return filled[0]


@pytest.fixture
def rep(production: Flask) -> Client:
    """A rep who signed in over https."""
    client = production.test_client()
    _post(client, "/sign-in", {"email": "rep@northfirth.test", "password": PASSWORD})
    return client


def _post(client: Any, path: str, data: dict[str, str]) -> TestResponse:
    page = client.get(path, base_url=HOST).text
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    referrer = {"Referer": f"{HOST}{path}"}
    return client.post(path, data={**data, "csrf_token": token}, base_url=HOST, headers=referrer)


def judge(response: TestResponse) -> TestResponse:
    headers = dict(response.headers)
    cookies = response.headers.getlist("Set-Cookie")
    assert score(headers, cookies) >= ENOUGH, f"{score(headers, cookies)}: {headers}"
    assert directives(headers)["default-src"] == ["'none'"]
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "Access-Control-Allow-Origin" not in headers
    assert directives(headers)["frame-ancestors"] == ["'none'"]
    if response.mimetype == "text/html":
        assert directives(headers)["base-uri"] == ["'none'"]
    if response.mimetype.startswith("text/") and response.data:
        assert "charset=utf-8" in headers["Content-Type"].replace('"', "")
    assert all(cookie.startswith("__Host-") and "Path=/" in cookie and "Domain" not in cookie for cookie in cookies)
    assert all("SameSite=Lax" in cookie for cookie in cookies)
    assert "Python" not in headers.get("Server", "")
    return response


def every_path(app: Flask, cast: Cast) -> list[str]:
    rules = [rule.rule for rule in app.url_map.iter_rules() if "<path:" not in rule.rule]
    return sorted({path_of(rule, cast.northfirth).replace("<token>", "rubbish") for rule in rules})


@pytest.mark.long
def test_every_route_scores_enough_signed_in_and_out(filled: tuple[Flask, Cast], rep: Any) -> None:
    app, cast = filled
    stranger, seen = app.test_client(), set()
    for path in every_path(app, cast):
        for client in (stranger, rep):
            response = judge(client.get(path, base_url=HOST))
            seen.add(response.status_code)
            if client is rep and response.status_code == 200 and not path.startswith("/health"):
                assert "no-store" in response.headers["Cache-Control"], path
            if response.status_code == 405:  # no page has its address
                seen.add(judge(client.post(path, base_url=HOST)).status_code)
    assert seen >= {200, 302, 400, 403, 404, 405}


def test_a_sign_in_sets_cookies_that_score_too(production: Flask) -> None:
    response = _post(production.test_client(), "/sign-in", {"email": "rep@northfirth.test", "password": PASSWORD})
    assert response.status_code == 302
    names = {cookie.split("=")[0] for cookie in response.headers.getlist("Set-Cookie")}
    assert names == {"__Host-session", "__Host-known_browser"}
    judge(response)


def test_errors_score_too(production: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    client = production.test_client()
    judge(client.post("/sign-in", data={"email": "x" * 5_000_000}, base_url=HOST))

    def away(*_: Any) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    def broken(*_: Any) -> None:
        raise RuntimeError("no")

    for fail, code in ((away, 503), (broken, 500)):
        monkeypatch.setattr("portal.boards.queries.board_by_key", fail)
        response = client.get("/public/boards/northfirth", base_url=HOST)
        assert response.status_code == code
        judge(response)


def test_built_files_score_too(production: Flask) -> None:
    built = sorted((ROOT / "static" / "build").glob("*-*"))
    assert built
    for path in [*built, Path("mark.svg")]:
        where = f"/static/build/{path.name}" if path.is_absolute() else f"/static/{path}"
        response = production.test_client().get(where, base_url=HOST)
        assert response.status_code == 200
        judge(response)
        assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("host", ["https://evil.example", "https://portal.example.evil.example", "https://127.0.0.1"])
def test_another_host_is_no_address_of_the_portal(production: Flask, host: str) -> None:
    for path in ("/", "/help", "/sign-in", "/no/such/page"):
        response = production.test_client().get(path, base_url=host)
        assert response.status_code == 400
        assert "evil" not in response.text
        judge(response)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", None),
        ("Content-Security-Policy", "default-src *"),
        ("Content-Security-Policy", "default-src 'none'; script-src 'unsafe-inline'"),
        ("Strict-Transport-Security", None),
        ("X-Content-Type-Options", None),
        ("Referrer-Policy", "unsafe-url"),
        ("Cross-Origin-Resource-Policy", None),
        ("Access-Control-Allow-Origin", "*"),
        ("Access-Control-Allow-Origin", "https://evil.example"),
        ("Strict-Transport-Security", "max-age=31536000"),
        ("Content-Type", "text/html"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ],
)
def test_a_header_that_is_missing_or_weak_is_noticed(production: Flask, name: str, value: str | None) -> None:
    """The negative controls of this file: each header in turn."""
    response = production.test_client().get("/help", base_url=HOST)
    judge(response)
    response.headers.remove(name)
    if value:
        response.headers[name] = value
    with pytest.raises((AssertionError, KeyError)):
        judge(response)


def test_a_weak_cookie_is_noticed(production: Flask) -> None:
    response = production.test_client().get("/sign-in", base_url=HOST)
    [cookie] = response.headers.getlist("Set-Cookie")
    for part in ("; Secure", "; HttpOnly", "; SameSite=Lax", "__Host-"):
        response.headers["Set-Cookie"] = cookie.replace(part, "")
        with pytest.raises(AssertionError):
            judge(response)


def _kept(app: Flask, cast: Cast, client: Any) -> dict[str, str]:
    """What was said of keeping each page that a client opens with GET, by its address."""
    said = {}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "<path:" not in rule.rule:
            path = path_of(rule.rule, cast.northfirth).replace("<token>", "rubbish")
            said[path] = client.get(path, base_url=HOST).headers.get("Cache-Control", "")
    return said


PUBLIC = re.compile(
    r"/|/help|/help/glossary|/accessibility|/privacy|/privacy/how-long|/complain|/public/.*|/mentoring/what-a-mentor-does|/who-can-do-what|/expenses-policies.*|/register.*|/roles/.*"
)


@pytest.mark.long
def test_only_public_pages_and_photos_may_be_kept(filled: Any) -> None:
    app, cast = filled
    said = _kept(app, cast, app.test_client())
    keepable = {path for path, words in said.items() if "no-store" not in words}
    assert keepable, "some are"
    assert {path for path in keepable if not PUBLIC.fullmatch(path)} == set()


def test_pages_with_a_token_and_pages_of_faults_are_not_kept(production: Flask, rep: Any) -> None:
    stranger = production.test_client()
    for path in ("/sign-in", "/forgotten-password", "/no/such/page", "/check-in/rubbish", "/health/live", "/me"):
        assert stranger.get(path, base_url=HOST).headers["Cache-Control"] == "no-store", path
    assert "Cache-Control" not in stranger.get("/help", base_url=HOST).headers
    assert rep.get("/help", base_url=HOST).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("host", ["10.0.0.7", "10.0.0.7:8000", "[2001:db8::1]", "[2001:db8::1]:8000", "127.0.0.1"])
def test_health_is_answered_at_an_ip_and_nothing_else_is(production: Flask, host: str) -> None:
    client = production.test_client()
    for path in ("/health/live", "/health/ready"):
        assert client.get(path, base_url=f"https://{host}").status_code == 200
        assert client.get(path, base_url="https://evil.example").status_code == 400
    for path in ("/", "/help", "/sign-in", "/health", "/health/live/x"):
        assert client.get(path, base_url=f"https://{host}").status_code == 400


def test_what_is_an_ip() -> None:
    assert [is_ip(one) for one in ("1.2.3.4", "[::1]:80", "1.2.3.4.example", "", "[::", "localhost", "1.2.3.4@x")] == [
        *(True, True),
        *(False,) * 5,
    ]
