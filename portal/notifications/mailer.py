"""Sending emails: Flask-Mail with a connection that times out, checks certificates, and never counts QUIT.

One connection serves while there is mail. Each email is marked as soon as the server has it, so a process that is
killed doubles one email at most.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
import time
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from flask import current_app
from flask_mail import Connection, Mail, Message

from config import Config
from portal.core import clock
from portal.infra.logs import fault, log
from portal.infra.unit_of_work import look, unit_of_work
from portal.notifications import outbox, still_true
from portal.notifications.letter import PortalMessage, attachments_of, headers_of, invitation_in
from portal.notifications.models import Email
from portal.notifications.render import words_of

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

TIMEOUT_SECONDS = 10
GOING_AWAY = 421  # what a server says when it ends a connection by itself
MOST_AT_ONCE = 20
SECONDS_AT_ONCE = 5.0  # then what cannot wait, and was asked for meanwhile, has its turn


class Refused(Exception):
    """The server will never take this email for this address."""


class WrongPassword(Exception):
    """The server does not let us in: no email can go until somebody mends the settings."""


class Unreachable(Exception):
    """There is no server, or it turns us away at the door: nothing can go at the moment."""


class Server(smtplib.SMTP):
    """A connection that knows whether it has begun to hand over a message that may have arrived."""

    may_have_it = False

    def data(self, msg: ReadableBuffer | str) -> tuple[int, bytes]:
        self.may_have_it = True
        return super().data(msg)


class HardenedConnection(Connection):
    """Flask-Mail's connection with a time-out, verified STARTTLS, and a quiet goodbye."""

    def __init__(self, mail: Mail, config: Config) -> None:
        super().__init__(mail)
        self.config = config

    def configure_host(self) -> smtplib.SMTP:
        config = self.config
        host = Server(config.smtp_host, config.smtp_port, timeout=TIMEOUT_SECONDS)
        if config.smtp_starttls:
            host.starttls(context=ssl.create_default_context())
        if config.smtp_username:
            host.login(config.smtp_username, config.smtp_password)
        return host

    host: Server

    def __exit__(self, *_error: object) -> None:
        """An error at QUIT comes after the server took the message, so it says nothing about it."""
        with contextlib.suppress(smtplib.SMTPException, OSError):
            self.host.quit()


def message_of(email: Email) -> Message:
    """One message to one recipient, with the Message-ID made when the row was."""
    words = words_of(email)
    message = PortalMessage(
        subject=words.subject,
        recipients=[email.goes_to],
        body=words.text,
        html=words.html,
        sender=("Carer Rep Portal", current_app.config["PORTAL"].mail_from),
        extra_headers=headers_of(email),
        attachments=attachments_of(email),
        date=clock.now().timestamp(),
    )
    message.invite(invitation_in(email))
    message.msgId = email.message_id
    return message


def _hand_over(host: Server, message: Message) -> None:
    host.may_have_it = False
    host.sendmail(current_app.config["PORTAL"].mail_from, [str(one) for one in message.send_to], message.as_bytes())


def _keep_in_mailbox(message: Message, folder: Path) -> None:
    """The demonstration's own post: a folder, shown on a page."""
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{uuid4().hex}"
    part.write_bytes(message.as_bytes())
    part.rename(folder / f"{message.msgId.strip('<>').split('@')[0]}.eml")


