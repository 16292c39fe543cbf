"""What is on an agenda: items without papers, and documents, by the group and the quarter before the meeting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from portal.demonstration.world.files import Written, written

PAPER = "paper"
LEFT_OUT, WITHOUT, LOCALITY, MINUTE = "~", "!", "#", "="
OF_BOARD, PLAIN = "minutes-board", "minutes-plain"


@dataclass(frozen=True)
class Line:
    """One item. `kind` says what the minute says of it; one with a document is called what that is called."""

    kind: str
    title: str = ""
    key: str = ""
    locality: int = 0
    paragraphs: tuple[str, ...] = ()
    has_paper: bool = True

    @property
    def is_verbal(self) -> bool:
        return not self.key or not self.has_paper


def quarter_before(day: date) -> int:
    """The quarter of the financial year that ended last before a day, from 1 to 4."""
    return ((day.month - 1) // 3 + 2) % 4 + 1


def _lists() -> Written:
    return written(Path(__file__).with_suffix(".toml"))


def agenda(group: str, day: date, is_main: bool, turn: int, is_short: bool, more: tuple[str, ...] = ()) -> list[Line]:
    """The items of a meeting in order; `turn` chooses among the lists of a quarter. A short one has fewer papers.

    `more` comes behind everything, in private.
    """
    middle = _middle(group, day, is_main, turn)
    keeps = is_main or middle[0].startswith(MINUTE)  # its numbers are those of the minute
    every = [*_lists()["opening"][group], *middle, *_lists()["closing"][group], *more]
    found = [(_line(one), is_short and one.startswith(LEFT_OUT)) for one in every if not one.startswith(MINUTE)]
    return [replace(one, has_paper=not is_out) for one, is_out in found if keeps or not is_out]


def standing(group: str) -> tuple[list[Line], list[Line]]:
    """What begins and ends each agenda of a group."""
    first, last = ([_line(one) for one in _lists()[part][group]] for part in ("opening", "closing"))
    return first, last


def minute_of(group: str, day: date, is_main: bool, turn: int) -> str:
    """The key of the text that is the minute of a meeting."""
    first = _middle(group, day, is_main, turn)[0]
    return OF_BOARD if is_main else first.removeprefix(MINUTE) if first.startswith(MINUTE) else PLAIN


def _middle(group: str, day: date, is_main: bool, turn: int) -> list[str]:
    lists, quarter = _lists(), str(quarter_before(day))
    several = lists[group][quarter]
    found: list[str] = lists["main"][quarter] if is_main else several[turn % len(several)]
    return found


def _line(written: str) -> Line:
    if written.startswith(WITHOUT):
        kind, _, title = written.removeprefix(WITHOUT).partition(": ")
        return Line(kind, title)
    key, _, locality = written.removeprefix(LEFT_OUT).partition(LOCALITY)
    return Line(PAPER, "", key, int(locality or 0), tuple(_lists()["restricted"].get(key, ())))
