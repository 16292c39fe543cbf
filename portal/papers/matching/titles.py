"""The title to propose for a paper: from its file's name or, where that says nothing, the file's own or its item's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from portal.papers.matching import likeness
from portal.papers.matching.dates import DATES, begins_with_period
from portal.papers.matching.file_names import APPENDIX, parts_of, read_name
from portal.papers.matching.kinds import FileKind, Item, Match
from portal.papers.matching.lead_numbers import (
    belongs_to_title,
    is_about,
    read_lead,
    without_number_of_another,
)
from portal.papers.matching.markings import without_marking_after, without_marking_before
from portal.papers.matching.vocabulary import COMPANIONS, OWN_WORDS, UNIT

MOST = 300
_ENDING = re.compile(r"(\.(pdf|docx?|pptx?|xlsx?)){1,9}$", re.I)
_BEFORE = [re.compile(one.pattern, re.I) for one in DATES[:-1]]
_BEFORE += [re.compile(rf"{DATES[-1].pattern}(?=[\W_]*(?:[a-z]+[ .-]?)?\d)", re.I)]  # '2025 winter' is about that year
_SPACE = re.compile(r"[\s.,:;_–-]+")
_BEFORE += [
    _SPACE,
    re.compile(r"copy of\b[\s_-]*", re.I),
    re.compile(rf"(?:{'|'.join(OWN_WORDS)})\b(?=[\s_-]*[\d-])", re.I),
]
_MINUTES = re.compile(r"(?:draft |approved |unapproved )?minutes?\b", re.I)
_COMPANION = re.compile(rf"\b(?:{'|'.join(COMPANIONS)})\b", re.I)
_QUANTITY = re.compile(rf"(?<!\d)\d++[ -]?(?:{UNIT})s?\b", re.I)
_AFTER = re.compile(
    r"(?:(?<![\s_.-])[\s_.-]++)?"
    r"(?:\(\d\)|- *copy|\bcopy|(?<![a-z])v(?:er|ersion)?[ .]?\d+(?:\.\d+)*|\brev(?:ision)? ?(?:\d+|[a-z])"
    r"|\bfinal|\((?:[a-z]{2,3} )?(?:comments|edits)(?: [a-z]{2,3})?\)|\([A-Z]{2}\))$",
    re.I,
)


def title_from_name(file_name: str) -> str:
    """What the name alone gives, for a paper that nobody has looked at yet."""
    return (_ENDING.sub("", file_name).strip(" .-_") or "Paper")[:MOST]


def propose_title(file_name: str, found: Match, items: Sequence[Item], title_inside: str = "") -> str:
    """'Budget update' for 'IJB 24.11.26 Item 05_Budget_update_v2.pdf'. Never empty, at most 300 characters."""
    item = next((one for one in items if one.id == found.id), None)
    if found.kind is FileKind.NEW_VERSION:
        item = _numbered_like(file_name, items)
    if found.kind is FileKind.AGENDA:
        return "Agenda"
    if found.kind is FileKind.MINUTES and is_bare(file_name):
        return f"{found.stage or 'draft'} minutes".capitalize()
    if read_name(file_name).says_nothing or (item and _is_glued(file_name)):
        return _title_of_nothing(file_name, item, found.is_appendix, title_inside)[:MOST]
    text = _spaced(file_name)
    text = re.sub(r"(?<=[a-z])(?=[A-Z][a-z])", " ", text) if " " not in text.strip() else text
    bare = without_marking_after(_without_marks(_without_lead(" ".join(text.split()), item, found.kind)))
    title = _in_small_letters(bare) or title_from_name(file_name)
    return (_of_stage(title, found.stage) if found.kind is FileKind.MINUTES else title)[:MOST]


def _of_stage(title: str, stage: str) -> str:
    """'Draft minute of 1 October' of 'Minute of 1 October': the approved one will come to stand beside it."""
    stage = stage or "draft"
    if re.search(rf"\b{stage}\b", title, re.I):
        return title
    starts = re.match(r"minutes?\b", title, re.I)
    return f"{stage.capitalize()} {title[:1].lower()}{title[1:]}" if starts else f"{title} ({stage})"


def _numbered_like(file_name: str, items: Sequence[Item]) -> Item | None:
    readings = [one.readings[0] for one in read_name(file_name).numbers]
    return next((item for item in items if parts_of(item.number) in readings), None)


def is_bare(file_name: str) -> bool:
    """Whether a name makes no title: 'scan0001', 'MM-2014Nov-Att9'."""
    return read_name(file_name).says_nothing or _is_glued(file_name)


def _is_glued(file_name: str) -> bool:
    """'MM-2026Nov-Att8performance': nobody wants to read that."""
    return bool(re.search(r"\d[A-Za-z]{3}", file_name)) and not re.search(r"[ _]|%20", file_name)


def _title_of_nothing(file_name: str, item: Item | None, is_appendix: bool, title_inside: str) -> str:
    """The title inside; or else the item's, after 'Appendix A'."""
    if likeness.is_a_title(title_inside):
        inside = _ENDING.sub("", re.sub(r"^microsoft \w+ - ", "", " ".join(title_inside.split()), flags=re.I))
        return _with_capital(_without_an_items_number(inside, item, FileKind.ITEM))
    if item is None:
        return title_from_name(file_name)
    label = re.search(APPENDIX.pattern, _ENDING.sub("", file_name.replace("_", " ")), re.I)
    said = [one.group().strip(" .-") for one in (label, _COMPANION.search(_spaced(file_name))) if one]
    before = _with_capital(" ".join(said)) or ("Appendix" if is_appendix else "")
    return f"{before}: {item.title}" if before else item.title


