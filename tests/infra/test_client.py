"""Whose machine a request comes from: what proxies of ours say is believed, and nothing that anybody else wrote."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from flask import Flask

from portal.infra.web.client import client

ANN, BEN, EVE = "81.2.69.142", "89.160.20.112", "175.16.199.1"


@pytest.fixture
def asks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """asks(proxies, from, X-Forwarded-For…) is who a request with these is taken to come from."""

    def ask(proxies: int, peer: str, *said: str) -> str:
        monkeypatch.setitem(app.config, "PORTAL", dataclasses.replace(app.config["PORTAL"], proxies=proxies))
        headers = [("X-Forwarded-For", one) for one in said]
        with app.test_request_context(headers=headers, environ_base={"REMOTE_ADDR": peer}):
            return client()

    return ask


def test_without_proxies_nothing_that_is_said_is_believed(asks: Any) -> None:
    assert asks(0, ANN) == ANN
    assert asks(0, ANN, EVE) == ANN
    assert asks(0, ANN, f"{EVE}, {BEN}", BEN) == ANN


def test_of_what_is_said_only_what_our_own_proxies_added_is_believed(asks: Any) -> None:
    assert asks(1, "127.0.0.1", ANN) == ANN
    assert asks(1, "127.0.0.1", f"{EVE}, {ANN}") == ANN, "what stands before was written by whoever asks"
    assert asks(1, "127.0.0.1", EVE, ANN) == ANN, "also in a header of its own"
    assert asks(2, "127.0.0.1", f"{EVE}, {ANN}, 10.0.0.7") == ANN
    assert asks(2, "127.0.0.1", f"{ANN}, 10.0.0.7") == ANN


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.0.0.7", "::1", "fd00::7", "", "unix"])
def test_a_proxy_that_nobody_told_us_of_is_not_taken_for_everybody(asks: Any, peer: str) -> None:
    """Else all people together would use up the budget of one."""
    assert asks(0, peer) == ""
    assert asks(0, peer, EVE) == ""
    assert asks(2, peer, ANN) == "", "fewer than there should be"


@pytest.mark.parametrize("said", ["nonsense", "", "1.2.3", f"{ANN} {BEN}", "9" * 5000, "unknown", "[::1", "1:2:3"])
def test_what_is_no_address_counts_for_nobody(asks: Any, said: str) -> None:
    assert asks(1, "127.0.0.1", said) == ""


@pytest.mark.parametrize(
    ("said", "is_read_as"),
    [
        (f"{ANN}:50123", ANN),
        (f" {ANN} ", ANN),
        (f"::ffff:{ANN}", ANN),
        ("2a02:8084::1", "2a02:8084::/64"),
        ("[2a02:8084::ffff:1]:443", "2a02:8084::/64"),
        ("10.1.2.3", "10.1.2.3"),
    ],
)
def test_addresses_as_proxies_write_them(asks: Any, said: str, is_read_as: str) -> None:
    assert asks(1, "127.0.0.1", said) == is_read_as


def test_outside_a_request_there_is_no_client(app: Flask) -> None:
    with app.app_context():
        assert client() == ""
