"""What is kept of a picture looks like what was sent, over white and upright; otherwise it is refused in a sentence."""

from __future__ import annotations

import io
import random
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps
from pillow_heif import register_heif_opener

from config import ROOT
from portal.infra import over_white as over_white_module
from portal.infra import pictures, read_picture
from portal.infra.pictures import clean_picture
from tests.infra.made_pictures import (
    COLOUR,
    GREY,
    flat_png,
    linear_grey_profile,
    profile_with_red_and_blue_changed,
    receipt,
    rows_png,
    saved,
    wide_profile,
)

register_heif_opener()
GIVEN = ROOT.parent / "shared" / "tried" / "people"
SIDE = 2000
TRUTH = receipt()
INK = ImageOps.invert(TRUTH.convert("L"))  # how much of the paper is covered


@pytest.fixture(autouse=True)
def _limit_of_pillow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child lifts it for itself; these tests run some of it here."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)


def kept(content: bytes, tmp_path: Path, side: int = SIDE) -> Image.Image:
    """What the child makes of it, without the child."""
    file = tmp_path / "picture"
    file.write_bytes(content)
    found = read_picture.read(str(file), str(side))
    assert not found.get("reason"), found["reason"]
    return opened(found["jpeg"])


def opened(jpeg: Any) -> Image.Image:
    import base64

    picture = Image.open(io.BytesIO(jpeg if isinstance(jpeg, bytes) else base64.b64decode(jpeg)))
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    return picture


