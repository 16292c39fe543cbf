"""How much of a group has had Carer Awareness."""

from __future__ import annotations

from datetime import timedelta

AWARENESS_COUNTS_FOR = timedelta(days=3 * 365)  # members change: Carer Awareness counts for three years


def coverage(had_it: int, members: int) -> int | None:
    """Percent of the other members who had Carer Awareness; None where nobody said how many there are."""
    return min(100, round(100 * had_it / members)) if members else None
