"""A real SMTP server on this machine: it keeps what it accepts, and can refuse, delay or break off on purpose."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass
class PostOffice:
    """What the server took, and how it behaves."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    answer_to_recipient: str = ""
    answer_to_message: str = ""
    refused: set[str] = field(default_factory=set)
    most_of_a_connection: int = 0  # messages, before it says goodbye by itself
    connections: int = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, session: Any, _envelope: Any, name: str, responses: list[str]
    ) -> list[str]:
        session.host_name, session.taken = name, 0
        self.connections += 1
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.most_of_a_connection and session.taken >= self.most_of_a_connection:
            server.transport.close()
            return "421 enough"
        envelope.mail_from, envelope.mail_options = address, options
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer_to_recipient or address in self.refused:
            return self.answer_to_recipient or "550 nobody"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answer_to_message:
            return self.answer_to_message
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        session.taken += 1
        return "250 taken"

    def to(self, address: str) -> list[EmailMessage]:
        return [message for message in self.taken if message["To"] == address]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def open_post_office(password: str = "", port: int = 0) -> Iterator[PostOffice]:
    office = PostOffice(port=port or free_port())
    options: dict[str, Any] = {}
    if password:

        def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
            return AuthResult(success=data.password == password.encode(), handled=False)

        options = {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    controller = Controller(office, hostname="127.0.0.1", port=office.port, **options)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