class Postman:
    """Sends what waits, some at once; its connection stays open as long as there is more."""

    def __init__(self) -> None:
        self.connection: HardenedConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """Say goodbye to the server, if it was spoken to."""
        connection, self.connection = self.connection, None
        if connection:
            connection.__exit__()

    def send_some(self, most: int = MOST_AT_ONCE) -> int:
        """Take some emails, send and mark each; how many were taken. Raises WrongPassword to stop the queue.

        What was taken and could not be tried in time is given back.
        """
        with unit_of_work():
            waiting = deque(outbox.take_some(most))
        taken, until = len(waiting), time.monotonic() + SECONDS_AT_ONCE
        try:
            while waiting and time.monotonic() < until:
                self._send(waiting.popleft())
        except Unreachable as error:
            with unit_of_work():
                while waiting:
                    outbox.put_back(waiting.popleft(), _will_try_again(error))
        finally:
            if waiting:
                with unit_of_work():
                    outbox.give_back(waiting)
        if not taken:
            self.hang_up()
        return taken

    def _send(self, email: Email) -> None:
        """Send one and mark it. Raises WrongPassword and Unreachable, and has put it back then."""
        try:
            is_sent = self._deliver_unless_stale(email)
        except Refused as refusal:
            with unit_of_work():
                outbox.mark_failed(email, str(refusal))
        except WrongPassword:
            with unit_of_work():
                outbox.put_back(email, "The mail server did not accept our password")
            raise
        except Exception as error:  # whatever else went wrong, the email stays in the queue
            self.hang_up()
            fault("mail", error.__cause__ if isinstance(error, Unreachable) and error.__cause__ else error)
            with unit_of_work():
                outbox.put_back(email, _will_try_again(error))
            if isinstance(error, Unreachable):
                raise
        else:
            with unit_of_work():
                (outbox.mark_sent if is_sent else outbox.mark_expired)(email)
            log.info("sent" if is_sent else "expired", kind=email.template)

    def _deliver_unless_stale(self, email: Email) -> bool:
        """Whether it went. Nothing of the database is held while the mail server is spoken to."""
        still_true.bring_up_to_date(email)
        with look():
            message = None if _is_stale(email) else message_of(email)
        if message is not None:
            self.deliver(message)
        return message is not None

    def deliver(self, message: Message) -> None:
        """Hand a message over. Raises Refused, WrongPassword, Unreachable, or any error worth another try.

        Only a word about this recipient or this message is final. A server that turns us away altogether (at the
        greeting, or for our own address) is mended by somebody, and the email goes then.
        """
        config: Config = current_app.config["PORTAL"]
        if not config.smtp_host:
            return _keep_in_mailbox(message, Path(config.mailbox_folder))
        try:
            self._hand_over(message)
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            if code >= 500:
                raise Refused(f"The address was refused ({code})") from error
            raise
        except smtplib.SMTPDataError as error:
            if error.smtp_code >= 500:
                raise Refused(f"The server refused it ({error.smtp_code})") from error
            raise

    def _hand_over(self, message: Message) -> None:
        """Over the open connection; over another where the server has ended that and had nothing of this message."""
        if self.connection is not None:
            try:
                return _hand_over(self.connection.host, message)
            except smtplib.SMTPException as error:
                if not _has_hung_up(error) or self.connection.host.may_have_it:
                    raise
                self.hang_up()
        return _hand_over(self._server(), message)

    def _server(self) -> Server:
        """A connection that is open from now on. Raises WrongPassword and Unreachable."""
        connection = HardenedConnection(current_app.extensions["mail"], current_app.config["PORTAL"])
        try:
            connection.__enter__()
        except smtplib.SMTPAuthenticationError as error:
            raise WrongPassword(error.smtp_code) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unreachable from error
        self.connection = connection
        return connection.host


def _has_hung_up(error: smtplib.SMTPException) -> bool:
    is_bye = isinstance(error, smtplib.SMTPResponseException) and error.smtp_code == GOING_AWAY
    return is_bye or isinstance(error, smtplib.SMTPServerDisconnected)


def _will_try_again(error: Exception) -> str:
    return f"It could not be sent ({type(error.__cause__ or error).__name__}). We will try again"


def send_next() -> bool:
    """Send one email over a connection of its own; False when none is due. Raises WrongPassword."""
    with Postman() as postman:
        return postman.send_some(most=1) > 0


def _is_stale(email: Email) -> bool:
    return email.is_untrue or clock.now() >= email.expires_at or outbox.is_barred(email) or outbox.has_dead_link(email)
