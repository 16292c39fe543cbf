"""Three years of the demonstration's boards, made by the portal's own actions under a moved clock."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from portal.demonstration.history.steps import done
from portal.demonstration.world.profiles import profiles
from portal.demonstration.world.towns import Town, town
from portal.infra.unit_of_work import unit_of_work
from portal.training.courses.actions import add_national_courses

# Each is a module here with `fill(town)`, which opens its own transactions. None of them imports another.
PARTS = ("roles", "policies", "meetings", "claims", "care", "training", "mentoring", "support", "now")


def fill_all(say: Callable[[str], object] = print) -> None:
    """Everything from nothing, a board after the other, and then the emails of days long past are settled."""
    from portal.demonstration.history import boards, mornings, people, roles

    with unit_of_work():
        boards.not_joined()
        coordinator_id = boards.coordinator()
        roles.write_model(coordinator_id)
        with done(boards.began_on(), 13, coordinator_id):
            add_national_courses()
    every = profiles()
    for number, profile in enumerate(every, 1):
        empty = boards.found(profile)
        people.fill(empty)
        of_today = town(profile, empty.today)
        for fill in _parts():
            fill(of_today)
        say(f"{number} of {len(every)}: {profile.short_name}")
    mornings.let_come()
    boards.let_coordinate(coordinator_id)


def _parts() -> list[Callable[[Town], None]]:
    names = [f"{__name__}.{part}" for part in PARTS]
    return [import_module(name).fill for name in names if find_spec(name)]
