"""Unsafe settings do not start: neither the app nor the scheduler, each one by itself and all together."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from config import Config, SettingsRefused, read
from portal import deployment
from portal.app import create_app
from portal.deployment import CHECKS, examine, problems, settings
from portal.scheduler import run
from tests.deployment.unsafe import ALL_TOGETHER, EACH, UNSAFE, safe_in


def test_safe_settings_start(tmp_path: Path) -> None:
    environ = safe_in(tmp_path)
    assert examine(environ) == []
    app = create_app(settings(environ))
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert app.config["SESSION_COOKIE_SECURE"]
    assert not [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/demonstration")]
    client = app.test_client()
    assert client.get("/help", base_url=environ["BASE_URL"]).headers["Strict-Transport-Security"]
    assert client.get("/help", base_url="https://evil.scot").status_code == 400


@pytest.mark.parametrize("more", [{"FIELD_KEYS": "2027:" + "A" * 43 + "=, old.1:" + "B" * 43 + "="}, {"PORT": "no"}])
def test_other_safe_settings_start_too(tmp_path: Path, more: dict[str, str]) -> None:
    assert examine(safe_in(tmp_path, **more)) == []


def test_each_check_has_an_example() -> None:
    assert set(UNSAFE) == {check.what_to_do for check in CHECKS}, "say in unsafe.py what each check refuses"


@pytest.mark.parametrize(("what_to_do", "changes"), EACH)
def test_each_unsafe_setting_is_refused(tmp_path: Path, what_to_do: str, changes: dict[str, str]) -> None:
    environ = safe_in(tmp_path, **changes)
    config, unreadable = read(environ)
    assert not unreadable
    with pytest.raises(SettingsRefused) as from_environment:
        settings(environ)
    assert what_to_do in from_environment.value.problems
    with pytest.raises(SettingsRefused) as by_the_app:
        create_app(config)
    assert by_the_app.value.problems == from_environment.value.problems


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.what_to_do)
def test_without_its_check_an_unsafe_setting_would_start(
    tmp_path: Path, check: deployment.Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: each check alone refuses something, and nothing else does."""
    monkeypatch.setattr(deployment, "CHECKS", tuple(one for one in CHECKS if one is not check))
    assert [changes for changes in UNSAFE[check.what_to_do] if not problems(read(safe_in(tmp_path, **changes))[0])]


@pytest.mark.parametrize(("what_to_do", "changes"), EACH)
def test_the_scheduler_looks_for_itself(tmp_path: Path, what_to_do: str, changes: dict[str, str]) -> None:
    app = Flask("made by hand")
    app.config["PORTAL"] = read(safe_in(tmp_path, **changes))[0]
    with pytest.raises(SettingsRefused) as refusal:
        run.run(app)
    assert what_to_do in refusal.value.problems


def test_everything_unsafe_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        settings(safe_in(tmp_path, **ALL_TOGETHER))
    said = refusal.value.problems
    named = {name for name in ALL_TOGETHER if any(name in one for one in said)}
    assert named == set(ALL_TOGETHER)
    assert list(said) == examine(safe_in(tmp_path, **ALL_TOGETHER))
    assert str(refusal.value).splitlines()[0] == "The portal does not start with these settings:"
    assert len(str(refusal.value).splitlines()) == len(said) + 1
    assert all(one.endswith(".") for one in said)


def test_an_environment_that_names_nothing_is_told_everything_it_needs() -> None:
    said = " ".join(examine({}))
    for name in ("PORTAL_ENV", "SECRET_KEY", "FIELD_KEYS", "BASE_URL", "SMTP_HOST", "MAIL_FROM"):
        assert name in said


def test_no_refusal_repeats_what_may_be_a_secret(tmp_path: Path) -> None:
    secret = "hunter2hunter2"
    names = [name.upper() for name in Config.__dataclass_fields__ if name != "environment"]
    said = " ".join(examine({**dict.fromkeys(names, secret), "PORTAL_ENV": "production"}))
    assert "SECRET_KEY" in said
    assert secret not in said
    assert "Zr2Uq8mV" not in repr(settings(safe_in(tmp_path)))


def test_a_database_in_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    url = f"sqlite:///{tmp_path / 'taken' / 'portal.db'}"
    with pytest.raises(SettingsRefused, match="Set DATABASE_URL to a file in a folder that can be made"):
        create_app(settings(safe_in(tmp_path, DATABASE_URL=url)))
