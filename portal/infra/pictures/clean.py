"""Pictures that people send: made anew as JPEG in a child process, so that no place, name or trick stays inside.

A picture that would not look as it was sent is refused instead: a receipt that was spoilt is a receipt that is lost.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from portal.infra.documents.sandbox import TooBusy, run_limited

MOST_BYTES = 20 * 1024 * 1024
TAKEN = (".jpg", ".jpeg", ".png", ".heic", ".webp")  # what a box for pictures offers
TAKEN_WORDS = "JPEG, PNG, HEIC or WebP"
ELSE = "Take a screenshot of it, or choose a photo as JPEG or PNG"
EMPTY = "This picture is empty. Choose it again"
TOO_MANY_BYTES = f"This picture is over {MOST_BYTES // (1024 * 1024)} MB. Take a smaller one"
UNREADABLE = f"We cannot read this picture. {ELSE}"
TOO_LARGE = "This picture is too large for us to open. Take a screenshot of it, or choose a smaller photo"
TOO_LONG = "This picture takes too long to open. Choose a smaller photo"
BUSY = "We are busy at the moment, and could not open this picture. Try again in a few minutes"
MOVES = "This picture moves, and we can only keep one that stands still. Take a screenshot of it"
CHANGED = f"This picture would not look the same when we keep it. {ELSE}"


@dataclass(frozen=True)
class Picture:
    """A clean JPEG, or why there is none."""

    jpeg: bytes = b""
    reason: str = ""


def clean_picture(content: bytes, longest_side: int) -> Picture:
    """The picture, upright, over white, in everyday colours, with nothing in it but its pixels.

    It is at most so many pixels long; one that is much longer than wide is longer, so that it stays legible.
    """
    if not content:
        return Picture(reason=EMPTY)
    if len(content) > MOST_BYTES:
        return Picture(reason=TOO_MANY_BYTES)
    try:
        found = run_limited("portal.infra.pictures.read_picture", content, str(longest_side))
    except TooBusy:
        return Picture(reason=BUSY)
    if found is None:
        return Picture(reason=TOO_LONG)
    return Picture(base64.b64decode(found.get("jpeg", "")), found.get("reason", ""))
