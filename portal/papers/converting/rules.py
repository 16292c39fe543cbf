"""Which files can be converted, what inside them is refused, and how both are said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.core.text import clean_file_name, clean_line, together

WORD, POWERPOINT = "word", "powerpoint"
CALLED = {WORD: "Word", POWERPOINT: "PowerPoint"}
ENDINGS = {WORD: "docx", POWERPOINT: "pptx"}  # of those that can be converted
OTHERS = {  # what people take for a file of the same program
    WORD: ("doc", "docm", "dot", "dotx", "dotm", "rtf", "odt"),
    POWERPOINT: ("ppt", "pptm", "pps", "ppsx", "ppsm", "pot", "potx", "potm", "odp"),
}
A_PACKAGE, A_LOCKED_ONE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # with a password it is wrapped like a .doc

AS_PDF = "In {0}, select File, then Save As, choose PDF, and upload that"
ONLY_PDF = f"This is a {{0}} file, and we can only take PDFs. {AS_PDF}"
ANOTHER_KIND = f"We cannot open this kind of {{0}} file. {AS_PDF}"
LOCKED = "This {0} file needs a password to open. Save a copy without a password and upload that"
DAMAGED = f"This {{0}} file is damaged, or was not saved by {{0}}. {AS_PDF}"
TOO_LARGE = f"This {{0}} file is too large for us to open. {AS_PDF}"
TOO_COMPLICATED = f"This {{0}} file takes too long to convert. {AS_PDF}"
NOT_CONVERTED = f"We could not convert this {{0}} file. {AS_PDF}"
INFECTED = "A virus was found in this file. Do not open it. Ask the people who look after your computer"

LONGEST_NAME, MOST_NAMES, LONGEST_REASON = 50, 3, 300
FOUND = {  # what readers would not see, or what is not in the file itself
    "change": ("a tracked change", "tracked changes"),
    "comment": ("a comment", "comments"),
    "note": ("a slide with notes", "slides with notes"),
    "hidden": ("a hidden slide", "hidden slides"),
    "macro": ("a macro or control", "macros or controls"),
    "file": ("an embedded file", "embedded files"),
    "link": ("a link to a file", "links to files"),
    "loaded": ("something loaded from a file or address", "things loaded from files or addresses"),
}
UNCOUNTED = ("change", "macro")  # programs count them in ways of their own
OF_THE_WEB = re.compile(r"(?:https?|mailto|tel):", re.IGNORECASE)


@dataclass(frozen=True)
class Thing:
    """One thing found inside: its kind, the file or address it is about, and the slide it is on."""

    kind: str
    name: str = ""
    slide: int = 0


@dataclass(frozen=True)
class Judged:
    """What is to be made of an upload: the kind to convert it from, or why it cannot be taken. Neither of a PDF."""

    kind: str = ""
    reason: str = ""


A_PDF = Judged()


def judged(file_name: str, start: bytes, can_convert: bool) -> Judged:
    """From the name of a file that is no PDF, its first bytes, and whether there is something that converts."""
    ending = file_name.rpartition(".")[2].lower()
    kind = next((one for one in CALLED if ending == ENDINGS[one] or ending in OTHERS[one]), "")
    if not kind:
        return A_PDF
    words = ONLY_PDF if not can_convert else _refused_at_once(ending == ENDINGS[kind], start)
    return Judged(reason=words.format(CALLED[kind])) if words else Judged(kind)


def _refused_at_once(can_be_opened: bool, start: bytes) -> str:
    if not can_be_opened:
        return ANOTHER_KIND
    if start.startswith(A_LOCKED_ONE):
        return LOCKED
    return "" if start.startswith(A_PACKAGE) else DAMAGED


def name_as_pdf(file_name: str) -> str:
    return f"{file_name.rpartition('.')[0] or file_name}.pdf"


def made_words(kind: str) -> str:
    """'Made from a Word file'; '' of what was uploaded as PDF."""
    return f"Made from a {CALLED[kind]} file" if kind else ""


def loads_nothing(address: str) -> bool:
    """Whether a link that readers select leads to the web, an email, or a place in the document itself.

    Such a link loads nothing by itself and is seen on the page. All others name files, on whosever computer.
    """
    plain = "".join(c for c in address if c.isprintable()).strip()
    return not plain or plain.startswith("#") or OF_THE_WEB.match(plain) is not None


def refused(kind: str, things: Iterable[Thing]) -> str:
    """Why a file is refused: what is inside and what to do; '' when nothing is."""
    all_things = list(things)
    by_kind = [[one for one in all_things if one.kind == found] for found in FOUND]
    inside = [found for found in by_kind if found]
    if not inside:
        return ""
    said = (_sentence(kind, inside, details) for details in (True, False))
    return next(one for one in said if len(one) <= LONGEST_REASON)


def _sentence(kind: str, inside: Sequence[Sequence[Thing]], details: bool) -> str:
    is_one = len(inside[0]) == 1
    phrases = together([_phrase(found, details) for found in inside])
    remove = "it" if is_one and len(inside) == 1 else "them"
    called, are = CALLED[kind], "is" if is_one else "are"
    return f"There {are} {phrases} in this {called} file. Remove {remove} in {called} and upload it again"


def _phrase(things: Sequence[Thing], details: bool) -> str:
    one, many = FOUND[things[0].kind]
    words = one if len(things) == 1 else many if things[0].kind in UNCOUNTED else f"{len(things)} {many}"
    said = "; ".join(filter(None, (_slides(things), _names(things)))) if details else ""
    return f"{words} ({said})" if said else words


def _slides(things: Sequence[Thing]) -> str:
    """'slides 3 and 7'."""
    numbers = sorted({one.slide for one in things if one.slide})
    return f"{'slide' if len(numbers) == 1 else 'slides'} {_some([str(one) for one in numbers])}" if numbers else ""


def _names(things: Sequence[Thing]) -> str:
    return _some(list(dict.fromkeys(_shown(one.name) for one in things if one.name)))


def _some(words: Sequence[str]) -> str:
    more = [f"{len(words) - MOST_NAMES} more"] if len(words) > MOST_NAMES else []
    return together([*words[:MOST_NAMES], *more])


def _shown(name: str) -> str:
    """The last part of a path or address: folders say more of somebody's computer than of the paper."""
    last = clean_file_name(clean_line(name).rstrip("\\/"))
    return last if len(last) <= LONGEST_NAME else f"{last[: LONGEST_NAME - 1]}…"
