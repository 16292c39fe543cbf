"""Each of the demonstration's people has one life, wherever it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.demonstration import history, world
from portal.demonstration.history import care, readers, spending
from portal.demonstration.world.files import Written, written
from portal.demonstration.world.profiles import Profile, profiles

pytestmark = pytest.mark.same_anywhere
RELATIVES = re.compile(
    r"\b(?:husband|wife|partner|mother|father|parents?|sons?|daughters?|boys|girls|brothers?|sisters?|aunt|uncle|niece"
    r"|nephew|grand(?:mother|father|son|daughter)s?)\b"
)
NOW = re.compile(r"\b(?:care for|look after|have cared for|have looked after|help)\b")
BEFORE = re.compile(r"\b(?:cared for|looked after|a carer for)\b")
LEARNING = written(Path(history.__file__).parent / "learning.toml")
ROLES = written(Path(world.__file__).parent / "roles.toml")


def relatives(words: str) -> set[str]:
    return set(RELATIVES.findall(words.lower()))


def written_by(profile: Profile) -> Iterator[tuple[tuple[str, ...], str]]:
    """What is told of somebody beside their life: whom it may be about, and the words."""
    for who, _, _, words in ROLES[profile.key]["public"]:
        yield (who,), words
    for who, *_, helps in (*of_mentoring(profile)["mentors"], *of_mentoring(profile).get("offered", ())):
        yield (who,), helps
    for depute in (*profile.deputes, *profile.nominated):
        yield (depute.for_, depute.key), depute.why
    for leaving in profile.leaving:
        yield (leaving.who,), leaving.words


def of_mentoring(profile: Profile) -> Written:
    planned: Written = LEARNING["mentoring"][profile.key]
    return planned


@pytest.mark.parametrize("profile", profiles(), ids=lambda one: one.key)
def test_nothing_is_told_of_anybody_that_is_not_in_their_life(profile: Profile) -> None:
    for about, words in written_by(profile):
        lives = " ".join(profile.lives.get(who, "") for who in about)
        assert relatives(words) <= relatives(lives), (about, words)
    assert set(profile.lives) <= set(profile.names)


@pytest.mark.parametrize("profile", profiles(), ids=lambda one: one.key)
def test_whoever_sits_as_a_carer_cares_today_and_a_former_carer_did(profile: Profile) -> None:
    capacities = {term.who: term.capacity for seat in profile.seats for term in seat.terms}
    for who, life in profile.lives.items():
        if capacities.get(who) == "unpaid_carer":
            assert NOW.search(life), life
        if capacities.get(who) == "former_carer":
            assert BEFORE.search(life), life


def test_what_anybody_may_say_names_nobody_of_a_family() -> None:
    drawn = [one for words in LEARNING["words"].values() for one in words]
    drawn += [*care.NOTES, *care.NO, *readers.NOTES, *spending.WHY_NONE, *spending.NEIGHBOUR]
    assert [one for one in drawn if relatives(one) or re.search(r"\b(?:he|she|him|his|her)\b", one.lower())] == []
