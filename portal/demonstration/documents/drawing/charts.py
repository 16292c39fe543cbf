"""Charts: bars, lines and stacked bars, with an axis in round numbers and a legend that is read without colours."""

from __future__ import annotations

import math
from collections.abc import Iterable

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Circle, Drawing, Line, PolyLine, Rect, Shape, String
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from portal.demonstration.documents.blocks import Chart
from portal.demonstration.documents.drawing import faces

HEIGHT, LEFT, RIGHT, SIZE = 168.0, 46.0, 8.0, 7.6


class Plot:
    """Where values are on paper."""

    def __init__(self, chart: Chart, width: float, height: float) -> None:
        self.chart, self.width, self.height = chart, width, height
        self.entries = _legend(chart, width - LEFT)
        self.slot = (width - LEFT - RIGHT) / max(len(chart.labels), 1)
        self.labels = [_folded(label, self.slot - 3) for label in chart.labels]
        under = 20.0 + 9 * (max(map(len, self.labels), default=1) - 1)
        self.bottom = under + 13 * (1 + max((row for row, _, _ in self.entries), default=0))
        self.top = height - 8
        low, high = _reach(chart)
        self.step = _step(high - low)
        self.low, self.high = math.floor(low / self.step) * self.step, math.ceil(high / self.step - 1e-9) * self.step

    def y(self, value: float) -> float:
        return self.bottom + (value - self.low) / (self.high - self.low) * (self.top - self.bottom)

    def middle(self, number: int) -> float:
        return LEFT + self.slot * (number + 0.5)


def painted(chart: Chart, width: float, scale: float = 1) -> Drawing:
    plot = Plot(chart, width / scale, HEIGHT)
    drawing = Drawing(plot.width, plot.height, transform=(scale, 0, 0, scale, 0, 0))
    for shape in [*_axis(plot), *KINDS[chart.kind](plot), *_labels(plot), *_names(plot)]:
        drawing.add(shape)
    return drawing


def draw(drawing: Drawing, canvas: Canvas, left: float) -> None:
    renderPDF.draw(drawing, canvas, left, 0)


def in_words(chart: Chart) -> str:
    """For whoever hears the chart: its values."""
    lines = []
    for name, values in chart.series.items():
        pairs = ", ".join(f"{label} {value:g}" for label, value in zip(chart.labels, values, strict=True))
        lines.append(f"{name}: {pairs}.")
    return " ".join([f"Chart: {chart.title}.", *lines])


def _reach(chart: Chart) -> tuple[float, float]:
    if chart.kind == "stacked":
        columns = list(zip(*chart.series.values(), strict=True))
        high = max((sum(one for one in column if one > 0) for column in columns), default=0)
        low = min((sum(one for one in column if one < 0) for column in columns), default=0)
    else:
        every = [value for values in chart.series.values() for value in values]
        low, high = min(every, default=0), max(every, default=0)
    if chart.kind == "line" and low > 0.7 * high:
        return low - (high - low) * 0.5 - abs(high) * 0.01, high + (high - low) * 0.1
    return min(low, 0), max(high, 0) * 1.04 or (1 if low == 0 else 0)


def _step(reach: float) -> float:
    rough = max(reach, 1e-9) / 5
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next(power * one for one in (1, 2, 2.5, 5, 10) if power * one >= rough * 0.999)


def _text(
    x: float, y: float, words: str, anchor: str = "middle", bold: bool = False, colour: Color = faces.INK
) -> String:
    font = faces.BOLD if bold else faces.PLAIN
    return String(x, y, words, fontName=font, fontSize=SIZE, fillColor=colour, textAnchor=anchor)


def _axis(plot: Plot) -> Iterable[Shape]:
    right = plot.width - RIGHT
    for number in range(round((plot.high - plot.low) / plot.step) + 1):
        value = plot.low + number * plot.step
        y, is_zero = plot.y(value), abs(value) < plot.step / 100
        colour = faces.GREY if is_zero or not number else faces.SHADE
        yield Line(LEFT, y, right, y, strokeColor=colour, strokeWidth=0.7 if is_zero else 0.5)
        places = 0 if plot.step >= 1 else (2 if round(plot.step * 100) % 10 else 1)
        yield _text(LEFT - 5, y - 2.6, f"{value:,.{places}f}", "end", colour=faces.GREY)


def _labels(plot: Plot) -> Iterable[Shape]:
    """Each label, or where they are many, every second or third."""
    labels = plot.chart.labels
    widest = max((stringWidth(label, faces.PLAIN, SIZE) for label in labels), default=0)
    lines = plot.labels
    fits = all(stringWidth(one, faces.PLAIN, SIZE) <= plot.slot - 2 for two in lines for one in two)
    every = 1 if fits else math.ceil((widest + 4) / plot.slot)
    for number, label in enumerate(labels):
        if (len(labels) - 1 - number) % every == 0:
            for line, words in enumerate(lines[number] if fits else [label]):
                yield _text(plot.middle(number), plot.bottom - 10.5 - 9 * line, words)


