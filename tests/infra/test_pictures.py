"""What is kept of a picture looks like what was sent, over white and upright; otherwise it is refused in a sentence."""

from __future__ import annotations

import io
import random
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageOps

from portal.infra.pictures import clean as pictures
from portal.infra.pictures import over_white as over_white_module
from portal.infra.pictures import read_picture
from portal.infra.pictures.clean import clean_picture
from tests.infra.made_pictures import (
    COLOUR,
    GREY,
    linear_grey_profile,
    profile_with_red_and_blue_changed,
    receipt,
    rows_png,
    saved,
    wide_profile,
)
from tests.infra.receipts import (
    BITS,
    GIVEN,
    GREY_TRUTH,
    INK,
    ON_BLACK,
    ON_WHITE,
    SIDE,
    TRUTH,
    assert_alike,
    faded,
    grey_png,
    ink_of,
    kept,
    opened,
    over_white,
    palette,
    rows,
    sixteen_bits,
    transparent,
)

pytestmark = pytest.mark.usefixtures("limit_of_pillow")


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
    top, is_of_its_size = (0, 0, min(size[0], 1080), min(size[1], 1000)), sent.size == size
    sent = sent.crop(top) if is_of_its_size else sent  # a long one is not held whole in four colours
    if sent.mode == "I;16":
        sent = sent.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    sent = sent.convert("RGBA")
    truth = Image.new("RGBA", sent.size, "white")
    truth.alpha_composite(sent)
    shown = truth.convert("RGB")
    shown = shown if is_of_its_size else shown.resize(size, Image.Resampling.LANCZOS).crop(top)
    picture = opened(found.jpeg)
    assert picture.size == size
    assert_alike(picture.crop(top), shown)
    if "50mp" not in name:
        assert picture.crop(top).convert("L").getextrema()[0] < 60, "its ink is there"


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
