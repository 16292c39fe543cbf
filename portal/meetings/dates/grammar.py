"""How people write dates: the forms in which one is found in a line, and what may stand around it."""

from __future__ import annotations

import re

from portal.meetings.agendas.times import DOTTED_TIME, SPAN

_SPACE = r"\s{0,9}"  # of a date; a longer gap parts two things
_WEEKDAYS = r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
WEEKDAY = rf"(?<![a-z])(?P<weekday>{_WEEKDAYS})s?\b\.?"
_MONTHS = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
MONTH = rf"(?:{_MONTHS}|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
_NOT_TIME = r"(?![0-9]|[:.][0-9]|\s*(?:[ap]\.?m\b|noon|hrs|hours|h\b))"
YEAR = rf"(?:[0-9]{{4}}|['’]?[0-9]{{2}}){_NOT_TIME}"
# Two figures behind a month are a year unless a comma parts them, or another month follows: '8 Feb, 12 April 2027'.
AFTER_MONTH = rf"(?:{_SPACE}[,./-]?{_SPACE}(?:[0-9]{{4}}){_NOT_TIME}|{_SPACE}[./-]?{_SPACE}['’]?[0-9]{{2}}{_NOT_TIME}"
AFTER_MONTH = (
    rf"{AFTER_MONTH}(?!(?:st|nd|rd|th)?(?:\s{{1,9}}of)?[\s.,/&-]{{0,9}}(?:and\s{{1,9}})?{MONTH}|(?:st|nd|rd|th)))"
)
ORDINAL = r"(?:st|nd|rd|th)?"
_BEFORE = r"(?<![0-9/.:-])"
AND = rf"{_SPACE}(?:,{_SPACE}and\b|,|&|\+|\band\b){_SPACE}"
DAYS = rf"(?P<more>(?:(?:the\s{{1,9}})?[0-9]{{1,2}}{ORDINAL}{AND}){{1,12}})?"
FORMS = (
    rf"{_BEFORE}(?P<iso>[0-9]{{4}}([-/.])[0-9]{{1,2}}\2[0-9]{{1,2}})(?![0-9])",
    rf"{_BEFORE}(?P<numbers>[0-9]{{1,2}}(?:\s?([/-])\s?[0-9]{{1,2}}\s?\4\s?|([. ])[0-9]{{1,2}}\5)(?:{YEAR}))"
    r"(?![/-][0-9])",
    rf"{DAYS}{_BEFORE}(?P<day>[0-9]{{1,2}}){ORDINAL}(?:\s{{1,9}}of)?(?:{_SPACE}[.,/-])?{_SPACE}(?P<month>{MONTH})"
    rf"(?P<year>{AFTER_MONTH})?",
    rf"(?P<month_first>{MONTH})\s{{1,9}}(?:the\s{{1,9}})?(?P<day_after>[0-9]{{1,2}}){ORDINAL}(?![0-9]|[:.][0-9])"
    rf"(?:,?\s{{1,9}}(?P<year_after>{YEAR}))?",
    rf"{_BEFORE}(?P<short>[0-9]{{1,2}}/[0-9]{{1,2}})(?![0-9/])",
)
DATE = re.compile("|".join(FORMS), re.I)
WEEKDAY_BEFORE = re.compile(rf"{WEEKDAY}[\s,:.–-]*(?:the\s+)?$", re.I)
WEEKDAY_AFTER = re.compile(
    rf"^\s*+(?:\(\s*+{WEEKDAY}\s*+\)|(?:,\s*+)?{WEEKDAY.replace('weekday', 'bare')}(?=\s*+(?:$|[,;(@–-])))", re.I
)
_TO_DAY = rf"(?<![0-9.:/])[0-9]{{1,2}}{ORDINAL}\s*(?:-|–|—|\bto\b)\s*"
# 'Mon 8 & Tue 9 Feb', '9 or 10 Feb'; 'Meeting 1 - 10 Feb' is one.
TWO_DAYS = re.compile(
    rf"(?P<named>[a-z]\s+)?(?:{_TO_DAY}|(?<![0-9.:/])[0-9]{{1,2}}{ORDINAL}\s*(?:or\b|/)\s*"
    rf"|(?<![0-9.:/])[0-9]{{1,2}}{ORDINAL}\s*(?:&|\+|/|-|–|—|\band\b|\bor\b|\bto\b)\s*(?:{_WEEKDAYS})\b\.?,?\s*)"
    r"(?:the\s+)?$",
    re.I,
)
RANGE = re.compile(rf"\s*(?:-|–|—|to\b|until\b|till\b)\s*(?:(?:{_WEEKDAYS})\b\.?,?\s*)?(?:the\s+)?", re.I)
TWO_DAYS_OF_MONTH = re.compile(rf"{_TO_DAY}[0-9]{{1,2}}{ORDINAL}(?:\s+of)?\s+{MONTH}", re.I)
MAY_BE_TWO = "may be one meeting or two. Enter each day on a line of its own"
LONE_YEAR = re.compile(r"(?<![0-9/.-])(20[0-9]{2})(?![0-9/]|-[0-9])")
TIME = re.compile(rf"(?<![0-9])(?:{SPAN}|{DOTTED_TIME})(?:\s*(?:hrs|hours|h)\b)?", re.I)
TIME_IN_WORDS = re.compile(r"\b(?:half|quarter) (?:past|to)\b|\bo[’']?clock\b", re.I)
MIDNIGHTS = re.compile(r"T?\b00:00(?::00)?(?:\.0+)?Z?\b")  # what spreadsheets write behind a day
LINK = re.compile(r"https?://\S+")
LOOKS_LIKE_A_DATE = re.compile(
    rf"[0-9]\s*[/.-]\s*[0-9]|[0-9]{ORDINAL}(?:\s+of)?[\s.,-]*(?:{MONTH}|[^\W\d_]{{3,10}}\.?,?\s+(?:19|20)[0-9]{{2}})"
    rf"|(?<![a-z]){MONTH}\s*[0-9]{{1,2}}(?![0-9])|{WEEKDAY}(?:[\s,]*(?:the\s+)?[0-9]|\s*$)"
    r"|\b(?:20[0-9]{6}|[0-9]{4}20[0-9]{2})\b",
    re.I,
)
NTH_WEEKDAY = re.compile(
    rf"\b(?:first|second|third|fourth|last|every|each|[1-5](?:st|nd|rd|th))\s+(?:{_WEEKDAYS})\b", re.I
)
LEFT_OVER = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])|(?<![0-9.])[0-9]{1,2}[/.-][0-9]{1,2}(?![0-9])", re.I)
_PAPERS = r"papers?|agenda|reports?|deadline|closing date|submission|pre-?agenda"
DOUBT = re.compile(
    rf"\b(?P<words>(?:draft |final |agenda and )?(?:{_PAPERS})\b[a-z ]{{0,80}}+(?::[a-z ]{{0,80}}+)??)[\s:,–(-]*+$",
    re.I,
)
PAPERS_DUE = re.compile(rf"\b(?:{_PAPERS})\b", re.I)
_JOINS = r"(?:at|in|from|and|on|to be held|held|venue|place|time|start(?:ing|s)?)"
_MARKS = r"[\s,;:|/•·*.&+@–—-]"
EDGES = re.compile(rf"^(?:{_MARKS}|{_JOINS}(?![a-z]))+|(?:{_MARKS}|\(|(?<![a-z]){_JOINS}(?={_MARKS}*$))+$", re.I)
