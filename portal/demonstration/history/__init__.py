"""Three years of the demonstration's boards, made by the portal's own actions under a moved clock."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from portal.demonstration.world.profiles import profiles
from portal.demonstration.world.towns import Town, town

# Each is a module here with `fill(town)`, which opens its own transactions. None of them imports another.
PARTS = ("roles", "policies", "meetings", "claims", "care", "training", "mentoring", "support", "now")


def fill_all(say: Callable[[str], object] = print) -> None:
    """Everything from nothing, a board after the other, and then the emails of days long past are settled."""
    from portal.demonstration.history import boards, people

    boards.before_them_all()
    every = profiles()
    for number, profile in enumerate(every, 1):
        empty = boards.found(profile)
        people.fill(empty)
        of_today = town(profile, empty.today)
        for fill in _parts():
            fill(of_today)
        say(f"{number} of {len(every)}: {profile.short_name}")


def _parts() -> list[Callable[[Town], None]]:
    names = [f"{__name__}.{part}" for part in PARTS]
    return [import_module(name).fill for name in names if find_spec(name)]
