"""What it costs the people of a made-up board to come: how they travel, who must care meanwhile, and what they keep.

Only drawn, by the board and the person: somebody who drives always drives, and their way is always as long.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import TYPE_CHECKING

from portal.core.values import Typed
from portal.expenses.categories import BY_KEY, CARE, COST
from portal.expenses.policies.queries import policy_on, terms_of

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town

RECEIPT = "receipt"  # a file; anything else said about it is why there is none
WHY_NONE = (
    "The driver gave no ticket",
    "The machine was out of paper",
    "I lost it on the way home",
    "Paid by phone, and the app shows no receipt",
)
NEIGHBOUR = ("A neighbour came, and gives no receipts", "A friend stayed, and has no receipt book")
WAYS = ("car", "public_transport", "taxi")
USUAL = (*WAYS, "parking", "subsistence", "printing", CARE)
ON_THE_PIER = ("rep5",)  # who needs no ferry
CARE_HOURS = (180, 210, 240, 300)


@dataclass(frozen=True)
class Line:
    """One expense: its category, what is typed, and a receipt or why there is none."""

    category: str
    typed: Typed
    receipt: str = ""

    @property
    def said(self) -> Typed:
        because = "" if self.receipt == RECEIPT else self.receipt
        return {"category": self.category, **self.typed, "no_receipt_because": because}


@dataclass(frozen=True)
class Habit:
    """How somebody usually comes, and with what they claim. Amounts are pence as they were three years ago."""

    way: str
    tenths: int
    fare: int
    parking: int
    care: float  # how often they pay somebody to care meanwhile, and claim it
    minutes: int
    an_hour: int
    keenness: float  # how often they claim at all
    patience: tuple[int, int]  # days from the event to sending


def habit_of(town: Town, who: str) -> Habit:
    chance = Random(f"{town.key}:habit:{who}")
    ways, odds = ("car", "public_transport", "taxi", "bicycle"), (0.55, 0.37, 0.05, 0.03)
    way = chance.choices(ways, odds)[0]
    if town.profile.ferry_pence and who not in ON_THE_PIER:
        way = "ferry_air"  # they live over the sound
    return Habit(
        way,
        2 * chance.choice((24, 38, 52, 67, 83, 104, 131, 158)),
        5 * chance.randint(64, 178),
        50 * chance.randint(4, 12) if chance.random() < 0.7 else 0,
        chance.choice((0.0, 0.2, 0.35, 0.5)),
        chance.choice(CARE_HOURS),
        50 * chance.randint(22, 30),
        chance.choice((0.35, 0.7, 0.85, 0.95, 1.0)),
        chance.choice(((1, 6), (2, 14), (5, 30), (12, 48))),
    )


def lines_in_person(town: Town, who: str, on: date, where: str, chance: Random) -> list[Line]:
    """The journey, perhaps a meal, perhaps care."""
    habit, years = _that_day(habit_of(town, who), chance), (on - town.began_on).days / 365
    lines = [_journey(town, habit, years, where, chance)]
    if habit.parking and habit.way == "car" and chance.random() < 0.8:
        lines.append(Line("parking", {"paid": _dearer(habit.parking, years)}, _proof(chance)))
    if lines[0].category == "car" and chance.random() < 0.08:
        lines.append(Line("passenger", {"tenths": habit.tenths, "is_return": True, "note": "Took another rep along"}))
    if habit.way == "ferry_air" and chance.random() < 0.5:
        lines.append(Line("taxi", {"paid": _dearer(5 * chance.randint(110, 170), years)}, _proof(chance)))
    if chance.random() < 0.16:
        lines.append(Line("subsistence", {"paid": _dearer(5 * chance.randint(96, 280), years)}, _proof(chance)))
    return [*lines, *_care(habit, chance, years)]


def _that_day(habit: Habit, chance: Random) -> Habit:
    """Whoever drives takes the bus now and then, and the other way round."""
    others = {"car": "public_transport", "public_transport": "car"}
    is_other = chance.random() < 0.35 and habit.way in others
    return replace(habit, way=others[habit.way]) if is_other else habit


def _journey(town: Town, habit: Habit, years: float, where: str, chance: Random, *, is_sure: bool = False) -> Line:
    if habit.way == "ferry_air":
        return Line("ferry_air", {"paid": _dearer(town.profile.ferry_pence, years - 3)}, _proof(chance))
    if BY_KEY[habit.way].measure != COST:
        to = where.split(",")[0] or "the meeting"
        return Line(habit.way, {"tenths": habit.tenths, "is_return": True, "note": f"Home to {to}"})
    if habit.way == "public_transport" and not is_sure and chance.random() < 0.1:  # the bus did not come
        return Line("taxi", {"paid": _dearer(2 * habit.fare + 300, years)}, _proof(chance))
    fare = habit.fare if habit.way == "public_transport" else 2 * habit.fare + 400
    return Line(habit.way, {"paid": _dearer(fare, years)}, _proof(chance))


def kinds_covered(town: Town, on: date) -> list[str]:
    """Of the usual kinds of expense those that the policy of a day covers."""
    policy = policy_on(town.board.id, on)
    assert policy is not None
    terms = terms_of(town.board.id, [policy.id])[policy.id]
    return [kind for kind in USUAL if kind in terms and terms[kind].is_covered]


def lines_with(town: Town, who: str, on: date, where: str, chance: Random, kind: str) -> list[Line]:
    """The journey, and something of one kind; nothing of any kind that is not among the usual ones."""
    habit, years = habit_of(town, who), (on - town.began_on).days / 365
    way = kind if kind in WAYS else "car" if kind == "parking" or habit.way == "car" else "public_transport"
    lines = [_journey(town, replace(habit, way=way), years, where, chance, is_sure=True)]
    if kind == "parking":
        lines.append(Line(kind, {"paid": _dearer(habit.parking or 350, years)}, _proof(chance)))
    if kind in ("subsistence", "printing"):
        least, largest = (96, 170) if kind == "subsistence" else (50, 170)
        lines.append(Line(kind, {"paid": _dearer(5 * chance.randint(least, largest), years)}, _proof(chance)))
    return [*lines, *(_care(replace(habit, care=1.0), chance, years) if kind == CARE else ())]


def lines_online(town: Town, who: str, on: date, chance: Random) -> list[Line]:
    """Paper and ink, or care; often nothing."""
    habit, years = habit_of(town, who), (on - town.began_on).days / 365
    lines = list(_care(habit, chance, years))
    if chance.random() < 0.45:
        lines.append(Line("printing", {"paid": 5 * chance.randint(50, 170)}, _proof(chance)))
    return lines


def _care(habit: Habit, chance: Random, years: float) -> list[Line]:
    if chance.random() >= habit.care:
        return []
    minutes = habit.minutes + chance.choice((-30, 0, 0, 15, 30, 60))
    paid = _dearer(minutes * habit.an_hour // 60, years)
    return [Line(CARE, {"minutes": minutes, "paid": paid}, chance.choice((*NEIGHBOUR, RECEIPT)))]


def _proof(chance: Random) -> str:
    return RECEIPT if chance.random() < 0.85 else chance.choice(WHY_NONE)


def _dearer(pence: int, years: float) -> int:
    """Four in a hundred more each year, as prices are: to five pence."""
    return max(50, round(pence * (1 + 0.04 * years) / 5) * 5)
