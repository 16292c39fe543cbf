"""Files that clerks really upload, and those they should not."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from config import ROOT
from portal.demonstration.made_papers import made_paper

PACKS = ROOT.parent / "shared" / "data" / "board_packs"


def locked_pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made_paper("Locked", 1))) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="reader"))
    return out.getvalue()


def truncated_pdf() -> bytes:
    return made_paper("Cut off", 3)[:400]


def bomb_pdf() -> bytes:
    """A small file whose one page says it is two gigabytes of zeros."""
    import zlib

    body = zlib.compress(b"0" * 300_000_000, 9)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = pikepdf.Stream(pdf, body)
    stream["/Filter"] = pikepdf.Name.FlateDecode
    pdf.pages[0].Contents = pdf.make_indirect(stream)
    out = io.BytesIO()
    pdf.save(out, recompress_flate=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


def real_files() -> list[Path]:
    return sorted(PACKS.glob("2018-11/*.pdf"))
