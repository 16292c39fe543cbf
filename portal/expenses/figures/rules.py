"""The months that figures are counted in."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise


def last_months(today: date, number: int = 12) -> list[tuple[date, date]]:
    """The first day of each of the last months that are over, and of the month after it; the latest first."""
    firsts = [today.replace(day=1)]
    for _ in range(number):
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    return [(first, following) for following, first in pairwise(firsts)]
