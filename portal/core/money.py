"""Money in whole pence: read from what people type, rounded half up, and written as people read it."""

from __future__ import annotations

import re

from portal.core.text import clean_line, half_width

MOST_PENCE = 10_000_00


POUNDS = re.compile(r"£? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?:\.([0-9]{1,2}))?")
PENCE = re.compile(r"([0-9]{1,5}) ?p")


def parse_pence(typed: str) -> int:
    """Pence of '12', '12.5', '12.50', '£1,234.50' or '55p'. Raises ValueError for anything else.

    That includes three decimals, and '4 50' or '4,50', which might be pounds and pence or a larger number.
    """
    text = clean_line(half_width(typed)).lower()
    if found := PENCE.fullmatch(text):
        return int(found[1])
    found = POUNDS.fullmatch(text)
    if not found:
        raise ValueError(typed)
    pounds, pence = found.groups()
    return int(pounds.replace(",", "")) * 100 + int((pence or "0").ljust(2, "0"))


def pounds(pence: int) -> str:
    """'£12.50', '£1,234.00', and '55p' for less than a pound."""
    if 0 < pence < 100:
        return f"{pence}p"
    return f"£{pence // 100:,}.{pence % 100:02}"


def in_pounds(pence: int) -> str:
    """'1234.00' for a sheet: a number, without a sign and commas."""
    return f"{pence // 100}.{pence % 100:02}"


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers that are not negative, a half rounded up: 5 of 2 gives 3."""
    return (2 * numerator + denominator) // (2 * denominator)


def as_typed(pence: int | None) -> str:
    """How an amount is shown in its box; an amount is never 0."""
    return f"{pence // 100}.{pence % 100:02}" if pence else ""
