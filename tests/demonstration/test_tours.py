"""What each step of a tour says is true of the page it leads to, for whoever follows it."""

from __future__ import annotations

import re
import string

import pytest
from flask import Flask

from portal.core import clock
from portal.demonstration.tour import cast
from portal.demonstration.tour.tours import Step, tours
from tests.demonstration.filled import CAST
from tests.demonstration.following import PROMISES, followed, untrue

WITH_A_CODE = "admin2@northfirth.example"
WITHOUT_A_CODE = [one for one in CAST if one != WITH_A_CODE]
EVERY_STEP = [way for tour in tours().tours.values() for ways in tour.steps for way in ways]


@pytest.fixture(autouse=True)
def _in_real_time() -> None:
    clock.use(None)


def told_to(app: Flask, address: str) -> list[Step]:
    return [step for step, _, _ in followed(app, address)]


def needs(step: Step) -> set[str]:
    return {*step.needs, *(name for _, name, _, _ in string.Formatter().parse(step.to) if name)}


def test_each_step_can_be_told_to_anybody_of_its_role() -> None:
    for tour in tours().tours.values():
        for ways in tour.steps:
            assert needs(ways[-1]) <= {"board"}, ways[-1]
            assert len({(way.look, way.to) for way in ways}) == len(ways)


def test_each_promise_is_one_of_a_step() -> None:
    for words, _ in PROMISES:
        assert any(words in step.look for step in EVERY_STEP), words


def test_nobody_is_told_to_press_anything() -> None:
    said = [words for step in EVERY_STEP for words in (step.title, step.look, step.why)]
    said += [*tours().stories.values(), *(start.why for start in tours().starts)]
    assert [words for words in said if re.search(r"\bpress", words, re.IGNORECASE)] == []


@pytest.mark.slow
@pytest.mark.parametrize("address", WITHOUT_A_CODE)
def test_each_step_is_true_for_the_first_cast(demonstration: Flask, address: str) -> None:
    steps = list(followed(demonstration, address))
    assert len(steps) == 5
    for step, where, page in steps:
        assert untrue(step, page) == [], where


@pytest.mark.slow
def test_a_depute_is_told_of_a_meeting_only_where_they_cover_one(demonstration: Flask) -> None:
    covers, waits = (
        [step.title for step in told_to(demonstration, f"{who}@northfirth.example")] for who in ("depute", "depute2")
    )
    assert "The meeting you are covering" in covers
    assert "Ready for when you are asked" in waits
    assert not any("covering" in title for title in waits)


@pytest.mark.slow
def test_a_rep_is_led_to_a_meeting_that_has_papers(demonstration: Flask) -> None:
    """The locality group meets in a month, and has none yet."""
    assert "A meeting, and how long you have" in [
        step.title for step in told_to(demonstration, "rep@northfirth.example")
    ]
    later = [step.title for step in told_to(demonstration, "rep5@northfirth.example")]
    assert "A past meeting, and how long people had" in later


@pytest.mark.slow
def test_a_clerk_is_led_to_where_somebody_wants_papers_by_post(demonstration: Flask) -> None:
    said = [step.look for step in told_to(demonstration, "clerk@northfirth.example")]
    assert any("where to post printed papers" in look for look in said)


@pytest.mark.long
def test_each_step_is_true_for_everyone(six_boards: Flask) -> None:
    with six_boards.app_context():
        people = [one.address for one in cast.everyone() if not one.needs_app]
    assert len(people) > 100
    wrong = [
        (address, where, broken)
        for address in people
        for step, where, page in followed(six_boards, address)
        if (broken := untrue(step, page))
    ]
    assert wrong == []
