"""Files that are no paper of an item: a new version of one that is there, the agenda itself, and minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from portal.papers.matching import kinds, likeness
from portal.papers.matching.dates import day_of
from portal.papers.matching.file_names import FileName, plain, read_name, words_of
from portal.papers.matching.kinds import FileKind, Item, Known, Match, There


def version_of(name: str, said: FileName, papers: Iterable[There]) -> Match | None:
    """A file with the name of one that is there, but for its version."""
    rest = read_name(name).rest
    for paper in papers if rest else ():
        same = [one for one in paper.file_names if read_name(one).rest == rest]
        if same:
            why = _why_not_newer(name, paper, same) or (kinds.NAME_SAYS_NOTHING if _is_bare(said) else "")
            return Match(FileKind.NEW_VERSION, paper.id, is_appendix=paper.is_appendix, is_sure=not why, why=why)
    return None


def _why_not_newer(name: str, paper: There, same: Iterable[str]) -> str:
    """A name that readers have seen is that of a correction; in one upload it may be a slip."""
    if plain(name) in map(plain, same):
        return "" if paper.is_published else kinds.SAME_NAME
    newest = max(read_name(one).version.rank for one in same)
    return "" if read_name(name).version.rank > newest else kinds.OLDER_NAME


def _is_bare(said: FileName) -> bool:
    return said.says_nothing and not said.numbers


AGENDA_WORDS = frozenset(
    ("pack", "front", "sheet", "notice", "order", "business", "calling", "report", "supplementary", "public")
)


def agenda(name: str, said: FileName, known: Known, by_words: likeness.Comparison) -> Match | None:
    """The agenda itself, unless the name also says an item ('Agenda item 5', 'Agenda for change')."""
    if "agenda" not in plain(name).split() or said.numbers or said.is_appendix:
        return None
    best = by_words.best(said.words)
    others = [word for word in said.words if word not in AGENDA_WORDS and word.isalpha()]
    if best.is_exact or (others and best.is_likely):
        return None
    why = why_another_day(said, known) or (kinds.NO_SUCH_ITEM if others else "")
    return Match(FileKind.AGENDA, is_sure=not why, why=why)


def why_another_day(said: FileName, known: Known) -> str:
    """The first day in the name, if none of those there may be the meeting's."""
    if not said.dates or known.meets_on is None:
        return ""
    meets_on = day_of(known.meets_on)
    its_days = [meets_on, *([day_of(known.opened_on)] if known.opened_on else [])]
    if any(one.agrees(day) for one in said.dates for day in its_days):
        return ""
    given = min(said.dates, key=lambda one: (one.day is None, str(one)))
    return kinds.OTHER_DAY.format(given, meets_on if given.year else replace(meets_on, year=None))


def why_another_meeting(said: FileName, known: Known, title: str) -> str:
    """A day in the name on which the group meets another time, unless the item is about that meeting."""
    if "minute" in said.words or speaks_of_minutes(title) or "action" in words_of(plain(title)):
        return ""
    of_item = read_name(title).dates
    days = [one for one in said.dates if one.day and not any(one.is_same_day(day) for day in of_item)]
    is_other = any(one.agrees(day_of(day)) for one in days for day in known.other_days)
    return why_another_day(said, known) if is_other else ""


MINUTES_WORDS = frozenset(
    ("minute", "meeting", "previous", "last", "adjourned", "special", "action", "note", "approval")
)


PREVIOUS = frozenset(("previous", "last"))


def speaks_of_minutes(name: str) -> bool:
    """Of the name of a file, or of the title of an item."""
    return "minute" in words_of(plain(name))


def minutes(said: FileName, known: Known) -> Match | None:
    """Minutes: of this meeting once it is over, or else what the item is about that says so."""
    if "minute" not in said.words or said.numbers:
        return None
    others = {word for word in said.words if word not in MINUTES_WORDS}
    other_day = why_another_day(said, known)
    is_of_another = not PREVIOUS.isdisjoint(said.words)
    if known.is_over and not others and not other_day and not is_of_another:
        return Match(FileKind.MINUTES, stage=said.stage or "draft", is_sure=True)
    found = _minutes_among([item for item in known.items if speaks_of_minutes(item.title)], said, others)
    if not known.is_over:
        return found
    why = found.why if found.id else other_day or (kinds.PREVIOUS_MINUTES if is_of_another else "")
    return replace(found, is_sure=False, why=why or kinds.OTHER_MINUTES)


def _minutes_among(asking: Sequence[Item], said: FileName, others: set[str]) -> Match:
    """Of the items about minutes the one with the same day, or of the same committee."""
    same_day = [item for item in asking if _has_its_day(item, said)]
    other_day = [item for item in asking if said.dates and read_name(item.title).dates and item not in same_day]
    same = [item for item in asking if _about(item) == others and item not in other_day]
    close = [item for item in asking if {word for word in others if likeness.tells(word)} & _about(item)]
    for fitting in ([one for one in same if one in same_day], same, [] if others else same_day):
        if len(fitting) == 1:
            return Match(FileKind.ITEM, fitting[0].id, is_sure=True)
    if len(same_day) == 1 and not close:
        return Match(FileKind.ITEM, same_day[0].id, why=kinds.SAME_DAY_ONLY)
    likely = next(iter([*same, *close, *([] if others else asking)]), None)
    return Match(FileKind.ITEM, likely.id, why=kinds.OTHER_MINUTES) if likely else Match(why=kinds.OTHER_MINUTES)


def _has_its_day(item: Item, said: FileName) -> bool:
    return any(mine.is_same_day(theirs) for mine in said.dates for theirs in read_name(item.title).dates)


def _about(item: Item) -> set[str]:
    """Whose minutes an item is about, in words: nothing of 'Minute of previous meeting'."""
    return set(likeness.title_words(item.title)) - MINUTES_WORDS
