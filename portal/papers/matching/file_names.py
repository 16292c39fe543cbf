"""What the name of a paper's file says: its words, the numbers that may be an item's, its dates, version and kind."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from portal.papers.matching.dates import BEGIN, END, GAP, DaySaid, without_dates, without_periods
from portal.papers.matching.vocabulary import (
    AS_ONE,
    COMPANIONS,
    EXEMPT,
    OFFICIAL_SENSITIVE,
    OWN_WORDS,
    SAYS_NOTHING,
    STOP_WORDS,
    UNIT,
    UNITS,
)

Parts = tuple[str, ...]  # of an item's number: ('6', 'a') of '6(a)'


class How(Enum):
    """How a number stands in a name, the surest first."""

    ITEM = "item"  # 'Item 6'
    LEADING = "leading"  # '06 - Budget'
    BRACKETS = "brackets"  # 'Budget (6.1)'
    LABEL = "label"  # 'Paper 6', 'Att6': an enclosure may be counted in its own way


@dataclass(frozen=True)
class Number:
    """A number that may be an item's: how it stands there, and its readings, the longest first."""

    how: How
    readings: tuple[Parts, ...]
    is_padded: bool = False  # '06', as nobody writes a quantity
    next_word: str = ""  # what follows with nothing but a space between
    is_quantity: bool = False  # '10 year', and an item only where its title begins so
    is_of_several: bool = False  # 'Items 6 and 7', '10 - 11'

    @property
    def words(self) -> str:
        """'6.2' or '6a', however the name writes it."""
        first, *others = self.readings[0]
        return first + "".join(f".{one}" if one.isdigit() else one for one in others)


@dataclass(frozen=True)
class Version:
    """What a name says of its version. Of two names with the same rest the higher one is newer."""

    numbers: tuple[int, ...] = ()
    copy: int = 0
    is_final: bool = False
    is_marked: bool = False

    @property
    def rank(self) -> tuple[bool, tuple[int, ...], int]:
        return self.is_final, self.numbers, self.copy


@dataclass(frozen=True)
class FileName:
    """What a name says. `rest` is the name without its version, the same for all versions of one file."""

    words: tuple[str, ...]
    numbers: tuple[Number, ...]
    version: Version
    rest: str
    leading: str = ""  # what it begins with, where dates and the board's name are gone
    periods: frozenset[str] = frozenset()  # 'q2', 'm6', '26-27'
    dates: frozenset[DaySaid] = frozenset()
    is_appendix: bool = False
    is_companion: bool = False  # an assessment, an easy read version: what goes with a paper
    is_exempt: bool = False
    stage: str = ""  # 'draft' or 'approved'

    @property
    def says_nothing(self) -> bool:
        """Whether there is no word in it that says what the file is about."""
        return not any(word.isalpha() and word not in SAYS_NOTHING for word in self.words)


