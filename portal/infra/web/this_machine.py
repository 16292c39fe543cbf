"""This machine alone: which addresses and host names reach no other, and a door that lets nobody else in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from portal.infra.web.security_headers import STATIC_HEADERS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


NAMES = ("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback")
HOST = re.compile(r"(localhost|127\.0\.0\.1)(:[0-9]{1,5})?")
ANSWER = "This demonstration can only be opened on the machine it runs on, at the address it printed when it started."


def _read(address: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(address)
    except ValueError:
        return None
    return (found.ipv4_mapped if isinstance(found, IPv6Address) else None) or found


def is_loopback(address: str) -> bool:
    """Whether an address of a network interface is one that no other machine can use."""
    found = _read(address)
    return found is not None and found.is_loopback


def is_of_this_machine(host: str) -> bool:
    """Whether a host name means this machine, whoever asks: nobody else can follow a link to it."""
    name = host.lower().rstrip(".")
    found = _read(name)
    if found is not None:
        return found.is_loopback or found.is_unspecified
    return name in NAMES or name.endswith(".localhost")


class ThisMachineOnly:
    """Middleware that answers requests from the loopback interface to a loopback name, and no others.

    Whatever the server binds to. A request that says it came through a proxy is refused as well, as whoever sits
    behind the proxy may be anywhere; nothing that the proxy says about them is believed.
    """

    def __init__(self, app: WSGIApplication) -> None:
        self.app = app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if _is_from_here(environ):
            answer: Iterable[bytes] = self.app(environ, start_response)
            return answer
        return Response(ANSWER, 403, STATIC_HEADERS, mimetype="text/plain")(environ, start_response)


def _is_from_here(environ: WSGIEnvironment) -> bool:
    came_through = any(name.startswith(("HTTP_X_FORWARDED", "HTTP_FORWARDED", "HTTP_X_REAL_IP")) for name in environ)
    is_for_here = HOST.fullmatch(environ.get("HTTP_HOST", "")) is not None
    return is_loopback(environ.get("REMOTE_ADDR", "")) and is_for_here and not came_through
