"""The tours: five steps for each role, written in tours.toml; and at which step somebody is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import session

TEXTS = Path(__file__).parent / "tours.toml"
IN_SESSION = "tour"


@dataclass(frozen=True)
class Step:
    """What to look at, why it matters, and where: the first address of which everything named is there."""

    title: str
    look: str
    why: str
    to: tuple[str, ...]


@dataclass(frozen=True)
class Tour:
    """The steps of one role, and what that role is called and does."""

    role: str
    called: str
    does: str
    steps: tuple[Step, ...]


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
    """The step at which a visitor is, and the address to which it led."""

    tour: Tour
    number: int
    path: str

    @property
    def step(self) -> Step:
        return self.tour.steps[self.number - 1]

    @property
    def is_last(self) -> bool:
        return self.number == len(self.tour.steps)


@cache
def tours() -> Texts:
    read = tomllib.loads(TEXTS.read_text())
    every = [
        Tour(
            one["role"],
            one["called"],
            one["does"],
            tuple(Step(**{**step, "to": tuple(step["to"])}) for step in one["step"]),
        )
        for one in read["tour"]
    ]
    starts = tuple(Start(**one) for one in read["start"])
    return Texts({one.role: one for one in every}, read["boards"], starts)


def go_to(role: str, number: int, path: str) -> None:
    session[IN_SESSION] = [role, number, path]


def leave() -> None:
    session.pop(IN_SESSION, None)


def here() -> Here | None:
    """Nowhere for whoever follows no tour, or kept a cookie of a step that is not there any more."""
    role, number, path = session.get(IN_SESSION) or ("", 0, "")
    tour = tours().tours.get(role)
    return Here(tour, number, path) if tour and 1 <= number <= len(tour.steps) else None
