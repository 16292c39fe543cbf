"""A kept picture is as large as it must be to be read; what is too large, or no picture, is refused in a sentence."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageOps

from portal.infra.pictures import clean as pictures
from portal.infra.pictures import read_picture
from portal.infra.pictures.clean import clean_picture
from tests.infra.made_pictures import (
    GREY,
    flat_png,
    saved,
)
from tests.infra.receipts import (
    GREY_TRUTH,
    SIDE,
    TRUTH,
    assert_alike,
    kept,
    opened,
)

pytestmark = pytest.mark.usefixtures("limit_of_pillow")


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((600, 300), (600, 300)),
        ((8192, 6144), (2000, 1500)),
        ((3000, 2000), (2000, 1333)),
        ((1080, 14_000), (1080, 14_000)),
        ((14_000, 1080), (14_000, 1080)),
        ((1290, 20_000), (1016, 15_750)),
        ((100_000, 10), (65_000, 6)),
        ((1, 1), (1, 1)),
    ],
)
def test_a_long_picture_stays_wide_enough_to_be_read(size: tuple[int, int], expected: tuple[int, int]) -> None:
    assert read_picture.kept_size(size, SIDE) == expected


@given(st.integers(1, 70_000), st.integers(1, 70_000), st.sampled_from([400, 2000]))
def test_no_kept_picture_is_huge_and_none_is_needlessly_narrow(width: int, height: int, side: int) -> None:
    kept_width, kept_height = size = read_picture.kept_size((width, height), side)
    assert kept_width <= width
    assert kept_height <= height
    assert kept_width * kept_height <= 4.1 * side * side + 70_000
    assert max(size) <= 65_000
    if size != (width, height) and max(size) < side and min(size) < side // 2:
        assert kept_width * kept_height > 3.9 * side * side


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", pictures.EMPTY),
        (b"no picture at all", pictures.UNREADABLE),
        (saved(TRUTH, "JPEG")[:400], pictures.UNREADABLE),
        (saved(TRUTH)[:-500], pictures.UNREADABLE),
        (saved(TRUTH, "WEBP")[:300], pictures.UNREADABLE),
        (saved(TRUTH, "HEIF")[:600], pictures.UNREADABLE),
        (saved(TRUTH, "GIF"), pictures.UNREADABLE),
        (saved(TRUTH, "TIFF"), pictures.UNREADABLE),
        (saved(TRUTH, save_all=True, append_images=[GREY_TRUTH.convert("RGB")]), pictures.MOVES),
        (saved(TRUTH, "WEBP", save_all=True, append_images=[ImageOps.invert(TRUTH)]), pictures.MOVES),
        (flat_png((9000, 9000)), pictures.TOO_LARGE),
        (flat_png((30_000, 30_000), 1, GREY), pictures.TOO_LARGE),
        (flat_png((12_000, 12_000), 16, GREY), pictures.TOO_LARGE),
    ],
    ids=range(13),
)
def test_what_cannot_be_kept_is_refused_in_a_sentence_that_is_true(content: bytes, reason: str) -> None:
    assert clean_picture(content, SIDE) == pictures.Picture(reason=reason)


def webp_of(width: int, height: int, kind: bytes) -> bytes:
    """The head of a WebP of this size, which is all that is looked at of one too large."""
    if kind == b"VP8X":
        sizes = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    elif kind == b"VP8L":
        sizes = b"\x2f" + (width - 1 | height - 1 << 14).to_bytes(4, "little") + bytes(8)
    else:
        sizes = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height)
    return b"RIFF" + struct.pack("<I", 100) + b"WEBP" + kind + struct.pack("<I", 90) + sizes + bytes(80)


@pytest.mark.parametrize("kind", [b"VP8X", b"VP8L", b"VP8 "])
def test_a_webp_too_large_says_so_and_a_damaged_one_says_that(kind: bytes, tmp_path: Path) -> None:
    for size, reason in (((9000, 9000), pictures.TOO_LARGE), ((90, 90), pictures.UNREADABLE)):
        file = tmp_path / "picture.webp"
        file.write_bytes(webp_of(*size, kind))
        assert read_picture.read(str(file), "2000") == {"reason": reason}


def test_a_progressive_jpeg_that_must_be_held_whole_says_that_it_is_too_large(tmp_path: Path) -> None:
    content = saved(TRUTH, "JPEG", progressive=True, subsampling=0)
    assert_alike(kept(content, tmp_path), TRUTH)
    file, mark = tmp_path / "picture", content.index(b"\xff\xc2")
    file.write_bytes(content[: mark + 5] + struct.pack(">HH", 8000, 8000) + content[mark + 9 :])
    assert read_picture.read(str(file), "2000") == {"reason": pictures.TOO_LARGE}


@pytest.mark.slow
def test_a_huge_flat_picture_is_kept_when_it_fits() -> None:
    found = clean_picture(flat_png((10_000, 10_000), 8, GREY), SIDE)
    assert opened(found.jpeg).size == (2000, 2000)
    found = clean_picture(flat_png((8192, 6144)), SIDE)
    assert opened(found.jpeg).size == (2000, 1500)
