"""What care wants of people: officers arrange it, reps look at other times and say if it took place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from portal.access.permissions import CARE_ARRANGE, CARE_OWN, DESK_READ
from portal.accounts.models import Person
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import UNSAID, Line, several_late
from portal.meetings.models import Meeting
from portal.meetings.queries import has_depute
from portal.replacement_care.models import CarePolicy, CareRequest
from portal.replacement_care.requests.queries import LATELY, in_sight, lacks_invoice, never_arranged, not_aside
from portal.replacement_care.requests.rules import ANSWER_DAYS, LEAD_DAYS, OFFICER, OPEN, REP, UNARRANGED
from portal.replacement_care.requests.short_notice import Due, due_by

MOST = 4  # of somebody's own requests, on the first page


@dataclass(frozen=True)
class Own:
    """A request of somebody's that wants an answer: other times to agree to, or whether it took place."""

    board_id: UUID
    request_id: UUID
    title: str
    on_day: date
    has_depute: bool


def _own(who: Whoever) -> Rows:
    of_request = (
        CareRequest.board_id,
        CareRequest.id.label("request_id"),
        CareRequest.title.label("title"),
        CareRequest.on_day,
    )
    depute = and_(CareRequest.meeting_id.is_not(None), has_depute(who.id)).label("has_depute")
    statement = select(*of_request, depute).outerjoin(Meeting, Meeting.id == CareRequest.meeting_id)
    return statement.where(
        CareRequest.person_id == who.id,
        who.within(CARE_OWN, CareRequest),
        CareRequest.status.in_(OPEN),
        or_(
            and_(CareRequest.to_agree == REP, CareRequest.on_day >= who.today),
            and_(CareRequest.on_day < who.today, ~never_arranged()),
        ),
    )


def _answer(found: Sequence[Own], today: date) -> Iterator[Line]:
    for request in sorted(found, key=lambda request: request.on_day)[:MOST]:
        words, where = f"{request.title}, {short_day_words(request.on_day)}", {"request_id": request.request_id}
        apart = f", {words}"
        if request.on_day < today:
            yield Line(request.on_day, "Tell us if your care took place", words, where, day_is=UNSAID, apart=apart)
        else:
            title = "Tell us if you still need your care" if request.has_depute else "Confirm the times for your care"
            yield Line(today, title, words, where, day_is=UNSAID, apart=apart)


@dataclass(frozen=True)
class Unarranged:
    """Care of somebody else's that this officer may arrange."""

    board_id: UUID
    request_id: UUID
    person_name: str
    on_day: date
    lead_days: int
    wanted_at: datetime | None
    changed_at: datetime | None
    asked_at: datetime
    is_change: bool = False  # it was arranged, and the rep changed what they need

    @property
    def due(self) -> Due:
        """By when it is to be arranged, as on its own page, in the list of requests and in emails."""
        asked_for = london_day(self.wanted_at) if self.wanted_at else self.on_day
        changed_on = london_day(self.changed_at) if self.changed_at else None
        return due_by(asked_for, self.lead_days, london_day(self.asked_at), changed_on)


def _is_change() -> ColumnElement[bool]:
    """Of what is not arranged now: it was, and the rep changed it, as CareRequest.is_change says."""
    return and_(CareRequest.to_agree == OFFICER, CareRequest.arranged_at.is_not(None))


def _unarranged(who: Whoever) -> Rows:
    of_request = (CareRequest.board_id, CareRequest.id.label("request_id"))
    lead_days = func.coalesce(CarePolicy.lead_days, LEAD_DAYS).label("lead_days")
    moments = (CareRequest.wanted_starts_at.label("wanted_at"), CareRequest.times_changed_at.label("changed_at"))
    about = (*moments, CareRequest.asked_at, _is_change().label("is_change"))
    return (
        select(*of_request, Person.name.label("person_name"), CareRequest.on_day, lead_days, *about)
        .join(Person, Person.id == CareRequest.person_id)
        .outerjoin(CarePolicy, CarePolicy.board_id == CareRequest.board_id)
        .where(CareRequest.status.in_(UNARRANGED), CareRequest.ends_at > who.now)
        .where(who.within(CARE_ARRANGE, CareRequest), not_aside(who))
    )


