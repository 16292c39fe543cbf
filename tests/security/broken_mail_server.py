"""A mail server that breaks at one named moment: hangs, hangs up, or says 4xx, 5xx or nonsense."""

from __future__ import annotations

import contextlib
import re
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MOMENTS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "inside", "dot", "QUIT")
USUAL = {"greeting": "220 here", "EHLO": "250 here", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on"}
USUAL |= {"dot": "250 taken", "QUIT": "221 bye", "RSET": "250 ok"}
HANGS_FOR_SECONDS = 3


@dataclass
class BrokenServer:
    """What it took (Message-IDs for which it said 250), and at which moment it does what."""

    port: int = 0
    moment: str = ""
    what: str = ""  # 'hang', 'drop', 'take and drop', or what it says in the place of the usual
    taken: list[str] = field(default_factory=list)


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        with contextlib.suppress(OSError, StopIteration):
            self._talk()

    def _talk(self) -> None:
        self._say("greeting")
        while line := self.rfile.readline():
            verb = line[:4].decode("latin-1").upper()
            verb = "EHLO" if verb == "HELO" else verb
            self._say(verb)
            if verb == "QUIT":
                return
            if verb == "DATA" and not self._breaks("DATA"):
                self._take()

    def _take(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
            if self._breaks("inside") and len(lines) > 3:
                raise StopIteration
        if not line:
            raise StopIteration
        found = re.search(rb"(?im)^message-id:\s*(\S+)", b"".join(lines))
        assert found
        broken = self.server.broken
        if not self._breaks("dot") or broken.what == "take and drop":
            broken.taken.append(found[1].decode())
        self._say("dot")

    def _breaks(self, moment: str) -> bool:
        return self.server.broken.moment == moment and bool(self.server.broken.what)

    def _say(self, moment: str) -> None:
        what = self.server.broken.what if self._breaks(moment) else ""
        if what == "hang":
            time.sleep(HANGS_FOR_SECONDS)
            raise StopIteration
        if what in ("drop", "take and drop"):
            raise StopIteration
        self.wfile.write(f"{what or USUAL.get(moment, '500 what?')}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, broken: BrokenServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.broken = broken


@contextmanager
def broken_server() -> Iterator[BrokenServer]:
    broken = BrokenServer()
    with _Server(broken) as server:
        broken.port = server.socket.getsockname()[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield broken
        finally:
            server.shutdown()
            with contextlib.suppress(OSError):
                server.socket.shutdown(socket.SHUT_RDWR)