def _spaced(file_name: str) -> str:
    years = re.sub(r"(?<!\d)(20\d\d)_(\d\d)(?!\d)", r"\1-\2", _ENDING.sub("", file_name))
    return re.sub(r"%20|_", " ", years)


def _without_lead(text: str, item: Item | None, kind: FileKind) -> str:
    """Without the board, the day, a mark and an item's number; one that is no item's stays: '2 Sisters inquiry'.

    Minutes of the meeting are of none of its items, whatever number is before them.
    """
    is_gone = False  # its number: of 'Item 6 - 5 Ways to wellbeing' the second one is of the title
    while True:
        before, text = text, _without_what_is_before(text)
        if text != before:
            continue
        text = (_without_number if is_gone else _without_an_items_number)(text, item, kind)
        is_gone = is_gone or text != before
        if text == before and not is_about(text, item):
            text = without_marking_before(text)
        if text == before:
            return text


def _without_what_is_before(text: str) -> str:
    for pattern in () if begins_with_period(text) else _BEFORE:
        found = pattern.match(text)
        text = text[found.end() :] if found else text
    return text


def _without_number(text: str, item: Item | None, kind: FileKind) -> str:
    """Without that of the item itself, whatever it looks like."""
    lead = read_lead(text)
    if lead and kind is FileKind.MINUTES and _MINUTES.match(lead.rest):
        return lead.rest
    if lead is None or item is None or _QUANTITY.match(text) or begins_with_period(text):
        return text
    said, there = parts_of(lead.number), parts_of(item.number)
    is_its = bool(there) and (said[: len(there)] == there or "".join(said) == "".join(there))
    return lead.rest if is_its and not belongs_to_title(text, lead, item) else text


def _without_an_items_number(text: str, item: Item | None, kind: FileKind) -> str:
    """Without that of the item itself or, where a name was given for another item, of that one."""
    shorter = _without_number(text, item, kind)
    return without_number_of_another(text, item) if item is not None and shorter == text else shorter


def _without_marks(text: str) -> str:
    while (shorter := _AFTER.sub("", text)) != text:
        text = shorter
    return text.strip(" .-")


def _in_small_letters(text: str) -> str:
    is_shouted = text.isupper() and any(len(word) > 5 for word in text.split())
    return text.capitalize() if is_shouted else _with_capital(text)


def _with_capital(text: str) -> str:
    return text[:1].upper() + text[1:]
