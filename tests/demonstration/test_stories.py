"""The line about each board on the front page is something that a visitor can find."""

from __future__ import annotations

import re
from datetime import date, timedelta
from statistics import mean

import pytest
from flask import Flask

from portal.core import clock
from portal.core.calendar import is_working_day
from portal.demonstration.history import diary
from portal.demonstration.history.meetings import WEATHER
from portal.demonstration.tour.tours import tours
from portal.demonstration.world.profiles import Profile, profile, profiles
from portal.demonstration.world.towns import towns
from portal.expenses.models import ClaimLine
from portal.meetings.models import Meeting
from portal.meetings.rules import CANCELLED, PLANNED
from tests.demonstration.of_town import of
from tests.demonstration.walk import signed_in
from tests.visitor import text_of

ISLAND = "hallasay"


@pytest.mark.parametrize("like", profiles(), ids=lambda one: one.key)
def test_there_is_a_line_about_each_board(like: Profile) -> None:
    assert tours().stories[like.key].endswith(".")


@pytest.mark.parametrize("days", range(0, 366, 5))
def test_on_the_island_the_weather_cancelled_a_meeting_lately(days: int) -> None:
    today = date(2026, 11, 27) + timedelta(days=days)
    [lost] = diary.lost_lately(profile(ISLAND), today)
    assert lost.fate == diary.CANCELLED
    assert timedelta(days=15) < today - lost.day < timedelta(days=60)
    assert is_working_day(lost.day)
    assert lost.day not in [one.day for one in diary.diary(profile(ISLAND), today)]
    assert diary.lost_lately(profile("northfirth"), today) == []


def test_it_says_that_it_was_the_weather() -> None:
    assert all("weather" in reason for reason in WEATHER)
    assert "cancelled because of the weather" in tours().stories[ISLAND]


@pytest.mark.long
def test_the_island_is_as_its_line_says(six_boards: Flask) -> None:
    clock.use(None)
    with six_boards.app_context():
        town = next(one for one in towns() if one.key == ISLAND)
        found = of(town, Meeting)
        past = [one for one in found if one.status == PLANNED and one.meets_on < town.today]
        assert 2 * sum(not one.place for one in past) > len(past), "mostly online"
        lines = of(town, ClaimLine)
        fares = {one.claim_id for one in lines if one.category == "ferry_air"}
        assert 2 * len(fares) > len({one.claim_id for one in lines}), "a ferry fare on most"
        lost = max((one for one in found if one.status == CANCELLED), key=lambda one: one.meets_on).id
    rep = signed_in(six_boards, f"rep5@{ISLAND}.example")
    assert "Cancelled" in text_of(rep.get(f"/boards/{ISLAND}/meetings"))
    assert "The weather: the ferry is not sailing" in text_of(rep.get(f"/meetings/{lost}"))


@pytest.mark.long
def test_the_others_are_as_their_lines_say(six_boards: Flask) -> None:
    clock.use(None)
    share = {one.key: shares(six_boards, one.key) for one in profiles()}
    assert mean(share["northfirth"][:4]) < 50
    assert mean(share["northfirth"][-3:]) > 80
    assert mean(share["southmoor"][:2]) > 75
    assert mean(share["southmoor"][-4:]) < 50
    assert mean(share["strathvarn"]) > 95
    assert mean(share["dunreith"]) < 20
    coordinator = signed_in(six_boards, "coordinator@carers.example")
    paid = text_of(coordinator.get("/expenses"))
    days = {name: float(number) for name, number in re.findall(r"(\w+) \d+ [\d.]+ \(\d+ claims\) ([\d.]+) \(", paid)}
    assert days["Dunreith"] > 60
    assert days["Southmoor"] > 30
    [(requested, arranged)] = re.findall(
        r"Strathvarn (\d+) (\d+) \(100%\) 0 \(0%\) ", text_of(coordinator.get("/care/figures"))
    )
    assert requested == arranged
    assert "Set up Southmoor: 9 of 10 done Next: Replacement care policy" in text_of(
        signed_in(six_boards, "admin@southmoor.example").get("/")
    )
    assert "There are no people waiting for a mentor" in mentoring(six_boards, "strathvarn")
    assert profile("caldermuir").joined_days_ago < 160


def mentoring(app: Flask, key: str) -> str:
    return text_of(signed_in(app, f"officer@{key}.example").get(f"/boards/{key}/mentoring"))


def shares(app: Flask, key: str) -> list[int]:
    """Of the papers of each quarter how many in a hundred met the target, as the page says it."""
    page = text_of(signed_in(app, f"officer@{key}.example").get(f"/boards/{key}/notice"))
    return [int(found) for found in re.findall(r"\d{4} Q\d \d+ \d+ (\d+)%", page.split("By group")[0])]
