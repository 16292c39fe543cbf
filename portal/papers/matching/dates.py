"""Dates and periods in the name of a file: found, and taken out, so that no number of theirs is an item's."""

from __future__ import annotations

import re

from portal.core.days import MONTHS

GAP = "|"  # where something was taken out
END, BEGIN = r"(?![\da-z])", r"(?<![\da-z.])"
MONTH = rf"(?:{'|'.join(f'{m[:3]}(?:{m[3:]})?' if m != 'september' else 'sept?(?:ember)?' for m in MONTHS)})"
_YEAR, _SHORT = r"20\d\d", r"[23]\d"
_DAY, _MM = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"

_PERIODS = (
    re.compile(rf"{BEGIN}20(\d\d) ?(?:-|/|to|until| ) ?(?:20)?(\d\d){END}"),
    re.compile(rf"{BEGIN}(?:fy ?)?({_SHORT}) ?(?:-|/|to| ) ?({_SHORT}){END}"),
    re.compile(rf"{BEGIN}(?:fy ?)?({_SHORT})({_SHORT}){END}"),
)
_PARTS_OF_YEAR = (
    (re.compile(rf"{BEGIN}(?:q|qtr|quarter) ?([1-4]){END}"), "q"),
    (re.compile(rf"{BEGIN}(?:m|p|mth|month|period) ?(\d{{1,2}}){END}"), "m"),
)
DATES = (
    re.compile(rf"{BEGIN}(?P<y>{_YEAR})[-. ]?(?P<m>0[1-9]|1[0-2])[-. ]?(?P<d>0[1-9]|[12]\d|3[01]){END}"),
    re.compile(rf"{BEGIN}(?P<d>{_DAY})([-. /])(?P<m>{_MM})\2(?P<y>{_YEAR}|{_SHORT}){END}"),
    re.compile(rf"{BEGIN}(?P<d>0[1-9]|[12]\d|3[01])(?P<m>0[1-9]|1[0-2])(?P<y>{_YEAR}|{_SHORT}){END}"),
    re.compile(rf"{BEGIN}(?P<y>{_SHORT})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01]){END}"),
    re.compile(
        rf"{BEGIN}(?P<d>{_DAY})(?:st|nd|rd|th)?[ .-]?(?:of )?(?P<m>{MONTH})\b"
        rf"(?:[ .,-]{{0,2}}(?P<y>{_YEAR}|{_SHORT}){END})?"
    ),
    re.compile(rf"(?<![a-z])(?P<m>{MONTH})[ .,-]?(?P<d>{_DAY})(?:st|nd|rd|th)?,? (?P<y>{_YEAR}){END}"),
    re.compile(rf"(?:{BEGIN}{_YEAR}[ -]?)?(?<![a-z])(?:{MONTH})(?:[ .'-]?(?:{_YEAR}|{_SHORT}){END})?(?![a-z])"),
    re.compile(rf"{BEGIN}\d{{1,3}}[-/]{_YEAR}{END}"),  # '15-2026', the reference of a report
    re.compile(rf"{BEGIN}{_YEAR}[-./](?:0?[1-9]|1[0-2]){END}"),
    re.compile(rf"{BEGIN}{_YEAR}{END}"),
)


def without_periods(text: str) -> tuple[str, frozenset[str]]:
    """'q2' of quarter 2, 'm6' of month 6, '26-27' of a year's range, and the text without them."""
    periods = set()
    for pattern in _PERIODS:
        for found in list(pattern.finditer(text)):
            first, last = found.groups()
            if _is_range(int(first), int(last), is_one_number=found.group().isdigit()):
                periods.add(f"{first}-{last}")
                text = text.replace(found.group(), GAP, 1)
    for pattern, letter in _PARTS_OF_YEAR:
        periods |= {f"{letter}{int(found.group(1))}" for found in pattern.finditer(text)}
        text = pattern.sub(GAP, text)
    return text, frozenset(periods)


def _is_range(first: int, last: int, is_one_number: bool) -> bool:
    """Whether two years of two figures follow each other; '2526' is such a pair, '2027' is a year."""
    return last - first == 1 and first > 20 if is_one_number else 0 < last - first <= 30


def without_dates(text: str) -> tuple[str, frozenset[str]]:
    """Days as '2026-09-18', where they are whole, and the text without any date, month or year."""
    dates = set()
    for pattern in DATES:
        for found in pattern.finditer(text):
            parts = found.groupdict()
            if parts and parts["y"]:
                dates.add(f"20{parts['y'][-2:]}-{_month(parts['m']):02}-{int(parts['d']):02}")
        text = pattern.sub(GAP, text)
    return text, frozenset(dates)


def _month(said: str) -> int:
    return int(said) if said.isdigit() else next(n for n, month in enumerate(MONTHS, 1) if month[:3] == said[:3])
