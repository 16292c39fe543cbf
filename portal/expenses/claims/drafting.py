"""What a claim is drafted from: what somebody usually claims, and what they said before this meeting. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

TRAVEL_OF = {"car": "car", "bus": "public_transport", "train": "public_transport", "taxi": "taxi", "ferry": "ferry_air"}


TRAVEL = ("car", "motorcycle", "bicycle", "passenger", "public_transport", "taxi", "ferry_air")


BY_CAR = ("car", "passenger", "parking")


AWAY = ("parking", "subsistence", "accommodation")  # what nobody needs who stays at home


CARE = ("childcare", "replacement_care", "assistant")


@dataclass(frozen=True)
class UsualLine:
    """One line as it was last time: what it was for, tenths of miles, minutes, pence, and its note."""

    category: str
    tenths: int = 0
    minutes: int = 0
    paid: int = 0
    note: str = ""
    is_return: bool | None = None


@dataclass(frozen=True)
class CheckInAnswer:
    """What somebody said before the meeting: whether they travel and how, and whether care was needed."""

    in_person: bool
    travel: str
    needs_care: bool


def drafted(usual: Sequence[UsualLine], said: CheckInAnswer | None) -> list[UsualLine]:
    """The lines of a new claim. One that was never claimed before comes empty, to be filled in or taken away."""
    if said is None:
        return list(usual)
    lines = [one for one in usual if _fits(one.category, said)]
    kept = {one.category for one in lines}
    wanted = TRAVEL_OF.get(said.travel) if said.in_person else None
    if wanted and wanted not in kept:
        lines.append(UsualLine(wanted))
    if said.needs_care and not kept & set(CARE):
        lines.append(UsualLine("replacement_care"))
    return lines


def _fits(category: str, said: CheckInAnswer) -> bool:
    if category in CARE:
        return said.needs_care
    if not said.in_person or said.travel == "none":
        return category not in (*TRAVEL, *AWAY)
    if said.travel not in TRAVEL_OF:  # some other way, or not said
        return True
    if category in BY_CAR:
        return said.travel == "car"
    return category not in TRAVEL or category == TRAVEL_OF[said.travel]
