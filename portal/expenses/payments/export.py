"""A payment run as a spreadsheet for finance."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook

from portal.core.text import spreadsheet_cell


def workbook(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet; the last column of each row is pence, and becomes pounds with two decimals."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Payment run"
    sheet.append(list(columns))
    for *words, pence in rows:
        sheet.append([*(spreadsheet_cell(word) for word in words), pence / 100])
        sheet.cell(sheet.max_row, len(columns)).number_format = "0.00"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
