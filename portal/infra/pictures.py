"""Pictures that people send: made anew as JPEG in a child process, so that no place, name or trick stays inside."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from portal.infra.child import ask_child

MOST_BYTES = 20 * 1024 * 1024
EMPTY = "This picture is empty. Choose it again"
TOO_LARGE = f"This picture is over {MOST_BYTES // (1024 * 1024)} MB. Take a smaller one"
NOT_A_PICTURE = "We cannot read this picture. Choose a photo as JPEG, PNG or HEIC"


@dataclass(frozen=True)
class Picture:
    """A clean JPEG, or why there is none."""

    jpeg: bytes = b""
    reason: str = ""


def clean_picture(content: bytes, longest_side: int) -> Picture:
    """The picture, upright, at most so many pixels long, with nothing in it but its pixels."""
    if not content:
        return Picture(reason=EMPTY)
    if len(content) > MOST_BYTES:
        return Picture(reason=TOO_LARGE)
    found = ask_child("portal.infra.read_picture", content, str(longest_side))
    if found is None or not found.get("jpeg"):
        return Picture(reason=NOT_A_PICTURE)
    return Picture(jpeg=base64.b64decode(found["jpeg"]))
