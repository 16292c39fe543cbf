"""What no other file here shows: words stay words, passwords are taken whole, and what a server might give away."""

from __future__ import annotations

import json
import re
import smtplib
import ssl
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from flask import Flask
from gunicorn.config import Config as GunicornConfig
from gunicorn.http.errors import InvalidHeader, ParseException, UnsupportedTransferCoding
from gunicorn.http.parser import RequestParser
from wtforms import PasswordField

from portal.accounts import passwords, second_factor
from portal.accounts.models import Person
from portal.accounts.rules import password_problem
from portal.boards.people.read_sheet import read
from portal.infra.database import db
from portal.infra.logs import log
from portal.meetings.dates.doubts import Names
from portal.notifications import mailer
from portal.notifications.models import Email
from tests.architecture.matrix import path_of
from tests.boards.sheets import ANN, HEADINGS, changed, workbook
from tests.cast import NOW, PASSWORD, Cast
from tests.infra.every_field import every_field

EMAIL = "rep@northfirth.test"
ODD = "<script>alert(1)</script> %41 &amp; \\u0041 {{ 7*7 }} ${x} \"'>"

# Words


def test_what_was_typed_is_shown_to_the_letter_and_never_decoded_twice(visit: Any, things: dict[str, Any]) -> None:
    clerk, meeting = visit("northfirth.clerk"), things["coming_id"]
    assert clerk.post(f"/meetings/{meeting}/items/new", {"title": ODD, "number": "1", "purpose": ""}).status_code == 302
    page = lxml.html.fromstring(clerk.get(f"/meetings/{meeting}").text)
    assert ODD in " ".join(page.text_content().split())
    assert [one.text for one in page.iter("script") if "alert(1)" in (one.text or "")] == []
    assert clerk.get("/boards/north%2566irth").status_code == 404, "%25 is a per cent sign, and no more than that"


def test_a_line_of_the_log_is_one_line_with_the_time_in_utc(capsys: pytest.CaptureFixture[str]) -> None:
    log.warning("a\nb", kind='x\r\n{"event": "forged"}\x1b[2J')
    [line] = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert said["kind"].startswith("x\r\n")
    assert datetime.fromisoformat(said["timestamp"]).utcoffset() == timedelta(0)


def test_an_entity_in_a_spreadsheet_reads_no_file(tmp_path: Path) -> None:
    secret, file = tmp_path / "secret.txt", tmp_path / "list.xlsx"
    secret.write_text("CANARY")

    def with_entity(xml: bytes) -> bytes:
        head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
        return head.encode() + re.sub(rb"^<\?xml[^>]*\?>", b"", xml).replace(b"Ann", b"&e;")

    careless = lxml.etree.fromstring(with_entity(b"<x>Ann</x>"), lxml.etree.XMLParser(resolve_entities=True))
    assert careless.text == "CANARY", "a careless reader would"
    file.write_bytes(changed(workbook(People=[HEADINGS, ANN]), with_entity))
    assert read(str(file)) == {"sheets": None}


def test_the_name_of_a_group_is_no_pattern() -> None:
    others = Names("Main Group", others=("Board (North.*) [a", "C++"))
    assert others.others_in("for the Board (North.*) [a on 3 May, and C++") == ["Board (North.*) [a", "C++"]
    assert others.others_in("for the Board Northern on 3 May, and CCC") == []


# Passwords


def _sign_in(visit: Any, password: str) -> int:
    return int(visit("").post("/sign-in", {"email": EMAIL, "password": password}).status_code)


def test_a_long_password_counts_to_its_last_letter_and_in_its_case(visit: Any) -> None:
    long = "four herons on a ladder " * 6 + "Z"
    assert len(long) > 128
    changed = visit("northfirth.rep").post("/account/security", {"password": long, "present_password": PASSWORD})
    assert changed.status_code == 302
    assert [_sign_in(visit, one) for one in (long[:-1], long[:-1] + "z", f"{long} ", long)] == [200, 200, 200, 302]


def test_a_password_of_any_letters_is_taken() -> None:
    for one in (
        "seven heron ladder quay",
        "SEVEN HERON LADDER QUAY",
        "7190 4428 1935 6620 3",
        "🦢🪜🌊🎻🍞🧭🪨🐿️🕯️🧵🪵🫖",
    ):
        assert password_problem(one) is None, one


def test_a_password_is_not_to_be_changed_every_so_often(visit: Any, at: Any) -> None:
    at(NOW + timedelta(days=700))
    assert _sign_in(visit, PASSWORD) == 302


def test_every_box_for_a_password_hides_it_and_can_be_pasted_into(app: Flask) -> None:
    boxes = every_field(lambda one: "password" in str(one.kwargs.get("label", one.args[:1])).lower())
    assert len(boxes) >= 5
    with app.test_request_context():
        for form, name in boxes:
            field = form(meta={"csrf": False})[name]
            assert isinstance(field, PasswordField), f"{form.__name__}.{name}"
            assert 'type="password"' in str(field())
            assert not re.search(r"onpaste|maxlength|readonly|autocomplete=\"off\"", str(field()))


