"""What flows down the pages: words, headings with their bookmarks, boxes, lines of the contents."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, Paragraph

from portal.demonstration.documents.blocks import Run, Runs, words_of
from portal.demonstration.documents.drawing import faces
from portal.demonstration.documents.drawing.canvas import PaperCanvas
from portal.demonstration.documents.drawing.marks import Element

Paint = Callable[[PaperCanvas, float, float], None]  # on it, so wide and so high


class Flowing(Paragraph):  # type: ignore[misc]
    """A paragraph that says what it is, on each page that it is on."""

    element: Element | None = None
    stays = False  # with what follows it

    def least(self, width: float) -> float:
        """What of it stays together: two lines, or three where the last would be alone."""
        height, line = float(self.wrap(width, 10_000)[1]), float(self.style.leading)
        return height if height < 3.5 * line else 2 * line

    def split(self, width: float, height: float) -> list[Flowable]:
        parts = super().split(width, height)
        for part in parts:
            part.element = self.element
        return list(parts)

    def draw(self) -> None:
        with self.canv.drawing(self.element):
            super().draw()


class Titled(Flowing):
    """A heading, with its bookmark."""

    key, level, words = "", 0, ""
    stays, is_underlined = True, False

    def draw(self) -> None:
        canvas: PaperCanvas = self.canv
        super().draw()
        if self.is_underlined:
            with canvas.as_decoration():
                canvas.setFillColor(faces.TEAL)
                canvas.rect(0, -7, 42, 2.4, stroke=0, fill=1)
        key, level, words = self.key, self.level, self.words
        top = canvas.absolutePosition(0, self.height + 4)[1]
        canvas.places[key] = canvas.number

        def bookmark(later: PaperCanvas) -> None:
            later.bookmarkPage(key, fit="XYZ", left=0, top=top)
            later.addOutlineEntry(words, key, level, closed=level > 0)

        canvas.later.append(bookmark)


class ContentsLine(Flowable):  # type: ignore[misc]
    """A line of the contents: its page is known when all are drawn."""

    def __init__(self, key: str, words: str, level: int, element: Element | None) -> None:
        super().__init__()
        self.key, self.words, self.level, self.element = key, words, level, element

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, 20.5 if self.level == 0 else 14.5
        return self.width, self.height

    def draw(self) -> None:
        canvas: PaperCanvas = self.canv
        (left, bottom), right = canvas.absolutePosition(0, 0), canvas.absolutePosition(self.width, 0)[0]

        def line(later: PaperCanvas) -> None:
            with later.drawing(self.element):
                self._line(later, left, bottom + 3, right)
            place = (left, bottom, right, bottom + self.height)
            later.linkRect("", self.key, place, name=f"to-{self.key}", thickness=0)

        canvas.later.append(line)

    def _line(self, canvas: PaperCanvas, left: float, bottom: float, right: float) -> None:
        font, size = (faces.BOLD, 10.2) if self.level == 0 else (faces.PLAIN, 9.4)
        left += 14 * self.level
        canvas.setFont(font, size)
        canvas.setFillColor(faces.NAVY if self.level == 0 else faces.INK)
        words = _short(canvas, self.words, font, size, right - left - 40)
        page = str(canvas.places[self.key])
        canvas.drawString(left, bottom, words)
        canvas.drawRightString(right, bottom, page)
        start = left + canvas.stringWidth(words, font, size) + 6
        canvas.setStrokeColor(faces.RULE)
        canvas.setLineWidth(0.6)
        canvas.setDash(0.6, 2.6)
        canvas.line(start, bottom, right - canvas.stringWidth(page, font, size) - 6, bottom)
        canvas.setDash()


def _short(canvas: PaperCanvas, words: str, font: str, size: float, width: float) -> str:
    if canvas.stringWidth(words, font, size) <= width:
        return words
    while canvas.stringWidth(words + "…", font, size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


class Box(Flowable):  # type: ignore[misc]
    """Words on a shade, with a bar at their left."""

    PAD = 9.0

    def __init__(self, inside: Sequence[Flowable], left: float = 0) -> None:
        super().__init__()
        self.inside, self.left = list(inside), left
        self.spaceBefore, self.spaceAfter = 3, 10

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        self.heights = [one.wrap(self._inner, height)[1] for one in self.inside]
        gaps = sum(one.getSpaceAfter() for one in self.inside[:-1])
        self.height = sum(self.heights) + gaps + 2 * self.PAD
        return width, self.height

    def least(self, width: float) -> float:
        return min(self.wrap(width, 10_000)[1], 70.0)

    @property
    def _inner(self) -> float:
        return float(self.width) - self.left - 2 * self.PAD - 4

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        if self.height <= 130:
            return []
        left = height - 2 * self.PAD
        first: list[Flowable] = []
        for number, one in enumerate(self.inside):
            if self.heights[number] > left:
                parts = one.split(self._inner, left) if left > 0 else []
                rest = [*parts[1:], *self.inside[number + 1 :]] if parts else self.inside[number:]
                first += parts[:1]
                return [Box(first, self.left), Box(rest, self.left)] if first else []
            first.append(one)
            left -= self.heights[number] + one.getSpaceAfter()
        return [self]

    def draw(self) -> None:
        canvas: PaperCanvas = self.canv
        with canvas.as_decoration():
            canvas.setFillColor(faces.FAINT)
            canvas.rect(self.left, 0, self.width - self.left, self.height, stroke=0, fill=1)
            canvas.setFillColor(faces.NAVY)
            canvas.rect(self.left, 0, 3, self.height, stroke=0, fill=1)
        top = self.height - self.PAD
        for one, height in zip(self.inside, self.heights, strict=True):
            one.drawOn(canvas, self.left + self.PAD + 4, top - height)
            top -= height + one.getSpaceAfter()


class Later(Flowable):  # type: ignore[misc]
    """Something of a height that draws itself."""

    stays = False  # with what follows it

    def __init__(self, height: float, paint: Paint, element: Element | None = None) -> None:
        super().__init__()
        self.height, self.paint, self.element = height, paint, element

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def least(self, width: float) -> float:
        return self.height

    def draw(self) -> None:
        with self.canv.drawing(self.element):
            self.paint(self.canv, self.width, self.height)


class Pinned(Flowable):  # type: ignore[misc]
    """Lines at the foot of the page, whatever is above them."""

    def __init__(self, bottom: float, inside: list[Flowable]) -> None:
        super().__init__()
        self.bottom, self.inside = bottom, inside

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        return width, 0.0

    def draw(self) -> None:
        canvas: PaperCanvas = self.canv
        here = canvas.absolutePosition(0, 0)[1]
        top = self.bottom
        for one in reversed(self.inside):
            one.wrap(self.width, 1000)
            one.drawOn(canvas, 0, top - here)
            top += one.height + 2


def words(runs: Runs, style: ParagraphStyle, element: Element | None, bullet: str | None = None) -> Flowing:
    made = Flowing(None, style, bulletText=bullet, frags=faces.pieces(runs, style))
    made.element = element
    return made


def plain(text: str, style: ParagraphStyle, element: Element | None = None) -> Flowing:
    return words((Run(text),), style, element)


def titled(
    runs: Runs, style: ParagraphStyle, element: Element | None, key: str, level: int, number: str | None = None
) -> Titled:
    made = Titled(None, style, bulletText=number, frags=faces.pieces(runs, style))
    made.element, made.key, made.level = element, key, level
    made.is_underlined = style is faces.PLAN_H1
    made.words = f"{number}  {words_of(runs)}" if number else words_of(runs)
    return made


def kept(flow: Sequence[Flowable], width: float) -> list[Flowable]:
    """Headings and captions are on the page of what follows them."""
    made: list[Flowable] = []
    for number, one in enumerate(flow):
        before = flow[number - 1] if number else None
        if getattr(one, "stays", False) and not getattr(before, "stays", False):
            made.append(CondPageBreak(min(_together(flow, number, width), 560)))
        made.append(one)
    return made


def _together(flow: Sequence[Flowable], number: int, width: float) -> float:
    height = 0.0
    for one in flow[number:]:
        if not getattr(one, "stays", False):
            return height + (float(one.least(width)) if hasattr(one, "least") else 30)
        height += one.wrap(width, 10_000)[1] + one.getSpaceBefore() + one.getSpaceAfter()
    return height
