"""What of care waits on the day of the start: to arrange, to agree, coming, and to be told of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from portal.check_in import queries as check_ins
from portal.core import clock
from portal.core.calendar import is_working_day, last_working_day_before, working_day_from
from portal.core.values import Typed
from portal.demonstration.history.care_plans import one_way
from portal.demonstration.history.care_year import BOTH, CAME, READ, is_quarter_of
from portal.demonstration.history.in_order import Step, at_hour
from portal.meetings import queries as meetings
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.policy import queries as policies
from portal.replacement_care.requests import actions as requests
from portal.replacement_care.requests import queries
from portal.replacement_care.requests.rules import EVENT, MEETING, Span, cover_deadline, estimate, proposed

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town
    from portal.meetings.models import Meeting
    from portal.replacement_care.models import CareRequest

USUAL: Typed = {"place": "home", "kind": "company", "who": "arranged"}
ARRANGED = "Someone from the team. Ring the office on the day"
EVENTS = (
    "Reading at the library",
    "Carers’ forum",
    "Budget workshop",
    "Talk at the college",
    "Open day at the hub",
    "Training at the carers centre",
    "Meeting with the social work team",
    "Visit to the hospital",
)
RATE = 1800  # pence an hour, where a board has none
ByOfficer = Callable[["CareRequest", int, UUID], None]


def today(town: Town) -> Iterator[Step]:
    """One due today, one for the next meeting, one to agree to, and one of yesterday of which nobody has told yet."""
    reps = [who for who in town.profile.reps if town.holds(who, town.day(-30))]
    policy = policies.policy(town.board.id)
    ask, random = partial(_ask, town), Random(f"{town.key}:care today")
    titles = iter(random.sample(EVENTS, len(EVENTS)))
    due = _due_today(town.today, policy.lead_days if policy else 5)
    yield ask(reps[0], _span(town, reps[0], due, 10), _event(next(titles)), _before(town, 2))
    if meeting := _next_meeting(town, reps[0]):
        span = _of_all(proposed(meeting.starts_at, 0 if meeting.is_online_only else one_way(town, reps[0])))
        of: Typed = {
            "what": MEETING,
            "meeting_id": meeting.id,
            "title": meeting.group.name,
            "note": "Please ring twice",
        }
        on = max(clock.london_day(meeting.called_at), _before(town, 4))
        yield ask(reps[0], span, of, on, then=arranging.take)
    if len(reps) > 1:
        span = _span(town, reps[1], working_day_from(town.day(random.randint(11, 17))), 9)
        yield ask(reps[1], span, _event(next(titles)), _before(town, 6), then=_offer)
        if is_quarter_of(town, _before(town, 1), CAME, BOTH, READ):
            span = _span(town, reps[-1], _before(town, 1), 13)
            yield ask(reps[-1], span, _event(next(titles)), _before(town, 18), then=_arrange)


def _of_all(span: Span) -> Span:
    """The agenda is known: it takes an hour more than meetings usually do."""
    return Span(span.starts_at, span.ends_at + timedelta(hours=1), span.travel_minutes)


def _before(town: Town, days: int) -> date:
    """So many days ago, or the last working day before that."""
    return last_working_day_before(town.day(1 - days))


def _event(title: str) -> Typed:
    return {"what": EVENT, "title": title}


def _due_today(on: date, lead_days: int) -> date:
    """A day for which care has to be arranged by today, or by the first working day after it."""
    wanted = working_day_from(on)
    days = (on + timedelta(days=number) for number in range(lead_days, lead_days + 9))
    found = [day for day in days if cover_deadline(day, lead_days) == wanted and is_working_day(day)]
    return found[0] if found else working_day_from(on + timedelta(days=lead_days))


def _span(town: Town, who: str, day: date, hour: int) -> Span:
    begins = at_hour(day, hour)
    return Span(begins, begins + timedelta(hours=4), 2 * one_way(town, who))


def _next_meeting(town: Town, who: str) -> Meeting | None:
    """The next one to which they go, for which nothing was asked yet, and that is not in the next days."""
    ahead = meetings.planned_between(town.day(3), town.day(200))
    person_id = town.people[who]
    free = (one for one in ahead if one.board_id == town.board.id and person_id in check_ins.everyone_going(one))
    return next((one for one in free if not queries.for_meeting(person_id, one.id)), None)


def _ask(town: Town, who: str, span: Span, of: Typed, on: date, then: ByOfficer | None = None) -> Step:
    """Somebody asks on the evening of a day; what the officer does about it comes the next working morning."""
    person_id, officer_id, board_id = town.people[who], town.people["officer"], town.board.id
    key = UUID(int=Random(f"{town.key}:{of['title']}:{on}").getrandbits(128), version=4)

    def ask() -> Iterator[Step]:
        requests.ask(key, board_id, person_id, person_id, span, {**USUAL, **of})
        if then is not None:
            morning = at_hour(working_day_from(on + timedelta(days=1)), 11)
            yield Step(morning, officer_id, partial(_by_officer, then, board_id, key, officer_id))

    return Step(at_hour(on, 18), person_id, ask)


def _by_officer(then: ByOfficer, board_id: UUID, key: UUID, officer_id: UUID) -> None:
    care = queries.request_by_id(board_id, key)
    if care.note:
        arranging.read_text(care)
    then(care, care.version, officer_id)


def _arrange(care: CareRequest, version: int, officer_id: UUID) -> None:
    arranging.arrange(care, version, officer_id, care.span, _typed(care, care.span))


def _offer(care: CareRequest, version: int, officer_id: UUID) -> None:
    """Nobody is free as early as that."""
    later = Span(care.starts_at + timedelta(minutes=30), care.ends_at + timedelta(minutes=30), care.travel_minutes)
    arranging.arrange(care, version, officer_id, later, _typed(care, later))


def _typed(care: CareRequest, span: Span) -> Typed:
    policy = policies.policy(care.board_id)
    rate, cap = (policy.hourly_rate or RATE, policy.cap) if policy else (RATE, None)
    who = {"provider_id": policies.providers(care.board_id)[0].id}
    return {**who, "arrangement": ARRANGED, "cost": estimate(span.minutes, rate, cap), "is_paid_by_board": True}