def _folded(label: str, width: float) -> list[str]:
    """On one line, or where it is long on two, or three."""
    words = label.split()
    if stringWidth(label, faces.PLAIN, SIZE) <= width or len(words) < 2:
        return [label]
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    two = min(cuts, key=lambda two: max(stringWidth(one, faces.PLAIN, SIZE) for one in two))
    is_too_wide = max(stringWidth(one, faces.PLAIN, SIZE) for one in two) > width
    return words if is_too_wide and len(words) == 3 else list(two)


def _names(plot: Plot) -> Iterable[Shape]:
    names = list(plot.chart.series)
    for number, (row, x, name) in enumerate(plot.entries):
        y = 13 * (plot.entries[-1][0] - row) + 3
        colour = faces.COLOURS[names.index(name) % len(faces.COLOURS)]
        if plot.chart.kind == "line":
            yield Line(LEFT + x, y + 2.6, LEFT + x + 16, y + 2.6, strokeColor=colour, strokeWidth=1.8,
                       strokeDashArray=_dash(number))  # fmt: skip
            yield _marker(number, LEFT + x + 8, y + 2.6, colour)
        else:
            yield Rect(LEFT + x + 4, y - 0.6, 9, 7, fillColor=colour, strokeColor=None)
        yield _text(LEFT + x + 20, y, name, "start")


def _legend(chart: Chart, width: float) -> list[tuple[int, float, str]]:
    """The row and the place of each name."""
    placed, row, x = [], 0, 0.0
    for name in chart.series:
        needs = stringWidth(name, faces.PLAIN, SIZE) + 34
        if x and x + needs > width:
            row, x = row + 1, 0.0
        placed.append((row, x, name))
        x += needs
    return placed


def _bars(plot: Plot) -> Iterable[Shape]:
    series = list(plot.chart.series.values())
    wide = min(plot.slot * 0.74 / len(series), 34)
    longest = max(
        (stringWidth(f"{value:,.10g}", faces.PLAIN, SIZE) for values in series for value in values), default=0
    )
    is_free = longest < wide + 1 or (len(series) == 1 and longest < plot.slot - 3)
    fits = is_free and len(series) * len(plot.labels) <= 14
    for number, values in enumerate(series):
        for place, value in enumerate(values):
            x = plot.middle(place) + (number - len(series) / 2) * wide
            yield _bar(plot, x, wide - 0.8, 0, value, number)
            if fits:
                y = plot.y(value) + 2.5 if value >= 0 else plot.y(value) - 8.5
                yield _text(x + wide / 2, y, f"{value:,.10g}", colour=faces.GREY)


def _stacked(plot: Plot) -> Iterable[Shape]:
    wide = min(plot.slot * 0.62, 46)
    above, below = [0.0] * len(plot.chart.labels), [0.0] * len(plot.chart.labels)
    for number, values in enumerate(plot.chart.series.values()):
        for place, value in enumerate(values):
            sums = above if value >= 0 else below
            yield _bar(plot, plot.middle(place) - wide / 2, wide, sums[place], sums[place] + value, number)
            sums[place] += value


def _bar(plot: Plot, x: float, wide: float, start: float, end: float, number: int) -> Rect:
    low, high = sorted((plot.y(start), plot.y(end)))
    colour = faces.COLOURS[number % len(faces.COLOURS)]
    return Rect(x, low, wide, high - low, fillColor=colour, strokeColor=faces.PAPER, strokeWidth=0.5)


def _lines(plot: Plot) -> Iterable[Shape]:
    for number, values in enumerate(plot.chart.series.values()):
        colour = faces.COLOURS[number % len(faces.COLOURS)]
        points = [(plot.middle(place), plot.y(value)) for place, value in enumerate(values)]
        flat = [one for point in points for one in point]
        if len(points) > 1:
            yield PolyLine(flat, strokeColor=colour, strokeWidth=1.8, strokeDashArray=_dash(number))
        if len(points) <= 16:
            for x, y in points:
                yield _marker(number, x, y, colour)


def _dash(number: int) -> list[float] | None:
    dashes: tuple[list[float] | None, ...] = (None, [5.0, 2.5], [1.5, 2.0], [8.0, 2.0, 2.0, 2.0])
    return dashes[number % 4]


def _marker(number: int, x: float, y: float, colour: Color) -> Shape:
    if number % 2:
        return Rect(x - 2, y - 2, 4, 4, fillColor=faces.PAPER, strokeColor=colour, strokeWidth=1)
    return Circle(x, y, 2.1, fillColor=colour, strokeColor=colour, strokeWidth=0.5)


KINDS = {"bar": _bars, "line": _lines, "stacked": _stacked}
