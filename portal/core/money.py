"""Money in whole pence: read from what people type, rounded half up, and written as people read it."""

from __future__ import annotations

import re

MOST_PENCE = 10_000_00


def parse_pence(typed: str) -> int:
    """Pence of '12', '12.5', '12.50' or '£1,234.50'. Raises ValueError for anything else, three decimals included."""
    found = re.fullmatch(r"£?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?:\.([0-9]{1,2}))?", typed.replace(" ", ""))
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
