"""Which claims the people of a made-up board make over its years, and what becomes of them: plans, only drawn."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from portal.access.roles import REP
from portal.core.clock import london_day
from portal.demonstration.history.attended import Attended, attended, days_of_own, in_turns
from portal.demonstration.history.claims_year import Year
from portal.demonstration.history.in_order import at_hour
from portal.demonstration.history.payments import gap, is_quick, run_on
from portal.demonstration.history.spending import Line, habit_of, lines_in_person, lines_online
from portal.expenses.categories import CARE
from portal.expenses.claims.rules import DRAFT
from portal.expenses.models import Claim
from portal.infra.database import db

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town

EVENTS = (
    ("event", "Carers’ forum", "Town hall"),
    ("event", "Visit to a day centre", "The day centre"),
    ("event", "Talk at the college", "The college"),
    ("event", "Young carers’ workshop", "The community centre"),
    ("event", "Carers’ rights stall", "The shopping centre"),
    ("consultation", "Talking with carers at the café", "The carers café"),
    ("consultation", "Drop-in at the health centre", "The health centre"),
    ("event", "Planning day for the carers’ strategy", "The conference centre"),
)
SINCE_ASKED = 400  # days for which it is known whether the portal asked what a meeting cost
YEAR, LEAST = 360, 5  # days in which figures count whoever was asked, and how many of each they show
MIND = 5  # for as many days the portal itself asks on the day of the start
NO_LONGER_CHASED = 130
YEAR_OF_ITS_OWN = 520  # days: what is sent before is decided before the year of the figures
OF_YEAR = 0.55  # what waits on the day of the start comes on top
EVENT_SHARE, ONLINE_SHARE, ONLINE_ON_AN_ISLAND = 0.25, 0.4, 0.15


class Fate(Enum):
    """What becomes of a claim."""

    AGREED = "approved in full"
    IN_PART = "approved in part"
    DECLINED = "not approved"
    ASKED = "asked about, answered, and then approved"
    WITHDRAWN = "withdrawn before it was decided"
    NOT_SENT = "never sent"
    NOTHING = "nothing to claim"


SAYS_YES = (Fate.IN_PART, Fate.ASKED, Fate.DECLINED, Fate.WITHDRAWN, Fate.IN_PART, Fate.NOT_SENT, Fate.ASKED)
SAYS_NO = (Fate.DECLINED, Fate.IN_PART, Fate.ASKED, Fate.DECLINED, Fate.IN_PART, Fate.WITHDRAWN)


@dataclass(frozen=True)
class Planned:
    """A claim as it is going to be: of a meeting, of an event, or one that the portal has drafted for care."""

    who: str
    person_id: UUID
    what: str
    title: str
    on: date
    begun_at: datetime
    sent_at: datetime
    lines: tuple[Line, ...]
    fate: Fate
    meeting_id: UUID | None = None
    draft_id: UUID | None = None  # what the rep paid for care is on it
    decided_on: date | None = None  # where that is not left to chance
    is_asked: bool = False  # whether the portal asks on the morning after what it cost


@dataclass(frozen=True)
class Drafted:
    """A draft that the portal made of what somebody paid for care."""

    claim_id: UUID
    who: str
    what: str
    title: str
    on: date
    created_at: datetime
    meeting_id: UUID | None


def plans(town: Town, chance: Random) -> list[Planned]:
    """About as many as the profile says, the earliest first. A meeting of somebody has one claim.

    Where boards.toml says how often claims are decided, the last year is as claims_year.py has it.
    """
    least = YEAR_OF_ITS_OWN if town.profile.claims_every else 0
    many = max(0, round(OF_YEAR * town.profile.claims_a_year * (town.profile.joined_days_ago - least) / 365))
    drafts = _drafts(town)
    were_there = _but_the_last(attended(town), {one.meeting_id for one in drafts if one.who == REP})
    with_care = {(one.meeting_id, one.who): one for one in drafts if one.meeting_id}
    drafted = {one for one in were_there if (one.meeting_id, one.who) in with_care}
    old = [one for one in were_there if one not in drafted and (town.today - one.on).days > least]
    keen = [one for one in old if _is_claimed(town, one, chance)]
    wanted = max(0, round(many * (1 - EVENT_SHARE)) - len(drafted))
    picked = set(in_turns(chance, keen, wanted))
    of_meetings = [_of_meeting(town, chance, one, with_care.get((one.meeting_id, one.who))) for one in were_there]
    claimed = [one for one, at in zip(of_meetings, were_there, strict=True) if at in drafted or at in picked]
    events = [_of_draft(town, chance, one) for one in drafts if not one.meeting_id]
    taken = {(one.who, one.on) for one in were_there} | {(one.who, one.on) for one in drafts}
    rest = max(0, many - len(claimed) - len(events))
    own = days_of_own(town, chance, rest, max(9, least))
    events += [_of_event(town, chance, *one) for one in own if one not in taken]
    year = list(_of_year(town, were_there, drafted | picked)) if least else []
    done = {(one.meeting_id, one.who) for one in year}
    left = [one for one in were_there if one not in drafted | picked and (one.meeting_id, one.who) not in done]
    found = [*claimed, *events, *year, *_nothing(town, chance, left)]
    return sorted((one for one in found if one.lines or one.is_asked or one.draft_id), key=lambda one: one.begun_at)


def _but_the_last(were_there: Sequence[Attended], with_draft: Collection[UUID | None]) -> list[Attended]:
    """Whoever looks as the first rep finds their last meeting without a claim, and can make one."""
    last = [one for one in were_there if one.who == REP and not one.is_online and one.meeting_id not in with_draft][-1:]
    return [one for one in were_there if one not in last]


def _of_year(town: Town, were_there: Sequence[Attended], claimed: Collection[Attended]) -> Iterator[Planned]:
    chance = Random(f"{town.key}:claims of the year")
    rare = _rare(town)
    for one in Year(town, chance, were_there, {(at.who, at.on) for at in claimed}).claims():
        what, title, _ = one.outing
        of = _Of(one.who, what, title, one.on)
        if at := one.meeting:
            of = _Of(one.who, "meeting", at.group, at.on, at.meeting_id)
        sent_at = at_hour(one.sent_on, chance.randint(17, 22), chance.randint(0, 59))
        fate = Fate.AGREED if one.rare is None else rare[one.rare % len(rare)]
        plan = _planned(town, chance, of, one.lines)
        yield replace(plan, sent_at=sent_at, fate=fate, decided_on=one.decided_on)


def _rare(town: Town) -> tuple[Fate, ...]:
    """What becomes of those that do not end as usual: on a board that says no often, mostly that."""
    return SAYS_NO if town.profile.declined > 0.1 else SAYS_YES


def _fate_of(town: Town, chance: Random, lines: Sequence[Line], draft: Drafted | None) -> Fate:
    return _fate(town, chance, lines) if lines or draft else Fate.NOTHING


def _drafts(town: Town) -> list[Drafted]:
    statement = select(Claim).where(Claim.board_id == town.board.id, Claim.status == DRAFT)
    return [
        Drafted(
            one.id, town.who_is(one.person_id), one.what, one.title, one.happened_on, one.created_at, one.meeting_id
        )
        for one in db.session.scalars(statement.order_by(Claim.created_at, Claim.id))
    ]


def _is_claimed(town: Town, one: Attended, chance: Random) -> bool:
    share = ONLINE_ON_AN_ISLAND if town.profile.ferry_pence else ONLINE_SHARE
    is_worth_it = not one.is_online or chance.random() < share
    return chance.random() < habit_of(town, one.who).keenness and is_worth_it


def _of_meeting(town: Town, chance: Random, one: Attended, draft: Drafted | None) -> Planned:
    lines = (
        lines_online(town, one.who, one.on, chance)
        if one.is_online
        else lines_in_person(town, one.who, one.on, one.place, chance)
    )
    of = _Of(one.who, "meeting", one.group, one.on, one.meeting_id, draft)
    return _planned(town, chance, of, lines)


def _of_event(town: Town, chance: Random, who: str, on: date) -> Planned:
    what, title, place = chance.choice(EVENTS)
    return _planned(town, chance, _Of(who, what, title, on), lines_in_person(town, who, on, place, chance))


def _of_draft(town: Town, chance: Random, draft: Drafted) -> Planned:
    """Care for an event: they travelled, too."""
    lines = lines_in_person(town, draft.who, draft.on, "", chance)
    return _planned(town, chance, _Of(draft.who, draft.what, draft.title, draft.on, None, draft), lines)


@dataclass(frozen=True)
class _Of:
    """Whose claim it is, and for what."""

    who: str
    what: str
    title: str
    on: date
    meeting_id: UUID | None = None
    draft: Drafted | None = None


def _planned(town: Town, chance: Random, of: _Of, lines: Sequence[Line]) -> Planned:
    first, last = habit_of(town, of.who).patience
    morning = at_hour(of.on + timedelta(days=1), 8)
    begun = max(morning, of.draft.created_at) if of.draft else morning
    sent_on = _in_time_for_run(town, chance, london_day(begun) + timedelta(days=chance.randint(first, last)))
    evening = at_hour(sent_on, chance.randint(17, 22))
    kept = [one for one in lines if not (of.draft and one.category == CARE)]
    days_ago = (town.today - of.on).days
    return Planned(
        of.who,
        town.people[of.who],
        of.what,
        of.title,
        of.on,
        begun,
        evening + timedelta(minutes=chance.randint(0, 59)),
        tuple(kept),
        _fate_of(town, chance, kept, of.draft),
        of.meeting_id,
        of.draft.claim_id if of.draft else None,
        is_asked=of.meeting_id is not None and of.draft is None and MIND < days_ago < SINCE_ASKED,
    )


def _in_time_for_run(town: Town, chance: Random, day: date) -> date:
    """Where a board is quick, most send a little before it decides for the next run."""
    if not is_quick(town, day) or chance.random() < 0.15:
        return day
    days = town.profile.on(town.profile.decided_after, (town.today - day).days) * 1.2
    before = timedelta(days=round(days + chance.uniform(1, max(1.0, gap(town, day) / 2))))
    return max(day, run_on(day + before) - before)


def _fate(town: Town, chance: Random, lines: Sequence[Line]) -> Fate:
    profile = town.profile
    odds = {
        Fate.WITHDRAWN: 0.015,
        Fate.NOT_SENT: 0.02,
        Fate.ASKED: 0.08,
        Fate.DECLINED: profile.declined,
        Fate.IN_PART: profile.in_part if len(lines) > 1 else 0.0,
    }
    odds[Fate.AGREED] = 1 - sum(odds.values())
    return chance.choices(list(odds), list(odds.values()))[0]


def _nothing(town: Town, chance: Random, left: Sequence[Attended]) -> Iterator[Planned]:
    """The portal asked what a meeting cost: nothing, or no answer came. Some of each where figures count them."""
    asked = [one for one in left if MIND < (town.today - one.on).days < SINCE_ASKED]
    if not town.profile.claims_every:
        asked = [one for one in asked if chance.random() < 0.7]
    long_ago = [one for one in asked if NO_LONGER_CHASED < (town.today - one.on).days < YEAR]
    no_answer = {*long_ago[::2], *long_ago[: LEAST + 1]} - {*asked[-LEAST:]}
    for one in asked:
        planned = _planned(town, chance, _Of(one.who, "meeting", one.group, one.on, one.meeting_id), ())
        yield replace(planned, fate=Fate.NOT_SENT if one in no_answer else Fate.NOTHING, lines=(), is_asked=True)
