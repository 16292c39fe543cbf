"""What figures about people may be shown: none that tells of fewer than five, by itself or by subtraction."""

from __future__ import annotations

from collections.abc import Mapping

LEAST_PEOPLE = 5


def shown(counts: Mapping[str, int], least: int = LEAST_PEOPLE) -> dict[str, int | None]:
    """How many people gave each answer, where that may be shown beside their total; None where one is withheld.

    Nothing is shown where one answer holds everybody, or all but fewer than `least`: whoever knows one of them would
    know what they answered. Of the rest the same is shown as of sums.
    """
    if counts and sum(counts.values()) - max(counts.values()) < least:
        return dict.fromkeys(counts)
    return shown_of_sums(counts, least)


def shown_of_sums(counts: Mapping[str, int], least: int = LEAST_PEOPLE) -> dict[str, int | None]:
    """How many people are behind each part of a sum, where that part may be shown beside the total.

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
