"""Words beside a date that are no place and make it doubtful: another group's name, a kind of meeting, 'cancelled'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from portal.meetings.dates.grammar import PAPERS_DUE

GOES_AHEAD = "Should it be added now?"
LIKE_THE_OTHERS = "Is it a meeting like the others?"
IS_IT_A_MEETING = "Is it a meeting?"

_OPEN = r"to be (?:confirmed|advised|agreed|arranged|announced|decided|determined|notified|rearranged|rescheduled)"
UNSURE = re.compile(
    r"\b(?:(?:venue|place|location|time|date|room|link|details)s?(?: and [a-z]+)? ?(?:is |are |[:–-] ?)?)?"
    rf"(?:(?:now |been |is |provisional(?:ly)? )?(?:cancelled|canceled|postponed|rescheduled|rearranged|re-arranged"
    r"|deferred|abandoned|withdrawn|superseded|suspended|stood down)"
    rf"|provisional(?:ly)?(?: (?:date|booking|booked))?|tentative(?:ly)?|un?confirmed|not (?:yet )?confirmed"
    rf"|t\.?b\.?[cad]\b\.?|{_OPEN}|not (?:going ahead|taking place|required|needed)|no (?:meeting|longer [a-z]+)"
    r"|week (?:commencing|beginning|ending|of)|w/?[cb]"
    r"|if (?:required|needed|necessary)|recess|reserve(?: date)?|holding date|draft(?: date)?)(?![a-z])",
    re.I,
)
_SESSIONS = r"(?:session|day|event|meeting|morning|afternoon|workshop|seminar)s?"
KIND = re.compile(
    r"\b(?:(?:(?:board|members['’]?|joint|budget|finance|strategy|carers?) )?(?:development|training"
    rf"|induction|briefing|information|planning|engagement|networking|self-assessment)[ -]{_SESSIONS}"
    r"|(?:[a-z]+ )?(?:workshop|seminar|webinar|briefing|induction|awayday|away[ -]day|conference|site visit)s?"
    rf"|(?:special|extraordinary|emergency|informal|inaugural)(?: {_SESSIONS})?"
    rf"|(?:additional|extra|urgent|private|closed|joint|social|budget(?:[ -]setting)?) {_SESSIONS}"
    r"|pre-?(?:meeting|agenda(?: meeting)?)|agenda[ -]setting(?: meeting)?|annual general meeting|agm|egm)(?![a-z])"
    r"(?! (?:rooms?|suites?|centres?|hall|unit|building|hub|hotel)\b)",
    re.I,
)
INSTEAD_OF = re.compile(
    r"\b(?P<words>(?:rescheduled|rearranged|re-arranged|moved|changed|postponed|deferred|brought forward|put back) from"
    r"|instead of|in place of|replac(?:es|ing)|previously|originally|formerly|not)\s*(?:the\s*)?$",
    re.I,
)
LIKE_ANY = re.compile(r"\b(?:ordinary|regular)(?: meetings?)?(?![a-z])", re.I)
# 'Board Room' and 'the Committee Room' are places; so is 'Highland Council'.
_NOT_A_ROOM = r"(?![a-z]|[\s-]*(?:rooms?|suites?|offices?|hq|headquarters|chambers?|buildings?|house|hall|centre|hub"
_NOT_A_ROOM = rf"{_NOT_A_ROOM}|practice|space|area)\b)"
GROUP = re.compile(
    rf"(?:(?<![\w’'-])[a-z][\w’'-]*+(?:\s++(?:[&/]\s*+)?|[&/]\s*+)){{1,7}}(?:sub-?\s?)?(?:committee|group|forum|panel|board){_NOT_A_ROOM}",
    re.I,
)
_FILLING = frozenset(
    re.findall(r"\S+", "a an the of on at in for and to by next our this full meeting meetings date dates")
)
IN_BRACKETS = re.compile(r"[(\[](?P<words>[^()\[\]]*)[)\]]")
PLACE = re.compile(
    r"\b(?:rooms?|suite|hall|house|centre|center|building|chambers?|office|offices|hq|headquarters|hotel|library|school"
    r"|college|university|campus|hospital|church|street|road|floor|wing|square|theatre|museum|teams|zoom|webex|online"
    r"|on-line|hybrid|virtual|virtually|remote|remotely|video ?conference|vc|ms teams|in[ -]person|council|venue|place"
    r"|[a-z]{1,2}[0-9]{1,2}[a-z]? ?[0-9][a-z]{2})\b",
    re.I,
)


@dataclass(frozen=True)
class Doubt:
    """Words as typed, and what is asked because of them."""

    words: str
    asks: str
    where: str = "beside"

    def __str__(self) -> str:
        return f"“{self.words}” stands {self.where} it. {self.asks}"


@dataclass(frozen=True)
class Names:
    """Of the group whose dates they are, with that of its board, and of the board's other groups."""

    own: str = ""
    board: str = ""
    others: Sequence[str] = ()

    def is_own(self, words: str) -> bool:
        """Whether a name is that of the group: all its words are of it, or it is shortened to its first letters."""
        if _plain(words) in map(_plain, self.others):
            return False
        own, said = _words(f"{self.own} {self.board}"), _words(words) - _FILLING
        return said <= own | {
            _letters(self.own),
            _letters(self.own, 3),
            "board",
            "group",
            "committee",
            "forum",
            "panel",
        }

    def others_in(self, words: str) -> list[str]:
        """As they are typed; a name is known by its first letters too, if there are three or more: SPG."""
        short = {_letters(one).upper() for one in self.others if len(_letters(one)) > 2} - {_letters(self.own).upper()}
        names = [*sorted(self.others, key=len, reverse=True)]
        found = [_search(re.escape(one), words, re.I) for one in names if _plain(one) != _plain(self.own)]
        return [one for one in (*found, *(_search(letters, words) for letters in sorted(short))) if one]


