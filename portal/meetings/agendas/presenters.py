"""Who presents an item, as the end of a line of a pasted agenda says it: a post, a name or initials."""

from __future__ import annotations

import re

from portal.core.days import MONTHS, WEEKDAYS
from portal.core.names import TITLES

_POST = r"chair(?:person|man|woman)?|convener|convenor|clerk|secretary|treasurer|all|everyone|officers|auditors?"
_BEFORE = r"(?:the|vice|deputy|depute|interim|acting|assistant|associate|independent|lead)"
_KINDS = r"manager|officer|director|adviser|advisor|accountant|auditor|co-?ordinator|nurse|pharmacist|planner|lead"
POST = re.compile(
    rf"(?:{_BEFORE}[ -])*(?:{_POST}|(?:internal|external) audit(?:or)?s?|c[fose]o|chief [a-z ,&]*officer"
    rf"|director(?: of [a-z ,&]+)?|head of [a-z ,&]+|(?:[a-z-]+ ){{1,4}}(?:{_KINDS}))",
    re.I,
)
_SORTS = r"(?:joint |verbal |oral |written |covering |progress |update )*"
_PAPER = rf"{_SORTS}(?:report|paper|presentation|update|briefing|note)s?"
REPORT_BY = re.compile(
    rf"(?:{_PAPER} (?:by|from)|(?:to be )?(?:presented|introduced|submitted|prepared|led) by|author|presenter|speaker)"
    r"\s*:?\s+(?:the )?(?P<who>.+)",
    re.I,
)
SAID = re.compile(rf"(?:{REPORT_BY.pattern}|(?:lead|by)\s*:?\s+(?:the )?(?P<whom>.+))", re.I)
INITIALS = re.compile(r"[A-Z]{2,3}(?:\s*(?:/|&|,|and)\s*[A-Z]{2,3})*")
_TITLE = rf"(?i:{'|'.join(sorted(TITLES | {'bailie', 'provost'}))})\.?"
_WORD = r"[^\W\d_a-z][^\W\d_]*+(?:['’-][^\W\d_]++)*+"  # a capital first: McInnes, O'Neil, Ní, Anne-Marie
TITLED = re.compile(rf"{_TITLE} {_WORD}\.?(?: {_WORD}\.?){{0,3}}")
INITIAL_AND_NAME = re.compile(rf"(?:[A-Z]\.? ?){{1,3}}(?<=[ .]){_WORD}")
_NAME = rf"{_WORD}(?: (?:{_WORD}|de|van|von|der|la|nic|mac)){{1,3}}"
NAMES = re.compile(rf"{_NAME}(?:\s*(?:&|/|,|and)\s*{_NAME})*")
# Capital letters that shorten something else than a name.
_SHORT = """
    A&E ADP AGM AHP AM AOB AOCB ASP CAS CEO CJS CPP DWP EGM EQIA EU GP GPS HR HSCP II III IJB IT IV KPI LD MH
    MOU NHS NI OT PDF PM PPE PR PT Q1 Q2 Q3 Q4 RAM RIP SDS SG SLA SPG TBA TBC UK UN VAT VI VII
"""
SHORT = frozenset(re.findall(r"\S+", _SHORT))
# Words of what is presented: two capitalised words with one of these are no name.
_SUBJECTS = """
    action actions adult adults agenda agreement aim annual appendix approach approval arrangements assurance
    audit board break breaks budget business care carer carers case centre challenge change charges charging
    chief children climate clinical code commissioning committee community consultation contract council data
    day delivery demand development directions draft drugs education emergency end engagement equalities
    equality evaluation event exchange executive finance financial first five four framework funding future
    general governance group groups guidance health home hospital hospitals housing improvement information
    inspection integration interim item items joint law leadership learning legal local locality log long main
    management matters meeting membership mental minutes model monitoring month national new next nhs note one
    options organisational outcome outcomes outline outturn overview papers part partnership people performance
    pilot plan planning plans policy position presentation primary private procurement programme progress
    project proposal proposals protection public quality quarter quarterly recovery redesign reform register
    registers regulations report reporting reports reserves resilience response results review risk risks role
    round safety savings scheme scotland scottish second section sector self service services session shared
    short six social staff staffing standards standing statement statistics status strategic strategy structure
    summary support survey sustainability system target team term terms three timetable transformation transport
    two update updates verbal views vision visit voluntary waiting way welcome winter work workforce working
    workplan workshop year young youth
"""
SUBJECTS = frozenset((*re.findall(r"\w+", _SUBJECTS), *(one.lower() for one in (*MONTHS, *WEEKDAYS))))


def who_in(words: str) -> str:
    """A post, or a name that says to be one; '' for anything else."""
    if found := SAID.fullmatch(words):
        return found["who"] or found["whom"]
    is_sure = POST.fullmatch(words) or TITLED.fullmatch(words) or INITIAL_AND_NAME.fullmatch(words)
    return words if is_sure else ""


def without_said(words: str) -> str:
    """'Chief Finance Officer' of 'Report by the Chief Finance Officer'; other words as they are."""
    found = REPORT_BY.fullmatch(words)
    return found["who"] if found else words


def says_report_by(words: str) -> bool:
    """Whether a line of its own says who reports on the item above it."""
    return bool(REPORT_BY.fullmatch(words))


def who_may_be_in(words: str, title: str) -> str:
    """Two or three capitalised words, or initials, that may be a name or may be something else."""
    if INITIALS.fullmatch(words):
        parts = set(re.findall(r"[A-Z]{2,3}", words))
        return "" if parts & SHORT or parts & {_initials(title), _initials(title, 2), _initials(title, 3)} else words
    if not NAMES.fullmatch(words):
        return ""
    return "" if {one.lower() for one in re.findall(r"[^\W\d_]+", words)} & SUBJECTS else words


def _initials(title: str, last: int = 0) -> str:
    """'SDS' of 'Self-directed support': what stands in brackets behind it shortens it."""
    words = re.findall(r"[^\W\d_]+", title)
    return "".join(word[0].upper() for word in words[-last:])
