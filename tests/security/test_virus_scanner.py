"""A ClamAV daemon that answers oddly, slowly or not at all: one deadline, a minute's rest, and only its OK is an OK."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from portal.infra.storage import virus
from portal.infra.storage.virus import Unavailable, virus_in
from tests.security.hostile_files import EICAR


@dataclass
class Daemon:
    """Speaks ClamAV's INSTREAM, and answers as it is told."""

    port: int = 0
    reply: bytes | None = None  # None: what a real one would say; b'': hangs up without a word
    pong: bytes = b""
    asked: int = 0

    def answer(self, content: bytes) -> bytes:
        if self.reply is not None:
            return self.reply
        return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


@contextmanager
def virus_daemon(reply: bytes | None = None) -> Iterator[Daemon]:
    daemon = Daemon(reply=reply)

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            command = self.request.recv(10)
            daemon.asked += 1
            if command == b"zPING\0":
                self.request.sendall(daemon.pong)
                return
            assert command == b"zINSTREAM\0"
            content = b""
            while size := struct.unpack("!L", self.request.recv(4, socket.MSG_WAITALL))[0]:
                content += self.request.recv(size, socket.MSG_WAITALL)
            self.request.sendall(daemon.answer(content))

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        daemon.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield daemon
        server.shutdown()


def test_only_the_daemons_exact_ok_is_an_ok() -> None:
    with virus_daemon() as daemon:
        address = f"127.0.0.1:{daemon.port}"
        assert virus_in(b"x" * 300_000, address) == ""
        assert virus_in(b"before " + EICAR, address) == "Eicar-Test-Signature"
        nearly = (b"stream: OK", b"stream: ok\0", b"OK\0", b"stream: OK FOUND2\0", b"", b"\0", b"stream: OK\nOK\0")
        for daemon.reply in (*nearly, b"INSTREAM size limit exceeded. ERROR\0", b"\xff\xfe\0"):
            virus._rests_until.clear()
            with pytest.raises(Unavailable):
                virus_in(b"x", address)
    virus._rests_until.clear()
    with pytest.raises(Unavailable):
        virus_in(b"x", address)
    with pytest.raises(Unavailable):
        virus_in(b"x", "/no/such/socket")


@pytest.fixture(autouse=True)
def _rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """No daemon rests because of another test."""
    monkeypatch.setattr(virus, "_rests_until", {})


@contextmanager
def slow_daemon() -> Iterator[str]:
    """The address of one that gives a byte of its answer after another, without an end: none of them comes late."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError):
                for _ in range(150):
                    self.request.sendall(b"s")
                    time.sleep(0.02)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_the_whole_conversation_has_one_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(virus, "DEADLINE_SECONDS", 0.2)
    monkeypatch.setattr(virus, "PING_SECONDS", 0.05)
    with slow_daemon() as address:
        began = time.monotonic()
        with pytest.raises(Unavailable):
            virus_in(b"x" * 300_000, address)
        assert time.monotonic() - began < 2


def test_after_a_failure_the_daemon_rests_for_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = [1000.0]
    monkeypatch.setattr(virus, "time", type("Clock", (), {"monotonic": lambda: moment[0]}))
    with virus_daemon(b"nonsense\0") as daemon:
        address = f"127.0.0.1:{daemon.port}"
        with pytest.raises(Unavailable):
            virus_in(b"x", address)
        asked, daemon.reply = daemon.asked, None
        moment[0] += 59
        with pytest.raises(Unavailable, match="resting"):
            virus_in(b"x", address)
        assert daemon.asked == asked, "nobody waits for it meanwhile"
        moment[0] += 1.1
        assert virus_in(b"x", address) == ""


def test_a_file_that_is_too_much_for_a_daemon_that_is_well_stops_no_other() -> None:
    with virus_daemon(b"INSTREAM size limit exceeded. ERROR\0") as daemon:
        daemon.pong = b"PONG\0"
        address = f"127.0.0.1:{daemon.port}"
        with pytest.raises(Unavailable):
            virus_in(b"x", address)
        daemon.reply = None
        assert virus_in(b"x", address) == ""
