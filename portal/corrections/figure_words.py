"""What a correction changes of figures: each by its name with both values, and which of them it makes better.

A correction keeps only the figures that it changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from portal.core.text import date_words, together
from portal.corrections.rules import DECLINED, MADE, WAITING, better, is_better
from portal.infra.correctable import Figures

NOT_MEASURED = "not measured"
BETTER = " (better)"
BETWEEN = " | "  # the figures of one side are one line of text
ROOM = 10_000  # characters of each side: more than any board has figures
ROOM_FOR_OTHERS = 60
OTHERS = "Other figures"
FORMER_NAMES = {"Notice of the pack": "Days before the meeting the whole pack was there"}  # in what older ones keep
BEFORE_NAMES = "Figures"  # what the words of an older correction are called, which named none


@dataclass(frozen=True)
class FigureChange:
    """A figure that a correction changes, from what to what. `was` is empty where several are counted together."""

    name: str
    was: str
    now: str
    is_better: bool = False


def kept(before: Figures, after: Figures) -> tuple[str, str]:
    """The figures that differ, as a correction keeps them: (before, after), the better ones first."""
    found = _sorted(before, after)
    fit = _fitting(found)
    was, now = [[f"{one.name}: {one.was}" for one in fit], [_now_line(one) for one in fit]]
    if rest := found[len(fit) :]:
        good = sum(one.is_better for one in rest)
        now.append(f"{OTHERS}: {len(rest)} more change" + (f", {good} for the better{BETTER}" if good else ""))
    return BETWEEN.join(was), BETWEEN.join(now)


def _now_line(one: FigureChange) -> str:
    return f"{one.name}: {one.now}{BETTER if one.is_better else ''}"


def _sorted(before: Figures, after: Figures) -> list[FigureChange]:
    good = better(_scores(before), _scores(after))
    names = [name for name in {**before, **after} if _words(before, name) != _words(after, name) or name in good]
    changes = [
        FigureChange(one.replace("|", "/"), _words(before, one), _words(after, one), one in good) for one in names
    ]
    return sorted(changes, key=lambda one: not one.is_better)


def _fitting(found: Sequence[FigureChange]) -> Sequence[FigureChange]:
    used, room = 0, ROOM - ROOM_FOR_OTHERS
    for place, one in enumerate(found):
        used += max(len(one.name) + len(one.was), len(_now_line(one))) + 2 + len(BETWEEN)
        if used > room:
            return found[:place]
    return found


def _words(figures: Figures, name: str) -> str:
    return figures[name].words if name in figures else NOT_MEASURED


def _scores(figures: Figures) -> dict[str, float]:
    return {name: one.score for name, one in figures.items() if one.score is not None}


def renamed(judged: str, name: str, other: str) -> str:
    """The figures of one side, with the group by another name: 'Papers in time (Main Group): 1 of 2 (50%)'."""
    return judged.replace(f" ({name}): ", f" ({other}): ") if name != other else judged


def makes_better(before: Figures, after: Figures) -> bool:
    return is_better(_scores(before), _scores(after))


def changes(judged_was: str, judged_now: str) -> list[FigureChange]:
    """The figures that a correction changes, from what it keeps of them; an older one kept a sentence, and no names."""
    if judged_was == judged_now:
        return []
    was, now = dict(_lines(judged_was)), dict(_lines(judged_now))
    names = list({**now, **was})
    return [_change(name, was.get(name, "" if name == OTHERS else NOT_MEASURED), now) for name in names]


def _change(name: str, was: str, now: Mapping[str, str]) -> FigureChange:
    said = now.get(name, NOT_MEASURED)
    return FigureChange(name, was, said.removesuffix(BETTER), said.endswith(BETTER))


def _lines(judged: str) -> Iterator[tuple[str, str]]:
    for line in judged.split(BETWEEN) if judged else ():
        name, colon, words = line.partition(": ")
        yield (FORMER_NAMES.get(name, name), words) if colon else (BEFORE_NAMES, line)


def figure_lines(
    judged_was: str,
    judged_now: str,
    status: str,
    today: Mapping[str, str] | None = None,
    made_on: date | None = None,
) -> list[str]:
    """Each figure with both values in words: on pages, in emails and in files.

    `today`, of a correction that waits: what each figure says now, whatever it said when the correction was asked for.
    `made_on`, of one that was made: the day whose figures these are, as later ones may say something else by now.
    """
    return [_line(one, status, today, made_on) for one in changes(judged_was, judged_now)]


def _line(one: FigureChange, status: str, today: Mapping[str, str] | None, made_on: date | None) -> str:
    """Where no figure has its name today, the group may have another name by now: nothing is said of today."""
    is_now = one.was if today is None or one.name in (OTHERS, BEFORE_NAMES) else today.get(one.name, NOT_MEASURED)
    if not one.was:
        return f"{one.name}: {one.now}."
    if status == MADE:
        on = f", on {date_words(made_on)}" if made_on else ""
        words = f"{one.was} before this correction, {one.now} after it{on}"
    elif status == DECLINED:
        words = f"{one.was} when this was asked for, {one.now} if it had been made"
    elif one.was != is_now == NOT_MEASURED:
        words = f"{one.was} when this was asked for"
    elif is_now != one.was:
        words = f"{is_now} now, {one.was} when this was asked for"
    else:
        words = f"{is_now} now, {one.now} if it is confirmed"
    is_better = one.is_better and (status != WAITING or is_now == one.was)
    return f"{one.name}: {words}{' (better)' if is_better else ''}."


def mark_of_figures(judged_was: str, judged_now: str) -> str:
    """What goes with a page that shows these figures, and comes back with its answer."""
    return sha256(f"{judged_was}\n{judged_now}".encode()).hexdigest()[:16]


def better_words(judged_was: str, judged_now: str) -> str:
    """'It makes these figures better: notice of the pack and days to draft minutes.' Empty where none is named."""
    named = [one.name for one in changes(judged_was, judged_now) if one.is_better]
    if not named:
        return ""
    first = "this figure" if len(named) == 1 and named != [OTHERS] else "these figures"
    return f"It makes {first} better: {together([name[0].lower() + name[1:] for name in named])}."


class Corrected(Protocol):
    """A correction that was made, in words."""

    @property
    def thing_id(self) -> UUID: ...
    @property
    def called(self) -> str: ...
    @property
    def was(self) -> str: ...
    @property
    def now(self) -> str: ...
    @property
    def figures(self) -> list[str]: ...
    @property
    def reason(self) -> str: ...


def listed(corrections: Iterable[Corrected]) -> list[str]:
    """Each of some corrections in a line, from what to what: on a page of all boards, and the same in its CSV file."""
    return [f"{one.called}: was {one.was}, now {one.now}" for one in corrections]


def corrected_words(corrections: Iterable[Corrected]) -> dict[UUID, str]:
    """For a CSV file: of each thing, every correction with both values, the latest first."""
    found: dict[UUID, list[str]] = {}
    for one in corrections:
        words = [f"{one.called}: was {one.was}, now {one.now}.", *one.figures]
        found.setdefault(one.thing_id, []).append(f"{' '.join(words)} Reason: {one.reason}")
    return {thing_id: "; ".join(words) for thing_id, words in found.items()}