_ENDINGS = re.compile(r"(\.(pdf|docx?|pptx?|xlsx?|rtf|odt)){1,9}$", re.I)
_VERSION = re.compile(
    rf"{BEGIN}(?:v|ver|vers|version|rev|revision)[ .]?(\d+(?:\.\d+)*){END}|{BEGIN}rev ?([a-z]){END}", re.I
)
_COPY = re.compile(r"\((\d)\)(?= *$)|\bcopy(?: of)?(?: *\(?(\d+)\)?)?(?= *$|(?<=of)\b)|^copy of\b|- *copy\b")
_MARKS = re.compile(
    r"\b(final(?! account)|finalised|revised|corrected|amended|updated|clean(?: copy| version)?|track(?:ed)? changes?"
    r"|signed(?: off)?|for issue|latest|new version|version)\b"
)
_REMARK = re.compile(
    r"\([a-z]{2}\)|\(?\b(?:(?:with )?[a-z]{2,3} )?(?:comments|edits)(?: (?:from )?[a-z]{2,3}\b(?=\)| *$))?(?: only)?\)?"
)
_DRAFT = re.compile(r"\bdraft\b")
_APPROVED = re.compile(r"\b(approved|confirmed|ratified|signed|agreed)\b(?<!unconfirmed)")
_UNAPPROVED = re.compile(r"\b(unapproved|unconfirmed|draft|for approval)\b")
_OFFICIAL = re.compile(rf"\b{OFFICIAL_SENSITIVE}(?![a-z])")
_SCHEDULE_7A = re.compile(r"\b(?:schedule|sch) ?7a\b(?: para(?:graph)?s? ?\d+)?")
_ONE_APPENDIX = r"(?:\d{1,2}(?:\.\d{1,2})*[a-z]?|[a-z]\d{0,2}|i{1,3}|iv|vi{0,3}|ix|x)"
APPENDIX = re.compile(
    rf"\b(?:appendix|annex(?:e|ure)?)\b(?:[ .:-]*(?:no\.? ?)?{_ONE_APPENDIX}{END}(?:-{_ONE_APPENDIX}{END})?"
    rf"(?: of \d{{1,2}}{END})?)?"
    rf"|\b(?:appendices|appendixes|annexes)\b(?:[ .:]*{_ONE_APPENDIX}{END}(?: ?(?:-|to|and|,) ?{_ONE_APPENDIX}{END})*)?"
    rf"|\b(?:app|appx|apx|apdx|schedule)[ .]*(?:\d{{1,2}}[a-z]?|[a-z]){END}"
)
_PART_OF = re.compile(r"\b(?:part|\bpt)? ?\d{1,2} of \d{1,2}\b|\bpart (?:\d|[a-c]|one|two|three)\b")
_TO_ITEM = re.compile(r"\b(?:agenda )?item(?: no\b\.?| number\b)?[ .:#-]*(?=[\da-z])")
_LABEL_ANYWHERE = re.compile(r"(?<![a-z])(?:enc|encl|enclosure|att|attach|attachment)s?[ .:#-]*(?=\d)")
_LABEL_FIRST = re.compile(r"^(?:paper|report|doc|tab|no|ai|agenda)s?[ .:#-]*(?=\d)")
_BRACKETS = re.compile(r"\((\d{1,2}(?:\.\d{1,2})+[a-z]?|\d{1,2}\.?\(?[a-z]\)?|\d\d)\)")
_ROMAN = r"(?:i{1,3}|iv|vi{1,3})"
_FIRST = re.compile(r"(0{0,2})([1-9]\d?)(?!\d)")
_MORE = (
    re.compile(
        r"\.(\d{1,2})(?!\d)|\.? ?\(([a-z]{1,4}|\d{1,2})\)|\.?([a-z])(?![a-z0-9'])"
        rf"|([a-h])(?={_ROMAN}(?![a-z0-9']))|(?<=\d[a-h])({_ROMAN})(?![a-z0-9'])"  # '6ai', '6bii'
        r"| ([a-h])(?= - )"  # '6 b - Outlook'
    ),
    re.compile(rf"[-_ ](\d{{1,2}})(?!\d)(?! ?(?:{UNIT})\b)"),
)
_ANOTHER = re.compile(rf" ?(?:-|,|&|and|to|plus) ?\d{{1,2}}(?!\d)(?![ -]?(?:{UNIT})s?\b)")
_QUANTITY = re.compile(rf"{BEGIN}(\d{{1,3}})[ -]?({UNIT})s?\b")

_COMPANION = re.compile(rf"\b(?:{'|'.join(COMPANIONS)})\b")


@lru_cache(maxsize=4096)
def read_name(name: str, own_names: tuple[str, ...] = ()) -> FileName:
    """What a file's name says. `own_names` are what the board and the group are called: they tell nothing."""
    text = plain(name)
    for own in own_names:
        text = text.replace(plain(own), GAP) if own else text
    text, version, rest = _without_version(text)
    stage = "draft" if _UNAPPROVED.search(plain(name)) else "approved" if _APPROVED.search(plain(name)) else ""
    is_exempt = bool(exempt_words(text))
    text = _OFFICIAL.sub(GAP, _SCHEDULE_7A.sub(GAP, text))
    text, is_appendix = _cut(APPENDIX, text)
    text = _PART_OF.sub(GAP, text)
    text, periods = without_periods(text)
    text, dates = without_dates(text)
    leading = _lead(text)
    numbers, text = _numbers(text)
    text, is_companion = _cut(_COMPANION, text)
    return FileName(
        words=tuple(words_of(text)),
        numbers=numbers,
        version=version,
        rest=rest,
        leading=leading,
        periods=periods,
        dates=dates,
        is_appendix=is_appendix,
        is_companion=is_companion,
        is_exempt=is_exempt,
        stage=stage,
    )


def plain(name: str) -> str:
    """'8 performance report' for '8_Performance%20Report.PDF': small letters, no ending, words apart from figures."""
    text = unicodedata.normalize("NFKD", name.replace("%20", " ").replace("+", " "))
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _ENDINGS.sub("", text.strip())
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text)
    text = re.sub(r"['’‘`]", "", text.replace("_", " ").replace("&", " and ").replace("–", "-").replace("—", " - "))
    text = re.sub(rf"(?<=\d)(?!(?:st|nd|rd|th|[a-h]{_ROMAN})\b)(?=[A-Za-z]{{2}})", " ", text)
    text = re.sub(r"(?<=[A-Za-z]{2})(?=\d)", " ", text)
    return re.sub(r"\s+", " ", text).strip().lower()


def exempt_words(name: str) -> tuple[str, ...]:
    """The words of a name or title that say that not everybody may read it."""
    text = plain(name)
    words = tuple(word for word in EXEMPT if re.search(rf"\b{word}\b", text))
    named = ((_OFFICIAL, "OFFICIAL-SENSITIVE"), (_SCHEDULE_7A, "Schedule 7A"))
    return (*words, *(said for pattern, said in named if pattern.search(text)))


def words_of(text: str) -> list[str]:
    """The words that tell what something is about, in one form each: 'report' for 'Reports' and 'rpt'."""
    found = re.findall(r"(?<!\d)\d++[a-z]{3,}+|[a-z]{2,}", text)
    read = (AS_ONE.get(word, word) for word in found)
    return [_stem(word) for words in read for word in words.split() if word not in STOP_WORDS]


