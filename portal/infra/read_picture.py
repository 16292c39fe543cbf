"""Reads one picture and writes it anew, in a child process with little memory and time; see portal/infra/child.py."""

from __future__ import annotations

import base64
import io
from typing import Any

from portal.infra.child import answer

FORMATS = ("JPEG", "PNG", "HEIF")
MOST_PIXELS = 50_000_000


def read(path: str, longest_side: str) -> dict[str, Any]:
    """{"jpeg": base64}, or {"jpeg": ""} for what is no picture, a damaged one, or one of far too many pixels."""
    from PIL import Image, ImageOps
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)
    side = int(longest_side)
    try:
        with open(path, "rb") as file, Image.open(file, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return {"jpeg": ""}
            opened.draft("RGB", (side, side))  # a JPEG is read no larger than needed
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except MemoryError:
        raise
    except Exception:  # the libraries raise many kinds for damaged pictures
        return {"jpeg": ""}
    picture.thumbnail((side, side))
    out = io.BytesIO()
    Image.frombytes("RGB", picture.size, picture.tobytes()).save(out, "JPEG", quality=82)
    return {"jpeg": base64.b64encode(out.getvalue()).decode()}


if __name__ == "__main__":
    answer(read)
