"""What a line of a pasted agenda says beside the title: for decision, verbal, who presents it, its time, its paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from portal.meetings.agendas import presenters, times
from portal.meetings.rules import EXEMPT_PARAGRAPHS

PURPOSE_WORDS = {
    "decision": "decision|decide|decisions|approval|approve|agreement|agree|ratification|ratify|endorsement|endorse",
    "discussion": "discussion|discuss|discussions|consideration|consider|comment|comments",
    "noting": "noting|note|information|info|awareness|inform",
    "assurance": "assurance|scrutiny",
}
PURPOSE_OF = {word: purpose for purpose, words in PURPOSE_WORDS.items() for word in words.split("|")}
_WORDS = "|".join(PURPOSE_OF)
PURPOSE = re.compile(rf"(?:item |paper |report )?(?P<said>(?:for |to )?(?P<word>{_WORDS}))", re.I)
FOR_AT_END = re.compile(rf"(?P<before>.*\S)[\s,;:]+for (?P<word>{_WORDS})", re.I)
FOR_AND_MORE = re.compile(rf" for (?:{_WORDS}),", re.I)
HEADING = re.compile(rf"(?:(?:items?|papers?|reports?|matters|business) )?(?:for|to) (?P<word>{_WORDS})\s*:?", re.I)
VERBAL = re.compile(r"(?:verbal|oral|spoken|no paper)(?: item)?", re.I)
VERBAL_AT_END = re.compile(r"(?P<before>.*[^\s,](?<!\band)(?<!\bor)(?<!\bnon)(?<![-–—:(]))\s+(?:verbal|oral)", re.I)
SAYS_VERBAL = re.compile(r"\b(?:verbal|oral) (?:update|report|item|presentation)\b", re.I)
PAPER = re.compile(
    r"(?:paper|papers|report|enc|enclosure|attachment|attached|enclosed)(?: (?:attached|enclosed|[0-9]{1,3}|[a-z]))?\.?"
    r"|(?:late |paper |report )?to follow|late paper",
    re.I,
)
PRIVATE = re.compile(
    r"\b(?:private|exempt|restricted|confidential|in camera|not for publication|not public|closed (?:session|meeting)"
    r"|commercially sensitive|official[ –—-]{0,3}sensitive|commercial in confidence|schedule 7a)\b",
    re.I,
)
PRIVATE_HEADING = re.compile(
    r"(?:part (?:2|two|b|ii)\W*)?(?:private|exempt|confidential|restricted|closed) (?:session|items?|business|part)"
    r"|(?:items?|business|reports?)(?: to be)?(?: considered| taken| heard)? in private",
    re.I,
)
NAMED_PARAGRAPHS = re.compile(
    r"\bpara(?:graph)?s?\.?\s*(?P<numbers>[0-9]{1,2}(?:\s*+(?:(?:,|&|and)\s*+)++[0-9]{1,2})*)", re.I
)
TAIL = re.compile(
    r"(?P<before>.*\S)(?:\s*[(\[](?P<inside>[^()\[\]]+)[)\]]|(?:\s+[-–—]+\s+|\s*[—–]\s+)(?P<after>[^–—]+?))"
)
PIECES = re.compile(r"(?<!\s)\s++[;,|]\s*|[;,|]\s*|(?<!\s)\s++[-–—]\s+")
NOT_A_TITLE = ("item", "items", "paper", "papers", "matter", "matters", "report", "reports")
MOST_PRESENTER = 120
MOST_TIMING = 40
MOST_NUMBER = 20
CHECK = "Check that it is not part of the title"


@dataclass
class Read:
    """What one line said so far."""

    title: str = ""
    number: str = ""
    timing: str = ""
    length: str = ""
    presenter: str = ""
    purpose: str = ""
    is_verbal: bool = False
    notes: list[str] = field(default_factory=list)


def heading_purpose(text: str) -> str:
    """The purpose that a heading gives to the items below it: 'Items for noting'."""
    found = HEADING.fullmatch(text.strip())
    return PURPOSE_OF[found["word"].lower()] if found else ""


def says_private(words: str) -> bool:
    """Whether words may mean that an item is not for publication."""
    return bool(PRIVATE.search(words))


def paragraphs_in(words: str) -> list[str]:
    """The paragraphs of Schedule 7A that are named: 'exempt, paragraphs 6 and 8'."""
    found = NAMED_PARAGRAPHS.search(words)
    known = {number for number, _ in EXEMPT_PARAGRAPHS}
    return [one for one in re.findall("[0-9]+", found["numbers"]) if one in known] if found else []


def in_cells(cells: Sequence[str], timing: str = "") -> Read:
    """A title that may have had a time before it, and beside it whatever stands in cells of its own."""
    read = Read(title=cells[0] if cells else "", timing=timing)
    for cell in cells[1:]:
        if not _take(read, cell):
            _keep(read, cell)
    return _finished(read)


def in_columns(cells: Sequence[str], columns: Sequence[str]) -> Read:
    """The cells of a table whose columns are named; what does not fit its column stays in the title."""
    read = Read()
    by_column: list[tuple[str, str]] = [
        (columns[n] if n < len(columns) else "", cell) for n, cell in enumerate(cells) if cell
    ]
    for column, cell in sorted(by_column, key=lambda one: one[0] != "title"):
        if column == "title" and not read.title:
            read.title = cell
        elif not _PUT.get(column, _take)(read, cell):
            _keep(read, cell)
    return _finished(read)


def _put_number(read: Read, cell: str) -> bool:
    """A number as the clerk wrote it; one that is too long to be kept as one stays in the title, where it is said."""
    number = cell[1:-1] if cell.startswith("(") and cell.endswith(")") else cell.rstrip(".:")
    number = number if "(" in number else number.rstrip(")")
    if len(number) > MOST_NUMBER:
        return False
    read.number = number
    return True


def _put_time(read: Read, cell: str) -> bool:
    if _take_time(read, cell):
        return True
    if read.timing or len(cell) > MOST_TIMING:
        return False
    read.timing = cell
    return True


def _put_length(read: Read, cell: str) -> bool:
    if read.length or len(cell) > MOST_TIMING // 2:
        return False
    read.length = f"{cell} mins" if cell.isdigit() else cell
    return True


def _put_presenter(read: Read, cell: str) -> bool:
    read.presenter = presenters.without_said(cell)[:MOST_PRESENTER]
    return len(cell) <= MOST_PRESENTER


def _keep(read: Read, words: str) -> None:
    read.title = f"{read.title} – {words}" if read.title else words
    read.notes.append(f"“{words}” stays in the title")


def _finished(read: Read) -> Read:
    """Take what the end of the title says, as long as it says something."""
    read.title = read.title.rstrip(" .;:,") or read.title
    while _taken_off_the_end(read):
        pass
    read.is_verbal = read.is_verbal or bool(SAYS_VERBAL.search(read.title))
    read.title = read.title.strip(" .;:,–—-") or read.title
    return read


def _taken_off_the_end(read: Read) -> bool:
    if found := FOR_AT_END.fullmatch(read.title):
        if found["before"].lower() in NOT_A_TITLE or read.purpose:
            return False
        read.title = found["before"].rstrip(" ,;:–—-")
        return _put_purpose(read, found["word"], f"For {found['word'].lower()}")
    if (found := FOR_AND_MORE.search(read.title)) and _take_who(read, read.title[found.end() :].strip()):
        read.title = read.title[: found.end() - 1]
        return True
    if found := VERBAL_AT_END.fullmatch(read.title):
        read.title, read.is_verbal = found["before"], True
        return True
    found = times.AT_END.fullmatch(read.title)
    if found and not read.timing and not times.LEADS_UP.search(found["before"]):
        read.title, read.timing = found["before"].rstrip(" ,;:–—-"), times.plain(found["time"])
        return True
    found = TAIL.fullmatch(read.title)
    if not found:
        return False
    whole, read.title = read.title, found["before"]
    if _take(read, found["inside"] or found["after"]):
        return True
    read.title = whole
    return False


def _take(read: Read, words: str) -> bool:
    """Whether all of these words say something beside the title. Whatever stays unclear stays in the title."""
    words = words.strip(" .;:") if not times.time_of(words) else words
    if any(take(read, words) for take in _TAKES):
        return True
    pieces = [piece for piece in PIECES.split(words) if piece]
    if len(pieces) < 2 or _take_name_and_post(read, words, pieces):
        return len(pieces) > 1 or _take_who_it_may_be(read, words)
    trial = Read(**{**vars(read), "notes": list(read.notes)})
    if not all(any(take(trial, piece) for take in _TAKES) or _take_who_it_may_be(trial, piece) for piece in pieces):
        return _take_who_it_may_be(read, words)
    vars(read).update(vars(trial))
    return True


def _take_purpose(read: Read, words: str) -> bool:
    found = PURPOSE.fullmatch(words)
    return found is not None and not read.purpose and _put_purpose(read, found["word"], found["said"])


def _put_purpose(read: Read, word: str, said: str) -> bool:
    read.purpose = PURPOSE_OF[word.lower()]
    if read.purpose not in said.lower():
        read.notes.append(f"“{said}” is read as for {read.purpose}")
    return True


def _take_time(read: Read, words: str) -> bool:
    time, box = times.time_of(words), "length" if times.is_length(words) else "timing"
    if not time or getattr(read, box):
        return False
    setattr(read, box, time)
    return True


def _take_verbal(read: Read, words: str) -> bool:
    if not VERBAL.fullmatch(words):
        return False
    read.is_verbal = True
    return True


def _take_paper(read: Read, words: str) -> bool:
    if not PAPER.fullmatch(words):
        return False
    read.notes.append(f"“{words}” is left out: papers are shown with their item")
    return True


def _take_who(read: Read, words: str) -> bool:
    who = presenters.who_in(words)
    if not who or read.presenter or len(who) > MOST_PRESENTER:
        return False
    read.presenter = who
    read.is_verbal = read.is_verbal or bool(SAYS_VERBAL.search(words))
    return True


def _take_name_and_post(read: Read, words: str, pieces: Sequence[str]) -> bool:
    """'Ann Fraser, Chief Officer', and several of them."""
    is_who = all(presenters.who_in(one) or presenters.who_may_be_in(one, read.title) for one in pieces)
    if not is_who or read.presenter or len(words) > MOST_PRESENTER:
        return False
    read.presenter = words
    if not any(presenters.who_in(one) for one in pieces):
        read.notes.append(f"“{words}” seems to be who presents it. {CHECK}")
    return True


def _take_who_it_may_be(read: Read, words: str) -> bool:
    who = presenters.who_may_be_in(words, read.title)
    if not who or read.presenter or len(who) > MOST_PRESENTER:
        return False
    read.presenter = who
    read.notes.append(f"“{who}” seems to be who presents it. {CHECK}")
    return True


_TAKES: tuple[Callable[[Read, str], bool], ...] = (_take_purpose, _take_time, _take_verbal, _take_paper, _take_who)
_PUT = {"number": _put_number, "timing": _put_time, "length": _put_length, "who": _put_presenter}
