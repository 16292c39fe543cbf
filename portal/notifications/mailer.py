"""Sending one email: Flask-Mail with a connection that times out, checks certificates, and never counts QUIT."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from pathlib import Path
from uuid import uuid4

from flask import current_app
from flask_mail import Connection, Mail, Message

from config import Config
from portal.core import clock
from portal.infra.logs import fault, log
from portal.infra.unit_of_work import unit_of_work
from portal.notifications import outbox
from portal.notifications.letter import PortalMessage, attachments_of, headers_of, invitation_in
from portal.notifications.models import Email
from portal.notifications.render import words_of

TIMEOUT_SECONDS = 10


class Refused(Exception):
    """The server will never take this email for this address."""


class WrongPassword(Exception):
    """The server does not let us in: no email can go until somebody mends the settings."""


class HardenedConnection(Connection):
    """Flask-Mail's connection with a time-out, verified STARTTLS, and a quiet goodbye."""

    def __init__(self, mail: Mail, config: Config) -> None:
        super().__init__(mail)
        self.config = config

    def configure_host(self) -> smtplib.SMTP:
        config = self.config
        host = smtplib.SMTP(config.smtp_host, config.smtp_port, timeout=TIMEOUT_SECONDS)
        if config.smtp_starttls:
            host.starttls(context=ssl.create_default_context())
        if config.smtp_username:
            host.login(config.smtp_username, config.smtp_password)
        return host

    host: smtplib.SMTP

    def __exit__(self, *_error: object) -> None:
        """An error at QUIT comes after the server took the message, so it says nothing about it."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.host.quit()


def message_of(email: Email) -> Message:
    """One message to one recipient, with the Message-ID made when the row was."""
    words = words_of(email)
    message = PortalMessage(
        subject=words.subject,
        recipients=[email.to_address or email.person.email],
        body=words.text,
        html=words.html,
        sender=("Carer Rep Portal", current_app.config["PORTAL"].mail_from),
        extra_headers=headers_of(email),
        attachments=attachments_of(email),
    )
    message.invite(invitation_in(email))
    message.msgId = email.message_id
    return message


def deliver(message: Message) -> None:
    """Hand a message over. Raises Refused, WrongPassword, or any SMTP or network error worth another try.

    Only a word about this recipient or this message is final. A server that turns us away altogether (at the greeting,
    or for our own address) is mended by somebody, and the email goes then.
    """
    config: Config = current_app.config["PORTAL"]
    if not config.smtp_host:
        return _keep_in_mailbox(message, Path(config.mailbox_folder))
    try:
        with HardenedConnection(current_app.extensions["mail"], config) as connection:
            _hand_over(connection.host, message)
    except smtplib.SMTPAuthenticationError as error:
        raise WrongPassword(error.smtp_code) from error
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        if code >= 500:
            raise Refused(f"The address was refused ({code})") from error
        raise
    except smtplib.SMTPDataError as error:
        if error.smtp_code >= 500:
            raise Refused(f"The server refused it ({error.smtp_code})") from error
        raise


def _hand_over(host: smtplib.SMTP, message: Message) -> None:
    host.sendmail(current_app.config["PORTAL"].mail_from, [str(one) for one in message.send_to], message.as_bytes())


def _keep_in_mailbox(message: Message, folder: Path) -> None:
    """The demonstration's own post: a folder, shown on a page."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}"
    part.write_bytes(message.as_bytes())
    part.rename(folder / f"{message.msgId.strip('<>').split('@')[0]}.eml")


def send_next() -> bool:
    """Take one email, send it and mark it; False when none is due. Raises WrongPassword to stop the queue."""
    with unit_of_work():
        email = outbox.take_next()
    if email is not None:
        _send(email)
    return email is not None


def _is_stale(email: Email) -> bool:
    return clock.now() >= email.expires_at or outbox.is_barred(email) or outbox.has_dead_link(email)


def _deliver_unless_stale(email: Email) -> bool:
    """Whether it went. Nothing of the database is held while the mail server is spoken to."""
    with unit_of_work():
        message = None if _is_stale(email) else message_of(email)
    if message is not None:
        deliver(message)
    return message is not None


def _send(email: Email) -> None:
    try:
        is_sent = _deliver_unless_stale(email)
    except Refused as refusal:
        with unit_of_work():
            outbox.mark_failed(email.id, str(refusal))
    except WrongPassword:
        with unit_of_work():
            outbox.put_back(email, "The mail server did not accept our password")
        raise
    except Exception as error:  # whatever else went wrong, the email stays in the queue
        fault("mail", error)
        with unit_of_work():
            outbox.put_back(email, f"It could not be sent ({type(error).__name__}). We will try again")
    else:
        with unit_of_work():
            (outbox.mark_sent if is_sent else outbox.mark_expired)(email.id)
        log.info("sent" if is_sent else "expired", kind=email.template)