def parts_of(number: str) -> Parts:
    """('6', 'a') of '6(a)', '06a' and 'Item 6 (a)'."""
    found = re.findall(r"\d+|[a-z]+", number.lower().replace("item", " "))
    return tuple(one.lstrip("0") or one for one in found)


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _cut(pattern: re.Pattern[str], text: str) -> tuple[str, bool]:
    without, times = pattern.subn(GAP, text)
    return without, bool(times)


def _without_version(text: str) -> tuple[str, Version, str]:
    """The text without its version, the version, and what all versions of the file have in common."""
    found = _VERSION.search(text)
    said = (found.group(1) or str(ord(found.group(2).lower()))) if found else ""
    text = _REMARK.sub(" ", _VERSION.sub(" ", text))
    copy = _COPY.search(text)
    number = next((int(one) for one in copy.groups() if one), 1) if copy else 0
    text, finals = _MARKS.subn(" ", _COPY.sub(" ", text))
    rest = text if re.search(r"\bminutes?\b", text) else _DRAFT.sub(" ", text)
    version = Version(
        tuple(int(one) for one in said.split(".")) if said else (), number, bool(finals), bool(found or copy or finals)
    )
    return _DRAFT.sub(" ", text), version, " ".join(re.findall(r"[a-z0-9]+", rest))


def _numbers(text: str) -> tuple[tuple[Number, ...], str]:
    """The numbers that may be an item's, the surest first, and the text without them; quantities stay as words."""
    found: list[Number] = []
    leading = _lead(text)
    begins_with_quantity = bool(_QUANTITY.match(leading))
    for how, pattern in ((How.ITEM, _TO_ITEM), (How.LABEL, _LABEL_ANYWHERE)):
        if mark := pattern.search(text):
            read, after = _read(text[mark.end() :], how)
            if read:
                found.append(read)
                text = f"{text[: mark.start()]}{GAP}{after}"
    leading = _lead(text)
    if mark := _LABEL_FIRST.match(leading):
        read, after = _read(leading[mark.end() :], How.LABEL)
        found, text = ([*found, read], after) if read else (found, text)
    elif leading[:1].isdigit():
        read, after = _read(leading, How.LEADING)
        if read:
            found.append(replace(read, is_quantity=begins_with_quantity))
            text = leading if begins_with_quantity else after
    if mark := _BRACKETS.search(text):
        found.append(Number(How.BRACKETS, (parts_of(mark.group(1)),)))
        text = text.replace(mark.group(), GAP)
    text = _QUANTITY.sub(_as_quantity, text)
    order = list(How)
    return tuple(sorted(found, key=lambda one: order.index(one.how))), text


def _as_quantity(found: re.Match[str]) -> str:
    """'10year year' for '10 year': alike with and without a hyphen. A '7 minute' briefing is no minute."""
    unit = UNITS[found.group(2)]
    return f" {int(found.group(1))}{unit} {unit if unit != 'minute' else ''} "


def _lead(text: str) -> str:
    """The text from its first word that is not the board's, a date or a mark between words."""
    while True:
        shorter = re.sub(
            rf"^[\s|.,:;()\[\]#-]+|^(?:{'|'.join(OWN_WORDS)}|[a-z]{{1,2}}ijb|[a-z]{{2}}(?=[ -]+[|\d]))\b", "", text
        )
        if shorter == text:
            return text
        text = shorter


def _read(text: str, how: How) -> tuple[Number | None, str]:
    """The number at the start of a text, with all its readings, and what comes after it."""
    first = _FIRST.match(text)
    if not first:
        return _read_letters(text, how)
    parts: Parts = (first.group(2),)
    readings, at = [parts], first.end()
    while len(parts) < 4:
        more = _MORE[0].match(text, at) or _MORE[1].match(text, at)
        if not more:
            break
        said = next(one for one in more.groups() if one)
        parts, at = (*parts, said.lstrip("0") or said), more.end()
        readings.insert(0, parts)
    if re.match(r"[a-z]", text[at:]) and len(readings) == 1:
        return None, text
    following = re.match(r" ([a-z]+)", text[at:])
    if len(first.group(2)) == 2 and len(parts) == 1:
        readings.append((first.group(2)[0], first.group(2)[1]))  # '53' for 5.3
    number = Number(how, tuple(readings), bool(first.group(1)), following.group(1) if following else "")
    return replace(number, is_of_several=bool(_ANOTHER.match(text, at))), text[at:]


def _read_letters(text: str, how: How) -> tuple[Number | None, str]:
    """'XVII' and 'A1' after 'item'; letters that begin a name are words."""
    found = re.match(r"([a-z])[ .-]?(\d{1,2})(?![\da-z])|([ivxl]+|[a-z])(?![a-z0-9])", text)
    if not found or how is not How.ITEM:
        return None, text
    return Number(how, (tuple(one for one in found.groups() if one),)), text[found.end() :]
