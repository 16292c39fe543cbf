"""Tables: columns as wide as their words ask for, numbers at the right, heads that come again on each page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, PageBreak

from portal.demonstration.documents.blocks import Run, Runs, Table, words_of
from portal.demonstration.documents.drawing import faces
from portal.demonstration.documents.drawing.canvas import PaperCanvas
from portal.demonstration.documents.drawing.flow import Flowing, words
from portal.demonstration.documents.drawing.marks import Element

NUMBER = re.compile(r"[-−–+(]?\s*£?[\d,]+(\.\d+)?\s*(m|k|%|bn)?\)?%?|[-–—]|n/?a|nil|\d+(\.\d+)? in \d+", re.IGNORECASE)
TOTAL = "total"
PAD_X, PAD_Y = 5.0, 3.4
MOST_SPARE = 45.0  # for a column of numbers; twice that for one of words
SMALL, LAST_ROWS = 190.0, 3  # points of what is not broken; rows that go over a page together
NEARLY_ALL = 0.78  # of the width: then all of it
Column = tuple[float, float, bool]


class Cell:
    """Words in a table: on one line where they fit, which is quick, and else as a paragraph."""

    def __init__(self, runs: Runs, style: ParagraphStyle, align: str, element: Element | None) -> None:
        self.runs = tuple(replace(run, text=run.text.replace(" / ", "\u00a0/ ")) for run in runs)
        self.style, self.align, self.element = style, align, element
        self.paragraph: Flowing | None = None
        sizes = [self._width(run, run.text) for run in self.runs]
        self.natural = sum(sizes)
        self.is_one_line = not any(run.is_break for run in self.runs)
        self.least = max((self._width(run, one) for run in self.runs for one in run.text.split(" ")), default=0)

    def _width(self, run: Run, text: str) -> float:
        return float(stringWidth(text, faces.face(run, self.style), self.style.fontSize))

    def height(self, width: float) -> float:
        if self.is_one_line and self.natural <= width + 0.01:
            self.paragraph = None
            return float(self.style.leading)
        style = ParagraphStyle("set", self.style, alignment={"right": 2, "centre": 1}.get(self.align, 0))
        self.paragraph = words(self.runs, style, self.element)
        return float(self.paragraph.wrap(width, 10_000)[1])

    def split(self, width: float, height: float) -> tuple[Cell, Cell]:
        if self.paragraph is None:
            return self, _nothing_more(self)
        parts = self.paragraph.split(width, height)
        if len(parts) < 2:
            return (self, _nothing_more(self)) if parts else (_nothing_more(self), self)
        return _Part(parts[0], self), _Part(parts[1], self)

    def draw(self, canvas: PaperCanvas, left: float, top: float, width: float, is_again: bool) -> None:
        if self.paragraph is not None:
            self.paragraph.element = None if is_again else self.element
            self.paragraph.drawOn(canvas, left, top - self.paragraph.height)
            return
        with canvas.drawing(None if is_again else self.element):
            left += {"right": width - self.natural, "centre": (width - self.natural) / 2}.get(self.align, 0)
            for run in self.runs:
                font = faces.face(run, self.style)
                canvas.setFont(font, self.style.fontSize)
                canvas.setFillColor(faces.NAVY if run.link else self.style.textColor)
                canvas.drawString(left, top - self.style.fontSize, run.text)
                left += self._width(run, run.text)


class _Part(Cell):
    """A piece of a cell that goes over to the next page."""

    def __init__(self, paragraph: Flowing, whole: Cell) -> None:
        self.style, self.align, self.element, self.runs = whole.style, whole.align, whole.element, whole.runs
        self.paragraph, self.natural, self.least, self.is_one_line = paragraph, whole.natural, whole.least, False

    def height(self, width: float) -> float:
        assert self.paragraph is not None
        return float(self.paragraph.wrap(width, 10_000)[1])


def _nothing_more(cell: Cell) -> Cell:
    return Cell((), cell.style, cell.align, cell.element)


class Grid(Flowable):  # type: ignore[misc]
    """Rows under a head, over as many pages as they need."""

    def __init__(self, head: list[Cell], rows: list[list[Cell]], totals: set[int], left: float, is_form: bool) -> None:
        super().__init__()
        self.head, self.rows, self.totals, self.left, self.is_form = head, rows, totals, left, is_form
        self.widths: list[float] = []
        self.heights: list[float] = []
        self.is_again, self.fills = False, False
        self.spaceBefore, self.spaceAfter = 3, 11

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        if not self.widths:
            self.widths = _shared(_columns(self.head, self.rows), width - self.left, self.is_form, self.fills)
        self.width = width
        self.head_height = self._height(self.head) if any(cell.runs for cell in self.head) else 0
        self.heights = self.heights or [self._height(row) for row in self.rows]
        self.height = self.head_height + sum(self.heights)
        return width, self.height

    @property
    def is_tall(self) -> bool:
        """Whether a row of it may itself be broken."""
        return max(self.heights, default=0) > 120

    def _height(self, row: list[Cell]) -> float:
        return max(cell.height(w - 2 * PAD_X) for cell, w in zip(row, self.widths, strict=True)) + 2 * PAD_Y

    def least(self, width: float) -> float:
        """What of it stays together at the foot of a page: a small one, or its head and two rows."""
        height = self.wrap(width, 10_000)[1]
        return height if height <= SMALL else float(self.head_height + sum(min(one, 60) for one in self.heights[:2]))

    def split(self, width: float, height: float) -> list[Flowable]:
        whole = self.wrap(width, height)[1]
        if whole <= SMALL and not self.is_again and not self.is_tall:
            return []
        left, fitting = height - self.head_height, 0
        while fitting < len(self.rows) and self.heights[fitting] <= left:
            left -= self.heights[fitting]
            fitting += 1
        if fitting == len(self.rows):
            return [self]
        if self.heights[fitting] > 120 and left > 60:
            return self._split_in(fitting, left)
        fitting = max(min(fitting, len(self.rows) - LAST_ROWS), 1) if fitting > 1 else fitting
        return [self._part(0, fitting), PageBreak(), self._part(fitting, len(self.rows))] if fitting else []

    def _split_in(self, number: int, height: float) -> list[Flowable]:
        """A tall row goes on over the page."""
        above, below = self._part(0, number), self._part(number, len(self.rows))
        inner = [width - 2 * PAD_X for width in self.widths]
        parts = [c.split(w, height - 2 * PAD_Y) for c, w in zip(self.rows[number], inner, strict=True)]
        above.rows.append([one for one, _ in parts])
        below.rows[0] = [two for _, two in parts]
        above.heights, below.heights = [], []
        return [above, PageBreak(), below]

    def _part(self, start: int, end: int) -> Grid:
        totals = {number - start for number in self.totals if start <= number < end}
        part = Grid(self.head, self.rows[start:end], totals, self.left, self.is_form)
        part.widths, part.heights = self.widths, self.heights[start:end]
        part.is_again, part.fills = self.is_again or start > 0, self.fills
        return part

    def draw(self) -> None:
        canvas: PaperCanvas = self.canv
        top = self.height
        if self.head_height:
            self._shade(canvas, top, self.head_height, faces.SHADE)
            self._row(canvas, self.head, top, self.is_again)
            top -= self.head_height
        for number, (row, height) in enumerate(zip(self.rows, self.heights, strict=True)):
            if number in self.totals:
                self._shade(canvas, top, height, faces.FAINT)
            elif self.is_form:
                self._shade(canvas, top, height, faces.FAINT, self.widths[0])
            self._row(canvas, row, top, False)
            top -= height
        with canvas.as_decoration():
            self._rules(canvas)

    def _shade(self, canvas: PaperCanvas, top: float, height: float, colour: Color, width: float = 0) -> None:
        with canvas.as_decoration():
            canvas.setFillColor(colour)
            canvas.rect(self.left, top - height, width or sum(self.widths), height, stroke=0, fill=1)

    def _row(self, canvas: PaperCanvas, row: list[Cell], top: float, is_again: bool) -> None:
        left = self.left
        for cell, width in zip(row, self.widths, strict=True):
            cell.draw(canvas, left + PAD_X, top - PAD_Y, width - 2 * PAD_X, is_again)
            left += width

    def _rules(self, canvas: PaperCanvas) -> None:
        right, top = self.left + sum(self.widths), self.height
        canvas.setStrokeColor(faces.RULE)
        canvas.setLineWidth(0.5)
        tops = [top, top - self.head_height]
        for height in self.heights:
            tops.append(tops[-1] - height)
        canvas.lines([(self.left, one, right, one) for one in dict.fromkeys(tops)])
        lefts = [self.left]
        for width in self.widths:
            lefts.append(lefts[-1] + width)
        canvas.lines([(one, 0, one, top) for one in lefts])
        canvas.setStrokeColor(faces.NAVY)
        canvas.setLineWidth(1)
        strong = [tops[1 + number] for number in self.totals if number]
        strong += [top - self.head_height] if self.head_height else []
        canvas.lines([(self.left, one, right, one) for one in strong])


def grid(table: Table, parent: Element | None, left: float, is_form: bool, style: ParagraphStyle) -> Grid:
    aligned = [table.aligned[n] or _by_itself(table, n) for n in range(len(table.head))]
    holder = Element("Table", parent) if parent else None
    bold = ParagraphStyle("bold", style, fontName=faces.bold_of(style))
    head_style = ParagraphStyle("head", bold, textColor=faces.NAVY)
    head = _cells(table.head, [head_style] * len(aligned), aligned, holder, "TH")
    rows, totals = [], set()
    for number, row in enumerate(table.rows):
        is_total = bool(row[0]) and row[0][0].bold and words_of(row[0]).lower().startswith(TOTAL)
        totals |= {number} if is_total else set()
        styles = [bold if is_total or (is_form and not n) else style for n in range(len(aligned))]
        rows.append(_cells(row, styles, aligned, holder, "TD"))
    return Grid(head, rows, totals, left, is_form)


def _cells(
    row: Sequence[Runs], styles: Sequence[ParagraphStyle], aligned: list[str], table: Element | None, kind: str
) -> list[Cell]:
    line = Element("TR", table) if table else None
    scope = "Column" if kind == "TH" else ""
    elements = [Element(kind, line, scope=scope) if line else None for _ in row]
    return [Cell(*one) for one in zip(row, styles, aligned, elements, strict=True)]


def _by_itself(table: Table, column: int) -> str:
    """A column of numbers is set right."""
    found = [text for row in table.rows if (text := words_of(row[column]).strip())]
    return "right" if column and found and all(NUMBER.fullmatch(text) for text in found) else "left"


def _columns(head: list[Cell], rows: list[list[Cell]]) -> list[Column]:
    """For each: the least width, the one asked for (a head may break over two lines), and whether of numbers."""
    columns = list(zip(head, *rows, strict=True))
    return [
        (
            max(cell.least for cell in column) + 2 * PAD_X + 0.2,
            max([one.natural for one in column[1:]] + [column[0].natural / 2, column[0].least, _room(column)])
            + 2 * PAD_X
            + 0.2,
            all(cell.align == "right" for cell in column[1:]),
        )
        for column in columns
    ]


def _room(column: Sequence[Cell]) -> float:
    """What is to be filled in by hand has room to write."""
    is_open = bool(column[0].runs) and len(column) > 1 and not any(cell.runs for cell in column[1:])
    return 170.0 if is_open else 26.0


def _shared(columns: list[Column], width: float, is_form: bool, fills: bool) -> list[float]:
    if is_form and len(columns) == 2 and not columns[1][2]:
        return [width * 0.32, width * 0.68]
    least, asked = [one for one, _, _ in columns], [two for _, two, _ in columns]
    if sum(asked) <= width:
        shares = [1.0 if is_numbers else 2.0 for _, _, is_numbers in columns]
        spare = min(width - sum(asked), MOST_SPARE * sum(shares))
        spare = width - sum(asked) if fills or sum(asked) + spare > NEARLY_ALL * width else spare
        return [one + spare * share / sum(shares) for one, share in zip(asked, shares, strict=True)]
    if sum(least) >= width:
        return [one * width / sum(least) for one in least]
    wants = [0.0 if is_numbers else (two - one) ** 0.9 for one, two, is_numbers in columns]
    firm = [max(one, two) if is_numbers else one for one, two, is_numbers in columns]
    if sum(firm) >= width or not sum(wants):
        firm, wants = least, [two - one + 0.01 for one, two in zip(least, asked, strict=True)]
    spare = width - sum(firm)
    return [one + spare * want / sum(wants) for one, want in zip(firm, wants, strict=True)]
