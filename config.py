"""Settings: read once from the environment into one frozen object. What cannot be read is refused, never guessed."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).parent
DEMONSTRATION, TEST, PRODUCTION = "demonstration", "test", "production"
ENVIRONMENTS = (DEMONSTRATION, TEST, PRODUCTION)
PUBLIC_KEY = "only-for-the-demonstration"  # everybody can read it here, so no other environment starts with it
YES_OR_NO = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}
LARGEST_PORT = 65535
LARGEST = {"smtp_port": LARGEST_PORT, "session_idle_hours": 24 * 365, "session_absolute_days": 365, "proxies": 10}
SMALLEST = {"proxies": 0}
LARGEST_NUMBER = 10**12
FROM_FILE = "_FILE"  # a secret may also be what is in the file that this names: SMTP_PASSWORD_FILE=/run/secrets/smtp
LARGEST_SECRET_FILE = 64 * 1024
SEVERAL = re.compile(r"[,\n]")


class SettingsRefused(Exception):
    """The portal does not start with these settings: one plain sentence for each that says what to do about it."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(*self.problems)

    def __str__(self) -> str:
        if len(self.problems) == 1:
            return self.problems[0]
        return "\n- ".join(("The portal does not start with these settings:", *self.problems))


def _secret(**usual: Any) -> Any:  # what field() takes and gives
    """A setting that is never shown, and that may come from a file."""
    return field(repr=False, metadata={"secret": True}, **usual)


@dataclass(frozen=True)
class Config:
    """Everything the portal can be told from outside. Sizes are bytes, times are seconds unless named."""

    environment: str
    # The newest signing key first, then older ones that still open what they signed; from outside they must be given.
    secret_keys: tuple[str, ...] = _secret(default_factory=lambda: (secrets.token_urlsafe(),))
    field_keys: str = _secret(default="")  # "name:key", the sealing one first; see portal/infra/sealed.py
    database_url: str = _secret(default="sqlite://")
    files_url: str = "memory:///"
    base_url: str = "http://127.0.0.1:5000"
    mail_from: str = "papers@portal.example"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_username: str = ""
    smtp_password: str = _secret(default="")
    smtp_starttls: bool = True
    mailbox_folder: str = str(ROOT / "instance" / "mailbox")
    clock_file: str = ""
    second_factor_of: str = ""  # "staff", or single addresses to show it
    session_idle_hours: int = 12
    session_absolute_days: int = 7
    upload_file_bytes: int = 50 * 1024 * 1024
    upload_request_bytes: int = 400 * 1024 * 1024
    upload_files: int = 40
    picture_request_bytes: int = 24 * 1024 * 1024
    receipts_request_bytes: int = 64 * 1024 * 1024
    proxies: int = 0  # how many stand before the portal, each adding to X-Forwarded-For; see infra/web/client.py
    clamav_address: str = ""  # host:port or the path of a socket; uploads then wait for its OK
    flask_debug: bool = False  # Flask reads it for itself; it is here to be refused in production

    def __post_init__(self) -> None:
        _check_environment(self.environment)

    @property
    def is_production(self) -> bool:
        return self.environment == PRODUCTION

    @property
    def is_demonstration(self) -> bool:
        return self.environment == DEMONSTRATION

    @property
    def secret_key(self) -> str:
        """What signs cookies and links from now on."""
        return self.secret_keys[0]

    @property
    def host(self) -> str:
        """The host name of base_url, without scheme or port; '' when there is none."""
        try:
            return urlsplit(self.base_url).hostname or ""
        except ValueError:
            return ""


ONE_KEY = "SECRET_KEY"  # for whoever has one key only: the same as SECRET_KEYS with it alone
_NAMES = tuple(name.upper() for name in Config.__dataclass_fields__ if name != "environment")
SECRETS = tuple(name for name in _NAMES if Config.__dataclass_fields__[name.lower()].metadata.get("secret"))


def several(value: str) -> tuple[str, ...]:
    """What a setting lists: by commas, or in a file also by lines."""
    return tuple(one.strip() for one in SEVERAL.split(value))


def _check_environment(word: str | None) -> None:
    """Only the three words themselves: another case or a space more is not guessed at."""
    if word in ENVIRONMENTS:
        return
    if word is None:
        raise SettingsRefused(["PORTAL_ENV is not set: set it to demonstration, test or production."])
    shown = "".join(letter if letter.isprintable() else "?" for letter in word[:40])
    found = f"“{shown}”" if word else "empty"
    raise SettingsRefused([f"PORTAL_ENV is {found}: it must be demonstration, test or production."])


