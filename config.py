"""Settings: read once from the environment into one frozen object that says everything missing at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
DEMONSTRATION, PRODUCTION, TEST = "demonstration", "production", "test"
REQUIRED_IN_PRODUCTION = ("SECRET_KEY", "FIELD_KEYS", "BASE_URL", "SMTP_HOST", "MAIL_FROM")


class MissingSettings(RuntimeError):
    """Raised with the name of every setting that production needs and the environment lacks."""


@dataclass(frozen=True)
class Config:
    """Everything the portal can be told from outside. Sizes are bytes, times are seconds unless named."""

    environment: str = DEMONSTRATION
    secret_key: str = "only-for-the-demonstration"  # noqa: S105 - refused in production by load()
    field_keys: str = ""  # "name:base64 of 32 bytes", the sealing one first; see portal/infra/sealed.py
    database_url: str = f"sqlite:///{ROOT / 'instance' / 'portal.db'}"
    files_url: str = f"file://{ROOT / 'instance' / 'files'}"
    base_url: str = "http://127.0.0.1:5000"
    mail_from: str = "papers@portal.example"
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_username: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = True
    mailbox_folder: str = str(ROOT / "instance" / "mailbox")
    clock_file: str = ""
    second_factor_of: str = "admin2@northfirth.example"  # "staff", or single addresses to show it
    session_idle_hours: int = 12
    session_absolute_days: int = 7
    upload_file_bytes: int = 50 * 1024 * 1024
    upload_request_bytes: int = 400 * 1024 * 1024
    upload_files: int = 40
    picture_request_bytes: int = 24 * 1024 * 1024
    receipts_request_bytes: int = 64 * 1024 * 1024
    clamav_address: str = ""  # host:port or the path of a socket; uploads then wait for its OK

    @property
    def is_production(self) -> bool:
        return self.environment == PRODUCTION

    @property
    def is_demonstration(self) -> bool:
        return self.environment == DEMONSTRATION

    @property
    def host(self) -> str:
        """The host name of base_url, without scheme or port."""
        return self.base_url.split("://", 1)[-1].split("/", 1)[0].split(":", 1)[0]


def load(environ: Mapping[str, str] = os.environ) -> Config:
    """The settings in the environment, each by the upper-case name of its field (PORTAL_ENV for environment)."""
    environment = environ.get("PORTAL_ENV", DEMONSTRATION)
    if environment == PRODUCTION:
        missing = [name for name in REQUIRED_IN_PRODUCTION if not environ.get(name)]
        if missing:
            raise MissingSettings("Set these before starting the portal: " + ", ".join(missing))
    given = {name: environ[name.upper()] for name in Config.__dataclass_fields__ if environ.get(name.upper())}
    values: dict[str, Any] = {name: _typed(name, value) for name, value in given.items()}
    if environment == PRODUCTION:
        values["second_factor_of"] = "staff"  # cannot be turned off
    return Config(**{**values, "environment": environment})


def _typed(name: str, value: str) -> str | int | bool:
    kind = Config.__dataclass_fields__[name].type
    if kind == "bool":
        return value.lower() in ("1", "true", "yes")
    return int(value) if kind == "int" else value
