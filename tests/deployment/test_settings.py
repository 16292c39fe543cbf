"""Settings as they are read: three environments, no word guessed at, each with a place of its own."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from config import ENVIRONMENTS, PUBLIC_KEY, ROOT, SECRETS, Config, SettingsRefused, demonstration, load
from portal.deployment import settings
from tests.deployment.unsafe import ALL_TOGETHER, field_key, safe_in

WORDS = [
    "prod",
    "Production",
    "PRODUCTION",
    "production ",
    " test",
    "dev",
    "demo",
    "test,production",
    "0",
    "productión",
]


@pytest.mark.parametrize("word", WORDS)
def test_another_environment_is_refused_and_not_guessed(tmp_path: Path, word: str) -> None:
    sentence = f"PORTAL_ENV is “{word}”: it must be demonstration, test or production."
    for refused in (lambda: load(safe_in(tmp_path, PORTAL_ENV=word)), lambda: Config(environment=word)):
        with pytest.raises(SettingsRefused) as refusal:
            refused()
        assert str(refusal.value) == sentence


def test_an_environment_must_be_named() -> None:
    with pytest.raises(SettingsRefused) as refusal:
        load({"SECRET_KEY": "s" * 40})
    assert str(refusal.value) == "PORTAL_ENV is not set: set it to demonstration, test or production."
    with pytest.raises(SettingsRefused) as refusal:
        load({"PORTAL_ENV": ""})
    assert str(refusal.value) == "PORTAL_ENV is empty: it must be demonstration, test or production."


@pytest.mark.parametrize("word", ["a\nTraceback\n", "x" * 4000, "\x1b[31m", "\udcff"])
def test_a_strange_word_makes_one_short_line(word: str) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        load({"PORTAL_ENV": word})
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 120


@pytest.mark.parametrize("environment", ["test", "production"])
@pytest.mark.parametrize(
    ("name", "value", "must_be"),
    [
        *[("SMTP_PORT", value, "a whole number from 1 to 65535") for value in ("abc", "0", "65536", "-1", "2_5", "²")],
        *[("SMTP_PORT", value, "a whole number from 1 to 65535") for value in (" 25", "25.0", "9" * 5000)],
        *[("SMTP_STARTTLS", value, "yes or no") for value in ("maybe", "ye", "none", " no", "2")],
        ("SESSION_IDLE_HOURS", "0", "a whole number from 1 to 8760"),
        ("SESSION_ABSOLUTE_DAYS", "1e3", "a whole number from 1 to 365"),
        ("UPLOAD_FILE_BYTES", "50MB", "a whole number from 1 to 1000000000000"),
        ("FLASK_DEBUG", "maybe", "yes or no"),
    ],
)
def test_a_setting_that_cannot_be_read_is_refused(
    tmp_path: Path, environment: str, name: str, value: str, must_be: str
) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        load(safe_in(tmp_path, **{"PORTAL_ENV": environment, name: value}))
    assert str(refusal.value) == f"{name} must be {must_be}."


def test_every_setting_that_cannot_be_read_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused) as refusal:
        load(safe_in(tmp_path, SMTP_PORT="many", SMTP_STARTTLS="maybe"))
    assert refusal.value.problems == (
        "SMTP_PORT must be a whole number from 1 to 65535.",
        "SMTP_STARTTLS must be yes or no.",
    )


@pytest.mark.parametrize(("word", "means"), [("yes", True), ("TRUE", True), ("1", True), ("No", False), ("off", False)])
def test_settings_are_typed(tmp_path: Path, word: str, means: bool) -> None:
    config = load(safe_in(tmp_path, SMTP_PORT="2525", SMTP_STARTTLS=word))
    assert (config.smtp_port, config.smtp_starttls) == (2525, means)


def test_each_environment_keeps_its_things_apart() -> None:
    needed = {"SECRET_KEY": "s" * 40, "FIELD_KEYS": field_key("2026")}
    kept = [load({"PORTAL_ENV": environment, **needed}) for environment in ENVIRONMENTS]
    for name in ("database_url", "files_url", "mailbox_folder"):
        places = [getattr(config, name) for config in kept]
        assert len(set(places)) == len(ENVIRONMENTS)
        assert all(
            str(ROOT / "instance" / config.environment) in place for config, place in zip(kept, places, strict=True)
        )
    assert [config.second_factor_of for config in kept] == ["admin2@northfirth.example", "", "staff"]


def test_the_demonstration_takes_its_port_and_nothing_else(tmp_path: Path) -> None:
    given = safe_in(tmp_path, **ALL_TOGETHER, SMTP_USERNAME="u", SMTP_PASSWORD="p", CLAMAV_ADDRESS="a:1", PORT="8000")
    config = settings({**given, "PORTAL_ENV": "demonstration"})
    assert config == demonstration(8000)
    assert (config.secret_key, config.base_url, config.smtp_host) == (PUBLIC_KEY, "http://127.0.0.1:8000", "")


@pytest.mark.parametrize("port", ["http", "0", "65536"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingsRefused, match=r"^PORT must be a whole number from 1 to 65535\.$"):
        load({"PORTAL_ENV": "demonstration", "PORT": port})


def test_a_key_that_nobody_gave_is_nobody_elses() -> None:
    assert Config("test").secret_key != Config("test").secret_key
    with pytest.raises(SettingsRefused, match="Set SECRET_KEY"):
        settings({"PORTAL_ENV": "test"})


def test_what_the_readme_says_of_production_is_all_there_is(tmp_path: Path) -> None:
    """Its block names real settings only, and enough of them; copied as it is, it does not start."""
    block = (ROOT / "README.md").read_text().split("## In production")[1].split("```")[1]
    written = dict(re.findall(r"\b([A-Z_]{4,})=(\S+)", block))
    assert written.keys() - {"PORTAL_ENV", "SECRET_KEY"} <= {name.upper() for name in Config.__dataclass_fields__}
    with pytest.raises(SettingsRefused, match="copied from the README"):
        settings(written)
    own = {name: value for name, value in safe_in(tmp_path).items() if name in written}
    assert settings({**{n: v for n, v in written.items() if "…" not in v}, **own}).is_production


SECRETS_GIVEN = {
    "SECRET_KEYS": "s" * 40,
    "FIELD_KEYS": field_key("2026"),
    "DATABASE_URL": "postgresql+psycopg://portal:hunter2@db/portal",
    "SMTP_PASSWORD": "hunter2",
}


def in_files(folder: Path, **secrets: str) -> dict[str, str]:
    """The settings that name files with these secrets in them."""
    for name, secret in secrets.items():
        (folder / name).write_text(secret)
    return {f"{name}_FILE": str(folder / name) for name in secrets}


def test_every_secret_may_come_from_a_file(tmp_path: Path) -> None:
    """Every setting that no page or log may show; a new one that is a secret is asked for here."""
    assert set(SECRETS) == SECRETS_GIVEN.keys() == {f.name.upper() for f in fields(Config) if not f.repr}
    plain = {name: value for name, value in safe_in(tmp_path).items() if name not in (*SECRETS_GIVEN, "SECRET_KEY")}
    from_files = load({**plain, **in_files(tmp_path, **{name: f"{one}\n" for name, one in SECRETS_GIVEN.items()})})
    assert from_files == load({**plain, **SECRETS_GIVEN})
    one_key = load({**plain, **in_files(tmp_path, SECRET_KEY="s" * 40, FIELD_KEYS=SECRETS_GIVEN["FIELD_KEYS"])})
    assert one_key.secret_keys == ("s" * 40,)
    lines = f"{'n' * 40}\n{'o' * 40}\n"
    assert load({**plain, **in_files(tmp_path, SECRET_KEYS=lines)}).secret_keys == ("n" * 40, "o" * 40)


@pytest.mark.parametrize("name", SECRETS_GIVEN)
def test_a_file_that_holds_no_secret_is_refused_without_its_name(tmp_path: Path, name: str) -> None:
    plain = {given: value for given, value in safe_in(tmp_path).items() if given not in (name, "SECRET_KEY")}
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "large").write_text("x" * 70_000)
    (tmp_path / "odd").write_bytes(b"\xff\xfe\x00")
    unreadable = f"{name}_FILE must name a file that the portal can read."
    nothing = f"The file that {name}_FILE names must hold the secret, and nothing else."
    said = {"none": unreadable, ".": unreadable, "odd": unreadable, "empty": nothing, "large": nothing}
    for file, sentence in said.items():
        with pytest.raises(SettingsRefused) as refusal:
            settings({**plain, f"{name}_FILE": str(tmp_path / file)})
        assert sentence in refusal.value.problems
        assert str(tmp_path) not in str(refusal.value)
    with pytest.raises(SettingsRefused, match=f"Set {name} or {name}_FILE, not both"):
        settings({**plain, name: SECRETS_GIVEN[name], **in_files(tmp_path, **{name: SECRETS_GIVEN[name]})})


def test_one_key_and_several_are_not_both_given(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="Set SECRET_KEYS or SECRET_KEY, not both"):
        settings(safe_in(tmp_path, SECRET_KEYS="s" * 40))


def test_a_key_alone_is_taken_whole(tmp_path: Path) -> None:
    assert load(safe_in(tmp_path, SECRET_KEY="with,a comma" * 4)).secret_keys == ("with,a comma" * 4,)