@pytest.mark.usefixtures("hashed_as_served")
def test_passwords_are_kept_as_argon2id_of_today() -> None:
    used = extract_parameters(passwords.hashed("seven heron ladder quay"))
    assert used.type is Type.ID
    assert min(used.memory_cost - 19 * 1024, used.time_cost - 2, used.salt_len - 16, used.hash_len - 32) >= 0


# What opens something


def test_each_sign_in_has_a_word_of_its_own_with_256_bits(visit: Any) -> None:
    words = set()
    for _ in range(3):
        visitor = visit("")
        assert visitor.post("/sign-in", {"email": EMAIL, "password": PASSWORD}).status_code == 302
        with visitor.client.session_transaction() as cookie:
            words.add(cookie["_user_id"])
    assert [len(one) for one in words] == [43, 43, 43], "32 bytes in base64, and no two alike"


def test_recovery_codes_are_of_48_bits_and_no_two_alike(cast: Cast, work: Any) -> None:
    with work():
        person = db.session.get_one(Person, cast.northfirth.people["rep"])
        codes = [code for _ in range(20) for code in second_factor._new_recovery_codes(person)]
    assert len(set(codes)) == 200
    assert [one for one in codes if not re.fullmatch("[0-9a-f]{6}-[0-9a-f]{6}", one)] == []


def test_every_page_of_whoever_is_signed_in_lets_them_sign_out(app: Flask, cast: Cast, visit: Any) -> None:
    rep, seen = visit("northfirth.rep"), 0
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and "<path:" not in rule.rule:
            page = rep.client.get(path_of(rule.rule, cast.northfirth).replace("<token>", "x"))
            if page.status_code == 200 and page.mimetype == "text/html":
                seen += 1
                assert re.search(r'action="[^"]*/sign-out"', page.text), rule.rule
    assert seen > 40


# What a server might give away


@pytest.mark.parametrize("path", ["/", "/help", "/sign-in", "/static/mark.svg", "/health/live"])
def test_trace_is_not_answered(app: Flask, path: str) -> None:
    answer = app.test_client().open(path, method="TRACE", headers={"Cookie": "session=CANARY"})
    assert answer.status_code == 405
    assert "CANARY" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/static/",
            "/static/build/",
            "/static/build",
            "/static/js/",
            "/static/config.py",
            "/static/../config.py",
            "/static/%2e%2e/wsgi.py",
        ),
        *("/.git/config", "/instance/", "/config.py", "/docs/operating.md", "/openapi.json", "/metrics", "/console"),
    ],
)
def test_no_folder_is_listed_and_no_file_of_the_code_is_served(app: Flask, path: str) -> None:
    assert app.test_client().get(path).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: +5",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding : chunked",
    ],
)
def test_a_message_whose_length_could_be_read_in_two_ways_is_refused(headers: str) -> None:
    with pytest.raises((InvalidHeader, ParseException, UnsupportedTransferCoding)):
        _as_gunicorn_reads(headers)
    assert _as_gunicorn_reads("Content-Length: 5").body.read() == b"0\r\n\r\n"


def _as_gunicorn_reads(headers: str) -> Any:
    sent = f"POST /sign-in HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n0\r\n\r\n".encode()
    return next(iter(RequestParser(GunicornConfig(), iter([sent]), ("127.0.0.1", 1))))


def test_mail_goes_over_tls_to_a_server_whose_certificate_is_right(app: Flask, monkeypatch: Any) -> None:
    asked: list[ssl.SSLContext] = []

    class Told:
        def __init__(self, *_: Any, **__: Any) -> None: ...
        def starttls(self, context: ssl.SSLContext) -> None:
            asked.append(context)
            raise smtplib.SMTPNotSupportedError

    monkeypatch.setattr(mailer, "Server", Told)
    settings = replace(app.config["PORTAL"], smtp_host="mail.example", smtp_starttls=True, smtp_username="ann")
    with pytest.raises(smtplib.SMTPNotSupportedError):  # and nothing is sent without it, the password least of all
        mailer.HardenedConnection(app.extensions["mail"], settings).configure_host()
    [context] = asked
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_mail_that_fails_over_its_certificate_is_on_the_log_and_stays(
    one_email: Email, app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Any) -> Any:
        raise ssl.SSLCertVerificationError("CANARY of another host")

    monkeypatch.setattr(mailer.HardenedConnection, "configure_host", refused)
    monkeypatch.setitem(app.config, "PORTAL", replace(app.config["PORTAL"], smtp_host="mail.example"))
    mailer.send_next()
    said = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [(one["kind"], one["error"].split()[0]) for one in said if one["event"] == "fault"] == [
        ("mail", "SSLCertVerificationError")
    ]
    assert "CANARY" not in str(said)
    assert db.session.get_one(Email, one_email.id, populate_existing=True).status == "waiting"
