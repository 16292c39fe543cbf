"""Text out of files that other programs saved: whatever encoding and separator they chose."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

MARKS = (  # what a file may begin with, and how it goes on then
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SEPARATORS = (",", ";", "\t", "|")
NumberedRow = tuple[int, list[object]]  # its number in the file, and its cells


class UnclosedQuotation(ValueError):
    """A quotation mark in the row of this number has no partner, so that nobody can say where its cell ends."""

    def __init__(self, row: int) -> None:
        super().__init__(row)
        self.row = row


def text_of(content: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding is only likely (Windows-1252). Raises UnicodeDecodeError."""
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding), False
    if encoding := _utf_16_without_mark(content):
        return content.decode(encoding), False
    try:
        return content.decode("utf-8"), False
    except UnicodeDecodeError:
        return content.decode("cp1252"), True


def _utf_16_without_mark(content: bytes) -> str:
    """In text of western languages every second byte is then nearly always 0."""
    start = content[:2000]
    for encoding, odd in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = start[odd::2]
        if len(zeros) > 1 and zeros.count(0) > 0.7 * len(zeros):
            return encoding
    return ""


def rows_of(text: str, separator: str) -> list[NumberedRow]:
    """Every row, empty ones too, numbered as a spreadsheet program numbers them. Raises UnclosedQuotation."""
    return list(_rows_of(text, separator))


def _rows_of(text: str, separator: str) -> Iterator[NumberedRow]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            yield number, list(cells)
    except csv.Error as error:
        raise UnclosedQuotation(number + 1) from error
