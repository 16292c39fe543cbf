"""Settings that are safe in production, and for each check what makes them unsafe, one change at a time."""

from __future__ import annotations

import base64
from pathlib import Path

from config import DEMONSTRATION, PUBLIC_KEY, folder_of


def field_key(name: str, letter: bytes = b"k", size: int = 32) -> str:
    return f"{name}:{base64.b64encode(letter * size).decode()}"


def safe_in(folder: Path, **changes: str) -> dict[str, str]:
    """What production needs and nothing else, everything kept in one folder."""
    needed = {
        "PORTAL_ENV": "production",
        "SECRET_KEY": "Zr2Uq8mVd0nK5wXtE1yBhL7cJs4GaP9fRoTi3QvM6xY",
        "FIELD_KEYS": field_key("2026"),
        "BASE_URL": "https://portal.board.scot",
        "MAIL_FROM": "papers@board.scot",
        "SMTP_HOST": "mail.board.scot",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.db'}",
        "FILES_URL": f"file://{folder / 'files'}",
    }
    return {**needed, **changes}


DEMONSTRATIONS_FOLDER = folder_of(DEMONSTRATION)
URLSAFE = "2026:" + base64.urlsafe_b64encode(b"\xfb\xff" * 16).decode()
TEST_FOR_PEOPLE = {"PORTAL_ENV": "test", "BASE_URL": "https://portal.board.scot"}
UNSAFE: dict[str, tuple[dict[str, str], ...]] = {
    "Put a value of your own in place of each “…” that was copied from the README.": (
        {"SMTP_HOST": "…"},
        {"SMTP_PASSWORD": "…"},
        {"DATABASE_URL": "postgresql+psycopg://…"},
    ),
    "Set SECRET_KEYS to what openssl rand -base64 32 prints.": ({"SECRET_KEY": ""}, {"SECRET_KEY": " " * 40}),
    "Set SECRET_KEYS to keys of your own: everyone knows the demonstration’s.": (
        {"SECRET_KEY": PUBLIC_KEY},
        {"SECRET_KEY": PUBLIC_KEY + "-and-ours-too"},
        {"SECRET_KEY": "", "SECRET_KEYS": "x" * 40 + "," + PUBLIC_KEY},
        {"SECRET_KEY": PUBLIC_KEY, "PORTAL_ENV": "test", "BASE_URL": "http://127.0.0.1:5000"},
    ),
    "Set SECRET_KEYS to keys of your own, not to an example.": (
        {"SECRET_KEY": "ChangeMe-ChangeMe-ChangeMe-ChangeMe-ChangeMe"},
        {"SECRET_KEY": "a secret for tests, and twice: a secret for tests"},
        {"SECRET_KEY": "an example of a secret key of more than 32 characters"},
        {"SECRET_KEY": "", "SECRET_KEYS": "x" * 40 + ",ChangeMe-ChangeMe-ChangeMe-ChangeMe-ChangeMe"},
    ),
    "Make each of SECRET_KEYS at least 32 characters long.": (
        {"SECRET_KEY": "short"},
        {"SECRET_KEY": "x" * 31},
        {"SECRET_KEY": "", "SECRET_KEYS": "x" * 40 + ",short"},
    ),
    "Put one comma between two keys of SECRET_KEYS, the newest first, and each key once.": (
        {"SECRET_KEY": "", "SECRET_KEYS": "x" * 40 + ","},
        {"SECRET_KEY": "", "SECRET_KEYS": "x" * 40 + ",," + "y" * 40},
        {"SECRET_KEY": "", "SECRET_KEYS": "x" * 40 + "," + "x" * 40},
    ),
    "Remove SECOND_FACTOR_OF: all staff need a second factor.": (
        {"SECOND_FACTOR_OF": "admin@board.scot"},
        {"SECOND_FACTOR_OF": "nobody"},
    ),
    "Set FIELD_KEYS to “name:key”, the key being 32 random bytes in base64. "
    "Put a comma between several, each with a name of its own.": (
        {"FIELD_KEYS": ""},
        {"FIELD_KEYS": "2026"},
        {"FIELD_KEYS": field_key("")},
        {"FIELD_KEYS": field_key("2026", size=31)},
        {"FIELD_KEYS": field_key("2026", size=33)},
        {"FIELD_KEYS": field_key("20:26")},
        {"FIELD_KEYS": field_key("20 26")},
        {"FIELD_KEYS": URLSAFE},
        {"FIELD_KEYS": field_key("2026") + ","},
        {"FIELD_KEYS": "," + field_key("2026")},
        {"FIELD_KEYS": f"{field_key('2026')},{field_key('2026', b'a')}"},
        {"FIELD_KEYS": f"{field_key('2026')};{field_key('2025')}"},
        {"FIELD_KEYS": f"{field_key('2026')},2025:kürzer"},
        {"FIELD_KEYS": "2026", "PORTAL_ENV": "test", "BASE_URL": "http://127.0.0.1:5000"},
    ),
    "Set BASE_URL to scheme and host alone, without a path or anything else.": (
        {"BASE_URL": "https://portal.board.scot/"},
        {"BASE_URL": "https://portal.board.scot/reps"},
        {"BASE_URL": "https://portal.board.scot?x=1"},
        {"BASE_URL": "https://portal.board.scot#top"},
        {"BASE_URL": "https://ann:word@portal.board.scot"},
        {"BASE_URL": "https://portal.board.scot:port"},
        {"BASE_URL": "https://portal board.scot"},
        {"BASE_URL": "https://"},
        {"BASE_URL": "https://[::1"},
        {"BASE_URL": "https:portal.board.scot"},
    ),
    "Set BASE_URL to an address that starts with https://.": ({"BASE_URL": "http://portal.board.scot"},),
    "Set BASE_URL to the host that people will use, not to this machine.": (
        {"BASE_URL": "https://localhost"},
        {"BASE_URL": "https://LOCALHOST:8443"},
        {"BASE_URL": "https://portal.localhost"},
        {"BASE_URL": "https://127.0.0.1"},
        {"BASE_URL": "https://127.8.9.10:5000"},
        {"BASE_URL": "https://0.0.0.0"},
        {"BASE_URL": "https://[::1]:443"},
        {"BASE_URL": "https://[::ffff:127.0.0.1]"},
    ),
    "Set PORTAL_ENV=production to serve people at this BASE_URL: test and demonstration are for this machine.": (
        TEST_FOR_PEOPLE,
        {"PORTAL_ENV": "test", "BASE_URL": "http://192.0.2.7:5000"},
    ),
    "Set SMTP_HOST, so that emails go to people and not into a folder.": ({"SMTP_HOST": ""},),
    "Remove SMTP_STARTTLS: emails must be encrypted on their way.": (
        {"SMTP_STARTTLS": "no"},
        {"SMTP_STARTTLS": "0"},
        {"SMTP_STARTTLS": "False"},
    ),
    "Set MAIL_FROM to the address that emails come from, like papers@board.example.": (
        {"MAIL_FROM": ""},
        {"MAIL_FROM": "papers"},
        {"MAIL_FROM": "Papers <papers@board.scot>"},
        {"MAIL_FROM": "a@board.scot,b@board.scot"},
    ),
    "Remove CLOCK_FILE: the clock must be the real one.": ({"CLOCK_FILE": "/tmp/clock"},),  # noqa: S108 - never read
    "Set DATABASE_URL to postgresql+psycopg://… or to a file, sqlite:////srv/portal/portal.db.": (
        {"DATABASE_URL": "portal.db"},
        {"DATABASE_URL": "postgres://portal@db.board.scot/portal"},
        {"DATABASE_URL": "postgresql://portal@db.board.scot/portal"},
        {"DATABASE_URL": "postgresql+psycopg://portal@db.board.scot:port/portal"},
        {"DATABASE_URL": "mysql://portal@db.board.scot/portal"},
    ),
    "Set DATABASE_URL to a database that stays: one in memory is lost at every restart.": (
        {"DATABASE_URL": "sqlite://"},
        {"DATABASE_URL": "sqlite:///:memory:"},
        {"DATABASE_URL": "sqlite:///file:portal?mode=memory&uri=true"},
    ),
    "Set FILES_URL to a folder, file:///srv/portal/files, or a bucket, s3://name.": (
        {"FILES_URL": "/srv/portal/files"},
        {"FILES_URL": "file://srv/portal/files"},
        {"FILES_URL": "file:files"},
        {"FILES_URL": "s3:bucket"},
        {"FILES_URL": "ftp://board.scot/files"},
    ),
    "Set FILES_URL to a place that stays: memory forgets papers.": ({"FILES_URL": "memory:///"},),
    "Set DATABASE_URL and FILES_URL to places outside the demonstration’s folder: everyone knows its password.": (
        {"DATABASE_URL": f"sqlite:///{DEMONSTRATIONS_FOLDER / 'portal.db'}"},
        {"FILES_URL": f"file://{DEMONSTRATIONS_FOLDER / 'files'}"},
        {"FILES_URL": f"file://{DEMONSTRATIONS_FOLDER.parent / 'test' / '..' / 'demonstration'}"},
    ),
    "Set CLAMAV_ADDRESS to host:port or to the path of a socket.": (
        {"CLAMAV_ADDRESS": "localhost"},
        {"CLAMAV_ADDRESS": "localhost:clamd"},
    ),
    "Remove FLASK_DEBUG: debugging shows strangers what the portal holds.": ({"FLASK_DEBUG": "1"},),
}
EACH = [(what_to_do, changes) for what_to_do, examples in UNSAFE.items() for changes in examples]
ALL_TOGETHER = {
    "SECRET_KEY": "short",
    "FIELD_KEYS": "2026:short",
    "BASE_URL": "http://localhost/portal",
    "SMTP_HOST": "",
    "SMTP_PORT": "many",
    "SMTP_STARTTLS": "no",
    "MAIL_FROM": "papers",
    "CLOCK_FILE": "/tmp/clock",  # noqa: S108 - never read
    "FLASK_DEBUG": "yes",
}
