"""Whether a file may be kept as proof: a PDF looked into, or a picture made anew. Nothing else is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from portal.core.text import clean_file_name, named_as_its_kind
from portal.infra.documents.sandbox import TooBusy
from portal.infra.pictures.clean import TAKEN_WORDS, UNREADABLE, clean_picture
from portal.infra.storage.virus import Unavailable, virus_in
from portal.papers.inside.rules import before_the_mark
from portal.papers.preparing.checking import INFECTED, look_inside

LONGEST_SIDE = 2000  # pixels of a photo: small print on a till receipt stays readable, on a long one too


MOST_BYTES = 20 * 1024 * 1024


MOST_FILES = 6


TOO_LARGE = "This file is over 20 MB. Take a smaller photo, or save a smaller PDF"


NO_CHECK = "We cannot check files for viruses at the moment. Try again later. What you typed is saved"


BUSY = "We are busy at the moment, and could not open this file. Try again in a few minutes. What you typed is saved"


PICTURES = ("jpg", "jpeg", "png", "heic", "heif", "webp", "gif", "tif", "tiff", "bmp")


OTHER_KIND = f"We cannot keep this kind of file. Choose a photo, as {TAKEN_WORDS}, or a PDF"


PDF, JPEG = "application/pdf", "image/jpeg"


@dataclass(frozen=True)
class AcceptedFile:
    """A file that may be kept, with the sha256 of its bytes as they came; or why not."""

    name: str = ""
    kind: str = ""
    content: bytes = b""
    sha256: str = ""
    reason: str = ""
    original: bytes = b""  # of a picture that was made anew: the bytes as they came
    given: str = ""  # the name that it came with

    def said_as(self, kept: str) -> str:
        """'photo.webp was saved as photo.jpg.', where it has another name now; '' where it has its own."""
        return f"{self.given} was saved as {kept}." if self.given not in ("", kept) else ""


def check(name: str, content: bytes, clamav_address: str) -> AcceptedFile:
    """Never raises for what a file contains."""
    return replace(_checked(name, content, clamav_address), given=name)


def _checked(name: str, content: bytes, clamav_address: str) -> AcceptedFile:
    if len(content) > MOST_BYTES:
        return AcceptedFile(reason=TOO_LARGE)
    try:
        if clamav_address and virus_in(content, clamav_address):
            return AcceptedFile(reason=INFECTED)
    except Unavailable:
        return AcceptedFile(reason=NO_CHECK)
    mark = hashlib.sha256(content).hexdigest()
    if is_a_pdf(content):
        return _checked_pdf(name, content, mark)
    picture = clean_picture(content, LONGEST_SIDE)
    if picture.reason == UNREADABLE and not looks_like_a_picture(name):
        return AcceptedFile(reason=OTHER_KIND)
    shown = named_as_its_kind(clean_file_name(name), JPEG)
    return AcceptedFile(shown, JPEG, picture.jpeg, mark, picture.reason, content if picture.jpeg else b"")


def looks_like_a_picture(name: str) -> bool:
    """By its ending, or without one: a picture that cannot be read is not called a file of another kind."""
    kind = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    return kind in ("", *PICTURES)


def _checked_pdf(name: str, content: bytes, mark: str) -> AcceptedFile:
    """What is kept is the file without what was taken out of it."""
    try:
        found = look_inside(content)
    except TooBusy:
        return AcceptedFile(reason=BUSY)
    shown = named_as_its_kind(clean_file_name(name), PDF)
    return AcceptedFile(shown, PDF, found.clean or content, mark, found.reason)


def is_a_pdf(content: bytes) -> bool:
    """As readers of PDF take it: the mark is in the first kilobyte, as some copiers put a header before it.

    What begins as a picture is one, whatever it says further on; and a page with a PDF behind it is none.
    """
    return before_the_mark(content) is not None
