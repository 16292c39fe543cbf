"""Mail servers that refuse, hang, say 4xx, 5xx or nonsense, or drop us at any moment: nothing is lost or doubled."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.notifications import mailer
from portal.notifications.mailer import send_next
from portal.notifications.models import Email
from tests.cast import NOW
from tests.notifications.test_mail import now_of
from tests.security.broken_mail_server import MOMENTS, BrokenServer, broken_server

TEMPORARY = [(moment, "451 later") for moment in ("MAIL", "RCPT", "DATA", "dot")] + [("greeting", "421 busy")]
TURNED_AWAY = [("greeting", "554 not you"), ("MAIL", "550 not from you"), ("MAIL", "530 sign in first")]
DROPPED = [(moment, "drop") for moment in MOMENTS[:-1]]
NONSENSE = [(moment, "la la la") for moment in ("greeting", "MAIL", "RCPT", "dot")]
HANGING = [("greeting", "hang"), ("RCPT", "hang"), ("dot", "hang")]
FINAL = [("RCPT", "550 nobody"), ("RCPT", "553 no such place"), ("DATA", "554 no"), ("dot", "552 too big")]

pytestmark = pytest.mark.same_anywhere


@pytest.fixture
def server(app: Flask, work: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[BrokenServer]:
    with broken_server() as broken:
        config = dataclasses.replace(
            app.config["PORTAL"], smtp_host="127.0.0.1", smtp_port=broken.port, smtp_starttls=False
        )
        monkeypatch.setitem(app.config, "PORTAL", config)
        monkeypatch.setattr(mailer, "TIMEOUT_SECONDS", 0.5)
        yield broken


@pytest.mark.parametrize(("moment", "what"), [*TEMPORARY, *TURNED_AWAY, *DROPPED, *NONSENSE, *HANGING])
def test_the_email_stays_and_goes_when_the_server_is_well(
    server: BrokenServer,
    one_email: Email,
    at: Any,
    moment: str,
    what: str,
) -> None:
    server.moment, server.what = moment, what
    began = time.monotonic()
    assert send_next()
    assert time.monotonic() - began < 2.5, "one bad server must not hold up the loop"
    assert now_of(one_email).status == "waiting"
    assert now_of(one_email).problem
    assert server.taken == []
    server.what = ""
    at(NOW + timedelta(minutes=2))
    assert send_next()
    assert now_of(one_email).status == "sent"
    assert server.taken == [one_email.message_id]


@pytest.mark.parametrize(("moment", "what"), FINAL)
def test_a_final_word_is_a_failure_and_is_not_tried_again(
    server: BrokenServer,
    one_email: Email,
    at: Any,
    moment: str,
    what: str,
) -> None:
    server.moment, server.what = moment, what
    assert send_next()
    assert now_of(one_email).status == "failed"
    server.what = ""
    at(NOW + timedelta(hours=5))
    assert not send_next()
    assert server.taken == []


@pytest.mark.parametrize(
    ("moment", "what"), [("QUIT", "drop"), ("QUIT", "hang"), ("QUIT", "421 bye"), ("QUIT", "la la")]
)
def test_what_happens_at_the_goodbye_says_nothing_about_the_message(
    server: BrokenServer,
    one_email: Email,
    moment: str,
    what: str,
) -> None:
    server.moment, server.what = moment, what
    assert send_next()
    assert now_of(one_email).status == "sent"
    assert server.taken == [one_email.message_id]


def test_taken_and_dropped_before_the_250_arrives_is_the_one_window(
    server: BrokenServer,
    one_email: Email,
    at: Any,
) -> None:
    """The server has it and we cannot know: it goes again, under the same Message-ID."""
    server.moment, server.what = "dot", "take and drop"
    assert send_next()
    assert now_of(one_email).status == "waiting"
    server.what = ""
    at(NOW + timedelta(minutes=2))
    assert send_next()
    assert server.taken == [one_email.message_id, one_email.message_id]


def test_an_email_that_no_server_takes_in_time_is_recorded_as_expired(
    server: BrokenServer,
    one_email: Email,
    at: Any,
) -> None:
    server.moment, server.what = "greeting", "421 busy"
    moment = NOW
    for _ in range(60):
        at(moment)
        send_next()
        moment += timedelta(hours=4)
    assert now_of(one_email).status == "expired"
    assert server.taken == []
