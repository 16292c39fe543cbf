"""The demonstration answers this machine alone, whatever it is bound to and whatever a proxy says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client

from config import demonstration
from portal.app import create_app
from portal.infra.web.this_machine import ANSWER, is_loopback, is_of_this_machine

HERE = {"HTTP_HOST": "127.0.0.1:5000", "REMOTE_ADDR": "127.0.0.1"}
PATHS = ("/health/live", "/static/mark.svg", "/help", "/no/such/page")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("alone")
    return create_app(replace(demonstration(), database_url="sqlite://", files_url=f"file://{folder}"))


def ask(app: Any, path: str, **environ: str) -> tuple[int, str]:
    response = Client(app).get(path, environ_overrides={**HERE, **environ})
    return response.status_code, response.text


@pytest.mark.parametrize("host", ["127.0.0.1:5000", "localhost:5000", "localhost"])
@pytest.mark.parametrize("peer", ["127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_answered(alone: Flask, host: str, peer: str) -> None:
    for path in PATHS[:2]:
        assert ask(alone, path, HTTP_HOST=host, REMOTE_ADDR=peer)[0] == 200


REFUSED = [
    *[{"REMOTE_ADDR": peer} for peer in ("192.0.2.7", "10.0.0.2", "2001:db8::7", "", "localhost", "unix:")],
    *[{"HTTP_HOST": host} for host in ("portal.board.scot", "192.0.2.7:5000", "", "localhost.board.scot", "127.0.0.2")],
    *[{"HTTP_HOST": host} for host in ("localhost@board.scot", "board.scot,localhost", "localhost:5000:1", "[::1")],
    {"REMOTE_ADDR": "192.0.2.7", "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_HOST": "portal.board.scot", "HTTP_X_FORWARDED_HOST": "localhost"},
    {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_X_FORWARDED_HOST": "portal.board.scot"},
    {"HTTP_FORWARDED": "for=192.0.2.7;host=portal.board.scot"},
    {"HTTP_X_REAL_IP": "192.0.2.7"},
]


@pytest.mark.parametrize("environ", REFUSED, ids=str)
def test_nobody_else_is_answered(alone: Flask, environ: dict[str, str]) -> None:
    for path in PATHS:
        assert ask(alone, path, **environ) == (403, ANSWER)


@pytest.mark.parametrize("environ", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}], ids=str)
def test_without_its_door_the_demonstration_would_answer_others(alone: Flask, environ: dict[str, str]) -> None:
    """The negative control: the same requests, past the door."""
    assert ask(alone.wsgi_app.app, "/health/live", **environ)[0] == 200  # type: ignore[attr-defined]


def test_only_the_demonstration_has_this_door(app: Flask) -> None:
    assert ask(app, "/health/live", REMOTE_ADDR="192.0.2.7")[0] == 200


@pytest.mark.parametrize("address", ["127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"])
def test_a_loopback_address_is_known(address: str) -> None:
    assert is_loopback(address)
    assert is_of_this_machine(address)


@pytest.mark.parametrize("address", ["", "localhost", "128.0.0.1", "::2", "::ffff:192.0.2.7", "127.0.0.1.scot", "²"])
def test_another_address_is_not_taken_for_one(address: str) -> None:
    assert not is_loopback(address)


EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing is bound to it


@pytest.mark.parametrize("host", ["localhost", "Localhost.", "a.localhost", EVERYWHERE, "::", "localhost.localdomain"])
def test_a_name_of_this_machine_is_known(host: str) -> None:
    assert is_of_this_machine(host)


@pytest.mark.parametrize("host", ["", "localhost.board.scot", "portal.board.scot", "192.0.2.7", "mylocalhost"])
def test_a_name_of_another_machine_is_not_taken_for_one(host: str) -> None:
    assert not is_of_this_machine(host)
