"""Reads one picture and writes it anew, in a child process with little memory and time; see documents/sandbox.py."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from math import sqrt
from typing import TYPE_CHECKING, Any

from portal.infra.documents.sandbox import MEMORY_BYTES, Answer, answer
from portal.infra.pictures.clean import CHANGED, MOVES, TOO_LARGE, UNREADABLE
from portal.infra.pictures.over_white import Look, bands, everyday_colours, over_white
from portal.infra.pictures.picture_memory import bytes_needed, bytes_of_webp, bytes_of_whole_jpeg
from portal.infra.pictures.same_picture import looks_the_same

if TYPE_CHECKING:
    from PIL.Image import Image, Transpose
    from PIL.ImageFile import ImageFile

FORMATS = ("JPEG", "PNG", "HEIF", "WEBP")
LONGEST_JPEG = 65_000  # pixels: the format ends soon after
QUALITIES: tuple[Mapping[str, int], ...] = ({"quality": 82}, {"quality": 95, "subsampling": 0})  # for fine colours
MOST_BYTES = MEMORY_BYTES - 40 * 1024 * 1024  # the libraries and what is made need the rest
BRIGHTER = {"L;2": 85, "L;4": 17}  # by what Pillow multiplies such greys
ORIENTATION = 0x0112


class Refused(Exception):
    """The picture is not kept; the message is one of the sentences of pictures.py."""


def read(path: str, longest_side: str) -> Answer:
    """{"jpeg": base64}, or {"reason": why the picture is not kept}."""
    try:
        return {"jpeg": base64.b64encode(_made_anew(path, int(longest_side))).decode()}
    except Refused as refused:
        return {"reason": str(refused)}
    except MemoryError:
        return {"reason": TOO_LARGE}


def kept_size(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Within `side` pixels each way; but a long one stays as wide as a photo of 3 to 2, up to 4 × side² pixels in all.

    So a screenshot of a receipt, ten times as long as wide, stays as legible as a photo of one.
    """
    short, long = sorted(size)
    legible = min(side * 2 / 3 / short, sqrt(4 * side * side / (short * long)))
    scale = min(1, max(side / long, legible), LONGEST_JPEG / long)
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _made_anew(path: str, side: int) -> bytes:
    """The JPEG that is kept: one that was made and looks like what was sent. Raises Refused."""
    sent = _opened(path, side)
    size, colours, turn = kept_size(sent.size, side), everyday_colours(sent), _turn(sent)
    try:
        for jpeg in _jpegs(sent, size, colours, turn):
            if looks_the_same(_unturned(jpeg, turn), sent, colours):
                return jpeg
    except MemoryError:
        raise
    except Exception as error:  # a kind of picture, or a profile of colours, that nobody foresaw
        raise Refused(CHANGED) from error
    raise Refused(CHANGED)


def _opened(path: str, side: int) -> Image:
    try:
        with open(path, "rb") as file:
            if bytes_of_webp(file.read(30)) > MOST_BYTES:
                raise Refused(TOO_LARGE)
            return _loaded(file, side)
    except (MemoryError, Refused):
        raise
    except Exception as error:  # the libraries raise many kinds for damaged pictures
        is_memory = any(word in str(error).lower() for word in ("memory", "alloc"))
        raise Refused(TOO_LARGE if is_memory else UNREADABLE) from error


def _loaded(file: Any, side: int) -> Image:  # what Pillow opened: each format has a class of its own
    from PIL import Image
    from pillow_heif import register_heif_opener

    register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = None  # it is memory that is limited here
    opened = Image.open(file, formats=FORMATS)
    if opened.format in ("PNG", "WEBP") and getattr(opened, "n_frames", 1) > 1:
        raise Refused(MOVES)
    whole = bytes_of_whole_jpeg(opened)
    opened.draft(None, kept_size(opened.size, side))  # a JPEG is read no larger than needed
    if bytes_needed(opened) + whole > MOST_BYTES:
        raise Refused(TOO_LARGE)
    _mend_transparency(opened)
    opened.load()
    return opened.copy() if opened.format == "WEBP" else opened  # a WebP holds on to much that only it needs


def _mend_transparency(opened: ImageFile) -> None:
    """Pillow makes eight bits of two, four and sixteen, but forgets the one value of a PNG that is transparent."""
    clear = opened.info.get("transparency")
    kind = opened.tile[0].args if opened.tile else ""
    if isinstance(clear, int) and kind in BRIGHTER:
        opened.info["transparency"] = min(clear * BRIGHTER[kind], 255)
    elif isinstance(clear, tuple) and kind == "RGB;16B":
        opened.info["transparency"] = tuple(value >> 8 for value in clear)


def _turn(picture: Image) -> Transpose | None:
    """How a camera says that the picture must be turned."""
    from PIL.Image import Transpose

    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    try:
        return turns.get(picture.getexif().get(ORIENTATION, 1))
    except Exception:  # what is said of a picture may be damaged where the picture is not
        return None


def _jpegs(sent: Image, size: tuple[int, int], colours: Look, turn: Transpose | None) -> list[bytes]:
    """One for each quality."""
    from PIL import Image

    kept = Image.new("RGB", size)
    for top, band in bands(sent, size, over_white, colours):
        kept.paste(band, (0, top))
    if turn is not None:
        kept = kept.transpose(turn)
    return [_saved(kept, quality) for quality in QUALITIES]


def _saved(picture: Image, quality: Mapping[str, int]) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", **quality)
    return out.getvalue()


def _unturned(jpeg: bytes, turn: Transpose | None) -> Image:
    """What everybody will see, the way up in which the picture was sent."""
    from PIL import Image
    from PIL.Image import Transpose

    seen: Image.Image = Image.open(io.BytesIO(jpeg))
    back = {Transpose.ROTATE_270: Transpose.ROTATE_90, Transpose.ROTATE_90: Transpose.ROTATE_270}
    return seen if turn is None else seen.transpose(back.get(turn, turn))


if __name__ == "__main__":
    answer(read)
