"""Pictures of figures as plain shapes, for the server to draw: across in percent, down in heights of text.

A shape is made of what may be shown, and of nothing else. What is withheld, or missing, fills its whole row alike.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.core.nothing import EMPTY, IN_A_CELL
from portal.core.text import count_words

EDGE = 4.0  # percent left free at both ends of a line, so that no mark is cut
MOST_LINES = 3  # marks above each other; more at one place are one mark with a number
LINE_HEIGHT = 0.8
STRIP_HEIGHT = 2.8  # of a row with marks above each other
LINE_OF_MARKS = 1.6  # of a row where all are in one line
BAR_HEIGHT = 1.2
MOST_BARS = 12  # rows of a picture that is read at a glance


@dataclass(frozen=True)
class Scale:
    """A line of numbers. What is beyond an end is drawn at that end."""

    first: float
    last: float

    def at(self, value: float) -> float:
        """Where a number is, in percent from the left."""
        part = (min(max(value, self.first), self.last) - self.first) / ((self.last - self.first) or 1)
        return round(EDGE + part * (100 - 2 * EDGE), 2)


@dataclass(frozen=True)
class Mark:
    """One sign on a line: its kind, where its middle is, and how many things it means."""

    kind: str
    across: float
    down: float
    number: int = 1


@dataclass(frozen=True)
class Span:
    """A part of a bar: its kind, where it begins, and how wide it is."""

    kind: str
    start: float
    width: float

    @property
    def end(self) -> float:
        return round(self.start + self.width, 2)


@dataclass(frozen=True)
class Row:
    """One row: its name and what it says in words, and its shapes. `missing` says why it has none."""

    name: str
    said: str
    title: str
    desc: str = ""
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    lines: tuple[float, ...] = ()
    missing: str = ""
    heading: str = ""
    address: str = ""
    height: float = BAR_HEIGHT


@dataclass(frozen=True)
class Chart:
    """A picture: the sentence above it, what its signs mean, the numbers along its line, and its rows."""

    sentence: str
    rows: tuple[Row, ...]
    legend: tuple[tuple[str, str], ...] = ()
    axis: tuple[tuple[float, str], ...] = ()
    below: str = ""  # what is to be known of the picture as a whole

    @property
    def has_line(self) -> bool:
        return any(row.lines for row in self.rows)


def marks(scale: Scale, found: Iterable[tuple[str, float]]) -> tuple[Mark, ...]:
    """Things as (kind, number): each is a mark at its number; more than a few at one are one mark."""
    places = Counter((scale.at(value), kind) for kind, value in found)
    return tuple(mark for (across, kind), number in sorted(places.items()) for mark in _pile(kind, across, number))


def _pile(kind: str, across: float, number: int) -> list[Mark]:
    if number > MOST_LINES:
        return [Mark(kind, across, STRIP_HEIGHT / 2, number)]
    top = (STRIP_HEIGHT - (number - 1) * LINE_HEIGHT) / 2
    return [Mark(kind, across, round(top + line * LINE_HEIGHT, 2)) for line in range(number)]


def in_a_row(kinds: Sequence[str]) -> tuple[Mark, ...]:
    """One mark for each, in their order, as far from each other as there is room."""
    scale = Scale(0, max(len(kinds) - 1, 1))
    return tuple(Mark(kind, scale.at(place), LINE_OF_MARKS / 2) for place, kind in enumerate(kinds))


def parts(amounts: Sequence[tuple[str, float]]) -> tuple[Span, ...]:
    """A whole bar, divided as (kind, amount) say; a part of nothing is left out."""
    whole, start, found = sum(amount for _, amount in amounts), 0.0, []
    for kind, amount in amounts:
        width = round(100 * amount / whole, 2) if whole else 0
        if width:
            found.append(Span(kind, round(start, 2), width))
        start += width
    return tuple(found)


def span(scale: Scale, kind: str, first: float, last: float) -> Span:
    """From one number to another on a line."""
    start = scale.at(first)
    return Span(kind, start, round(scale.at(last) - start, 2))


def bar(percent: float, kind: str = "part") -> tuple[Span, ...]:
    """A bar of so many of a hundred, on the ground of the whole."""
    return (Span("whole", 0, 100), Span(kind, 0, round(min(max(percent, 0), 100), 2)))


@dataclass(frozen=True)
class Amount:
    """A number under a name, in words; None with the reason where there is none to show."""

    name: str
    value: float | None
    words: str = ""
    why: str = EMPTY
    heading: str = ""


def bars_of_amounts(sentence: str, amounts: Sequence[Amount], below: str = "") -> Chart | None:
    """Amounts as parts of the largest that is shown; None where nothing is. What is not shown has no size."""
    largest = max((one.value for one in amounts if one.value is not None), default=0)
    return Chart(sentence, tuple(_amount(one, largest) for one in amounts), below=below) if largest else None


def _amount(one: Amount, largest: float) -> Row:
    if one.value is None:
        return missing(one.name, one.why, one.heading)
    return Row(one.name, one.words, one.words, "", bar(100 * one.value / largest), heading=one.heading)


def missing(name: str, why: str, heading: str = "", address: str = "") -> Row:
    """A row without a figure. All of them are alike: nothing about it is in its shape."""
    words = IN_A_CELL[why]
    return Row(name, words, words.capitalize(), "", missing=why, heading=heading, address=address)


def latest(names: Sequence[str], most: int = MOST_BARS) -> str:
    """What is said below a picture that shows only the last of these quarters; '' where it shows them all."""
    return f"The picture shows the latest {most} of {count_words(len(names), 'quarter')}." if len(names) > most else ""