def assert_alike(picture: Image.Image, truth: Image.Image, on_average: float = 0.02, in_a_block: float = 0.1) -> None:
    assert picture.size == truth.size
    difference = ImageChops.difference(picture.convert("RGB"), truth.convert("RGB")).convert("L")
    blocks = difference.resize((max(1, truth.width // 32), max(1, truth.height // 32)), Image.Resampling.BOX)
    histogram = difference.histogram()
    mean = sum(value * count for value, count in enumerate(histogram)) / sum(histogram) / 255
    assert mean < on_average
    assert blocks.getextrema()[1] / 255 < in_a_block


def rows(picture: Image.Image, packed: Callable[[Any], bytes]) -> list[bytes]:
    """Each row of a grey or coloured picture, packed as the file wants it."""
    pixels: Any = picture.load()
    return [packed([pixels[x, y] for x in range(picture.width)]) for y in range(picture.height)]


def transparent() -> bytes:
    """Black all over, and covering only where there is ink: as a sign pad or a drawing program saves it."""
    clear = Image.new("RGBA", TRUTH.size)
    clear.putalpha(INK)
    return saved(clear)


def sixteen_bits(values: list[int], spread: int = 257) -> bytes:
    return struct.pack(f">{len(values)}H", *(value * spread for value in values))


def packed_bits(depth: int) -> Callable[[list[int]], bytes]:
    """Grey values as a PNG of 1, 2 or 4 bits holds them."""

    def pack(values: list[int]) -> bytes:
        most, bits = 2**depth - 1, "".join(format(value * (2**depth - 1) // 255, f"0{depth}b") for value in values)
        assert most
        bits += "0" * (-len(bits) % 8)
        return bytes(int(bits[n : n + 8], 2) for n in range(0, len(bits), 8))

    return pack


def grey_png(depth: int, clear: int | None, picture: Image.Image) -> bytes:
    """A grey PNG of so many bits in which one value is transparent."""
    chunks = [] if clear is None else [(b"tRNS", struct.pack(">H", clear))]
    pack = sixteen_bits if depth == 16 else bytes if depth == 8 else packed_bits(depth)
    return rows_png(rows(picture, pack), picture.width, depth, GREY, *chunks)


GREY_TRUTH = TRUTH.convert("L")
BITS = GREY_TRUTH.point(lambda value: 255 if value > 127 else 0)
ON_BLACK = ImageChops.multiply(GREY_TRUTH, BITS).point(lambda value: 0 if value > 250 else 200 if value > 127 else 100)
ON_WHITE = ON_BLACK.point(lambda value: value or 255)  # its black is transparent


def ink_of(value: int) -> Image.Image:
    """Grey words on black."""
    return BITS.point(lambda paper: 0 if paper else value)


def palette(clear: bytes | int) -> bytes:
    few = TRUTH.quantize(16, dither=Image.Dither.NONE)
    few.info.clear()
    white = few.getcolors()[0] and few.getpixel((0, 0))
    colours: Any = few.getpalette()
    colours[3 * white : 3 * white + 3] = (0, 0, 0)  # what is hidden is black
    few.putpalette(colours)
    if isinstance(clear, bytes):
        clear = b"\xff" * white + clear
    return saved(few, transparency=white if isinstance(clear, int) else clear)


def over_white(picture: Image.Image) -> Image.Image:
    """By arithmetic on each pixel, apart from what the app uses."""
    out = Image.new("RGB", picture.size)
    data = picture.convert("RGBA").tobytes()
    for n in range(0, len(data), 4):
        opacity = data[n + 3] / 255
        colour = tuple(round(value * opacity + 255 * (1 - opacity)) for value in data[n : n + 3])
        out.putpixel((n // 4 % picture.width, n // 4 // picture.width), colour)
    return out


def faded(hidden: str) -> Image.Image:
    """Soft edges, with a colour under what is clear that must not shine through."""
    soft = receipt().convert("RGBA")
    soft.putalpha(INK.resize((60, 40)).resize(TRUTH.size))
    under = Image.new("RGBA", TRUTH.size, hidden)
    under.putalpha(0)
    return Image.composite(soft, under, soft.getchannel("A").point(lambda value: 255 if value else 0))


FADED = over_white(faded("black"))
STAMP_IS_CLEAR = Image.new("RGB", TRUTH.size)
STAMP_IS_CLEAR.putdata([(255, 255, 255) if one == (0xC0, 0x10, 0x30) else one for one in TRUTH.getdata()])
LOOKS: dict[str, tuple[bytes, Image.Image]] = {
    "RGB": (saved(TRUTH), TRUTH),
    "transparent, black below": (transparent(), over_white(Image.open(io.BytesIO(transparent())))),
    "soft edges over hidden black": (saved(faded("black")), FADED),
    "soft edges over hidden green": (saved(faded("#00ff00")), over_white(faded("#00ff00"))),
    "grey with opacity": (saved(Image.merge("LA", (Image.new("L", TRUTH.size), INK))), ImageOps.invert(INK)),
    "palette": (saved(TRUTH.quantize(16)), TRUTH),
    "palette with one clear colour": (palette(0), TRUTH),
    "palette with half-clear colours": (palette(b"\x00"), TRUTH),
    "one bit": (saved(BITS.convert("1")), BITS),
    "grey": (saved(GREY_TRUTH), GREY_TRUTH),
    "16 bits of grey": (grey_png(16, None, GREY_TRUTH), GREY_TRUTH),
    "16 bits of grey with a clear value": (grey_png(16, 0, ON_BLACK), ON_WHITE),
    "grey with a clear value": (grey_png(8, 0, ON_BLACK), ON_WHITE),
    "4 bits of grey with a clear value": (grey_png(4, 6, ink_of(102)), ImageOps.invert(BITS)),
    "2 bits of grey with a clear value": (grey_png(2, 1, ink_of(85)), ImageOps.invert(BITS)),
    "2 bits of grey": (grey_png(2, None, BITS), BITS),
    "one bit with black clear": (grey_png(1, 0, BITS), Image.new("L", TRUTH.size, "white")),
    "48 bits of colour with a clear one": (
        rows_png(
            rows(TRUTH, lambda row: sixteen_bits([v for p in row for v in p], 256)),
            TRUTH.width,
            16,
            COLOUR,
            (b"tRNS", sixteen_bits([0xC0, 0x10, 0x30], 256)),
        ),
        STAMP_IS_CLEAR,
    ),
    "JPEG": (saved(TRUTH, "JPEG"), TRUTH),
    "grey JPEG": (saved(GREY_TRUTH, "JPEG"), GREY_TRUTH),
    "JPEG for print": (saved(TRUTH.convert("CMYK"), "JPEG"), TRUTH),
    "HEIC": (saved(TRUTH, "HEIF"), TRUTH),
    "HEIC with opacity": (saved(faded("black"), "HEIF", quality=-1, chroma=444), FADED),
    "WebP": (saved(TRUTH, "WEBP"), TRUTH),
    "WebP with opacity": (saved(faded("black"), "WEBP", lossless=True), FADED),
}


@pytest.mark.parametrize("what", LOOKS)
def test_what_is_kept_looks_like_what_was_sent(what: str, tmp_path: Path) -> None:
    content, truth = LOOKS[what]
    assert_alike(kept(content, tmp_path), truth)


@pytest.mark.parametrize("what", LOOKS)
def test_a_picture_made_smaller_still_looks_like_it(what: str, tmp_path: Path) -> None:
    """Edges too: nothing that was hidden shines through."""
    content, truth = LOOKS[what]
    smaller = truth.convert("RGB").resize((120, 80), Image.Resampling.LANCZOS)
    assert_alike(kept(content, tmp_path, 120), smaller)


@pytest.mark.parametrize("size", [(150, 100), (240, 160), (60, 40), (7, 160)])
def test_bands_put_together_are_the_picture(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(over_white_module, "BAND_PIXELS", 1)
    together = Image.new("RGB", size)
    parts = list(over_white_module.bands(TRUTH, size, lambda part: part, lambda part: part))
    for top, band in parts:
        together.paste(band, (0, top))
    assert len(parts) == -(-size[1] // 32)
    whole = TRUTH.resize(size, Image.Resampling.LANCZOS)
    extremes: Any = ImageChops.difference(together, whole).getextrema()
    assert max(most for _, most in extremes) <= (2 if size[0] > 80 else 40), "at a seam too"


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_kept_the_right_way_up(kind: str, orientation: int, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    content = saved(TRUTH, kind, exif=exif)
    picture = kept(content, tmp_path)
    assert_alike(picture, ImageOps.exif_transpose(Image.open(io.BytesIO(content))))
    assert not picture.getexif()


def test_a_profile_of_colours_is_followed(tmp_path: Path) -> None:
    icc = profile_with_red_and_blue_changed()
    for picture in (TRUTH, TRUTH.quantize(16), faded("black")):
        looks = over_white(picture)
        picture.info.clear()
        changed = Image.merge("RGB", looks.split()[::-1])
        assert_alike(kept(saved(picture, icc_profile=icc), tmp_path), changed)
    assert_alike(kept(saved(TRUTH, "JPEG", icc_profile=icc), tmp_path), Image.merge("RGB", TRUTH.split()[::-1]))


def test_a_wide_profile_and_a_grey_one_are_followed(tmp_path: Path) -> None:
    green = Image.new("RGB", (40, 40), (120, 200, 80))
    red, _, blue = kept(saved(green, icc_profile=wide_profile()), tmp_path).getpixel((20, 20))
    assert red < 110, "the green of a wide screen is greener than everyday colours say"
    assert blue < 75
    dark = kept(saved(Image.new("L", (40, 40), 60), icc_profile=linear_grey_profile()), tmp_path)
    assert abs(dark.getpixel((20, 20))[0] - 133) < 3


@pytest.mark.parametrize("icc", [b"no profile", wide_profile()[:150], b""])
def test_a_profile_that_cannot_be_read_is_passed_over(icc: bytes, tmp_path: Path) -> None:
    assert_alike(kept(saved(TRUTH, icc_profile=icc), tmp_path), TRUTH)
    assert_alike(kept(saved(TRUTH.convert("CMYK"), "JPEG", icc_profile=wide_profile()), tmp_path), TRUTH)


def test_the_gamma_of_a_png_is_followed_as_browsers_do(tmp_path: Path) -> None:
    def with_gamma(hundred_thousandths: int, *more: tuple[bytes, bytes]) -> Any:
        chunks = ((b"gAMA", struct.pack(">I", hundred_thousandths)), *more)
        return kept(rows_png([bytes([60] * 8)] * 8, 8, 8, GREY, *chunks), tmp_path).getpixel((4, 4))[0]

    assert abs(with_gamma(45455) - 60) < 3, "what everybody uses changes nothing"
    assert abs(with_gamma(100000) - round(255 * (60 / 255) ** (1 / 2.2))) < 3
    assert abs(with_gamma(100000, (b"sRGB", b"\0")) - 60) < 3


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
    is_whole = size == (width, height)
    assert is_whole or max(size) >= side or min(size) >= side // 2 or kept_width * kept_height > 3.9 * side * side


@pytest.mark.skipif(not GIVEN.exists(), reason="no receipts beside this checkout")
@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("receipt-transparent.png", (600, 300)),
        ("receipt-16bit-grey.png", (600, 300)),
        ("receipt.webp", (600, 300)),
        ("receipt-50mp-8192x6144.jpg", (2000, 1500)),
        ("receipt-long-1080x14000.png", (1080, 14_000)),
    ],
)
def test_receipts_that_were_spoilt_are_kept(name: str, size: tuple[int, int]) -> None:
    content = (GIVEN / name).read_bytes()
    found = clean_picture(content, SIDE)
    assert not found.reason
    sent: Any = Image.open(io.BytesIO(content))
    sent.draft("L", size)
    if sent.mode == "I;16":
        sent = sent.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    sent = sent.convert("RGBA")
    truth = Image.new("RGBA", sent.size, "white")
    truth.alpha_composite(sent)
    picture, top = opened(found.jpeg), (0, 0, min(size[0], 1080), 1000)
    assert picture.size == size
    assert_alike(picture.crop(top), truth.convert("RGB").resize(size, Image.Resampling.LANCZOS).crop(top))
    if "50mp" not in name:
        assert picture.crop(top).convert("L").getextrema()[0] < 60, "its ink is there"


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


def test_a_picture_that_would_be_spoilt_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: transparency taken off and 16 bits cut as was done before."""
    monkeypatch.setattr(read_picture, "over_white", lambda part: part.convert("L").convert("RGB"))
    for what in ("transparent, black below", "16 bits of grey", "grey with opacity", "soft edges over hidden green"):
        file = tmp_path / "picture"
        file.write_bytes(LOOKS[what][0])
        assert read_picture.read(str(file), "2000") == {"reason": pictures.CHANGED}, what


@pytest.mark.parametrize("way_up", [1, 6])
def test_a_word_that_is_gone_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way_up: int) -> None:
    """Less than 2% of all, and yet the total: that is what the blocks are for."""
    large, real = receipt((1200, 900)), read_picture.over_white

    def without_the_total(part: Image.Image) -> Image.Image:
        part = real(part)
        part.paste("white", (0, 85, 200, 125))
        return part

    monkeypatch.setattr(read_picture, "over_white", without_the_total)
    exif = Image.Exif()
    exif[0x0112] = way_up
    file = tmp_path / "picture"
    file.write_bytes(saved(large, exif=exif))
    assert read_picture.read(str(file), "2000") == {"reason": pictures.CHANGED}


def test_fine_colours_get_the_better_quality_instead_of_a_refusal(tmp_path: Path) -> None:
    chance = random.Random(7)  # noqa: S311 - a picture
    noise = Image.frombytes("RGB", (64, 64), chance.randbytes(64 * 64 * 3))
    assert_alike(kept(saved(noise), tmp_path), noise)


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    mode=st.sampled_from(["RGBA", "LA", "P", "PA", "I;16", "L", "1", "CMYK"]),
    seed=st.integers(0, 1000),
    side=st.sampled_from([24, 2000]),
    grain=st.sampled_from([1, 8]),
)
def test_no_picture_of_any_kind_is_kept_unlike_what_was_sent(
    mode: str, seed: int, side: int, grain: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance = random.Random(seed)  # noqa: S311 - likewise
    small = Image.frombytes("RGBA", (48 // grain, 48 // grain), chance.randbytes((48 // grain) ** 2 * 4))
    picture = small.resize((48, 48), Image.Resampling.NEAREST)
    if mode == "I;16":
        truth = picture.convert("L").convert("RGB")
        content = grey_png(16, None, picture.convert("L"))
    else:
        picture = picture.convert("P" if mode == "PA" else mode)
        clear = {"transparency": chance.randrange(256)} if mode == "P" else {}
        if mode == "PA":
            clear = {"transparency": chance.randbytes(256)}
        content = saved(picture, "JPEG" if mode == "CMYK" else "PNG", **clear)
        truth = over_white(Image.open(io.BytesIO(content)))
    file = tmp_path_factory.mktemp("p") / "picture"
    file.write_bytes(content)
    found = read_picture.read(str(file), str(side))
    if "reason" in found:
        assert found == {"reason": pictures.CHANGED}
    elif mode != "CMYK" or side == SIDE:  # inks of single pixels mix otherwise where the JPEG itself is read smaller
        picture = opened(found["jpeg"])
        assert_alike(picture, truth.resize(picture.size, Image.Resampling.LANCZOS), 0.025, 0.13)
