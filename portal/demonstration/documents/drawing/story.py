"""From the blocks of a text to what flows down its pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from portal.demonstration.documents.blocks import (
    Block,
    Boxed,
    Chart,
    Heading,
    NewPage,
    Points,
    Run,
    Table,
    Words,
    words_of,
)
from portal.demonstration.documents.drawing import charts, faces
from portal.demonstration.documents.drawing.flow import Box, Later, titled, words
from portal.demonstration.documents.drawing.grids import grid
from portal.demonstration.documents.drawing.marks import Element

BULLETS = ("•", "–", "•")


@dataclass(frozen=True)
class Style:
    """How one look sets headings, words, points and tables."""

    headings: tuple[ParagraphStyle, ...]
    words: ParagraphStyle = faces.BODY
    cell: ParagraphStyle = faces.CELL
    indent: float = 0
    is_numbered: bool = False
    is_form: bool = False
    scale: float = 1  # of charts
    caption: ParagraphStyle = faces.CAPTION
    fills: bool = False  # whether each table is as wide as the page
    new_page: float = 470.0  # what follows a page break goes on below, where so much of the page is empty still


REPORT = Style(
    (faces.NUMBERED_H1, faces.NUMBERED_H2, faces.NUMBERED_H3), faces.NUMBERED, indent=faces.INDENT, is_numbered=True
)
PLAIN = Style((faces.H1, faces.H2, faces.H3))
FORM = Style((faces.H1, faces.H2, faces.H3), is_form=True)
PLAN = Style((faces.PLAN_H1, faces.PLAN_H2, faces.PLAN_H3), new_page=515.0)
SLIDES = Style((faces.SLIDE_H1,) * 3, faces.SLIDE, faces.SLIDE_CELL, scale=1.9, caption=faces.SLIDE_CAPTION, fills=True)
LETTER = Style((faces.LETTER_H1,) * 3, faces.LETTER, faces.LETTER)


class Story:
    """What flows, in order; the structure grows with it."""

    def __init__(self, style: Style, root: Element | None, width: float) -> None:
        self.style, self.root, self.width = style, root, width
        self.flow: list[Flowable] = []
        self.headings: list[tuple[str, str, int]] = []  # bookmark, words and level of each
        self.section = self.paragraph = 0

    def add(self, blocks: Iterable[Block]) -> None:
        blocks = list(blocks)
        for block, after in zip(blocks, [*blocks[1:], None], strict=False):
            self._one(block, after)

    def _one(self, block: Block, after: Block | None) -> None:
        match block:
            case Heading():
                self.heading(block)
            case Words() if block.is_caption and self.style.words is not faces.LETTER:
                self._caption(block, self._left(after))
            case Words():
                self.words(block, opens=_opens(block, after))
            case Points():
                self.flow += list(self._points(block, self.root, self.style.indent, 0))
            case Table():
                made = grid(block, self.root, self._left(block), self.style.is_form, self.style.cell)
                made.fills = self.style.fills
                self.flow.append(made)
            case Boxed():
                inside = list(self._inside(block.blocks, self.root, 0, 0))
                self.flow.append(Box(inside, self.style.indent))
            case NewPage():
                self.flow.append(PageBreak() if self.style is LETTER else CondPageBreak(self.style.new_page))
            case Chart():
                self.chart(block)

    def _left(self, block: Block | None) -> float:
        """Below the words of numbered paragraphs, but for what is wide."""
        is_wide = (isinstance(block, Table) and _is_wide(block)) or (isinstance(block, Chart) and len(block.labels) > 8)
        return 0 if is_wide else self.style.indent

    def _caption(self, block: Words, left: float) -> None:
        made = words(block.runs, faces.like("caption-in", self.style.caption, leftIndent=left), self.element("P"))
        made.stays = True
        self.flow.append(made)

    def element(self, kind: str, parent: Element | None = None) -> Element | None:
        holder = parent or self.root
        return Element(kind, holder) if holder else None

    def heading(self, block: Heading) -> None:
        level = min(max(block.level - 2, 0), 2)
        number = None
        if level == 0 and self.style.is_numbered:
            self.section, self.paragraph = self.section + 1, 0
            number = f"{self.section}."
        key = f"part-{len(self.headings) + 1}"
        style = self.style.headings[level]
        deep = min(level, self.headings[-1][2] + 1 if self.headings else 0)  # no bookmark is below none
        made = titled(block.runs, style, self.element(f"H{level + 1}"), key, deep, number)
        self.headings.append((key, words_of(block.runs), deep))
        self.flow.append(made)

    def words(self, block: Words, opens: bool = False) -> None:
        number = None
        if self.style.is_numbered and self.section:
            self.paragraph += 1
            number = f"{self.section}.{self.paragraph}"
        made = words(block.runs, self.style.words, self.element("P"), number)
        made.stays = opens
        self.flow.append(made)

    def numbered_points(self, opening: str, points: Sequence[str]) -> None:
        """Recommendations: an opening, and what is recommended by letters."""
        self.words(Words((Run(opening),)))
        letters = [(Words((Run(point),)),) for point in points]
        self.flow += list(self._points(Points(tuple(letters), 1), self.root, self.style.indent, 0, "({})"))

    def chart(self, block: Chart) -> None:
        left, height = self._left(block), charts.HEIGHT * self.style.scale
        unit = (Run(f"  ({block.unit})"),) if block.unit else ()
        title = faces.like("named", self.style.caption, leftIndent=left, spaceBefore=6, fontName=faces.PLAIN)
        named = words((Run(block.title, bold=True), *unit), title, self.element("P"))
        named.stays = True
        figure = Element("Figure", self.root, alt=charts.in_words(block)) if self.root else None
        drawing = charts.painted(block, self.width - left, self.style.scale)
        picture = Later(height, lambda canvas, _width, _height: charts.draw(drawing, canvas, left), figure)
        self.flow += [named, picture, Spacer(1, 10)]

    def _inside(self, blocks: Sequence[Block], parent: Element | None, left: float, depth: int) -> Iterator[Flowable]:
        style = faces.like("inside", self.style.words, leftIndent=left)
        for block in blocks:
            if isinstance(block, Words):
                yield words(block.runs, style, self.element("P", parent))
            elif isinstance(block, Heading):
                bold = faces.like("box-head", style, fontName=faces.BOLD, spaceAfter=4)
                yield words(block.runs, bold, self.element("P", parent))
            elif isinstance(block, Points):
                yield from self._points(block, parent, left, depth)
            elif isinstance(block, Table):
                yield grid(block, parent, left, False, self.style.cell)
            else:
                raise ValueError(f"no {type(block).__name__} in a box or a list")

    def _points(
        self, block: Points, parent: Element | None, left: float, depth: int, numbers: str = "{}."
    ) -> Iterator[Flowable]:
        holder, size = self.element("L", parent), self.style.words.fontSize
        step = size * (1.7 if block.first is None else 2.5)
        is_short = all(len(item) == 1 for item in block.items)
        point = faces.like(
            "point", self.style.words, leftIndent=left + step, bulletIndent=left + (2 if block.first is None else 0),
            spaceAfter=0.3 * size if is_short else self.style.words.spaceAfter / 2, alignment=0,
            bulletFontName=self.style.words.fontName, bulletFontSize=size,
        )  # fmt: skip
        for number, item in enumerate(block.items):
            within = self.element("LI", holder)
            mark = (
                BULLETS[depth % 3] if block.first is None else numbers.format(_numbered(block.first + number, numbers))
            )
            first, *others = item
            if not isinstance(first, Words):
                others, first = [*item], Words((Run(" "),))
            yield words(first.runs, point, self.element("LBody", within), mark)
            yield from self._inside(others, within, left + step, depth + 1)
        yield Spacer(1, 4)


def _is_wide(table: Table) -> bool:
    """Whether it has many columns, or some with many words."""
    longest = max((sum(len(words_of(cell)) for cell in row) for row in table.rows), default=0)
    return len(table.head) > 5 or (len(table.head) > 3 and longest > 130)


def _opens(block: Words, after: Block | None) -> bool:
    """Whether it says what follows, and is nothing without it."""
    text = words_of(block.runs)
    return text.endswith(":") or (isinstance(after, Table | Chart) and len(text) < 120)


def _numbered(number: int, numbers: str) -> str:
    return chr(96 + number) if numbers.startswith("(") else str(number)
