"""The number that a line of a pasted agenda begins with: 7, 7., 7), (7), 4.1, 6(a), 6a, a), (iv), Item 7."""

from __future__ import annotations

import re
from typing import NamedTuple

from portal.core.days import MONTHS

PREFIX = r"(?:(?:agenda\s+)?item\s*(?:no\.?\s*|number\s+)?|no\.?\s+|#\s*)"
DIGITS = r"[0-9]{1,3}(?:\.[0-9]{1,2})*(?:\s?\([a-z]{1,4}\))*(?:\.?[a-z](?![a-z]))?"
END = r"(?:\)?\s*[.:)](?![0-9])|\)?\s*[-–—](?=\s)|\)?(?=\s|$))"
NUMBER = re.compile(rf"(?P<prefix>{PREFIX})?\(?(?P<number>{DIGITS})(?P<end>{END})\s*", re.I)
LETTER = re.compile(
    r"(?P<open>\()?(?P<number>[ivx]{1,5}|[a-z]|[A-Z]|[IVX]{1,5}|[A-Z][0-9]{1,2})(?P<end>[.:)])(?:\s+|$)"
)
NOT_NUMBERS = ("3D", "4G", "5G")
# A number before one of these counts something ('5 year plan', '24 hour care'); with a capital it begins a title.
UNITS = re.compile(
    r"(?:(?:year|month|week|day|hour|hr|minute|min|point|step|mile|bed|place|person|page|stage|part|way|star)s?|people"
    r"|per|percent|million|thousand|billion|yr|yrs|k|m|bn|x|of|and|or|to|in|out)(?![a-z])|[%,/&+]"
)
LETTERED = re.compile(r"(?P<above>.*[0-9])(?P<open>\(?)(?P<letter>[a-z])(?P<close>\)?)")
_MONTH = re.compile(rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)(?![a-z])", re.I)


class Number(NamedTuple):
    """What a line begins with. A bare one ('7 Budget') is one by what the other lines are; likewise a letter."""

    number: str
    rest: str
    is_bare: bool = False
    is_letter: bool = False


def number_at_start(text: str) -> Number | None:
    """The number, without what stands around it, and the rest of the line."""
    if found := NUMBER.match(text):
        number, rest = _plain(found["number"]), text[found.end() :]
        is_bare = not found["prefix"] and not found["end"].strip() and not text.startswith("(") and bool(rest)
        counts = is_bare and (UNITS.match(rest) or _MONTH.match(rest) or number.upper() in NOT_NUMBERS)
        return None if counts else Number(number, rest, is_bare)
    if (found := LETTER.match(text)) and not (found["open"] and found["end"] != ")"):
        return Number(found["number"], text[found.end() :], is_letter=True)
    return None


def _plain(number: str) -> str:
    return re.sub(r"\s+", "", number)


def of_parent(letter: str, parent: str) -> str:
    """'6(a)' for 'a)' below item 6, '6(b)' for 'b)' below 6(a). Capital letters are parts of an agenda."""
    if not parent or not letter.islower():
        return letter
    if (found := LETTERED.fullmatch(parent)) and _comes_after(letter, found["letter"]):
        return f"{found['above']}{found['open']}{letter}{found['close']}"
    return f"{parent}({letter})"


def _comes_after(letter: str, earlier: str) -> bool:
    """Below (a) comes (b), or later (c); (i) begins what is under it, but below (h)."""
    is_roman = letter in "ivx" and ord(letter) != ord(earlier) + 1
    return len(letter) == 1 and letter > earlier and not is_roman
