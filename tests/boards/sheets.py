"""Workbooks and lists of people, made as other programs make them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from openpyxl import Workbook

HEADINGS = ["Name", "Email", "Role"]
ANN = ["Ann", "ann@list.test", "clerk"]
BEN = ["Ben", "ben@list.test", "officer"]


def workbook(**sheets: list[list[Any]]) -> bytes:
    """A workbook with these sheets; an empty list in one is an empty row."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row, start=1):
                sheet.cell(number, place, cell)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with the XML of its first sheet changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, change(part) if name.endswith("sheet1.xml") else part)
    return out.getvalue()


def of_size(content: bytes, said: bytes) -> bytes:
    """The workbook as a program writes it that gets its size wrong, or leaves it out."""
    return changed(content, lambda xml: re.sub(rb'<dimension ref="[^"]*" ?/>', said, xml))
