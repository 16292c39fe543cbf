"""What goes with the words of an email: headers for mailboxes, the way to get fewer, and calendar parts."""

from __future__ import annotations

from collections.abc import Iterator
from email.mime.text import MIMEText

from flask import current_app
from flask_mail import Attachment, Message

from portal.capability import gathered
from portal.infra.notification import CalendarPart, Letter
from portal.infra.web.links import token_for
from portal.notifications.emails import DAILY_EMAIL
from portal.notifications.models import Email
from portal.notifications.queries import parts_of
from portal.notifications.render import address
from portal.notifications.rules import UNSUBSCRIBE, mark_of_address

CALENDAR = "calendar"


class PortalMessage(Message):
    """Flask-Mail's message, whose calendar part says what it is for; without that, nothing is added to a calendar."""

    method = ""

    def invite(self, part: CalendarPart | None) -> None:
        if part:
            self.method, self.alts[CALENDAR] = part.method, part.content

    def _mimetext(self, text: str | None, subtype: str = "plain") -> MIMEText:
        made: MIMEText = super()._mimetext(text, subtype)
        if subtype == CALENDAR:
            made.set_param("method", self.method)
        return made


def headers_of(email: Email) -> dict[str, str]:
    """RFC 3834, so that no machine answers; and, where fewer emails may be chosen, RFC 2369 and 8058."""
    headers = {"Auto-Submitted": "auto-generated"}
    if email.person and may_be_turned_off(email):
        link = address("notifications.fewer", token=_token(email))
        headers["List-Unsubscribe"] = f"<{link}>"
        if link.startswith("https://"):
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _token(email: Email) -> str:
    return token_for(UNSUBSCRIBE, email.reader.id, mark_of_address(email.reader.email))


def may_be_turned_off(email: Email) -> bool:
    """Whether its reader can choose not to get emails of this kind; one email of several, where one of them is so."""
    return any(not _is_always_sent(one) for one in _told_by(email))


def _is_always_sent(email: Email) -> bool:
    return any(row.always for row in gathered().emails if row.email == email.template)


def _told_by(email: Email) -> list[Email]:
    """The emails that an email holds: itself, or those of a day."""
    return parts_of(email) if email.template == DAILY_EMAIL else [email]


def invitation_in(email: Email) -> CalendarPart | None:
    """The calendar part of an email that tells of one thing."""
    make = gathered().email_called[email.template].calendar
    letter = Letter(current_app.config["PORTAL"].mail_from, email.goes_to)
    return make(email.facts, letter) if make else None


def attachments_of(email: Email) -> list[Attachment]:
    """The same calendar parts as files, for programs that read only these; those of a day are files alone."""
    return [_file(number, part) for number, part in enumerate(_parts(email), 1)]


def _parts(email: Email) -> Iterator[CalendarPart]:
    yield from filter(None, map(invitation_in, _told_by(email)))


def _file(number: int, part: CalendarPart) -> Attachment:
    kind = f"text/calendar; charset=utf-8; method={part.method}"
    return Attachment(f"meeting-{number}.ics", kind, part.content.encode(), "attachment")
