"""Before a meeting: who was asked and what they said. After it: who came, as the clerk wrote it down."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from portal.check_in import actions
from portal.check_in.recording.actions import confirm_attendance
from portal.check_in.rules import IN_PERSON, NO, NOT_AT_ALL, YES, Answers, post_by
from portal.check_in.undoing.actions import NoDepute, cannot_come
from portal.demonstration.history.diary import NOT_HELD, chance
from portal.demonstration.history.in_order import NEWS, Step, at_hour
from portal.demonstration.history.presence import EMERGENCY, SILENT, Presence, recorded_on, sends, wants_post
from portal.infra.occasions import fire_once

if TYPE_CHECKING:
    from portal.demonstration.history.meetings import Running

ASKED_AT, REMINDED = 8, 3
TRAVELS = ("car", "bus", "train", "car", "taxi")
HOME = "14 Kirk Brae, {}"


def steps(one: Running) -> Iterator[Step]:
    planned, today = one.planned, one.town.today
    asked = planned.day - timedelta(days=one.town.board.check_in_days)
    if asked > today - NEWS:
        for number, day in enumerate((asked, planned.day - timedelta(days=REMINDED))):
            yield Step(at_hour(day, ASKED_AT), None, partial(_ask, one, number))
    for who, presence in one.plan.present.items():
        if presence.answer != SILENT:
            yield _answer_step(one, who, presence, asked)
        if wants_post(one.town, planned, who):
            on = max(post_by(planned.day, one.town.profile.target[-1][1]), asked)
            yield Step(at_hour(on, 15), one.clerk, partial(_post, one, who))
    recorded = recorded_on(one.town, planned)
    if recorded and planned.fate != NOT_HELD and one.plan.present:
        yield Step(at_hour(recorded, 9, 20), one.clerk, partial(_record, one))


def _ask(one: Running, number: int) -> None:
    meeting = one.meeting
    if fire_once(f"check-in:{meeting.id}:{meeting.meets_on}:{number}"):
        actions.ask(meeting.id, number > 0)


def _answer_step(one: Running, who: str, presence: Presence, asked: date) -> Step:
    """Most answer within days of being asked, on any day and in the evening; an emergency is of the morning itself."""
    planned, by = one.planned, one.town.people[who]
    if presence.answer == EMERGENCY:
        return Step(at_hour(planned.day, 7, 25), by, partial(_emergency, one, who))
    random = chance(one.town.key, planned.group, planned.day, who, "when")
    day = max(asked + timedelta(days=random.randint(0, 6)), one.town.since(who, planned.group, planned.day))
    if sends(one.town, planned, who):  # known already, so that the depute can prepare
        day = min(asked, one.town.today - timedelta(days=12))
    if wants_post(one.town, planned, who):  # while there is time to post them
        day = asked
    return Step(at_hour(day, random.randint(9, 21), random.randint(0, 59)), by, partial(_answer, one, who, presence))


def _answer(one: Running, who: str, presence: Presence) -> None:
    """What is said of care is said on the page of care."""
    meeting = one.meeting
    check_in = actions.check_in_of(meeting, one.town.people[who])
    travels = presence.answer == IN_PERSON and not meeting.is_online_only
    travel = chance(one.town.key, who).choice(TRAVELS) if travels else NOT_AT_ALL
    by_post = (YES, HOME.format(one.town.profile.short_name)) if wants_post(one.town, one.planned, who) else (NO, "")
    answers = Answers(presence.answer, NO, "", travel, one.town.profile.short_name if travels else "", *by_post, "")
    try:
        actions.answer(check_in, meeting, answers)
    except NoDepute:
        actions.answer(check_in, meeting, Answers(NO, NO, "", NOT_AT_ALL, "", NO, "", ""))


def _post(one: Running, who: str) -> None:
    meeting = one.meeting
    actions.mark_posted(meeting, actions.check_in_of(meeting, one.town.people[who]))


def _emergency(one: Running, who: str) -> None:
    meeting = one.meeting
    cannot_come(actions.check_in_of(meeting, one.town.people[who]), meeting)


def _record(one: Running) -> None:
    meeting = one.meeting
    came = [(one.town.people[who], presence.attended) for who, presence in one.plan.present.items()]
    confirm_attendance(meeting, came)
