"""Inductions as a picture: a row for each rep, a mark for each step in the order of its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.core import charts
from portal.core.charts import Chart, Row
from portal.core.text import count_words
from portal.training.inductions.queries import Induction
from portal.training.inductions.rules import DONE, DROPPED, DUE, LATE, LATER

KINDS = {DONE: "done", LATE: "late", DUE: "soon", LATER: "later"}
WORDS = {DONE: "Done", LATE: "Late", DUE: "Due within a week", LATER: "Later"}


def of_board(inductions: Sequence[Induction], today: date) -> Chart | None:
    """Those of a board, each with the rep's name: for a page that names them."""
    rows = [_row(one, one.appointment.person.name, today) for one in inductions if one.tasks]
    late = sum(1 for one in inductions if LATE in _states(one, today))
    verb = "has" if late == 1 else "have"
    return _chart(f"{late} of {count_words(len(inductions), 'induction')} {verb} a late step.", rows)


def of_rep(inductions: Sequence[Induction], today: date) -> Chart | None:
    """A rep's own."""
    rows = [_row(one, "Your induction", today) for one in inductions if one.tasks]
    done = sum(_states(one, today).count(DONE) for one in inductions)
    steps = sum(len(one.tasks) for one in inductions)
    return _chart(f"{done} of {count_words(steps, 'step')} of your induction {_is(done)} done.", rows)


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def _chart(sentence: str, rows: Sequence[Row]) -> Chart | None:
    if not rows:
        return None
    kinds = {mark.kind for row in rows for mark in row.marks}
    legend = tuple((KINDS[state], WORDS[state]) for state in KINDS if KINDS[state] in kinds)
    return Chart(sentence, tuple(rows), legend)


def _states(induction: Induction, today: date) -> list[str]:
    return [one.state(today, induction.appointment.until_on) for one in induction.tasks]


def _row(induction: Induction, name: str, today: date) -> Row:
    states = _states(induction, today)
    said = [f"{WORDS[state]}: {states.count(state)}" for state in KINDS if state in states]
    return Row(
        name,
        f"{states.count(DONE)} of {len(states)}",
        f"{'. '.join(said)}.",
        marks=charts.in_a_row([KINDS[state] for state in states if state != DROPPED]),
        height=charts.LINE_OF_MARKS,
    )
