"""By when care is to be arranged, and what came too late for that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portal.replacement_care.requests.rules import cover_deadline


@dataclass(frozen=True)
class Due:
    """By when care is to be arranged. At short notice that is as soon as an officer can, so it is late for nobody."""

    by: date
    is_short_notice: bool = False

    def on_list(self, today: date) -> date:
        """The day on which it is to be done, for whoever still has to."""
        return today if self.is_short_notice else self.by


def due_by(asked_for: date, lead_days: int, asked_on: date, changed_on: date | None = None) -> Due:
    """For the day that was asked for, whatever other day is offered.

    What was asked for when that was over already is short notice. What changed gets a new date, and never one that was
    over by then.
    """
    due = cover_deadline(asked_for, lead_days)
    return Due(max(due, asked_on, changed_on or asked_on), is_short_notice=asked_on > due)
