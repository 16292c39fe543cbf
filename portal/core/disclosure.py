"""What figures about people may be shown: none that tells of fewer than five, by itself or by subtraction."""

from __future__ import annotations

from collections.abc import Mapping

LEAST_PEOPLE = 5


def shown(counts: Mapping[str, int], least: int = LEAST_PEOPLE) -> dict[str, int | None]:
    """Counts of people by name, where they may be shown beside their total; None where one is withheld.

    A count below `least` is withheld, and so is the smallest other one until what is withheld adds up to `least`:
    else it could be worked out from the total. Nothing is shown of fewer than `least` people in all. 0 tells of nobody.
    """
    if sum(counts.values()) < least:
        return dict.fromkeys(counts)
    hidden = {name for name, number in counts.items() if 0 < number < least}
    for name in sorted((n for n in counts if counts[n] >= least), key=lambda n: (counts[n], n)):
        if not hidden or (len(hidden) > 1 and sum(counts[n] for n in hidden) >= least):
            break
        hidden.add(name)
    return {name: None if name in hidden else number for name, number in counts.items()}
