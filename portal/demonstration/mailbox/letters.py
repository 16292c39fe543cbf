"""The files of the demonstration's mailbox: what is written on each, and what is in it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path

from flask import current_app
from markupsafe import Markup
from sqlalchemy import select

from portal.capability import gathered
from portal.core.clock import london_day
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.notifications.models import Email
from portal.notifications.render import html_blocks

NAME = re.compile(r"[0-9a-f]{32}")
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
MOST_REMEMBERED = 20_000
OTHER = "other"
KINDS = {  # what each capability writes about, and of some of its emails something else
    "accounts": "Signing in and accounts",
    "appointing": "Proposed appointments",
    "audit_trail": "Audit trail",
    "boards": "Roles, invitations and settings",
    "check_in": "Who is coming, and papers by post",
    "corrections": "Corrections",
    "deputes": "Deputes",
    "expenses": "Expenses",
    "inductions": "Inductions",
    "meetings": "Meetings, and who covers them",
    "mentoring": "Mentoring",
    "notifications": "Daily summary",
    "papers": "Papers",
    "privacy": "Data retention",
    "public": "Messages from the public",
    "rep_pages": "Notes about supporting a rep",
    "replacement_care": "Replacement care",
    "role_descriptions": "Role descriptions",
    "stopping": "Stopping as a rep",
    "support_meetings": "Support meetings and feedback",
    "training": "Training",
    OTHER: "Other",
}
APART = {  # emails that are about something else than the others of their capability
    **dict.fromkeys(("induction-began", "induction-late", "induction-step"), "inductions"),
    **dict.fromkeys(("letter-to-confirm", "message-for-rep"), "public"),
    **dict.fromkeys(("rep-stays", "stop-asked", "stop-taken-back"), "stopping"),
}


@dataclass(frozen=True)
class Head:
    """What is written on an email. A file is never changed once it is there."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    written_at: float  # as the machine says, for those of one second

    @property
    def day(self) -> date:
        return london_day(self.sent_at)


@dataclass(frozen=True)
class Letter:
    """One email of the mailbox, and what kind it is."""

    head: Head
    kind: str

    @property
    def kind_words(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Inside:
    """The words of an email, in both forms."""

    plain: Sequence[Markup]
    html: str


def folder() -> Path:
    return Path(current_app.config["PORTAL"].mailbox_folder)


def letters() -> list[Letter]:
    """Every email that was sent, newest first."""
    kinds = _kinds()
    heads = sorted((_head(path) for path in folder().glob("*.eml")), key=lambda one: (one.sent_at, one.written_at))
    return [Letter(head, kinds.get(head.name, OTHER)) for head in reversed(heads)]


def find(name: str) -> Letter | None:
    path = folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.exists():
        return None
    return Letter(_head(path), _kinds().get(name, OTHER))


def inside(letter: Letter) -> Inside:
    message = email.message_from_bytes((folder() / f"{letter.head.name}.eml").read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    plain, html = (_words(message, form) for form in ("plain", "html"))
    return Inside(html_blocks(plain), html)


def forget_after(moment: datetime) -> None:
    """Remove what was sent later than a moment."""
    for path in folder().glob("*.eml"):
        if _head(path).sent_at > moment:
            path.unlink()


def _words(message: EmailMessage, form: str) -> str:
    part = message.get_body((form,))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""


@lru_cache(maxsize=MOST_REMEMBERED)
def _head(path: Path) -> Head:
    """Read without the rest, as a mailbox soon holds thousands."""
    head = BytesHeaderParser().parsebytes(END_OF_HEAD.split(path.read_bytes(), maxsplit=1)[0] + b"\n\n")
    subject = str(make_header(decode_header(" ".join(head["Subject"].split()))))
    sent_at = parsedate_to_datetime(head["Date"]).astimezone(UTC)
    return Head(path.stem, str(head["To"]), subject, sent_at, path.stat().st_mtime)


def _kinds() -> dict[str, str]:
    """What each email is about, by its name in the mailbox, while its row is kept."""
    every = select(Email.message_id, Email.template).order_by(Email.id)
    rows = db.session.execute(across_boards(every, CrossBoardReason.CLOCK))
    return {message_id.strip("<>").split("@")[0]: kind_of(template) for message_id, template in rows}


def kind_of(template: str) -> str:
    return APART.get(template) or gathered().sender_of.get(template, OTHER)