def _arrange_all(found: Sequence[Unarranged], today: date) -> Iterator[Line]:
    """What is to be arranged and what was, and changed since, each by itself: they are not the same work."""
    to_arrange, changed = ([one for one in found if one.is_change is changes] for changes in (False, True))
    if to_arrange:
        yield _all_of(to_arrange, f"Arrange care for {count_words(len(to_arrange), 'request')}", today)
    if changed:
        several = f"changes to {len(changed)} care requests" if changed[1:] else "a change to a care request"
        yield _all_of(changed, f"Answer {several}", today)


def _all_of(found: Sequence[Unarranged], title: str, today: date) -> Line:
    days = [request.due.on_list(today) for request in found]
    first = min(found, key=lambda request: request.due.on_list(today))
    short = ", at short notice" if first.due.is_short_notice else ""
    words = f"{'The first' if found[1:] else 'It'} is for {short_day_words(first.on_day)}{short}"
    return Line(min(days), title, words, late_words=several_late(sum(day < today for day in days), len(found)))


def _arrange(found: Sequence[Unarranged], today: date) -> Iterator[Line]:
    for request in found:
        to_do = "answer a change to care" if request.is_change else "arrange care"
        title = f"{request.person_name}: {to_do} for {short_day_words(request.on_day)}"
        short = "Short notice" if request.due.is_short_notice else ""
        where = {"request_id": request.request_id}
        yield Line(request.due.on_list(today), title, short, where, for_day=request.on_day)


@dataclass(frozen=True)
class Unprovided:
    """Care of somebody else's that nobody arranged in time: an officer is to say why."""

    board_id: UUID
    request_id: UUID
    person_name: str
    on_day: date


def _of_others(who: Whoever) -> Rows:
    """Care of others that an officer sees to, in the columns of Unprovided and Untold."""
    of_request = (CareRequest.board_id, CareRequest.id.label("request_id"))
    rows = select(*of_request, Person.name.label("person_name"), CareRequest.on_day)
    rows = rows.join(Person, Person.id == CareRequest.person_id)
    return rows.where(who.within(CARE_ARRANGE, CareRequest), not_aside(who))


def _unprovided(who: Whoever) -> Rows:
    return _of_others(who).where(never_arranged(), CareRequest.ends_at <= who.now)


def _say_all(found: Sequence[Unprovided], _today: date) -> Iterator[Line]:
    first = min(found, key=lambda request: request.on_day)
    were = f"{count_words(len(found), 'request')} for care {'were' if found[1:] else 'was'}"
    words = f"{'The first' if found[1:] else 'It'} was for {short_day_words(first.on_day)}"
    yield Line(first.on_day, f"Say why {were} not arranged in time", words, day_is=UNSAID)


def _say(found: Sequence[Unprovided], _today: date) -> Iterator[Line]:
    for request in found:
        title = f"{request.person_name}: say why care for {short_day_words(request.on_day)} was not arranged in time"
        yield Line(request.on_day, title, where={"request_id": request.request_id}, day_is=UNSAID)


@dataclass(frozen=True)
class Untold:
    """Care of somebody else's that is over, and of which the rep has not said whether it took place."""

    board_id: UUID
    request_id: UUID
    person_name: str
    on_day: date


def _untold(who: Whoever) -> Rows:
    """Once the rep has had the time to say it."""
    long_ago = CareRequest.on_day < who.today - timedelta(days=ANSWER_DAYS)
    return _of_others(who).where(CareRequest.status.in_(OPEN), long_ago, ~never_arranged())


