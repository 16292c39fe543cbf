"""What people type into the three boxes of a day, and the day it is to the letter, worked out apart from the app."""

from __future__ import annotations

import calendar
from datetime import date

from hypothesis import strategies as st

NAMES = [name.lower() for name in list(calendar.month_name)[1:]]
SPOILT = ("", " ", "0", "00", "003", "32", "13", "-3", "+3", "3.0", "1e1", "٣", "３", "x", "2O27", "２０２７", "\x00")
YEARS = ("27", "99", "00", "2027", "2000", "2026", "1900", "2100", "202", "20277", "7", "-2027", "0027", "1066", "9999")
PIECES = st.one_of(
    st.integers(1, 31).map(str),
    st.sampled_from((*SPOILT, *YEARS, " 3 ", "03", "mar", "March", "Sept", "ma", "MAY")),
    st.text(max_size=4),
)
MONTHS = (*map(str, range(1, 13)), "03", *NAMES, *(name[:3].title() for name in NAMES), "Sept.", "FEB")
LIKELY = st.tuples(st.integers(1, 31).map(str), st.sampled_from(MONTHS), st.sampled_from(YEARS))
THREE = st.one_of(LIKELY, st.tuples(PIECES, PIECES, PIECES))  # of pieces alone hardly any is a day


def literally(day: str, month: str, year: str) -> date | None:
    """The day that these three texts are, taken to the letter; None when they are none."""
    wide = {ord("０") + n: str(n) for n in range(10)}  # full-width figures are figures
    day, month, year = (text.translate(wide).strip() for text in (day, month.lower(), year))
    month = month.removesuffix(".")
    named = [n for n, name in enumerate(NAMES, start=1) if len(month) >= 3 and name.startswith(month)]
    if named:
        month = str(named[0])
    digits = all(part.isascii() and part.isdigit() for part in (day, month, year))
    if not digits or len(day) > 2 or len(month) > 2 or len(year) not in (2, 4):
        return None
    if len(year) == 2 and int(year) > 49:  # of this century or the last
        return None
    full_year = int(year) if len(year) == 4 else 2000 + int(year)
    if not 1900 <= full_year <= 2100 or not 1 <= int(month) <= 12:
        return None
    if not 1 <= int(day) <= calendar.monthrange(full_year, int(month))[1]:
        return None
    return date(full_year, int(month), int(day))
