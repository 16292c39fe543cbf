"""At which addresses passkeys work, and which challenges are ours."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from portal.core.budgets import Budget
from portal.core.clock import is_within

MOST = 10  # of one person
LONGEST_ANSWER = 20_000  # characters of what a browser sends; usual ones have under 2,000
CHALLENGE_LIFE = timedelta(minutes=30)  # how long a page may be open before its button is pressed
EACH_ONCE = Budget("answers to one challenge", 1, CHALLENGE_LIFE)
RANDOM, SECONDS = 16, 5  # bytes


class Site(NamedTuple):
    """What passkeys are bound to: the name of the host, and the origin of the pages."""

    host: str
    origin: str


def site_at(address: str) -> Site | None:
    """None at an address of numbers: browsers make no passkeys there."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return Site(host, f"{parts.scheme}://{parts.netloc}") if host else None
    return None


def challenge(secret_key: str, purpose: str, browser: str, random: bytes, now: datetime) -> bytes:
    """What a passkey signs: made for one purpose in one browser, at this moment."""
    beginning = random + int(now.timestamp()).to_bytes(SECONDS, "big")
    return beginning + _seal(secret_key, purpose, browser, beginning)


def is_our_challenge(secret_keys: Iterable[str], given: bytes, purpose: str, browser: str, now: datetime) -> bool:
    """Whether a challenge was made here for this purpose and browser, a little while ago."""
    beginning, seal = given[: RANDOM + SECONDS], given[RANDOM + SECONDS :]
    if not any(hmac.compare_digest(_seal(key, purpose, browser, beginning), seal) for key in secret_keys):
        return False
    return is_within(CHALLENGE_LIFE, datetime.fromtimestamp(int.from_bytes(beginning[RANDOM:], "big"), UTC), now)


def _seal(secret_key: str, purpose: str, browser: str, beginning: bytes) -> bytes:
    made_of = b"\0".join((b"passkey", purpose.encode(), browser.encode(), beginning))
    return hmac.digest(secret_key.encode(), made_of, "sha256")
