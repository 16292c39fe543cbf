"""Three years of meetings: on working days, in order, as well prepared as the board, and something happens today."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from portal.audit.models import AuditLine
from portal.check_in.models import CheckIn
from portal.core import clock
from portal.core.calendar import is_working_day
from portal.core.clock import london_day
from portal.corrections.models import Correction
from portal.demonstration.documents.reading import read
from portal.demonstration.history import diary, papers, plans
from portal.demonstration.history.agendas import quarter_before
from portal.demonstration.history.in_order import NEWS
from portal.demonstration.history.meetings import Running
from portal.demonstration.library import Shelf
from portal.demonstration.library.orders import OWN_FOR
from portal.demonstration.world.profiles import Profile, profiles
from portal.demonstration.world.towns import Town, towns
from portal.infra.database import db
from portal.infra.work import Work
from portal.meetings.models import AgendaItem, Meeting, Sitting, StandIn
from portal.meetings.rules import CANCELLED, NOT_HELD, PLANNED
from portal.notifications.models import Email
from portal.papers.due import papers_due
from portal.papers.events import PapersDueSoon
from portal.papers.inside.actions import CHECK
from portal.papers.models import Note, Pack, PageText, Paper, PaperVersion, Reading, Withdrawal
from portal.papers.notice.rules import is_late
from portal.papers.packs.actions import BUILD
from tests.demonstration.of_town import DAY, empty, of
from tests.demonstration.plausible import every, out_of_order
from tests.demonstration.small_files import small_files
from tests.demonstration.told import told

BOARDS = ("northfirth", "southmoor", "dunreith")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with small_files(), told(tmp_path_factory.mktemp("meetings"), ["roles", "meetings"], BOARDS) as made:
        yield made


@pytest.fixture
def here(app: Flask) -> Iterator[dict[str, Town]]:
    clock.use(None)
    with app.app_context():
        yield {one.key: one for one in towns()}


@pytest.mark.parametrize("like", profiles(), ids=lambda one: one.key)
@pytest.mark.parametrize("days", [0, 1, 30, 64, 200])
def test_groups_meet_on_working_days_as_often_as_they_say(like: Profile, days: int) -> None:
    today = DAY + timedelta(days=days)
    found = diary.diary(like, today)
    assert all(is_working_day(one.day) and is_working_day(one.first_on) for one in found)
    for group, _ in like.groups:
        of_group = [one.day for one in found if one.group == group]
        assert of_group == sorted(set(of_group))
        assert all((after - before).days > 20 for before, after in pairwise(of_group))
        years = (of_group[-1] - of_group[0]).days / 365
        assert len(of_group) - 1 == pytest.approx(years * like.meetings_a_year[group], abs=1.01)
        assert of_group[-1] > today + timedelta(days=90)
    quarters = {(one.day.year, quarter_before(one.day)) for one in found if one.group == "board"}
    assert len(quarters) == sum(one.is_main for one in found)
    assert not any(one.fate != diary.HELD or one.is_moved for one in found if one.is_main or one.day >= today)


def test_every_start_on_a_day_tells_the_same() -> None:
    assert plans.plans(empty("northfirth")) == plans.plans(empty("northfirth"))


def test_the_minute_of_a_main_meeting_follows_its_agenda() -> None:
    """By number, and by what the papers are called."""
    seen = set()
    for one in (*plans.plans(empty("northfirth")), *plans.plans(empty("southmoor"))):
        if not one.meeting.is_main or not one.minute[0].is_dated:
            continue
        _, body = read(one.minute[0].key, one.minute[0].context)
        minuted = {int(n): title for n, title in re.findall(r"^## (\d+)\. (.+)$", body, re.MULTILINE)}
        assert sorted(minuted) == [item.number for item in one.items][: len(minuted)]
        for item in one.items[: len(minuted)]:
            if item.sheet:
                first = re.findall(r"\w+", minuted[item.number].lower())[0]
                if item.line.key != "action-log":
                    assert first in item.title.lower()
        seen.add(quarter_before(one.meeting.day))
    assert seen == {1, 2, 3, 4}


@pytest.mark.parametrize("days", range(0, 370, 23))
def test_on_whatever_day_it_starts_something_is_due_and_something_came(days: int) -> None:
    today = DAY + timedelta(days=days)
    north, south = plans.plans(empty("northfirth", today)), plans.plans(empty("southmoor", today))
    [new] = [one for one in north if plans.comes_this_morning(empty("northfirth", today), one.meeting)]
    assert [item.sheet.out_on for item in new.items if item.sheet][-1] == today
    due = [one for one in north if plans.is_due_today(empty("northfirth", today), one.meeting)]
    assert [sum(item.sheet.out_on is None for item in one.items if item.sheet) > 0 for one in due] == [True]
    soon = min(one.meeting.day for one in north if one.meeting.day >= today)
    assert timedelta(3) <= soon - today <= timedelta(8)
    [next_] = [one for one in north if one.meeting.day == soon and one.meeting.group == "board"]
    assert sum(item.sheet.out_on is not None for item in next_.items if item.sheet) > 2
    assert min(one.meeting.day for one in south if one.meeting.day > today) - today <= timedelta(5)


@pytest.mark.parametrize(("key", "days"), [("dunreith", 1), ("northfirth", 1), ("southmoor", 9), ("hallasay", 30)])
def test_a_withdrawn_paper_is_there_again_before_its_meeting(key: str, days: int, tmp_path: Path) -> None:
    town, shelf = empty(key, DAY + timedelta(days=days)), Shelf(tmp_path)
    every = [Running(town, plan, shelf) for plan in plans.plans(town)]
    papers.choose_withdrawn(every)
    gone = [(one.withdrawn.item.sheet.out_on, one.planned.day) for one in every if one.withdrawn]
    assert gone
    assert all(papers.days_without(out_on)[1] < meets_on for out_on, meets_on in gone)


@pytest.mark.long
def test_a_meeting_is_called_prepared_held_and_minuted_in_that_order(here: dict[str, Town]) -> None:
    for town in here.values():
        sat = {one.meeting_id: one for one in of(town, Sitting)}
        for one in of(town, Meeting):
            last = sat[one.id].held_on if one.id in sat else one.meets_on
            assert not out_of_order(one.called_at, one.agenda_published_at, one.minutes_published_at)
            assert not out_of_order(last, one.attendance_at)
            assert not out_of_order(one.opened_on, one.minutes_published_at, one.minutes_approved_at)
            if one.meets_on >= town.today:
                assert not one.attendance_at
                assert not one.minutes_published_at
            assert london_day(one.called_at) >= town.began_on
            if one.status == CANCELLED:
                assert one.reason
                assert not one.minutes_published_at
                assert not one.attendance_at


@pytest.mark.long
def test_papers_come_before_their_meeting_and_each_can_be_read(here: dict[str, Town]) -> None:
    for town in here.values():
        meetings = {one.id: one for one in of(town, Meeting)}
        texts = Counter(one.version_id for one in of(town, PageText))
        for version in of(town, PaperVersion):
            meeting, paper = meetings[version.meeting_id], db.session.get_one(Paper, version.paper_id)
            assert version.status == "ready"
            assert version.published_at, version.file_name
            assert not out_of_order(meeting.called_at, version.uploaded_at, version.published_at)
            if (day := london_day(version.published_at)) != town.today:
                assert is_working_day(day)
            if paper.kind == "paper":
                assert london_day(version.published_at) < meeting.opened_on
            held = paper.withdrawn_at and db.session.get_one(Withdrawal, version.withdrawal_id).reason == "personal"
            assert texts[version.id] == (0 if held else version.pages)


@pytest.mark.long
def test_what_was_in_time_tells_each_boards_story(here: dict[str, Town]) -> None:
    def share(key: str, since: int, until: int) -> float:
        town, target = here[key], 7
        meetings = {one.id: one for one in of(town, Meeting)}
        days = [
            (one.first_published_on, meetings[one.meeting_id].opened_on)
            for one in of(town, Paper)
            if one.kind == "paper" and town.day(-since) <= meetings[one.meeting_id].opened_on < town.day(-until)
        ]
        assert len(days) > 15
        return sum(not is_late(out, met, target) for out, met in days) / len(days)

    assert share("northfirth", 1100, 700) < 0.6 < 0.85 < share("northfirth", 360, 0)
    assert share("southmoor", 1100, 700) > 0.7 > 0.6 > share("southmoor", 300, 0)
    assert share("dunreith", 1100, 0) < 0.3


@pytest.mark.long
def test_who_came_sat_there_or_stood_in_for_who_did(here: dict[str, Town]) -> None:
    for town in here.values():
        meetings = {one.id: one for one in of(town, Meeting)}
        kinds = {group.id: kind for kind, group in town.groups.items()}
        for one in of(town, CheckIn):
            meeting = meetings[one.meeting_id]
            stood_in = [row.person_id for row in of(town, StandIn) if row.meeting_id == meeting.id]
            who = town.who_is(one.person_id)
            if one.person_id not in stood_in:
                assert who in town.sitting(kinds[one.group_id], meeting.meets_on)
            assert not out_of_order(meeting.called_at, one.answered_at, meeting.meets_on)
            assert not out_of_order(meeting.meets_on, one.attendance_on)
            assert bool(one.attended) <= (meeting.meets_on < town.today)
        ways = {one.attended for one in of(town, CheckIn)}
        assert {"came", "online", "apologies"} <= ways
        assert {one.coming for one in of(town, CheckIn)} >= {"in_person", "online", "no"}


@pytest.mark.long
def test_nobody_acts_before_their_role(here: dict[str, Town]) -> None:
    for town in here.values():
        for line in of(town, AuditLine):
            if line.actor_id in town.people.values() and "meeting_id" in line.facts:
                assert town.holds(town.who_is(line.actor_id), london_day(line.happened_at)), line.event


@pytest.mark.long
def test_meetings_were_moved_called_off_and_failed(here: dict[str, Town]) -> None:
    by = {key: of(town, Meeting) for key, town in here.items()}
    for key, town in here.items():
        assert sum(one.status == CANCELLED for one in by[key]) == town.profile.called_off
        moved = [one for one in by[key] if one.status == PLANNED and one.first_meets_on != one.meets_on]
        assert town.profile.moved - 1 <= len(moved) <= town.profile.moved + 1
    assert [one.reason for one in by["dunreith"] if one.status == NOT_HELD] != []


@pytest.mark.long
def test_papers_were_withdrawn_replaced_and_private(here: dict[str, Town]) -> None:
    reasons = {key: sorted(one.reason for one in of(town, Withdrawal)) for key, town in here.items()}
    assert reasons == {"northfirth": ["error"], "southmoor": ["error", "personal"], "dunreith": ["error", "error"]}
    for town in here.values():
        gone = [one for one in of(town, Paper) if one.withdrawn_at]
        assert {one.in_place_of_id for one in of(town, Paper)} >= {one.id for one in gone}
        assert any(one.number > 1 for one in of(town, PaperVersion))
        private = [one for one in of(town, AgendaItem) if one.is_restricted]
        assert {tuple(one.paragraphs) for one in private} >= {("6", "8", "9")}


@pytest.mark.long
def test_the_review_of_day_services_says_in_its_second_version_what_it_means_for_carers(here: dict[str, Town]) -> None:
    for one in of(here["northfirth"], Paper):
        came = [file for file in of(here["northfirth"], PaperVersion) if file.paper_id == one.id]
        if one.title.startswith("Review of day services") and any(
            file.number > 1 and file.published_at and one.carer_impact == "substantial" for file in came
        ):
            assert one.earlier_details[-1]["was"].get("carer_impact") in ("none", "")
            return
    assert (here["northfirth"].today - timedelta(days=OWN_FOR)).month in (11, 12)  # none of that season is left


@pytest.mark.long
def test_one_correction_was_confirmed_and_one_refused(here: dict[str, Town]) -> None:
    [confirmed], [refused] = of(here["northfirth"], Correction), of(here["dunreith"], Correction)
    assert (confirmed.status, confirmed.makes_better) == ("made", True)
    assert confirmed.decided_by_id == here["northfirth"].people["admin2"]
    assert (refused.status, refused.makes_better, bool(refused.line)) == ("declined", True, True)
    assert not out_of_order(confirmed.asked_at, confirmed.decided_at)
    assert of(here["southmoor"], Correction) == []


@pytest.mark.long
def test_it_is_alive(here: dict[str, Town]) -> None:
    north, today = here["northfirth"], clock.today()
    [new] = [one for one in of(north, Paper) if one.first_published_on == today]
    told_of = [
        mail for mail in every(Email) if mail.template == "papers-announced" and mail.meeting_id == new.meeting_id
    ]
    assert [mail for mail in told_of if london_day(mail.not_before) == today]
    days = {
        key: sorted(one.meets_on for one in of(town, Meeting) if one.meets_on >= today) for key, town in here.items()
    }
    assert timedelta(3) <= days["northfirth"][0] - today <= timedelta(7)
    assert days["southmoor"][0] - today <= timedelta(5)
    due = {one.event.meeting_id for one in papers_due(clock.now()) if isinstance(one.event, PapersDueSoon)}
    if clock.now().hour >= 9 and is_working_day(today + timedelta(days=8)):
        assert due & {one.id for one in of(north, Meeting)}
    assert next(one.agenda_published_at for one in of(north, Meeting) if one.meets_on == days["northfirth"][0])


@pytest.mark.long
def test_of_what_is_long_past_nobody_is_told_and_no_work_is_left(here: dict[str, Town]) -> None:
    old = clock.now() - NEWS - timedelta(days=2)
    assert [mail.template for mail in every(Email) if mail.not_before < old and mail.meeting_id] == []
    left = db.session.scalars(select(Work).where(Work.done_at.is_(None), Work.kind.in_((CHECK, BUILD)))).all()
    ahead = {one.id for town in here.values() for one in of(town, Meeting) if one.meets_on >= town.today}
    assert {one.meeting_id for town in here.values() for one in of(town, Pack)} <= ahead
    assert {one.kind for one in left} <= {BUILD}


@pytest.mark.long
def test_reps_have_read_and_noted_what_they_could_open(here: dict[str, Town]) -> None:
    for town in here.values():
        kinds = {group.id: kind for kind, group in town.groups.items()}
        read_by = of(town, Reading)
        for one in read_by:
            paper, meeting = db.session.get_one(Paper, one.paper_id), db.session.get_one(Meeting, one.meeting_id)
            assert not out_of_order(paper.first_published_on, one.read_at)
            assert one.read_at <= clock.now()
            assert town.who_is(one.person_id) in town.sitting(kinds[one.group_id], meeting.meets_on)
        assert len(read_by) > 10
        assert of(town, Note)
