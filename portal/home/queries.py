"""Your next steps: whatever waits for somebody, most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from portal.access.roles import Viewer
from portal.capability import gathered
from portal.core.by_when import in_order
from portal.infra.todo import ask
from portal.infra.todo_line import Line

MOST = 8
MOST_DATES = 5


def next_steps(person: Viewer, today: date) -> list[Line]:
    """What every capability wants of this person, in one query."""
    kinds = [kind for kind in gathered().todo if kind.first_page]
    return ask(kinds, person, today).lines(lambda kind: kind.first_page, today)


def shown_at_once(steps: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The first of what is to be done and of the dates to keep, in one order; and what there is no room for."""
    tasks, dates = [one for one in steps if not one.is_date], [one for one in steps if one.is_date]
    return in_order([*tasks[:MOST], *dates[:MOST_DATES]]), in_order([*tasks[MOST:], *dates[MOST_DATES:]])
