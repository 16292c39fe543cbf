"""Health is answered at the machine's own address too: what asks whether the portal is up knows no name of it."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATHS = ("/health/live", "/health/ready")


class HealthByIp:
    """Middleware that takes a request for health at an IP address for one at the portal's own host."""

    def __init__(self, app: WSGIApplication, host: str) -> None:
        self.app, self.host = app, host

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in PATHS and is_ip(environ.get("HTTP_HOST", "")):
            environ = {**environ, "HTTP_HOST": self.host}
        return self.app(environ, start_response)


def is_ip(host: str) -> bool:
    """Whether a Host header is an IP address, with a port or without."""
    try:
        return bool(ip_address(urlsplit(f"//{host[:100]}").hostname or ""))
    except ValueError:
        return False
