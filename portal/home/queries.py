"""Your next steps: whatever waits for somebody, most urgent first."""

from __future__ import annotations

from datetime import date

from portal.access.roles import Viewer
from portal.capability import gathered
from portal.infra.todo import Line, ask

MOST = 8


def next_steps(person: Viewer, today: date) -> list[Line]:
    """What every capability wants of this person, in one query."""
    kinds = [kind for kind in gathered().todo if kind.first_page]
    return ask(kinds, person, today).lines(lambda kind: kind.first_page, today)
