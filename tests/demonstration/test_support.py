"""The demonstration's support around meetings: before them, and what those who were there say of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask

from portal.check_in import queries as check_ins
from portal.core import clock
from portal.core.calendar import is_working_day
from portal.core.clock import london_day
from portal.demonstration.history.support import _told
from portal.demonstration.world.towns import Town, towns
from portal.meetings.queries import meeting_by_id
from portal.support_meetings.figures import voices
from portal.support_meetings.models import MeetingFeedback, Point, SupportMeeting
from portal.support_meetings.rules import ASKED_FOR, tally
from tests.demonstration.of_town import of
from tests.demonstration.small_files import small_files
from tests.demonstration.told import told


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("support")
    with small_files(), told(folder, ["meetings", "support"], ["northfirth", "dunreith"]) as made:
        yield made


@pytest.fixture
def here(app: Flask) -> Iterator[list[Town]]:
    clock.use(None)
    with app.app_context():
        yield towns()


@pytest.mark.long
def test_support_meetings_are_on_working_days_before_their_meetings(here: list[Town]) -> None:
    northfirth, dunreith = here
    assert len(of(northfirth, SupportMeeting)) > 10
    assert of(dunreith, SupportMeeting) == []
    for one in of(northfirth, SupportMeeting):
        meeting = meeting_by_id(one.meeting_id)
        assert is_working_day(london_day(one.starts_at))
        assert timedelta(hours=12) < meeting.starts_at - one.starts_at < timedelta(days=12)
        assert bool(one.place) != bool(one.link)


@pytest.mark.long
def test_points_are_written_by_those_who_sit_there_and_kept_for_a_year(here: list[Town]) -> None:
    kinds = {group.id: kind for kind, group in here[0].groups.items()}
    found = of(here[0], Point)
    assert {one.is_brought for one in found} == {True, False}
    for one in found:
        assert one.kept_at <= clock.now()
        assert one.kept_at > clock.now() - timedelta(days=365)
        assert one.kept_at < meeting_by_id(one.meeting_id).starts_at
        assert here[0].who_is(one.person_id) in here[0].sitting(kinds[one.group_id], london_day(one.kept_at))


@pytest.mark.long
def test_who_was_there_says_how_it_was_within_three_weeks(here: list[Town]) -> None:
    for town in here:
        found = of(town, MeetingFeedback)
        assert found
        for one in found:
            meeting = meeting_by_id(one.meeting_id)
            assert one.person_id in check_ins.who_came(meeting)
            assert meeting.starts_at < one.answered_at <= clock.now()
            assert london_day(one.answered_at) <= meeting.meets_on + ASKED_FOR


@pytest.mark.long
def test_enough_answer_that_every_figure_is_shown(here: list[Town]) -> None:
    for town in here:
        for figure in voices(town.board.id, town.today):
            assert figure.people >= 10, town.key
            assert None not in figure.counts.values(), (town.key, figure)


@pytest.mark.parametrize("people", range(4, 20))
@pytest.mark.parametrize("good", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("number", range(3))
def test_of_ten_people_or_more_their_answers_can_be_shown(people: int, good: float, number: int) -> None:
    counts = tally(_told(Random(1), people, good, number))  # noqa: S311 - no secret
    assert (None not in counts.values()) == (people >= 10)
