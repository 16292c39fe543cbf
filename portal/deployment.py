"""What must be so before anybody is let in: the one table of settings that are refused, and where they are refused."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from config import DEMONSTRATION, PRODUCTION, PUBLIC_KEY, Config, SettingsRefused, folder_of, read
from portal.core.addresses import is_kept_right
from portal.infra.sealed import keys_of
from portal.infra.web.this_machine import is_of_this_machine

DOES_NOT_LOAD = 4  # gunicorn's word for it: after any other number it would start its workers again and again
SHORTEST_SECRET = 32
EXAMPLES = ("a secret for tests", "changeme", "change-me", "change_me", "example", "your-secret", "your_secret")
NOBODYS_HOSTS = (".example", ".test", ".invalid")  # kept free for tests and documents
DATABASES = ("sqlite", "postgresql+psycopg")
ADDRESS = re.compile(r"https?://([a-z0-9][a-z0-9.-]*|\[[0-9a-f:.]+\])(:[0-9]{1,5})?", re.IGNORECASE)
SOCKET = re.compile(r"/.+|[^\s:]+:[0-9]{1,5}|\[[0-9a-f:]+\]:[0-9]{1,5}", re.IGNORECASE)


@dataclass(frozen=True)
class Check:
    """One thing that must be so: when it is not, what to do then, and whether that holds outside production too."""

    is_wrong: Callable[[Config], bool]
    what_to_do: str
    everywhere: bool = False


def _has_example_key(config: Config) -> bool:
    return any(word in key.lower() for key in config.secret_keys for word in EXAMPLES)


def _has_public_key(config: Config) -> bool:
    return any(PUBLIC_KEY in key for key in config.secret_keys) and not config.is_demonstration


def _has_unfit_field_keys(config: Config) -> bool:
    if not config.field_keys:
        return config.is_production
    try:
        return not keys_of(config)
    except ValueError:
        return True


def _is_for_people(config: Config) -> bool:
    return bool(config.host) and not is_of_this_machine(config.host) and not config.host.endswith(NOBODYS_HOSTS)


def _database(config: Config) -> URL | None:
    try:
        url = make_url(config.database_url)
    except (ArgumentError, ValueError):
        return None
    return url if url.drivername in DATABASES else None


def _forgets_rows(config: Config) -> bool:
    url = _database(config)
    if url is None or url.drivername != "sqlite":
        return False
    return url.database in (None, "", ":memory:") or "mode=memory" in config.database_url


def _has_no_place_for_files(config: Config) -> bool:
    try:
        url = urlsplit(config.files_url)
    except ValueError:
        return True
    if url.scheme == "file":
        return url.netloc not in ("", "localhost") or not url.path.startswith("/")
    return url.scheme != "memory" and not (url.scheme == "s3" and url.netloc)


def _uses_the_demonstrations(config: Config) -> bool:
    url = _database(config)
    database = url.database if url and url.drivername == "sqlite" else ""
    files = config.files_url.removeprefix("file://")
    places = [Path(place).resolve() for place in (database, files) if place and place.startswith("/")]
    folder = folder_of(DEMONSTRATION).resolve()
    return not config.is_demonstration and any(place.is_relative_to(folder) for place in places)


def _is_copied(config: Config) -> bool:
    return any("…" in str(value) for value in vars(config).values())


CHECKS = (
    Check(_is_copied, "Put a value of your own in place of each “…” that was copied from the README.", True),
    Check(lambda c: not c.secret_key.strip(), "Set SECRET_KEYS to what openssl rand -base64 32 prints.", True),
    Check(
        lambda c: not all(map(str.strip, c.secret_keys[1:])) or len(set(c.secret_keys)) < len(c.secret_keys),
        "Put one comma between two keys of SECRET_KEYS, the newest first, and each key once.",
        True,
    ),
    Check(_has_public_key, "Set SECRET_KEYS to keys of your own: everyone knows the demonstration’s.", True),
    Check(_has_example_key, "Set SECRET_KEYS to keys of your own, not to an example."),
    Check(
        lambda c: any(0 < len(key) < SHORTEST_SECRET for key in c.secret_keys),
        f"Make each of SECRET_KEYS at least {SHORTEST_SECRET} characters long.",
    ),
    Check(lambda c: c.second_factor_of != "staff", "Remove SECOND_FACTOR_OF: all staff need a second factor."),
    Check(
        _has_unfit_field_keys,
        "Set FIELD_KEYS to “name:key”, the key being 32 random bytes in base64. "
        "Put a comma between several, each with a name of its own.",
        True,
    ),
    Check(
        lambda c: not ADDRESS.fullmatch(c.base_url),
        "Set BASE_URL to scheme and host alone, without a path or anything else.",
        True,
    ),
    Check(lambda c: not c.base_url.startswith("https://"), "Set BASE_URL to an address that starts with https://."),
    Check(lambda c: is_of_this_machine(c.host), "Set BASE_URL to the host that people will use, not to this machine."),
    Check(
        lambda c: not c.is_production and _is_for_people(c),
        "Set PORTAL_ENV=production to serve people at this BASE_URL: test and demonstration are for this machine.",
        True,
    ),
    Check(lambda c: not c.smtp_host, "Set SMTP_HOST, so that emails go to people and not into a folder."),
    Check(lambda c: not c.smtp_starttls, "Remove SMTP_STARTTLS: emails must be encrypted on their way."),
    Check(
        lambda c: c.mail_from == Config.mail_from or not is_kept_right(c.mail_from.lower()),
        "Set MAIL_FROM to the address that emails come from, like papers@board.example.",
    ),
    Check(lambda c: bool(c.clock_file), "Remove CLOCK_FILE: the clock must be the real one."),
    Check(
        lambda c: _database(c) is None,
        "Set DATABASE_URL to postgresql+psycopg://… or to a file, sqlite:////srv/portal/portal.db.",
        True,
    ),
    Check(_forgets_rows, "Set DATABASE_URL to a database that stays: one in memory is lost at every restart."),
    Check(
        _has_no_place_for_files, "Set FILES_URL to a folder, file:///srv/portal/files, or a bucket, s3://name.", True
    ),
    Check(lambda c: c.files_url.startswith("memory:"), "Set FILES_URL to a place that stays: memory forgets papers."),
    Check(
        _uses_the_demonstrations,
        "Set DATABASE_URL and FILES_URL to places outside the demonstration’s folder: everyone knows its password.",
        True,
    ),
    Check(
        lambda c: bool(c.clamav_address) and not SOCKET.fullmatch(c.clamav_address),
        "Set CLAMAV_ADDRESS to host:port or to the path of a socket.",
        True,
    ),
    Check(lambda c: c.flask_debug, "Remove FLASK_DEBUG: debugging shows strangers what the portal holds."),
)


def problems(config: Config) -> list[str]:
    """Everything that these settings may not be in their environment, each as what to do about it."""
    checks = [check for check in CHECKS if config.is_production or check.everywhere]
    return [check.what_to_do for check in checks if check.is_wrong(config)]


def refuse_unsafe(config: Config) -> None:
    """Raises SettingsRefused with everything that must be otherwise before the portal starts."""
    if found := problems(config):
        raise SettingsRefused(found)


def settings(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings in the environment, safe to start with. Raises SettingsRefused with everything that is wrong."""
    config, unreadable = read(environ)
    if found := unreadable + problems(config):
        raise SettingsRefused(found)
    return config


def examine(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Everything to do before this environment can be production, whatever it is now; nothing when it is ready."""
    config, unreadable = read({**environ, "PORTAL_ENV": PRODUCTION})
    is_named = environ.get("PORTAL_ENV") == PRODUCTION
    return ([] if is_named else ["Set PORTAL_ENV=production."]) + unreadable + problems(config)


def end_with(refusal: SettingsRefused) -> NoReturn:
    """End this process with the words of a refusal, and no traceback."""
    print(refusal, file=sys.stderr)
    raise SystemExit(DOES_NOT_LOAD)


def end_unless_safe() -> None:
    """End this process with what is wrong with its settings, if anything is."""
    try:
        settings()
    except SettingsRefused as refusal:
        end_with(refusal)
