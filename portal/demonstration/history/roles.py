"""What is asked of reps, and what they show: role descriptions and who agreed to them, public profiles, letters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from portal.core import clock
from portal.core.calendar import working_day_by
from portal.core.values import Typed
from portal.demonstration import world
from portal.demonstration.history.steps import done
from portal.demonstration.world.files import Written, written
from portal.demonstration.world.towns import Town
from portal.infra.unit_of_work import unit_of_work
from portal.role_descriptions import actions
from portal.role_descriptions.models import RoleDescription
from portal.role_profiles import actions as profiles
from portal.role_profiles import queries as profile_queries
from portal.role_profiles.letters import actions as letters

FIRST_MODEL = 1112  # days ago


def write_model(coordinator_id: UUID) -> None:
    """The national model, the version that took its place, and a draft of the next."""
    model = dict(_words()["model"])
    second = dict(_words()["model2"])
    day, reason = second.pop("day"), second.pop("reason")
    for days, words, why in ((-FIRST_MODEL, model, ""), (day, model | second, reason)):
        with done(working_day_by(clock.today() + timedelta(days=days)), 10, coordinator_id):
            draft = actions.write_model(0, _stripped(words))
            actions.publish_model(draft, draft.version, why)
    third = dict(_words()["model3"])
    with done(working_day_by(clock.today() + timedelta(days=third.pop("day"))), 10, coordinator_id):
        actions.write_model(0, _stripped(model | second | third))


def _stripped(words: Written) -> Typed:
    return {name: value.strip() if isinstance(value, str) else value for name, value in words.items()}


def _words() -> Written:
    return written(Path(world.__file__).parent / "roles.toml")


def fill(town: Town) -> None:
    words = _words()[town.key]
    versions = [Version(*one) for one in words["versions"]]
    waiting = {tuple(one) for one in words["not_agreed"]}
    with unit_of_work():
        for version in versions:
            _let_agree(town, version, _write(town, version), _over_on(town, version, versions), waiting)
        for who, day, shows, about in words["public"]:
            with done(town.day(day), 20, town.people[who]):
                told = town.profile.told_by(who, about)
                profiles.show_publicly(town.board.id, town.people[who], tuple(shows), told, b"")
    for letter in words["letters"]:
        _write_letter(town, *letter)


@dataclass(frozen=True)
class Version:
    """One version of a group's role: its day, hours, what a rep does outside meetings too, and promises left out."""

    group: str
    day: int
    hours: int
    more: str
    without: Sequence[str]


def _write(town: Town, version: Version) -> RoleDescription:
    """By the officer, from the national model of that day."""
    model = {**_words()["model"]}
    is_second = version.day >= (second := _words()["model2"])["day"]
    model |= {"outside": second["outside"]} if is_second else {}
    words = _stripped(model)
    words |= {
        "outside": "\n".join(filter(None, (str(words["outside"]), version.more))),
        "promises": [one for one in model["promises"] if one not in version.without],
        "hours_a_month": version.hours,
        "contact": f"{town.name('officer')}, {town.profile.phones['officer']}",
    }
    with done(working_day_by(town.day(version.day)), 14, town.people["officer"]):
        draft = actions.write_draft(town.groups[version.group], 0, words)
        draft.model_number = 2 if is_second else 1
        actions.publish(draft, draft.version)
    return draft


def _over_on(town: Town, version: Version, versions: Sequence[Version]) -> date:
    """The day on which the next version of the same group came; nobody agrees to this one any more."""
    later = [one.day for one in versions if one.group == version.group and one.day > version.day]
    return town.day(min(later, default=1))


def _let_agree(
    town: Town, version: Version, written: RoleDescription, over_on: date, waiting: Collection[tuple[object, ...]]
) -> None:
    """Everyone who sat or stood in while it held, some days after it came or they did; but for those who wait."""
    lag = Random(f"{town.key}:agree:{version.group}:{version.day}")
    for who, since, until in _held(town, version.group):
        day = max(town.day(version.day), since) + timedelta(days=lag.randint(2, 12))
        if day <= until and day < over_on and (who, version.group, version.day) not in waiting:
            with done(day, 20, town.people[who]):
                actions.agree(written, town.people[who])


def _held(town: Town, group: str) -> Iterator[tuple[str, date, date]]:
    yield from ((one.who, one.from_on, one.until_on) for one in town.sat if one.group == group)
    yield from ((one.who, one.since, date.max) for one in town.deputises if one.group == group)


def _write_letter(town: Town, who: str, day: int, name: str, text: str, is_read: bool) -> None:
    """From somebody of the public, who confirms it by the link that was mailed; a rep who has read it says so."""
    shown = profile_queries.profile(town.board.id, town.people[who])
    assert shown is not None
    email = f"{name.replace(' ', '.').lower()}@mail.example"
    with unit_of_work(), done(town.day(day), 19):
        letter = letters.write_to_rep(shown, name, email, text)
        letters.confirm(letter)
    if is_read:
        with unit_of_work(), done(town.day(day + 1), 20, town.people[who]):
            for message in profile_queries.messages(town.people[who]):
                profiles.mark_message_read(message)
