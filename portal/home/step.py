"""One line of "Your next steps"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Step:
    """One thing that wants this person: the sooner due_on, the higher it stands."""

    due_on: date
    title: str
    detail: str
    address: str
    is_late: bool = False