def load(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings in the environment. Raises SettingsRefused with everything that cannot be read."""
    config, unreadable = read(environ)
    if unreadable:
        raise SettingsRefused(unreadable)
    return config


def read(environ: Mapping[str, str]) -> tuple[Config, list[str]]:
    """The settings as far as they can be read, and what to do about each that cannot.

    Each has the upper-case name of its field, PORTAL_ENV for environment. One that is empty counts as not given.
    """
    environment = environ.get("PORTAL_ENV")
    _check_environment(environment)
    if environment == DEMONSTRATION:
        return _demonstration(environ)
    found, unreadable = _with_files(environ)
    one_key = found.pop(ONE_KEY, "")
    values: dict[str, Any] = {"secret_keys": (one_key,), **_usual(str(environment))}
    for setting, value in found.items():
        try:
            values[setting.lower()] = _typed(setting.lower(), value)
        except ValueError as error:
            unreadable.append(f"{setting} must be {error}.")
    return Config(**values), unreadable


def _with_files(environ: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Every setting that is given, secrets also by the files that hold them; and what to do about the others."""
    found = {name: environ[name] for name in (*_NAMES, ONE_KEY) if environ.get(name)}
    problems = []
    for name in (*SECRETS, ONE_KEY):
        if path := environ.get(name + FROM_FILE):
            try:
                if name in found:
                    raise ValueError(f"Set {name} or {name}{FROM_FILE}, not both.")
                found[name] = _in_file(name + FROM_FILE, path)
            except ValueError as error:
                problems.append(str(error))
    if ONE_KEY in found and "SECRET_KEYS" in found:
        problems.append("Set SECRET_KEYS or SECRET_KEY, not both.")
    return found, problems


def _in_file(setting: str, path: str) -> str:
    """What a file holds, without the end of its last line. Raises ValueError, which repeats nothing of it."""
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST_SECRET_FILE + 1).decode()
    except (OSError, ValueError) as error:  # not there, not ours to read, a folder, not text
        raise ValueError(f"{setting} must name a file that the portal can read.") from error
    if not content.strip() or len(content) > LARGEST_SECRET_FILE:
        raise ValueError(f"The file that {setting} names must hold the secret, and nothing else.")
    return content.strip("\r\n")


def given(environ: Mapping[str, str]) -> list[str]:
    """The names of all settings that this environment gives, without PORTAL_ENV."""
    return [name for name in (*_NAMES, ONE_KEY, *(one + FROM_FILE for one in (*SECRETS, ONE_KEY))) if environ.get(name)]


def _demonstration(environ: Mapping[str, str]) -> tuple[Config, list[str]]:
    """Of the environment it takes the port alone: its database, files, mailbox and key are its own."""
    try:
        port = _number(environ.get("PORT") or "5000", LARGEST_PORT)
    except ValueError as error:
        return demonstration(), [f"PORT must be {error}."]
    return demonstration(port), []


def demonstration(port: int = 5000) -> Config:
    """The settings of the demonstration, for an address that this machine alone can reach."""
    return Config(
        secret_keys=(PUBLIC_KEY,),
        base_url=f"http://127.0.0.1:{port}",
        **_usual(DEMONSTRATION),
    )


def _usual(environment: str) -> dict[str, Any]:
    """What an environment has when nothing else is given. Each keeps its things in a folder of its own."""
    folder = folder_of(environment)
    return {
        "environment": environment,
        "database_url": f"sqlite:///{folder / 'portal.db'}",
        "files_url": f"file://{folder / 'files'}",
        "mailbox_folder": str(folder / "mailbox"),
        "clock_file": str(folder / "clock") if environment == DEMONSTRATION else "",
        "second_factor_of": {PRODUCTION: "staff", DEMONSTRATION: "admin2@northfirth.example"}.get(environment, ""),
    }


def folder_of(environment: str) -> Path:
    """Where an environment keeps its things, so that none ever finds those of another."""
    return ROOT / "instance" / environment


def _typed(name: str, value: str) -> str | int | bool | tuple[str, ...]:
    """A setting as what it is; raises ValueError with the words of what it must be."""
    kind = Config.__dataclass_fields__[name].type
    if kind == "int":
        return _number(value, LARGEST.get(name, LARGEST_NUMBER), SMALLEST.get(name, 1))
    if kind == "bool":
        if value.lower() not in YES_OR_NO:
            raise ValueError("yes or no")
        return YES_OR_NO[value.lower()]
    return several(value) if name == "secret_keys" else value


def _number(value: str, largest: int, smallest: int = 1) -> int:
    is_number = value.isascii() and value.isdigit() and len(value) < 20
    if not is_number or not smallest <= int(value) <= largest:
        raise ValueError(f"a whole number from {smallest} to {largest}")
    return int(value)
