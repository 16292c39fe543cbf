"""Whether the name of a file speaks against the place that a clerk gave it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from portal.papers.matching import kinds
from portal.papers.matching.documents import why_another_day, why_another_meeting
from portal.papers.matching.file_names import FileName, How, parts_of, read_name
from portal.papers.matching.kinds import FileKind, Item, Known, Match
from portal.papers.matching.rules import match

OF_AN_ITEM = (FileKind.ITEM, FileKind.APPENDIX)
WEAK = (kinds.ONLY_WORDS, kinds.ONLY_PDF)  # no more than a likeness: a clerk's word counts more


def speaks_against(name: str, there: Match, known: Known, own_files: Iterable[str] = ()) -> str:
    """In words what the name says, where it is plainly of another place; '' where it is of this one, or says nothing.

    `there` is the place, as a name would be matched to it; `own_files` are the names of the files that were there.
    """
    said, rest = read_name(name, known.own_names), read_name(name).rest
    if rest and rest in {read_name(one).rest for one in own_files}:
        return ""
    known = replace(known, is_over=known.is_over or there.kind is FileKind.MINUTES)
    item = next((one for one in known.items if one.id == there.id), None) if there.kind in OF_AN_ITEM else None
    return _says_another(name, said, there, known, item) or _of_another_day(said, there, known, item)


def _says_another(name: str, said: FileName, there: Match, known: Known, item: Item | None) -> str:
    found = match(name, known)
    if found.kind is FileKind.NEW_VERSION:
        return "" if found.why == kinds.NAME_SAYS_NOTHING else kinds.SAYS_OTHER_PAPER
    if found.kind is FileKind.AGENDA:
        return "" if there.kind is FileKind.AGENDA else kinds.SAYS_AGENDA
    if found.kind is FileKind.MINUTES or "minute" in said.words:
        return "" if _fits(name, item, known) else _says_minutes(found, said, there)
    if found.kind not in OF_AN_ITEM or (item and found.id == item.id):
        return ""
    is_plain = found.is_sure or (found.why not in WEAK and not _fits(name, item, known))
    return _words_of_item(found, said, known) if is_plain else ""


def _fits(name: str, item: Item | None, known: Known) -> bool:
    """Whether the name would also do for the item, were there no other."""
    if item is None:
        return False
    return match(name, replace(known, items=[item], papers=(), is_over=False)).id == item.id


def _says_minutes(found: Match, said: FileName, there: Match) -> str:
    if there.kind is not FileKind.MINUTES:
        return kinds.SAYS_MINUTES.format("minutes")
    if found.kind is not FileKind.MINUTES:
        return found.why or kinds.OTHER_MINUTES
    return kinds.SAYS_MINUTES.format(f"{said.stage} minutes") if said.stage not in ("", there.stage) else ""


def _words_of_item(found: Match, said: FileName, known: Known) -> str:
    """Which item the name means: by its number, or by its words, with whatever other number it begins with."""
    number = next((one.number for one in known.items if one.id == found.id), "")
    if not number:
        return kinds.SAYS_OTHER_ITEM
    if any(parts_of(number) in one.readings for one in said.numbers):
        return kinds.SAYS_ITEM.format(number)
    typed = next((one.words for one in said.numbers if one.how in (How.ITEM, How.LEADING)), "")
    return kinds.SAYS_OTHER_NUMBER.format(typed, number) if typed else kinds.WORDS_OF_ITEM.format(number)


def _of_another_day(said: FileName, there: Match, known: Known, item: Item | None) -> str:
    if there.kind in (FileKind.MINUTES, FileKind.AGENDA):
        return why_another_day(said, known)
    return why_another_meeting(said, known, item.title) if item else ""
