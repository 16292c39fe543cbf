"""What expenses come to, as pictures: days with the promise, amounts, and what came of asking."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from portal.core import charts
from portal.core.charts import Amount, Chart, Mark, Row, Scale
from portal.core.money import pounds
from portal.core.nothing import EMPTY, WITHHELD
from portal.core.text import count_words, short_number
from portal.expenses.figures.queries import Asked, Days, Total

TYPICAL = "bar:part"
STEP = 5  # the line of days ends at a whole number of these


def of_days(decided: Days, paid: Days, promised: int | None) -> Chart | None:
    """How long reps wait for a decision and for payment, beside what the board promises; None where nobody waited."""
    rows = (("To a decision", decided, None), ("To payment", paid, promised))
    return _of_days(_sentence(paid, promised), [(name, days, promise, "") for name, days, promise in rows])


def of_boards(rows: Sequence[tuple[str, Days, int | None, str]]) -> Chart | None:
    """Days to payment of each board, as (its name, days, its promise, the address of its page)."""
    keep = [one for one in rows if one[1].median is not None and one[2] is not None]
    met = sum(1 for _, days, promise, _ in keep if (days.median or 0) <= (promise or 0))
    said = f"In {met} of {count_words(len(keep), 'board')}, half of the claims were paid within the days promised."
    typical = [(name, replace(days, slowest=None), promise, address) for name, days, promise, address in rows]
    return _of_days(said if keep else "How many days boards take to pay.", typical)


def _sentence(paid: Days, promised: int | None) -> str:
    if paid.median is None:
        return "No claims were paid in the last twelve months."
    half = f"Half of the claims were paid within {_days_words(paid.median)}."
    return f"{half} The board promises {count_words(promised, 'day')}." if promised else half


def _days_words(days: float) -> str:
    return "1 day" if days == 1 else f"{short_number(days)} days"


def _of_days(sentence: str, rows: Sequence[tuple[str, Days, int | None, str]]) -> Chart | None:
    known = [(days, promise) for _, days, promise, _ in rows if days.median is not None]
    if not known:
        return None
    farthest = max(max(days.median or 0, days.slowest or 0, promise or 0) for days, promise in known)
    scale = Scale(0, max(STEP, ceil(farthest / STEP) * STEP))
    drawn = tuple(_row(scale, *one) for one in rows)
    kinds = {mark.kind for row in drawn for mark in row.marks}
    slowest = [("later", "Slowest"), ("late", "Slowest, and later than promised")]
    legend = [(TYPICAL, "Typical (median)"), *(one for one in slowest if one[0] in kinds)]
    legend += [("line", "Promised")] if any(row.lines for row in drawn) else []
    ends = ((scale.at(0), "0"), (scale.at(scale.last), f"{scale.last:g}"))
    return Chart(sentence, drawn, tuple(legend), ends, "Days from the day a claim was first sent.")


def _row(scale: Scale, name: str, days: Days, promise: int | None, address: str) -> Row:
    if days.median is None:
        return charts.missing(name, EMPTY, address=address)
    slowest = f" Slowest: {_days_words(days.slowest)}." if days.slowest is not None else ""
    promised = f", promised: {count_words(promise, 'day')}" if promise is not None else ""
    return Row(
        name,
        _days_words(days.median),
        f"Typical: {_days_words(days.median)}{promised}.{slowest}",
        spans=(charts.span(scale, "part", 0, days.median),),
        marks=_slowest(scale, days.slowest, promise),
        lines=(scale.at(promise),) if promise is not None else (),
        address=address,
        height=charts.LINE_OF_MARKS,
    )


def _slowest(scale: Scale, days: int | None, promise: int | None) -> tuple[Mark, ...]:
    if days is None:
        return ()
    is_late = promise is not None and days > promise
    return (Mark("late" if is_late else "later", scale.at(days), charts.LINE_OF_MARKS / 2),)


def of_totals(title: str, totals: Sequence[Total]) -> Chart | None:
    """Amounts of money; of a withheld one nothing is drawn, nor does it change how the others are."""
    amounts = [Amount(one.name, one.pence, pounds(one.pence or 0), WITHHELD) for one in totals]
    shown = [one for one in amounts if one.value is not None]
    if not shown:
        return None
    largest = max(shown, key=lambda one: one.value or 0)
    of_shown = "" if len(shown) == len(amounts) else " of those shown"
    return charts.bars_of_amounts(f"{title}: the largest{of_shown} is {largest.name}, {largest.words}.", amounts)


def of_asked(asked: Asked | None) -> Chart | None:
    """What came of asking after meetings, as far as it may be shown."""
    if not asked:
        return None
    rows = (("Claimed", asked.claimed), ("Had nothing to claim", asked.nothing), ("Did not answer", asked.no_answer))
    amounts = [Amount(name, number, str(number), WITHHELD) for name, number in rows]
    return charts.bars_of_amounts("After meetings, we asked if reps had anything to claim.", amounts)
