"""The meetings of a board: called, with agendas, moved, called off, and what became of them on their day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlparse
from uuid import UUID, uuid4

from flask import current_app

from portal.core.calendar import moment, working_day_by, working_day_from
from portal.core.values import Typed
from portal.demonstration import library
from portal.demonstration.history import answers, corrected, papers, readers
from portal.demonstration.history.agendas import standing
from portal.demonstration.history.diary import ADJOURNED, CANCELLED, NOT_HELD, Planned
from portal.demonstration.history.in_order import Step, at_hour, go_through
from portal.demonstration.history.papers import Withdrawn
from portal.demonstration.history.plans import Plan, called_off_on, plans
from portal.demonstration.world.towns import Town
from portal.infra.unit_of_work import unit_of_work
from portal.meetings import actions
from portal.meetings import queries as meeting_queries
from portal.meetings.agendas import actions as agendas
from portal.meetings.agendas.drafts import Draft
from portal.meetings.models import Meeting

CALLED = timedelta(days=230)  # before a meeting it is on the calendar
AGENDA = timedelta(days=25)
MOVED = timedelta(days=17)
LONGEST = timedelta(hours=3)
MINUTES_EACH = {"opening": 5, "none": 5, "minute": 5, "closing": 5, "verbal": 10}
WEATHER = (  # by half year: from April, and from October
    "The weather: the ferry is not sailing in the fog, and the line to the north end is down",
    "The weather: the ferry is not sailing in the gale, and the line to the north end is down",
)
REASONS = ("Not enough business", "The Chair is ill, and so is the Vice Chair", "The hall is needed for an election")
NOWHERE = "Too few members can join"  # where there is no hall
SUMMER = (4, 9)  # months
NO_QUORUM = "There was no quorum"
ADJOURNED_FOR = "The auditor was taken ill, and the accounts could not be presented"


@dataclass
class Running:
    """A meeting that is planned, and what there is of it by now in the database."""

    town: Town
    plan: Plan
    shelf: library.Shelf
    id: UUID | None = None
    items: dict[int, UUID] = field(default_factory=dict)
    published: dict[int, UUID] = field(default_factory=dict)
    withdrawn: Withdrawn | None = None

    @property
    def planned(self) -> Planned:
        return self.plan.meeting

    @property
    def meeting(self) -> Meeting:
        assert self.id is not None
        return meeting_queries.meeting_by_id(self.id)

    @property
    def clerk(self) -> UUID:
        return self.town.people["clerk"]


def fill(town: Town) -> None:
    shelf = library.shelf(folder())
    every = [Running(town, plan, shelf) for plan in plans(town)]
    papers.choose_withdrawn(every)
    shelf.want(order for one in every for order in one.plan.orders)
    go_through([*_standing(town), *(step for one in every for step in _steps(one))])
    corrected.fill(town, [(one.plan, one.id) for one in every if one.id])
    with unit_of_work():
        readers.fill(town)
    papers.build_packs()


def _standing(town: Town) -> Iterator[Step]:
    """What is on each agenda of a group, which its clerk says once."""
    for kind, group in town.groups.items():
        first, last = standing(kind)
        typed: list[Typed] = [{"title": one.title, "is_verbal": True} for one in first]
        typed += [{"title": one.title, "is_verbal": True, "is_at_end": True} for one in last]
        day = at_hour(working_day_from(town.began_on + timedelta(days=2)), 12)
        for item in typed:
            yield Step(day, town.people["clerk"], partial(agendas.add_standing_item, group, uuid4(), item))


def folder() -> Path:
    """Beside the files of the demonstration."""
    return Path(urlparse(current_app.config["PORTAL"].files_url).path).parent / "library"


def _steps(one: Running) -> Iterator[Step]:
    planned, by = one.planned, one.clerk
    began = working_day_from(one.town.began_on + timedelta(days=3))
    called = max(working_day_from(min(planned.day, planned.first_on) - CALLED), began)
    yield Step(at_hour(called, 9), by, partial(_call, one))
    first = min(planned.day, planned.first_on)
    yield Step(at_hour(max(working_day_from(first - AGENDA), called), 10), by, partial(_write_agenda, one))
    if planned.is_moved:
        yield Step(at_hour(max(working_day_by(first - MOVED), called), 11), by, partial(_move, one))
    yield from papers.steps(one)
    if planned.fate == CANCELLED:
        yield Step(at_hour(called_off_on(planned), 16), by, partial(_call_off, one))
        return
    yield from answers.steps(one)
    after = moment(planned.day, planned.hour) + timedelta(minutes=40)
    if planned.fate == NOT_HELD:
        yield Step(after, by, partial(_not_held, one))
    if planned.fate == ADJOURNED:
        yield Step(after + timedelta(hours=1), by, partial(_adjourn, one))


def _call(one: Running) -> None:
    planned, address = one.planned, f"https://meet.{one.town.profile.email_domain}/{one.planned.group}"
    group = one.town.groups[planned.group]
    one.id = actions.schedule(group, planned.first_on, planned.hour, planned.room, address).id


def _write_agenda(one: Running) -> None:
    """All items at once, each with who speaks to it and when."""
    at, drafts, each = datetime.combine(one.planned.day, one.planned.hour), [], _minutes_each(one)
    for item in one.plan.items:
        head, paragraphs = item.sheet.head if item.sheet else None, list(item.line.paragraphs)
        of_paper: Typed = {"purpose": head.purpose, "presenter": head.post} if head else {}
        timing = f"{at:%-I:%M}{'am' if at.hour < 12 else 'pm'}"
        is_verbal, is_restricted = item.line.is_verbal, bool(paragraphs)
        of_item: Typed = {"is_verbal": is_verbal, "is_restricted": is_restricted, "paragraphs": paragraphs}
        drafts.append(Draft(title=item.title, timing=timing, **of_paper, **of_item))
        at += timedelta(minutes=MINUTES_EACH.get(item.line.kind, each))
    agendas.add_items(one.meeting, uuid4(), drafts)
    assert one.id is not None
    one.items = dict(enumerate((added.id for added in meeting_queries.items(one.id)), 1))


def _minutes_each(one: Running) -> int:
    """For an item with a paper, so that a meeting is over after three hours."""
    kinds = [item.line.kind for item in one.plan.items]
    left = LONGEST // timedelta(minutes=1) - sum(MINUTES_EACH.get(kind, 0) for kind in kinds)
    return max(10, min(20, left // max(1, sum(kind not in MINUTES_EACH for kind in kinds)) // 5 * 5))


def _move(one: Running) -> None:
    meeting, planned = one.meeting, one.planned
    actions.change(meeting, meeting.version, planned.day, planned.hour, meeting.place, meeting.link, meeting.kind)


def _call_off(one: Running) -> None:
    meeting, planned = one.meeting, one.planned
    reasons = REASONS if planned.room else (*REASONS[:-1], NOWHERE)
    reason = reasons[planned.turn % len(reasons)]
    if one.town.profile.ferry_pence:
        reason = WEATHER[planned.day.month < SUMMER[0] or planned.day.month > SUMMER[1]]
    actions.cancel(meeting, meeting.version, reason)


def _not_held(one: Running) -> None:
    actions.mark_not_held(one.meeting, one.meeting.version, NO_QUORUM)


def _adjourn(one: Running) -> None:
    actions.adjourn(one.meeting, one.meeting.version, one.planned.last_on, one.planned.hour, ADJOURNED_FOR)
