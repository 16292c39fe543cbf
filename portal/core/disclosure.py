"""What figures about people may be shown: none that tells of fewer than five, by itself or by subtraction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

LEAST_PEOPLE = 5
NOT_SHOWN = (  # 0 is shown: it tells of nobody
    f"numbers from 1 to {LEAST_PEOPLE - 1}, or numbers from which one could be worked out"
)
NOT_SHOWN_BECAUSE = f"{NOT_SHOWN[0].upper()}{NOT_SHOWN[1:]}: they could tell you about one person."

Name = TypeVar("Name")
PartOfWhole = tuple[int, int]  # so many people of so many


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


@dataclass(frozen=True)
class Told(Generic[Name]):
    """Which of some shares may be shown, by name, and whether their total may be too."""

    names: frozenset[Name]
    total: bool


def shown_of_shares(shares: Mapping[Name, PartOfWhole], least: int = LEAST_PEOPLE) -> Told[Name]:
    """Which of "so many people of so many" may be shown beside the total of all.

    Each share is an answer that people gave, yes or no: see `shown`. What the withheld ones come to together can be
    worked out from the total, so the smallest others are withheld until that would tell of nobody either; if they
    never do, it is the total that is withheld.
    """
    told = [name for name in shares if _may_be_shown([shares[name]], least)]
    if not _may_be_shown(shares.values(), least):
        return Told(frozenset(told), total=False)
    hidden = [shares[name] for name in shares if shares[name][1] and name not in told]
    told.sort(key=lambda name: shares[name][1], reverse=True)
    while hidden and told and not _may_be_shown(hidden, least):
        hidden.append(shares[told.pop()])
    return Told(frozenset(told), total=True)


def _may_be_shown(shares: Iterable[PartOfWhole], least: int) -> bool:
    every = list(shares)
    part, whole = sum(one[0] for one in every), sum(one[1] for one in every)
    return None not in shown({"yes": part, "no": whole - part}, least).values()
