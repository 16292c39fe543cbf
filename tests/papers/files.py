"""Files that clerks really upload, and those they should not."""

from __future__ import annotations

import io
import zlib
from functools import cache
from pathlib import Path

import pikepdf

from config import ROOT
from tests.made_papers import made_paper

PACKS = ROOT.parent / "shared" / "data" / "board_packs"


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_paper("Locked", 1))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="reader"))
    return out.getvalue()


def truncated_pdf() -> bytes:
    return made_paper("Cut off", 3)[:400]


MEGABYTE = b"0" * 1_000_000


@cache
def packed(megabytes: int) -> bytes:
    """So many megabytes of the same sign, compressed, without holding them."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(MEGABYTE) for _ in range(megabytes)) + packer.flush()


def bomb_pdf() -> bytes:
    """A small file whose one page is 300 megabytes when it is unpacked."""
    return page_of_stream(packed(300), ["/FlateDecode"])


def page_of_stream(body: bytes, filters: list[str]) -> bytes:
    """A file of one page, whose content is this stream, to be unpacked like this."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pikepdf.Stream(pdf, body)
    stream["/Filter"] = pikepdf.Array([pikepdf.Name(one) for one in filters])
    pdf.pages[0].Contents = pdf.make_indirect(stream)
    out = io.BytesIO()
    pdf.save(out, recompress_flate=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def real_files() -> list[Path]:
    return sorted(PACKS.glob("2018-11/*.pdf"))
