"""The tours: five steps for each role, written in tours.toml; and at which step somebody is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import session

from portal.demonstration.world.files import Written

TEXTS = Path(__file__).parent / "tours.toml"
IN_SESSION = "tour"
NOWHERE = ("", 0, 0, "")
TO_CHOOSE = -1  # the way of telling a step, until whoever follows it is known


@dataclass(frozen=True)
class Step:
    """One way of telling a step: what to look at, why it matters, where it leads, and what must be there for it."""

    title: str
    look: str
    why: str
    to: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tour:
    """The steps of one role, each in ways of which the first that fits is told; what that role is called and does."""

    role: str
    called: str
    does: str
    steps: tuple[tuple[Step, ...], ...]


@dataclass(frozen=True)
class Start:
    """Somebody to begin with, and why."""

    address: str
    why: str


@dataclass(frozen=True)
class Texts:
    """Everything that the tours say."""

    tours: Mapping[str, Tour]
    stories: Mapping[str, str]
    starts: tuple[Start, ...]


@dataclass(frozen=True)
class Here:
    """The step at which a visitor is, in which way it is told, and the address to which it led."""

    tour: Tour
    number: int
    way: int
    path: str

    @property
    def ways(self) -> tuple[Step, ...]:
        return self.tour.steps[self.number - 1]

    @property
    def step(self) -> Step:
        return self.ways[self.way]

    @property
    def is_last(self) -> bool:
        return self.number == len(self.tour.steps)


@cache
def tours() -> Texts:
    read = tomllib.loads(TEXTS.read_text())
    every = [
        Tour(one["role"], one["called"], one["does"], tuple(_ways(step) for step in one["step"]))
        for one in read["tour"]
    ]
    starts = tuple(Start(**one) for one in read["start"])
    return Texts({one.role: one for one in every}, read["boards"], starts)


def _ways(written: Written) -> tuple[Step, ...]:
    """What is not said otherwise is as in the first."""
    said = {name: value for name, value in written.items() if name not in ("else", "needs")}
    ways = [written, *written.get("else", ())]
    own = ({name: value for name, value in way.items() if name != "else"} for way in ways)
    return tuple(Step(**{**said, **way, "needs": tuple(way.get("needs", ()))}) for way in own)


def go_to(role: str, number: int, way: int = TO_CHOOSE, path: str = "") -> None:
    session[IN_SESSION] = [role, number, way, path]


def leave() -> None:
    session.pop(IN_SESSION, None)


def here() -> Here | None:
    """Nowhere for whoever follows no tour, or kept a cookie of a step that is not there any more."""
    kept = tuple(session.get(IN_SESSION) or ())
    role, number, way, path = kept if len(kept) == len(NOWHERE) else NOWHERE
    tour = tours().tours.get(role)
    if tour is None or not 1 <= number <= len(tour.steps) or way >= len(tour.steps[number - 1]):
        return None
    return Here(tour, number, way, path)
