"""Three years of the demonstration's boards, made by the portal's own actions under a moved clock."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from flask import current_app

from portal.core import clock
from portal.demonstration import library, progress
from portal.demonstration.history.steps import done
from portal.demonstration.world.profiles import Profile, profiles
from portal.demonstration.world.towns import Town, town
from portal.infra import occasions
from portal.infra.unit_of_work import unit_of_work
from portal.training.courses.actions import add_national_courses

# Each is a module here with `fill(town)`, which opens its own transactions. None of them imports another.
PARTS = ("roles", "policies", "meetings", "hours", "care", "claims", "training", "mentoring", "support", "noted")
WHOLE = "demonstration:whole"


def fill(boards: Iterable[str] = ()) -> None:
    """Everything from nothing, a board after the other, and then the mornings of the last weeks."""
    chosen = set(boards)
    begin()
    for profile in profiles():
        if not chosen or profile.key in chosen:
            tell(profile)
    progress.at("The emails of the last weeks")
    end()


def begin() -> None:
    """What is there before any board: the real ones without people, the coordinator, the model, and the courses.

    Raises RuntimeError in any other database than the demonstration's own.
    """
    from portal.demonstration.history import boards, in_order, roles

    in_order.forget()
    if not current_app.config["PORTAL"].is_demonstration:
        raise RuntimeError("The demonstration's people belong in its own database only.")
    with unit_of_work():
        boards.not_joined()
        coordinator_id = boards.coordinator()
        roles.write_model(coordinator_id)
        with done(boards.began_on(), 13, coordinator_id):
            add_national_courses()


def tell(profile: Profile, parts: Iterable[str] = PARTS) -> Town:
    """The history of one board, or some parts of it."""
    from portal.demonstration.history import boards, people

    progress.at(f"{profile.short_name}: people")
    empty = boards.found(profile)
    people.fill(empty)
    filled = town(profile, empty.today)
    for name in parts:
        progress.at(f"{profile.short_name}: {name}")
        import_module(f"{__name__}.{name}").fill(filled)
    return filled


def end(with_mornings: bool = True) -> None:
    """What the clock did lately; and a mark that nothing is left to tell."""
    from portal.demonstration.history import in_order, mornings

    library.close()
    if with_mornings:
        mornings.let_come()
    in_order.go_on(clock.now())
    in_order.forget()
    with unit_of_work():
        occasions.fire_once(WHOLE)


def is_whole() -> bool:
    """Whether it was told to its end."""
    return bool(occasions.fired([WHOLE]))
