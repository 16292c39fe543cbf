"""The demonstration's mailbox: every email that was sent, to be read in the browser."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from flask import abort, current_app, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.demonstration.blueprint import bp
from portal.infra.guard import public
from portal.notifications.render import html_blocks

SHOWN = 100


@dataclass(frozen=True)
class Letter:
    """One email of the mailbox."""

    name: str
    to: str
    subject: str
    body: list[Markup]


def _folder() -> Path:
    return Path(current_app.config["PORTAL"].mailbox_folder)


def _read(path: Path, with_body: bool = False) -> Letter:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    plain = message.get_body(("plain",))
    text = str(plain.get_content()).replace("\r\n", "\n") if plain and with_body else ""
    return Letter(path.stem, str(message["To"]), str(message["Subject"]), html_blocks(text) if text else [])


@bp.get("/demonstration/mailbox")
@public
def mailbox() -> ResponseReturnValue:
    newest = sorted(_folder().glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)[:SHOWN]
    return render_template("demonstration/mailbox.html", letters=[_read(path) for path in newest])


@bp.get("/demonstration/mailbox/<name>")
@public
def letter(name: str) -> ResponseReturnValue:
    path = _folder() / f"{name}.eml"
    if not re.fullmatch(r"[0-9a-f]{32}", name) or not path.exists():
        abort(404)
    return render_template("demonstration/letter.html", letter=_read(path, with_body=True))
