"""A pasted agenda, one item a line: what each line says, and what of it a clerk should look at once more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from portal.core.text import half_width
from portal.meetings.agendas import asides, presenters, tails, times
from portal.meetings.agendas.numbers import Number, number_at_start, of_parent

MOST_LINES = 100
LONGEST_SHORT = 5  # letters: AOCB is an item, FINANCE a heading
INVISIBLE = ("Cf", "Cc", "Co", "Cs")
BULLET = re.compile(r"\s*(?:[•·◦▪‣●■○▫➢➤✓✔❖§\uf000-\uf0ff]\s*|[*–—-]\s+|o(?:\t|\s{2,}))+")
CELLS = re.compile(r"\t| {3,}")
RULED = re.compile(r"[\W_]*")
HEADING = re.compile(r"agenda(?: items?)?:?|(?:order of )?business:?", re.I)
COLUMNS = {
    "number": "no|no.|number|item no|item no.|ref|#|item number",
    "title": "item|title|subject|agenda item|topic|business|description",
    "who": "lead|presenter|presented by|by|who|owner|lead officer|speaker|responsible|from",
    "timing": "time|timing|start",
    "length": "duration|mins|minutes|length",
    "purpose": "purpose|action|for|action required|type|outcome",
    "paper": "paper|papers|enclosure|enc|attachment|report|verbal/paper|paper/verbal",
}
NOT_A_NUMBER = (
    "“{}” is not taken as the number, as other lines do not begin like this. It stays in the title. If it is the "
    "number, select “Change” and put it in the box"
)
COLUMN_OF = {word: kind for kind, words in COLUMNS.items() for word in words.split("|")}


@dataclass(frozen=True, kw_only=True)
class ReadItem:
    """An item as it was read. One that is left out is shown, and added only if somebody says so."""

    typed: str
    title: str
    number: str = ""
    timing: str = ""
    presenter: str = ""
    purpose: str = ""
    is_verbal: bool = False
    is_left_out: bool = False
    may_be_private: bool = False
    paragraphs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadAgenda:
    """Everything that was pasted: items in their order, and lines that are none."""

    items: list[ReadItem]
    other_lines: list[str]


@dataclass(frozen=True)
class _Line:
    typed: str
    cells: list[str]  # the first of which is left of a bullet, time and number
    number: Number | None = None
    timing: str = ""
    has_bullet: bool = False
    notes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return next(filter(None, self.cells), "")


def read_items(pasted: str) -> ReadAgenda:
    """The items of a pasted agenda. Nothing of it is lost: a line is an item, part of one, or among the other lines."""
    lines = [line for line in re.split(r"[\r\n\x0b\x0c\x85\u2028\u2029]+", _visible(pasted)) if line.strip()]
    others = [line.strip() for line in lines if _is_ruled_or_heading(line)]
    lines = [line for line in lines if not _is_ruled_or_heading(line)]
    columns = _columns(lines[0]) if lines else []
    if columns:
        others.insert(0, " ".join(lines.pop(0).split()))
    begun = _joined(_sure_of_numbers([_begin(line, bool(columns)) for line in lines]))
    items: list[ReadItem] = []
    purpose = parent = ""
    for line in begun:
        if heading := "" if line.number else tails.heading_purpose(line.text):
            purpose = heading
            others.append(line.typed)
            continue
        number, parent = _number(line, parent)
        items.append(_item(line, number, columns, purpose))
    return ReadAgenda(_below_private(_compared([_aside(item) for item in items])), others)


def _visible(pasted: str) -> str:
    """What one sees of it: no soft hyphens, marks or other signs without a shape; tabs and ends of lines stay."""
    kept = (c if c in "\t\n\r\x0b\x0c\x85" or not c.isspace() else "\n" if c in "\u2028\u2029" else " " for c in pasted)
    text = half_width(unicodedata.normalize("NFC", "".join(kept)))
    is_kept = (c for c in text if c in "\t\n\r\x0b\x0c\x85" or "\uf000" <= c <= "\uf0ff" or c.isprintable())
    return "".join(is_kept)


def _is_ruled_or_heading(line: str) -> bool:
    return bool(RULED.fullmatch(line) or HEADING.fullmatch(line.strip()))


def _columns(line: str) -> list[str]:
    """What the columns of a table hold, if this is its heading."""
    cells = [cell.strip().lower().rstrip(":") for cell in CELLS.split(line)]
    kinds = [COLUMN_OF.get(cell, "") for cell in cells]
    named = [kind for kind, cell in zip(kinds, cells, strict=True) if cell]
    return kinds if len(named) > 1 and all(named) and "title" in kinds else []


def _begin(line: str, is_table: bool) -> _Line:
    """A line without its bullet, the time and the number that it begins with."""
    bullet = BULLET.match(line) if not is_table else None
    cells = [" ".join(cell.split()) for cell in CELLS.split(line[bullet.end() :] if bullet else line)]
    begun = _Line(" ".join(line.split()), cells, has_bullet=bool(bullet))
    if is_table:
        return begun
    for _ in range(2):  # a time may stand before the number or behind it
        begun = _taken_time(begun)
        if begun.number is None:
            begun = _taken_number(begun)
    return begun


def _with_first(line: _Line, text: str) -> list[str]:
    place = next((n for n, cell in enumerate(line.cells) if cell), 0)
    return [text if n == place else cell for n, cell in enumerate(line.cells) if n >= place]


def _taken_time(line: _Line) -> _Line:
    found = times.AT_START.match(line.text)
    if found and not line.timing and (found.end() < len(line.text) or len([c for c in line.cells if c]) > 1):
        rest = _with_first(line, line.text[found.end() :])
        return replace(line, timing=times.plain(found["time"]), cells=rest)
    return line


def _taken_number(line: _Line) -> _Line:
    found = number_at_start(line.text)
    return replace(line, number=found, cells=_with_first(line, found.rest)) if found else line


def _sure_of_numbers(lines: Sequence[_Line]) -> list[_Line]:
    """A letter is a number where another line has one; a bare number where most lines have one; 10.15 may be a time."""
    numbered = [line for line in lines if line.number]
    has_letters = sum(line.number.is_letter for line in numbered if line.number) > 1
    has_bare = 2 * len(numbered) >= len(lines)
    others = [line.number.number for line in numbered if line.number and line.number.is_other]
    has_others = has_bare and 1 < len(others) == len(set(others))
    numbers = {line.number.number for line in numbered if line.number}
    has = {"is_letter": has_letters, "is_bare": has_bare, "is_other": has_others}
    return [_sure_of_number(line, has, numbers) for line in lines]


def _sure_of_number(line: _Line, has: Mapping[str, bool], numbers: set[str]) -> _Line:
    number = line.number
    if number is None:
        return line
    if _is_time(number.number, numbers) and not line.timing:
        taken = _taken_number(replace(line, number=None))
        note = f"{number.number} is read as a time, not as the number of an item"
        return replace(taken, timing=times.plain(number.number), notes=[*line.notes, note])
    if any(getattr(number, kind) and not is_there for kind, is_there in has.items()):
        whole = re.sub(r"^\W+", "", line.typed) if line.has_bullet else line.typed
        note = NOT_A_NUMBER.format(line.typed.split()[0] if not line.has_bullet else number.number)
        return replace(line, number=None, cells=[" ".join(CELLS.split(whole))], timing="", notes=[*line.notes, note])
    return line


def _is_time(number: str, numbers: set[str]) -> bool:
    if not times.DOTTED.fullmatch(number) or not times.may_be_time(number):
        return False
    hour = number.split(".")[0]
    below = {one for one in numbers if one.split(".")[0] == hour}
    return all(times.DOTTED.fullmatch(one) and times.may_be_time(one) for one in below)


def _joined(lines: Sequence[_Line]) -> list[_Line]:
    """A number that stands alone belongs to the line below; a line that goes on in small letters to the one above."""
    is_numbered = 2 * sum(bool(line.number) for line in lines) >= len(lines)
    kept: list[_Line] = []
    for line in lines:
        above = kept[-1] if kept else None
        if above and above.number and not above.text and not line.number:
            timing = line.timing or above.timing
            kept[-1] = replace(above, typed=f"{above.typed} {line.typed}", cells=line.cells, timing=timing)
        elif above and is_numbered and not line.number and presenters.says_report_by(line.text):
            notes = [*above.notes, *_what_it_is(line)]
            kept[-1] = replace(above, typed=f"{above.typed} {line.typed}", cells=[*above.cells, line.text], notes=notes)
        elif above and _goes_on(line, is_numbered):
            note = "Two lines are read as one item"
            cells = [*above.cells[:-1], f"{above.cells[-1]} {line.typed}"]
            kept[-1] = replace(above, typed=f"{above.typed} {line.typed}", cells=cells, notes=[*above.notes, note])
        else:
            kept.append(line)
    return kept


def _what_it_is(line: _Line) -> list[str]:
    """A line that says more than whose report it is is said: it may be an item of its own."""
    is_report = re.match(r"(?:joint |covering )?(?:report|paper)s? ", line.text, re.I)
    return [] if is_report else [f"“{line.text}” is read as who presents it"]


def _goes_on(line: _Line, is_numbered: bool) -> bool:
    is_alone = line.number or line.has_bullet or line.timing or asides.why_no_item(line.text)
    return is_numbered and not is_alone and line.text[:1].islower()


def _number(line: _Line, parent: str) -> tuple[str, str]:
    """The number of an item, and that of the item which letters below it belong to."""
    if line.number is None:
        return "", parent
    if line.number.is_letter:
        return of_parent(line.number.number, parent), parent
    return line.number.number, line.number.number


def _item(line: _Line, number: str, columns: Sequence[str], purpose: str) -> ReadItem:
    cells = [c for c in line.cells if c]
    read = tails.in_columns(line.cells, columns) if columns else tails.in_cells(cells, line.timing)
    notes = [*line.notes, *read.notes]
    if line.number and line.number.is_letter and number != line.number.number:
        notes.append(f"{line.number.number}) is read as {number}")
    if purpose and not read.purpose:
        notes.append(f"“For {purpose}” is from the heading above it")
    return ReadItem(
        typed=line.typed,
        number=number or read.number,
        title=read.title,
        timing=times.both(read.timing, read.length)[: tails.MOST_TIMING],
        presenter=read.presenter,
        purpose=read.purpose or purpose,
        is_verbal=read.is_verbal,
        may_be_private=tails.says_private(line.typed),
        paragraphs=tuple(tails.paragraphs_in(line.typed)),
        notes=tuple(notes),
    )


def _compared(items: list[ReadItem]) -> list[ReadItem]:
    """Where most items have numbers, those without one say so, and what is likely a heading is left out."""
    if 2 * sum(bool(item.number) for item in items) < sum(not item.is_left_out for item in items):
        return items
    first = next((n for n, item in enumerate(items) if item.number), 0)
    is_sure = [item.number or item.is_left_out for item in items]
    return [item if is_sure[n] else _without_number(item, n < first) for n, item in enumerate(items)]


def _aside(item: ReadItem) -> ReadItem:
    """An appendix or a break is left out, whether it has a number or not."""
    why = asides.why_no_item(item.title)
    return _left_out(item, why) if why else item


def _left_out(item: ReadItem, why: str) -> ReadItem:
    return replace(item, is_left_out=True, notes=(*item.notes, f"Left out, as {why}. Tick it if it is an item"))


def _below_private(items: Sequence[ReadItem]) -> list[ReadItem]:
    """What stands below a heading like 'PRIVATE SESSION' may be private, until the next heading."""
    found, is_below = [], False
    for item in items:
        if item.is_left_out and not asides.why_no_item(item.title):
            is_below = item.may_be_private
        found.append(replace(item, may_be_private=item.may_be_private or is_below))
    return found


def _without_number(item: ReadItem, is_above: bool) -> ReadItem:
    is_capitals = item.title.isupper() and len(item.title) > LONGEST_SHORT
    if is_above or is_capitals or tails.PRIVATE_HEADING.fullmatch(item.title):
        return _left_out(item, "it comes before the first number" if is_above else "it looks like a heading")
    note = "It has no number in the list. Untick it if it is not an item"
    return replace(item, notes=(*item.notes, note))