def _search(pattern: str, words: str, flags: int = 0) -> str:
    found = re.search(rf"(?<!\w){pattern}(?!\w)", words, flags)
    return found[0] if found else ""


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _letters(name: str, last: int = 0) -> str:
    """'ijb' of 'Integration Joint Board'."""
    words = [word for word in re.findall(r"[^\W\d_]+", name.lower()) if word not in _FILLING]
    return "".join(word[0] for word in words[-last:])


def doubts_in(words: str, names: Names) -> tuple[list[Doubt], str]:
    """What is doubtful in words beside a date, and what is left of them: a place, or what joins it to the date."""
    doubts, words = [], _without_own(LIKE_ANY.sub(" ", words), names)
    for found in _found_in(words, names):
        doubts.append(found)
        words = words.replace(found.words, " ", 1)
    for bracket in IN_BRACKETS.finditer(words):
        inside = bracket["words"].strip(" .,;:–-")
        if re.search(r"[^\W\d_]", inside) and not _is_place(words[: bracket.start()], inside):
            doubts.append(Doubt(inside, LIKE_THE_OTHERS))
            words = words.replace(bracket[0], " ", 1)
    return doubts, words


def doubts_of_heading(line: str, names: Names) -> tuple[Doubt, ...]:
    """What 'Development sessions 2027' says of the dates below it; a line that says more than that is no heading."""
    doubts, rest = doubts_in(line, names)
    is_more = UNSURE.fullmatch(line) or set(re.findall(r"[^\W\d_]+", rest.lower())) - _FILLING
    return () if is_more else tuple(replace(one, where="above") for one in doubts)


def _found_in(words: str, names: Names) -> list[Doubt]:
    """Papers first, as 'papers to Audit Committee' is no meeting of it; then what is most of one kind."""
    found = [Doubt(one, f"Is it a meeting of {names.own or 'this group'}?") for one in _groups_in(words, names)]
    rest = words
    for one in found:
        rest = rest.replace(one.words, " ", 1)
    for pattern, asks in ((UNSURE, GOES_AHEAD), (KIND, LIKE_THE_OTHERS)):
        for match in pattern.finditer(rest):
            found.append(Doubt(match[0].strip(" -–:"), asks))
        rest = pattern.sub(" ", rest)
    return found


def _without_own(words: str, names: Names) -> str:
    """Without the name of the group itself, which says nothing new and is no place."""
    for one in filter(None, (names.own, _letters(names.own).upper(), _letters(names.own, 3).upper())):
        if len(one) > 2 and one not in names.others_in(words):
            words = words.replace(_search(re.escape(one), words, re.I if one == names.own else 0) or "\0", " ")
    for match in GROUP.finditer(words):
        if len((name := _without_filling(match[0])).split()) > 1 and names.is_own(name):
            words = words.replace(name, " ")
    return words


def _groups_in(words: str, names: Names) -> list[str]:
    found = names.others_in(words)
    rest = words
    for one in found:
        rest = rest.replace(one, " ", 1)
    for match in GROUP.finditer(rest):
        name = _without_filling(match[0])
        if len(name.split()) > 1 and not UNSURE.search(name) and not PAPERS_DUE.search(name):
            found.append(name)
    return found


def _without_filling(name: str) -> str:
    parts = name.split()
    while parts and parts[0].lower().strip("’'") in _FILLING:
        parts.pop(0)
    return " ".join(parts)


def _is_place(before: str, inside: str) -> bool:
    """'(Teams)', or whatever stands in brackets behind a place: 'Town Hall (upstairs)'."""
    return bool(PLACE.search(inside) or re.search(r"[^\W\d_]{3}", before))
