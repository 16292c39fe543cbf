"""Dates and periods in the name of a file: found, and taken out, so that no number of theirs is an item's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

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
    re.compile(rf"(?<![a-z])(?P<m>{MONTH}) ?(?P<d>{_DAY})(?:(?:st|nd|rd|th)\b|(?<![23]\d)(?= *$))"),
    re.compile(
        rf"(?:{BEGIN}(?P<before>{_YEAR})[ -]?)?(?<![a-z])(?P<m>{MONTH})"
        rf"(?:[ .'-]?(?:(?P<y>{_YEAR})|{_SHORT}){END})?(?![a-z])"
    ),
    re.compile(rf"{BEGIN}\d{{1,3}}[-/]{_YEAR}{END}"),  # '15-2026', the reference of a report
    re.compile(rf"{BEGIN}(?P<y>{_YEAR})[-./](?P<m>{_MM}){END}"),
    re.compile(rf"{BEGIN}(?P<y>{_YEAR}){END}"),
)


@dataclass(frozen=True)
class DaySaid:
    """A day, a month or a year, as far as a name says it; 'Jan 27' may be a day or a year, and is a month only."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def agrees(self, other: DaySaid) -> bool:
        """Whether both may be the same: what one of them leaves out is not against it."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(mine == theirs for mine, theirs in pairs if mine is not None and theirs is not None)

    def is_same_day(self, other: DaySaid) -> bool:
        return bool(self.day and other.day) and self.agrees(other)

    def __str__(self) -> str:
        """'12 January 2027', as far as it is said."""
        month = MONTHS[self.month - 1].capitalize() if self.month else ""
        return " ".join(str(one) for one in (self.day, month, self.year) if one)


def day_of(day: date) -> DaySaid:
    return DaySaid(day.year, day.month, day.day)


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


def begins_with_period(text: str) -> bool:
    """Whether a text begins with years like '2025-26', none of which is a day or an item's number."""
    found = _PERIODS[0].match(text) or _PERIODS[1].match(text)
    return found is not None and _is_range(int(found.group(1)), int(found.group(2)), is_one_number=False)


def _is_range(first: int, last: int, is_one_number: bool) -> bool:
    """Whether two years of two figures follow each other; '2526' is such a pair, '2027' is a year."""
    return last - first == 1 and first > 20 if is_one_number else 0 < last - first <= 30


def without_dates(text: str) -> tuple[str, frozenset[DaySaid]]:
    """The days, months and years in a text, and the text without them."""
    days = set()
    for pattern in DATES:
        days |= {_said(found.groupdict()) for found in pattern.finditer(text) if found.groupdict()}
        text = pattern.sub(GAP, text)
    return text, frozenset(days)


def _said(parts: dict[str, str | None]) -> DaySaid:
    year, month, day = parts.get("y") or parts.get("before"), parts.get("m"), parts.get("d")
    return DaySaid(int(f"20{year[-2:]}") if year else None, _month(month) if month else None, int(day) if day else None)


def _month(said: str) -> int:
    return int(said) if said.isdigit() else next(n for n, month in enumerate(MONTHS, 1) if month[:3] == said[:3])
