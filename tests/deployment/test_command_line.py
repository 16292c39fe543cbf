"""The command line without settings: it helps and lists, says what is missing in a sentence, and runs nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from flask.cli import cli as flask_command

from config import Config, SettingsRefused
from portal import starting
from portal.cli import NeedsNoSettings
from portal.demonstration import serve
from portal.deployment import DOES_NOT_LOAD
from tests.deployment.unsafe import ALL_TOGETHER, safe_in

NOT_SET = "PORTAL_ENV is not set: set it to demonstration, test or production."
Flask = Callable[..., Result]


def _must_not_start(*_: object, **__: object) -> None:
    raise AssertionError("it was served")


@pytest.fixture
def flask(monkeypatch: pytest.MonkeyPatch) -> Flask:
    """flask('portal', 'invite', …, PORTAL_ENV='test') is `flask --app wsgi portal invite …` with these settings."""
    for name in [name for name in os.environ if name in ("PORTAL_ENV", "PORT", "FLASK_RUN_FROM_CLI")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr(sys, "path", [*sys.path])
    for server in ("flask.cli.run_simple", "portal.demonstration.serve.prepare_and_serve", "portal.cli.run.run"):
        monkeypatch.setattr(server, _must_not_start)

    def run(*words: str, **environ: str) -> Result:
        with monkeypatch.context() as patch:
            patch.delitem(sys.modules, "wsgi", raising=False)
            patch.setenv("FLASK_RUN_FROM_CLI", "true")
            result = CliRunner().invoke(flask_command, ["--app", "wsgi", *words], env=environ)
        sys.modules.pop("wsgi", None)
        assert "Traceback" not in result.output
        assert isinstance(result.exception, SystemExit | None), result.exception
        return result

    return run


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("portal", "--help"),
        ("portal", "demo", "--help"),
        ("portal", "invite", "--help"),
        ("portal", "scheduler", "--help"),
        ("portal", "scheduler", "due", "--help"),
        ("db", "--help"),
        ("db", "upgrade", "--help"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("environ", [{}, {"PORTAL_ENV": "prod"}, {"PORTAL_ENV": "production"}], ids=str)
def test_help_needs_no_settings(flask: Flask, words: tuple[str, ...], environ: dict[str, str]) -> None:
    result = flask(*words, **environ)
    assert result.exit_code == 0
    assert result.output.startswith("Usage:")


@pytest.mark.parametrize(
    "words",
    [
        ("portal", "scheduler"),
        ("portal", "scheduler", "due", "--on", "2026-12-01"),
        ("portal", "invite", "ann@board.scot", "Ann"),
        ("portal", "audit", "verify"),
        ("db", "upgrade"),
        ("shell",),
        ("routes",),
        ("run",),
    ],
    ids=" ".join,
)
def test_a_command_asks_for_an_environment_in_a_sentence(flask: Flask, words: tuple[str, ...], tmp_path: Path) -> None:
    for environ, sentence in (
        ({}, NOT_SET),
        ({"PORTAL_ENV": "prod"}, "PORTAL_ENV is “prod”: it must be demonstration, test or production."),
        (safe_in(tmp_path, SMTP_PORT="many"), "SMTP_PORT must be a whole number from 1 to 65535."),
    ):
        result = flask(*words, **environ)
        code = 1 if words[0] in ("portal", "db") else DOES_NOT_LOAD  # the others load the portal first
        assert result.exit_code == code
        assert result.output.removeprefix("Error: ") == sentence + "\n"


def leaves(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for name, one in command.commands.items():
            yield from leaves(one, f"{path} {name}".strip())
    else:
        yield path, command


def test_every_command_refuses_but_three(flask: Flask) -> None:
    """Whatever the command: a new one is refused without settings until it says that it needs none."""
    app = starting.commands_alone(SettingsRefused([NOT_SET]))
    found = dict(leaves(app.cli))
    free = {path for path, command in found.items() if isinstance(command, NeedsNoSettings)}
    assert free == {"portal check-deployment", "portal demo", "portal give-up-key"}
    assert {"db upgrade", "portal invite", "portal rotate-keys"} <= found.keys()
    for path in found.keys() - free:
        with pytest.raises(click.ClickException, match="PORTAL_ENV is not set"):
            found[path].invoke(click.Context(found[path]))


def test_an_app_that_is_refused_serves_nothing() -> None:
    app = starting.commands_alone(SettingsRefused([NOT_SET]))
    assert [rule.rule for rule in app.url_map.iter_rules() if "static" not in rule.rule] == []
    assert app.secret_key is None
    assert app.extensions == {}


def test_check_deployment_lists_everything_whatever_the_environment(flask: Flask, tmp_path: Path) -> None:
    for environ in ({}, safe_in(tmp_path, PORTAL_ENV="prod"), safe_in(tmp_path, PORTAL_ENV="demonstration")):
        result = flask("portal", "check-deployment", **environ)
        assert result.exit_code == 1
        assert "- Set PORTAL_ENV=production.\n" in result.output
        assert "Error: Not ready. Correct these and run it again.\n" in result.output
    result = flask("portal", "check-deployment", **safe_in(tmp_path, **ALL_TOGETHER))
    assert result.exit_code == 1
    assert all(name in result.output for name in ALL_TOGETHER)
    assert "PORTAL_ENV" not in result.output


def test_check_deployment_is_content_with_safe_settings(flask: Flask, tmp_path: Path) -> None:
    result = flask("portal", "check-deployment", **safe_in(tmp_path))
    assert (result.exit_code, result.output) == (0, "Ready: the settings are fit for production.\n")


def test_with_safe_settings_commands_run(flask: Flask, tmp_path: Path) -> None:
    """The negative control of the refusals: the same commands do something."""
    environ = safe_in(tmp_path)
    assert flask("db", "heads", **environ).exit_code == 0
    result = flask("routes", **environ)
    assert result.exit_code == 0
    assert "/sign-in" in result.output


@pytest.mark.parametrize("word", ["production", "test", "prod", "", "Demonstration"])
def test_the_demonstration_does_not_start_where_something_else_is_meant(flask: Flask, word: str) -> None:
    result = flask("portal", "demo", PORTAL_ENV=word)
    assert result.exit_code == 1
    assert result.output == "Error: PORTAL_ENV is set for something else: unset it to start the demonstration.\n"


@pytest.mark.parametrize("named", [{}, {"PORTAL_ENV": "demonstration"}], ids=str)
def test_the_demonstration_needs_no_environment_and_says_what_it_does_not_use(
    flask: Flask, named: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Any] = []
    monkeypatch.setattr(serve, "prepare_and_serve", lambda *given: started.append(given))
    given = {
        "DATABASE_URL": "postgresql://real",
        "SMTP_HOST": "mail.board.scot",
        "BASE_URL": "https://portal.board.scot",
    }
    result = flask("portal", "demo", **named, **given, PORT="8000")
    assert result.exit_code == 0, result.output
    names = "DATABASE_URL, BASE_URL and SMTP_HOST"
    said = f"The demonstration does not use {names}: its data, files, emails and keys are its own.\n"
    assert result.output == said
    assert started == [(8000, False)]
    assert flask("portal", "demo", "--fresh", **named).output == ""
    assert started[1] == (5000, True)


def test_nothing_of_ours_is_handed_on_to_the_demonstrations_processes() -> None:
    settings = {name.upper(): "real" for name in Config.__dataclass_fields__ if name != "environment"}
    web_server = dict.fromkeys(("GUNICORN_CMD_ARGS", "GUNICORN_FD", "FORWARDED_ALLOW_IPS", "WEB_CONCURRENCY"), "real")
    given = {**settings, **web_server, "PORTAL_ENV": "production", "PORT": "9", "HOME": "/home/ann", "PATH": "/bin"}
    handed_on = {"PORTAL_ENV": "demonstration", "PORT": "8000", "HOME": "/home/ann", "PATH": "/bin"}
    assert serve.environment(given, 8000) == handed_on
