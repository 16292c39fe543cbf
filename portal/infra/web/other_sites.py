"""A form of ours is sent from a page of ours: what a browser says is of another site is refused, token or not."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request
from flask_wtf.csrf import CSRFError

READS = ("GET", "HEAD", "OPTIONS")


def is_from_another_site() -> bool:
    """As the browser says; older ones say only from which origin, and what is no browser says nothing."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def refuse_other_sites() -> None:
    """Raises CSRFError for a request that changes something and comes from a page of another site.

    Origin "null" alone says nothing: older browsers send it for a page of ours whose address is kept from others.
    """
    says_which = "Sec-Fetch-Site" in request.headers or request.headers.get("Origin") != "null"
    if request.method not in READS and says_which and is_from_another_site():
        raise CSRFError("From another site")
