"""What stands beside a date in its line: a weekday, a time, a place, a link, and words that make it doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from portal.core.days import WEEKDAYS
from portal.core.text import clean_line, together
from portal.meetings.dates.doubts import GOES_AHEAD, INSTEAD_OF, IS_IT_A_MEETING, Doubt, Names, doubts_in
from portal.meetings.dates.grammar import (
    DOUBT,
    EDGES,
    LEFT_OVER,
    LINK,
    MONTH,
    ORDINAL,
    TIME,
    TIME_IN_WORDS,
    WEEKDAY_AFTER,
    WEEKDAY_BEFORE,
)

MOST_PLACE = 300
_WORDS = r"[^,;|•()\[\]\s:–-]{1,60}+"
AT_ITS_END = re.compile(
    rf"(?:[,;|•]|\band\b)\s*+(?P<label>[:–-]{{0,9}}+{_WORDS}(?:[\s:–-]{{1,9}}+{_WORDS}){{0,40}}+)[\s:–-]*+$", re.I
)
NO_PLACE = re.compile(
    r"(?:(?:the|a|full|next|ordinary|regular) )*(?:meetings?|dates?|board|committee|group|forum)", re.I
)
DAY_AND_MONTH = re.compile(rf"[0-9]{ORDINAL}\s+{MONTH}", re.I)


class NotRead(ValueError):
    """Something beside a date that cannot be left as it is; the message says what."""


@dataclass(frozen=True)
class Beside:
    """As typed, but for the weekday: its number from 1, or 0. `is_bare` where the next date follows at once."""

    hour: str
    place: str
    link: str
    weekday: int
    doubts: tuple[Doubt, ...] = ()
    is_bare: bool = False

    def like(self, following: Beside) -> Beside:
        """With what stands behind the date that follows at once: '5, 12 and 19 July, 2pm' are all at 2pm."""
        if not self.is_bare:
            return self
        where = {name: getattr(self, name) or getattr(following, name) for name in ("hour", "place", "link")}
        return replace(self, **where, doubts=self.doubts or following.doubts)


def beside(first: str, before: str, after: str, is_last: bool, names: Names) -> Beside:
    """What belongs to a date of a line whose first words are `first`, from the words before and after it.

    Raises NotRead for what may be another date.
    """
    weekday, behind = _weekday(before, after)
    after = behind if is_last else _without_label(WEEKDAY_BEFORE.sub("", behind), names)
    link, rest = LINK.search(after), LINK.sub(" ", after)
    time = _time(rest) or _time(first)  # '10am on 8 February and 12 April' is so of both
    doubts, place = doubts_in(TIME.sub(" ", rest), names)
    return Beside(
        hour=time,
        place=_place(place),
        link=link[0].rstrip(".,;)") if link else "",
        weekday=weekday,
        doubts=(*_doubts_before(first, before, names), *doubts),
        is_bare=not is_last and not EDGES.sub("", " ".join(WEEKDAY_BEFORE.sub("", behind).split())),
    )


def _time(words: str) -> str:
    """The only time in some words. Raises NotRead for two, and for one in words."""
    found = list(dict.fromkeys(one[0].strip() for one in TIME.finditer(words)))
    if len(found) > 1:
        raise NotRead(f"has more than one time: {together(found)}. Enter each meeting on a line of its own")
    if said := TIME_IN_WORDS.search(words):
        raise NotRead(f"says “{said[0]}”. Write the time like 2pm or 14:30")
    return re.sub(r"(?<=[.:][0-9]{2})\s*(?:hrs|hours|h)$", "", found[0], flags=re.I) if found else ""


def _doubts_before(first: str, before: str, names: Names) -> list[Doubt]:
    """Of 'Papers due 1 February'; of 'Workshop: 1 February'; or of what a line begins with, for all its dates."""
    if papers := DOUBT.search(WEEKDAY_BEFORE.sub("", before)):
        return [Doubt(papers["words"].strip(), IS_IT_A_MEETING)]
    if instead := INSTEAD_OF.search(WEEKDAY_BEFORE.sub("", before)):
        return [Doubt(instead["words"], GOES_AHEAD)]
    label = "" if before == first else _label(WEEKDAY_BEFORE.sub("", before), names)
    return doubts_in(TIME.sub(" ", label or WEEKDAY_BEFORE.sub("", first)), names)[0]


def _label(between: str, names: Names) -> str:
    """What names the next date: 'workshop' of '10am, Town Hall; workshop: '."""
    found = AT_ITS_END.search(between)
    return found["label"] if found and doubts_in(found["label"], names)[0] else ""


def _without_label(between: str, names: Names) -> str:
    between = INSTEAD_OF.sub("", DOUBT.sub("", between))
    return AT_ITS_END.sub("", between) if _label(between, names) else between


def _weekday(before: str, after: str) -> tuple[int, str]:
    """That of the day, and what stands after it: 'Monday 8 February', '8 February (Monday)'."""
    if found := WEEKDAY_BEFORE.search(before):
        return _number(found["weekday"]), after
    if found := WEEKDAY_AFTER.match(after):
        return _number(found["weekday"] or found["bare"]), after[found.end() :]
    return 0, after


def _number(typed: str) -> int:
    return next(n for n, name in enumerate(WEEKDAYS, 1) if name.startswith(typed.lower()[:3]))


def _place(words: str) -> str:
    """A place without what joins it to the date: 'Town Hall' of ', at Town Hall'."""
    if LEFT_OVER.search(words) or DAY_AND_MONTH.search(words):
        raise NotRead(f"has something that may be another date: “{words.strip(' ,;')}”")
    if len(words) > MOST_PLACE:
        raise NotRead(f"has more than {MOST_PLACE} characters beside its date")
    words = re.sub(r"\(\s*\)|\[\s*\]", " ", words)
    words = clean_line(EDGES.sub("", " ".join(words.split())))
    if re.search(r"[0-9]", words) and not re.search(r"[^\W\d_]", words):
        raise NotRead(f"has “{words}” beside its date. If that is a time, write it like 2pm or 14:30")
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1]
    if words.count("(") != words.count(")"):
        words = words.replace("(", "").replace(")", "").strip()
    return words if re.search(r"[^\W\d_]", words) and not NO_PLACE.fullmatch(words) else ""
