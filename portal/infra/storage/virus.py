"""Asking a ClamAV daemon about a file, in its INSTREAM protocol. Only its exact OK is an OK.

Forty lines of our own: the clients on PyPI have had no release for years, and the protocol is one command.
"""

from __future__ import annotations

import socket
import struct
from contextlib import closing

TIMEOUT_SECONDS = 60
PART_BYTES = 128 * 1024
CLEAN = b"stream: OK\0"


class Unavailable(Exception):
    """The daemon is not there, or did not say whether the file is clean. Ask again later."""


def virus_in(content: bytes, address: str) -> str:
    """The name of the virus in a file, '' when the daemon says it is clean. `address` is host:port or a socket's path.

    Raises Unavailable for every answer but its exact OK and its FOUND.
    """
    try:
        reply = _ask(content, address)
    except OSError as error:
        raise Unavailable(type(error).__name__) from error
    if reply == CLEAN:
        return ""
    words = reply.rstrip(b"\0").decode("ascii", "replace")
    if words.startswith("stream: ") and words.endswith(" FOUND"):
        return words.removeprefix("stream: ").removesuffix(" FOUND")
    raise Unavailable("an answer that is no answer")


def _ask(content: bytes, address: str) -> bytes:
    with closing(_connect(address)) as daemon:
        daemon.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PART_BYTES):
            part = content[start : start + PART_BYTES]
            daemon.sendall(struct.pack("!L", len(part)) + part)
        daemon.sendall(struct.pack("!L", 0))
        reply = b""
        while not reply.endswith(b"\0") and len(reply) < 4096 and (more := daemon.recv(1024)):
            reply += more
        return reply


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        daemon = socket.socket(socket.AF_UNIX)
        daemon.settimeout(TIMEOUT_SECONDS)
        daemon.connect(address)
        return daemon
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=TIMEOUT_SECONDS)
