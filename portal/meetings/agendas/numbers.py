"""The number that a line of a pasted agenda begins with: 7, 7., 7), (7), 4.1, 6(a), 6a, a), (iv), Item 7."""

from __future__ import annotations

import re
from typing import NamedTuple

from portal.core.days import MONTHS

PREFIX = r"(?:(?:agenda\s+)?item\s*(?:no\.?\s*|number\s+)?|no\.?\s+|#\s*)"
DIGITS = r"[0-9]{1,3}(?:\.[0-9]{1,2})*(?:\s?\([a-z]{1,4}\))*(?:\.?[a-z](?![a-z]))?"
END = r"(?:\)?\s*[.:)](?![0-9])|\)?\s*[-–—](?=\s)|\)?(?=\s|$))"
NUMBER = re.compile(rf"(?P<prefix>{PREFIX})?\(?(?P<number>{DIGITS})(?P<end>{END})\s*", re.I)
# What some boards number their papers by: 26/104, A.1, IJB/26/3, [3], 1000. It is one by what the other lines are.
OTHER = re.compile(
    r"(?P<number>\[[0-9]{1,3}[a-z]?\]|[A-Z]{1,6}(?:[./-][0-9A-Z]{1,5}){1,4}|[0-9]{1,4}(?:[/-][0-9]{1,5}){1,3}|[0-9]{4,6})"
    r"(?P<end>[.:)]*)(?:\s+(?:[-–—]\s+)?|$)"
)
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])")
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
    """What a line begins with. A bare one ('7 Budget') is one by what the other lines are; likewise a letter.

    So is one of another kind ('26/104 Budget').
    """

    number: str
    rest: str
    is_bare: bool = False
    is_letter: bool = False
    is_other: bool = False


def number_at_start(text: str) -> Number | None:
    """The number, without what stands around it, and the rest of the line."""
    if found := NUMBER.match(text):
        number, rest = _plain(found["number"]), text[found.end() :]
        is_bare = not found["prefix"] and not found["end"].strip() and not text.startswith("(") and bool(rest)
        counts = is_bare and (UNITS.match(rest) or _MONTH.match(rest) or number.upper() in NOT_NUMBERS)
        return None if counts else Number(number, rest, is_bare)
    if other := _other(text):
        return other
    if (found := LETTER.match(text)) and not (found["open"] and found["end"] != ")"):
        return Number(found["number"], text[found.end() :], is_letter=True)
    return None


def _other(text: str) -> Number | None:
    """One of another kind: never a year ('2026/27 budget'), nor what counts or dates something."""
    found = OTHER.match(text)
    if not found or YEAR.match(found["number"]) or not re.search("[0-9]", found["number"]):
        return None
    rest = text[found.end() :]
    counts = UNITS.match(rest) or _MONTH.match(rest) or (found["number"].isdecimal() and not found["end"])
    return None if counts or not rest else Number(found["number"].strip("[]"), rest, is_other=True)


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
