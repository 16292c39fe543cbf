"""The number that a name begins with: an item's, whichever, is taken off a title, one that counts something stays."""

from __future__ import annotations

import re
from typing import NamedTuple

from portal.papers.matching.dates import begins_with_period
from portal.papers.matching.file_names import plain, words_of
from portal.papers.matching.kinds import Item
from portal.papers.matching.vocabulary import COUNTED, UNCOUNTED, UNIT

_NO_QUANTITY = rf"(?![ ._-]\d{{1,3}}[ -]?(?:{UNIT})s?\b)"
_NUMBER = re.compile(
    r"(?P<label>(?:agenda )?item|paper|report|enc(?:losure)?|att(?:achment)?)?"
    r"(?(label)s?(?: no\.?| number)?[ .#:–-]*)"
    rf"\(?(?P<number>0{{0,2}}\d{{1,2}}(?:{_NO_QUANTITY}(?:[._-]\d{{1,2}}| \d{{1,2}}(?= [A-Z])))*"
    r"(?:\.? ?\([a-z\d]{1,3}\)|[a-z](?:[ivx]{1,4})?(?![a-z])| [a-h](?= - ))?)(?![a-z\d])"
    r"(?P<gap>[ .,:;)\]_–—-]*)",
    re.I,
)
_COUNTS = re.compile(
    rf"(?:{'|'.join(COUNTED)}|{UNIT})s?\b|[%+/&]"
    r"|(?:to|and|or|of|in|x|per|plus|nd|rd|st|th|m|bn|k|an? (?:day|week|month|year))\b",
    re.I,
)
_ONE_MORE = re.compile(
    r"(?:(?:and|to|or|of|plus|in|per)\b|[%+/&]) ?\d|[%+/]|(?:and|or) (?:over|under|above|below)\b", re.I
)
_OF_SEVERAL = re.compile(r"of \d{1,2}\b[ .,:;)\]_–—-]*", re.I)
_QUANTITY = re.compile(rf"\d{{1,3}}[ -]?(?:{'|'.join(COUNTED)}|{UNIT})s?\b", re.I)
_TWO_FIGURES = re.compile(r"(\d{1,2})(?!\d)")
_A_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])[. ](?:0[1-9]|1[0-2])|(?:2[1-9]|3[01])[. ](?:[1-9]|1[0-2])")
_NO_ITEM = re.compile(r"0(?:\.\d+)?|[2-6][dgk]|\d+[j-z]|24[. _-]7|\d+(?:-\d+)+", re.I)  # '3D', '24-7', '5-11'
_PADDED = re.compile(r"0\d")
_SURE_GAP = re.compile(r"\s*[.:;)\]]|\s+[–—-]+\s|[–—]")
_IN_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_IRREGULAR = ("people", "children", "men", "women", "cs", "rs", "as", "ps")


def is_about(text: str, item: Item | None) -> bool:
    """Whether a title begins as that of its item does: 'PRIVATE care homes' of 'Private care homes'."""
    first = text.lower().split()[:2]
    return item is not None and bool(first) and item.title.lower().split()[: len(first)] == first


class Lead(NamedTuple):
    """What a name begins with, and the rest: 'Item', '6', ' - ' and 'Budget'."""

    label: str
    number: str
    gap: str
    rest: str


def read_lead(text: str) -> Lead | None:
    found = _NUMBER.match(text)
    if found is None:
        return None
    label, number, gap = (found[one] or "" for one in ("label", "number", "gap"))
    rest = text[found.end() :]
    several = _OF_SEVERAL.match(rest) if label.lower().endswith("item") else None
    return Lead(label, number, gap, rest[several.end() :] if several else rest)  # 'Item 6 of 15 - Budget'


def belongs_to_title(text: str, lead: Lead, item: Item) -> bool:
    """Whether the number is one of the title's own, also where it is that of the item: '16+ care leavers'."""
    return bool(_ONE_MORE.match(lead.rest)) or (not lead.label and is_about(text, item))


def without_number_of_another(text: str, item: Item) -> str:
    """'Chief Officers Report' of '06 Chief Officers Report', wherever it is put; '2 Sisters inquiry' stays."""
    lead = read_lead(text)
    if lead is None or not lead.gap or begins_with_period(text) or is_about(text, item):
        return text
    lead = _without_count(lead, item)
    if not re.search(r"[a-z]{2}", lead.rest, re.I) or _is_first_of_several(lead):
        return text
    return lead.rest if (_is_meant(lead) if lead.label else _is_an_items(lead, item)) else text


def _without_count(lead: Lead, item: Item) -> Lead:
    """'Item 6' of 'Item 6 2 Sisters inquiry', and 'Item 6 2' of 'Item 6 2 Winter plan'."""
    number, _, count = lead.number.rpartition(" ")
    if not number or not (_COUNTS.match(lead.rest) or _may_count(count, lead.rest, item)):
        return lead
    return lead._replace(number=number, gap=" ", rest=f"{count}{lead.gap}{lead.rest}")


def _is_meant(lead: Lead) -> bool:
    """'Item 7 Day services' is sure; 'Paper 7-day target' may be about seven days."""
    return not (_ONE_MORE if lead.label.lower().endswith("item") else _COUNTS).match(lead.rest)


def _is_first_of_several(lead: Lead) -> bool:
    """'10 - 11 combined audit'; in 'Item 9 - 3 year plan' and '05 2 Sisters' the second one is the title's."""
    next_one = _TWO_FIGURES.match(lead.rest)
    if next_one is None:
        return False
    if lead.gap == "." or (not lead.label and not _PADDED.match(lead.number)):
        return lead.gap == "." or not re.match(r"[.:)]", lead.gap)
    first = int(re.findall(r"\d+", lead.number)[0])
    return int(next_one[1]) == first + 1 and bool(lead.gap.strip()) and not _QUANTITY.match(lead.rest)


def _is_an_items(lead: Lead, item: Item) -> bool:
    """A number without a word before it: by how it is written, or else by what follows."""
    if _NO_ITEM.fullmatch(lead.number) or _A_DAY.fullmatch(lead.number):
        return False
    if _PADDED.match(lead.number) or _SURE_GAP.match(lead.gap):
        return True
    if _COUNTS.match(lead.rest):
        return False
    is_whole = lead.number.replace(" ", "").isdecimal()
    return not is_whole or not _may_count(lead.number, lead.rest, item)


def _may_count(number: str, rest: str, item: Item) -> bool:
    """Whether what follows may be so many: '2 Sisters', '5 Key priorities'; not the 'Carers' of the item."""
    words = re.findall(r"[a-z]+(?:['’]s?)?", rest.lower())[:2]
    several = [one for one in words if _is_plural(one)]
    if number == "1" or not several:
        return False
    known, title = set(words_of(plain(item.title))), plain(item.title).split()
    says_how_many = any(one.isdigit() or one in _IN_WORDS for one in title)
    return says_how_many or not all(known.issuperset(words_of(one)) for one in several)


def _is_plural(word: str) -> bool:
    if word in _IRREGULAR:
        return True
    return (
        len(word) > 3
        and word not in UNCOUNTED
        and word.endswith(("s", "s'", "s’"))
        and not word.endswith(("ss", "us", "is", "'s", "’s"))
    )
