"""Looks into one Word or PowerPoint file, in a child process with little memory and time; see documents/sandbox.py.

Finds {"reason": …} to refuse it, or writes the package anew, of the parts that were read and of nothing else: what
another program would have made of doubled names, hidden bytes and packages in packages is never asked.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from portal.infra.documents.sandbox import Answer, answer
from portal.papers.converting.contents import Found, NotAsWritten, Reader
from portal.papers.converting.rules import (
    CALLED,
    DAMAGED,
    ENDINGS,
    LOCKED,
    POWERPOINT,
    TOO_LARGE,
    WORD,
    Thing,
    refused,
)
from portal.papers.inside.places import Piece

MOST_MADE = 120 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024  # all parts together
LARGEST_TEXT = 40 * 1024 * 1024  # one part of XML
MOST_PARTS = 5_000
MAIN = {
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    POWERPOINT: "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
}
TEXTS = ("xml", "rels", "vml", "svg")
PICTURES = ("png", "jpg", "jpeg", "jpe", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp")
AS_PICTURES_BEGIN = (  # programs are not strict about which is called what
    *(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"II\xbc\x01"),
    *(b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00"),
)
LEFT_OUT = ("odttf", "fntdata", "ttf")  # fonts, which nothing is missing without
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError),
    *(EOFError, ValueError, LookupError),
)
KNOWN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Refused(ValueError):
    """Why, in words that take the name of the program."""


def inspect(path: str, made: str, kind: str) -> Answer:
    """Whether nothing is inside that is refused; then the file made anew."""
    found = Found()
    try:
        with zipfile.ZipFile(path) as package, Path(made).open("r+b") as out:
            _read(package, out, found)
    except Refused as error:
        return {"reason": str(error).format(CALLED[kind])}
    except (*UNREADABLE, NotAsWritten):
        return {"reason": DAMAGED.format(CALLED[kind])}
    if reason := refused(kind, _things(found)):
        return {"reason": reason}
    is_of_kind = MAIN[kind] in found.kinds
    return {"ending": ENDINGS[kind]} if is_of_kind else {"reason": DAMAGED.format(CALLED[kind])}


def _things(found: Found) -> list[Thing]:
    """Also a file that is only said to have macros."""
    is_said = any("macroenabled" in one.lower() for one in found.kinds)
    has_any = any(one.kind == "macro" for one in found.things)
    return [*found.all(), *([Thing("macro")] if is_said and not has_any else [])]


def _read(package: zipfile.ZipFile, out: Piece, found: Found) -> None:
    parts = [one for one in package.infolist() if not one.is_dir()]
    _look_at_names(parts)
    left = MOST_UNPACKED
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as anew:
        for part in parts:
            content = _unpacked(package, part, left)
            left -= len(content)
            if _is_kept(part.filename, content, found):
                anew.writestr(part.filename, content)


def _look_at_names(parts: list[zipfile.ZipInfo]) -> None:
    """Names as programs write them, each once, and nothing encrypted."""
    names = [one.filename for one in parts]
    if any(one.flag_bits & 0x1 for one in parts):
        raise Refused(LOCKED)
    if len(names) > MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
        raise Refused(TOO_LARGE)
    odd = [one for one in names if one.startswith("/") or "\\" in one or ".." in PurePosixPath(one).parts]
    is_doubled = len({one.casefold() for one in names}) < len(names)
    if odd or is_doubled or any(one.compress_type not in KNOWN for one in parts):
        raise Refused(DAMAGED)


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """No more of it than there is room for, whatever size it says it has."""
    most = min(left, LARGEST_TEXT) if _ending(part.filename) in TEXTS else left
    with package.open(part) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise Refused(TOO_LARGE)
    return content


def _is_kept(name: str, content: bytes, found: Found) -> bool:
    """Whether a part goes into the file made anew. What is no text, picture or font is something embedded."""
    ending, lower = _ending(name), name.lower()
    if "vba" in lower or "/activex/" in lower or lower.endswith("attachedtoolbars.bin"):
        found.things.append(Thing("macro"))
    elif "/embeddings/" in lower or (ending not in (*TEXTS, *PICTURES, *LEFT_OUT) and "printersettings" not in lower):
        found.things.append(Thing("file", name))
    elif ending in TEXTS:
        Reader(name, found).read(content)
        return True
    elif ending in PICTURES:
        if not content.startswith(AS_PICTURES_BEGIN):
            found.things.append(Thing("file", name))
        return True
    return False


def _ending(name: str) -> str:
    return name.rpartition(".")[2].lower()


if __name__ == "__main__":
    answer(inspect, MOST_MADE)
