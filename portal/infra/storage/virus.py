"""Asking a ClamAV daemon about a file, in its INSTREAM protocol. Only its exact OK is an OK.

Some lines of our own: the clients on PyPI have had no release for years, and the protocol is one command. The whole
conversation has one deadline, however slowly the daemon goes on. After one that failed the daemon rests for a minute,
and whoever asks is told so at once; unless it still answers a ping, as then the file alone was too much for it.
"""

from __future__ import annotations

import socket
import struct
import time
from contextlib import closing

DEADLINE_SECONDS = 60.0  # for all of it: connecting, sending the file, the answer
PING_SECONDS = 5.0
REST_SECONDS = 60.0
PART_BYTES = 128 * 1024
CLEAN = b"stream: OK\0"


_rests_until: dict[str, float] = {}  # by its address, on the clock that nobody sets


class Unavailable(Exception):
    """The daemon is not there, or did not say whether the file is clean. Ask again later."""


def virus_in(content: bytes, address: str) -> str:
    """The name of the virus in a file, '' when the daemon says it is clean. `address` is host:port or a socket's path.

    Raises Unavailable for every answer but its exact OK and its FOUND, and while the daemon rests.
    """
    if time.monotonic() < _rests_until.get(address, 0.0):
        raise Unavailable("resting")
    try:
        return _read(_ask(content, address))
    except (OSError, Unavailable) as error:
        if not _answers_a_ping(address):
            _rests_until[address] = time.monotonic() + REST_SECONDS
        raise Unavailable(type(error).__name__) from error


def _read(reply: bytes) -> str:
    if reply == CLEAN:
        return ""
    words = reply.rstrip(b"\0").decode("ascii", "replace")
    if words.startswith("stream: ") and words.endswith(" FOUND"):
        return words.removeprefix("stream: ").removesuffix(" FOUND")
    raise Unavailable("an answer that is no answer")


def _answers_a_ping(address: str) -> bool:
    until = time.monotonic() + PING_SECONDS
    try:
        with closing(_connect(address, until)) as daemon:
            _send(daemon, b"zPING\0", until)
            return _answer(daemon, until) == b"PONG\0"
    except OSError:
        return False


def _ask(content: bytes, address: str) -> bytes:
    """Raises TimeoutError at the deadline, and other errors of the network."""
    until = time.monotonic() + DEADLINE_SECONDS
    with closing(_connect(address, until)) as daemon:
        _send(daemon, b"zINSTREAM\0", until)
        for start in range(0, len(content), PART_BYTES):
            part = content[start : start + PART_BYTES]
            _send(daemon, struct.pack("!L", len(part)) + part, until)
        _send(daemon, struct.pack("!L", 0), until)
        return _answer(daemon, until)


def _send(daemon: socket.socket, part: bytes, until: float) -> None:
    daemon.settimeout(_left(until))
    daemon.sendall(part)


def _answer(daemon: socket.socket, until: float) -> bytes:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < 4096:
        daemon.settimeout(_left(until))
        more = daemon.recv(1024)
        if not more:
            break
        reply += more
    return reply


def _left(until: float) -> float:
    """Seconds to the deadline. Raises TimeoutError when none are left."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _connect(address: str, until: float) -> socket.socket:
    if not address.startswith("/"):
        host, _, port = address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=_left(until))
    daemon = socket.socket(socket.AF_UNIX)
    daemon.settimeout(_left(until))
    daemon.connect(address)
    return daemon