def _ask(found: Sequence[Untold], _today: date) -> Iterator[Line]:
    for request in found:
        title = f"{request.person_name}: ask if care on {short_day_words(request.on_day)} took place"
        yield Line(request.on_day, title, where={"request_id": request.request_id}, day_is=UNSAID)


@dataclass(frozen=True)
class Uninvoiced:
    """Care that took place, that the board pays for, and whose invoice nobody entered."""

    board_id: UUID
    request_id: UUID
    person_name: str
    on_day: date


def _uninvoiced(who: Whoever) -> Rows:
    of_request = (CareRequest.board_id, CareRequest.id.label("request_id"))
    return (
        select(*of_request, Person.name.label("person_name"), CareRequest.on_day)
        .join(Person, Person.id == CareRequest.person_id)
        .where(lacks_invoice(), CareRequest.on_day >= who.today - LATELY)
        .where(who.within(CARE_ARRANGE, CareRequest), not_aside(who))
    )


def _enter_invoice(found: Sequence[Uninvoiced], _today: date) -> Iterator[Line]:
    for request in found:
        title = f"{request.person_name}: enter the provider’s invoice for care on {short_day_words(request.on_day)}"
        yield Line(request.on_day, title, where={"request_id": request.request_id}, day_is=UNSAID)


@dataclass(frozen=True)
class Open:
    """How many requests of a rep are open for care that is not over, and what of them waits for an officer: of
    whoever looks, nothing does, as somebody else arranges theirs.
    """

    board_id: UUID
    person_id: UUID
    requests: int
    not_arranged: int
    changed: int  # arranged, and changed since: an officer is to answer that


def _open(who: Whoever) -> Rows:
    requests = func.count(CareRequest.id)
    waits = and_(CareRequest.status.in_(UNARRANGED), CareRequest.person_id != who.id)
    changed, unarranged = case((and_(waits, _is_change()), 1), else_=0), case((and_(waits, ~_is_change()), 1), else_=0)
    of_rep = (CareRequest.board_id, CareRequest.person_id)
    counts = (func.sum(unarranged).label("not_arranged"), func.sum(changed).label("changed"))
    return (
        select(*of_rep, requests.label("requests"), *counts)
        .where(CareRequest.status.in_(OPEN), CareRequest.ends_at > who.now)
        .where(who.within(DESK_READ, CareRequest), in_sight(who))
        .group_by(*of_rep)
    )


OWN = ToDo("own care to answer for", Whom.THEMSELVES, Own, _own, first_page=Says("replacement_care.show", _answer))
TO_ARRANGE = ToDo(
    "care to arrange",
    Whom.STAFF,
    Unarranged,
    _unarranged,
    first_page=Says("replacement_care.to_arrange", _arrange_all, all_boards=True),
    desk=Says("replacement_care.arrange", _arrange),
)
TO_EXPLAIN = ToDo(
    "care not arranged in time",
    Whom.STAFF,
    Unprovided,
    _unprovided,
    first_page=Says("replacement_care.to_arrange", _say_all, all_boards=True),
    desk=Says("replacement_care.arrange", _say),
)
TO_ASK = ToDo(
    "care to ask about",
    Whom.STAFF,
    Untold,
    _untold,
    first_page=Says("replacement_care.arrange", _ask),
    desk=Says("replacement_care.arrange", _ask),
)
TO_INVOICE = ToDo(
    "care invoice to enter",
    Whom.STAFF,
    Uninvoiced,
    _uninvoiced,
    first_page=Says("replacement_care.arrange", _enter_invoice),
    desk=Says("replacement_care.arrange", _enter_invoice),
)
OPEN_CARE = ToDo("open care of a rep", Whom.NOBODY, Open, _open, in_table=True)
TODO = (OWN, TO_ARRANGE, TO_EXPLAIN, TO_ASK, TO_INVOICE, OPEN_CARE)
