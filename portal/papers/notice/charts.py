"""The days of notice as a picture: a row for each meeting, a mark for each paper, and the target as a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

from portal.core import charts
from portal.core.calendar import quarter, quarter_words
from portal.core.charts import Chart, Row, Scale, Span
from portal.core.nothing import EMPTY
from portal.core.text import count_words, near_day_words, together
from portal.papers.notice.queries import MeetingNotice, Share, overall
from portal.papers.notice.rules import MOST_PICTURED

ON_TIME, LATE, NEVER = "on-time", "late", "never"
LEAST_DAYS = 14  # how far the line goes, at least
LEGEND = ((ON_TIME, "A paper, on time"), (LATE, "A paper, late"), (NEVER, "A paper, never published"))
NUMBERED = "A mark with a number is so many papers on the same day. The line goes from 0 days before the meeting to"


def of_meetings(meetings: Sequence[MeetingNotice], address: Callable[[UUID], str]) -> Chart | None:
    """Of meetings, the latest first; `address` is that of a meeting's page, '' for those who may not open it.

    None where there are no papers to draw. More than fit into one picture are left to the table.
    """
    drawn = [one for one in meetings if one.papers][:MOST_PICTURED]
    if not drawn:
        return None
    scale = Scale(-2 if any(one.never for one in drawn) else 0, max(LEAST_DAYS, *(2 * one.target for one in drawn)))
    rows = [_row(one, scale, address(one.meeting_id), _heading(drawn, place)) for place, one in enumerate(drawn)]
    shown = {kind for row in rows for kind in (mark.kind for mark in row.marks)}
    legend = [one for one in LEGEND if one[0] in shown]
    below = f"{NUMBERED} {scale.last:g} or more."
    left = len([one for one in meetings if one.papers]) - len(drawn)
    below += f" {count_words(left, 'more meeting is', 'more meetings are')} in the table below." if left else ""
    return Chart(_sentence(drawn), tuple(rows), (*legend, ("line", "The target")), _axis(scale, drawn), below)


def _sentence(drawn: Sequence[MeetingNotice]) -> str:
    found, targets = overall(drawn), {one.target for one in drawn}
    of_all = f"{found.met} of {count_words(found.papers, 'paper')}"
    if len(targets) > 1:
        return f"{of_all} met the target that held for their meeting."
    return f"{of_all} reached carer reps {count_words(targets.pop(), 'day')} before the meeting, or sooner."


def _heading(drawn: Sequence[MeetingNotice], place: int) -> str:
    """The quarter of a meeting, where it is not that of the one above."""
    here = quarter(drawn[place].opened_on)
    return "" if place and quarter(drawn[place - 1].opened_on) == here else quarter_words(here)


def _axis(scale: Scale, drawn: Sequence[MeetingNotice]) -> tuple[tuple[float, str], ...]:
    numbers = {0, scale.last, *(one.target for one in drawn)}
    return tuple((scale.at(days), f"{days:g}") for days in sorted(numbers))


def _row(one: MeetingNotice, scale: Scale, address: str, heading: str) -> Row:
    found = [(ON_TIME if days >= one.target else LATE, float(days)) for days in one.days]
    never = [(NEVER, -1.0)] * one.never
    line = scale.at(one.target - 0.5)
    start = scale.at(-0.5) if one.never else 0
    zones: tuple[Span, ...] = (
        Span("early", start, round(line - start, 2)),
        Span("in-time", line, round(100 - line, 2)),
    )
    zones = (Span(NEVER, 0, start), *zones) if one.never else zones
    return Row(
        f"{near_day_words(one.opened_on, one.opened_on)}, {one.group}",
        f"{one.met} of {one.papers}",
        f"{one.met} of {count_words(one.papers, 'paper')} on time",
        _desc(one),
        spans=zones,
        marks=charts.marks(scale, [*never, *found]),
        lines=(line,),
        heading=heading,
        address=address,
        height=charts.STRIP_HEIGHT,
    )


def _desc(one: MeetingNotice) -> str:
    """Every mark of a row in words."""
    late = [days for days in one.days if days < one.target]
    in_time = [days for days in one.days if days >= one.target]
    said = [f"{words}: {_days_words(days)}." for words, days in (("On time", in_time), ("Late", late)) if days]
    return " ".join([*said, f"Never published: {one.never}."] if one.never else said)


def _days_words(days: Sequence[int]) -> str:
    counted = Counter(days)
    words = [
        f"{count_words(number, 'paper')} {count_words(day, 'day')} before" for day, number in sorted(counted.items())
    ]
    return together(words)


def of_quarters(quarters: Sequence[Share]) -> Chart | None:
    """The share of each quarter, the latest last, as bars."""
    drawn = quarters[-charts.MOST_BARS :]
    below = charts.latest([one.name for one in quarters])
    return of_shares([Share(quarter_words(one.name), one.met, one.papers) for one in drawn], "quarter", below)


def of_shares(shares: Sequence[Share], each: str, below: str = "") -> Chart | None:
    """Some shares as bars, with the lowest and the highest of them in words."""
    percents = [one.percent for one in shares if one.percent is not None]
    if not percents:
        return None
    low, high = min(percents), max(percents)
    range_words = f"{low}%" if low == high else f"from {low}% to {high}%"
    rows = [_share(one) for one in shares]
    return Chart(f"Papers that met the target, by {each}: {range_words}.", tuple(rows), below=below)


def _share(one: Share) -> Row:
    if one.percent is None:
        return charts.missing(one.name, EMPTY)
    title = f"{one.met} of {count_words(one.papers, 'paper')} met the target"
    return Row(one.name, f"{one.percent}%", title, spans=charts.bar(one.percent))
