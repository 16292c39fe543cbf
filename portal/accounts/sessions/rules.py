"""What a browser is called, and how one session is named on a page without its key."""

from __future__ import annotations

import hashlib

UNKNOWN = "Another browser"
BROWSERS = (  # the word in what a browser says of itself, the first that is there; many name others as well
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


def browser_words(user_agent: str) -> str:
    """'Firefox on Windows': enough for its owner to know it by, and no more. UNKNOWN where nothing is recognised."""
    name, device = (_first(words, user_agent) for words in (BROWSERS, DEVICES))
    return " on ".join(word for word in (name or (device and "A browser"), device) if word) or UNKNOWN


def _first(words: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((called for word, called in words if word in user_agent[:500]), "")


def mark_of(key: str) -> str:
    """What stands for a session in a form: it opens nothing, and nothing that does is found from it."""
    return hashlib.sha256(f"mark of {key}".encode()).hexdigest()[:16]
