"""Logs hold a request id and an allow-list of fields, and nothing of any person."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from portal.infra.logs import ALLOWED, log, quiet
from tests.cast import PASSWORD


def test_a_log_line_names_no_person(
    app: Flask, visit: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "testing", False)
    visitor = visit("")
    visitor.post("/sign-in?next=/secret-path", {"email": "rep@northfirth.test", "password": PASSWORD})
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert lines
    assert all(line.keys() <= ALLOWED for line in lines)
    assert all(line["request_id"] for line in lines)
    assert "northfirth" not in json.dumps(lines)
    assert "secret-path" not in json.dumps(lines)


def test_a_field_that_is_not_allowed_is_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    log.info("x", email="rep@northfirth.test", kind="mail")
    line = json.loads(capsys.readouterr().err)
    assert line["kind"] == "mail"
    assert "email" not in line


def test_inside_a_quiet_part_only_what_went_wrong_is_logged(capsys: pytest.CaptureFixture[str]) -> None:
    with quiet():
        log.info("sent", kind="claim-sent")
        log.error("fault", kind="away")
    log.info("sent", kind="claim-paid")
    kinds = [json.loads(line)["kind"] for line in capsys.readouterr().err.splitlines()]
    assert kinds == ["away", "claim-paid"]
