"""Mozilla Observatory's public score table, as far as a server's own answers can earn or lose points.

Source: the scoring methodology of the HTTP Observatory (developer.mozilla.org, "Tests and scoring"). A site begins with
100; what is missing costs points, and what is better than asked earns some, as long as nothing cost more than ten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PRIVATE = ("no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin")
HALF_A_YEAR = 15_768_000


def score(headers: Mapping[str, str], cookies: Sequence[str], scripts_from: str = "self") -> int:
    """The points of one answer. `cookies` are its Set-Cookie headers, `scripts_from` is where its scripts come from."""
    points = [_content(headers), _cookies(cookies), _hsts(headers), _referrer(headers), _framing(headers)]
    points += [_sniffing(headers), _sharing(headers), _resources(headers), 0 if scripts_from == "self" else -50]
    base = 100 + sum(one for one in points if one < 0)
    return base + sum(one for one in points if one > 0) if base >= 90 else base


def directives(headers: Mapping[str, str]) -> dict[str, list[str]]:
    policy = headers.get("Content-Security-Policy", "")
    parts = [one.split() for one in policy.split(";") if one.strip()]
    return {name: values for name, *values in parts}


def _content(headers: Mapping[str, str]) -> int:
    policy = directives(headers)
    if not policy:
        return -25
    scripts = policy.get("script-src", policy.get("default-src", ["*"]))
    styles = policy.get("style-src", policy.get("default-src", ["*"]))
    has_nonce = any(one.startswith(("'nonce-", "'sha")) for one in scripts)
    if {"*", "https:", "http:", "data:"} & set(scripts) or ("'unsafe-inline'" in scripts and not has_nonce):
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if "'unsafe-inline'" in styles or "*" in styles:
        return 0
    return 10 if policy.get("default-src") == ["'none'"] else 5


def _cookies(cookies: Sequence[str]) -> int:
    if not cookies:
        return 0
    if not all("Secure" in one for one in cookies):
        return -40
    if not all("HttpOnly" in one for one in cookies):
        return -30
    return 5 if all("SameSite" in one for one in cookies) else 0


def _hsts(headers: Mapping[str, str]) -> int:
    value = headers.get("Strict-Transport-Security", "")
    age = next((int(one.split("=")[1]) for one in value.split(";") if one.strip().startswith("max-age=")), 0)
    if not age:
        return -20
    return 0 if age >= HALF_A_YEAR else -10


def _referrer(headers: Mapping[str, str]) -> int:
    value = headers.get("Referrer-Policy", "")
    if not value:
        return 0
    return 5 if value in PRIVATE else -5


def _framing(headers: Mapping[str, str]) -> int:
    if directives(headers).get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def _sniffing(headers: Mapping[str, str]) -> int:
    return 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5


def _sharing(headers: Mapping[str, str]) -> int:
    return -50 if headers.get("Access-Control-Allow-Origin") == "*" else 0


def _resources(headers: Mapping[str, str]) -> int:
    return {"same-origin": 10, "same-site": 10}.get(headers.get("Cross-Origin-Resource-Policy", ""), 0)
