"""What care wants of people: officers arrange it, reps look at other times and say if it took place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import case, func, or_, select

from portal.access.permissions import CARE_ARRANGE, CARE_OWN, DESK_READ
from portal.accounts.models import Person
from portal.core.text import count_words, short_day_words
from portal.infra.kept import Whoever
from portal.infra.todo import Line, Rows, Says, ToDo, Whom
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import in_sight, not_aside
from portal.replacement_care.requests.rules import OPEN, REP, UNARRANGED, arrange_by

MOST = 4  # of somebody's own requests, on the first page


@dataclass(frozen=True)
class Own:
    """A request of somebody's that wants an answer: other times to agree to, or whether it took place."""

    board_id: UUID
    request_id: UUID
    title: str
    on_day: date


def _own(who: Whoever) -> Rows:
    of_request = (CareRequest.board_id, CareRequest.id.label("request_id"), CareRequest.title, CareRequest.on_day)
    return select(*of_request).where(
        CareRequest.person_id == who.id,
        who.within(CARE_OWN, CareRequest),
        CareRequest.status.in_(OPEN),
        or_(CareRequest.to_agree == REP, CareRequest.on_day < who.today),
    )


def _answer(found: Sequence[Own], today: date) -> Iterator[Line]:
    for request in sorted(found, key=lambda request: request.on_day)[:MOST]:
        words, where = f"{request.title}, {short_day_words(request.on_day)}", {"request_id": request.request_id}
        if request.on_day < today:
            yield Line(request.on_day, "Say if your care took place", words, where)
        else:
            yield Line(today, "Look at the times for your care", f"They changed. {words}", where)


@dataclass(frozen=True)
class Unarranged:
    """Care of somebody else's that this officer may arrange."""

    board_id: UUID
    request_id: UUID
    person_name: str
    on_day: date


def _unarranged(who: Whoever) -> Rows:
    of_request = (CareRequest.board_id, CareRequest.id.label("request_id"))
    return (
        select(*of_request, Person.name.label("person_name"), CareRequest.on_day)
        .join(Person, Person.id == CareRequest.person_id)
        .where(CareRequest.status.in_(UNARRANGED), who.within(CARE_ARRANGE, CareRequest), not_aside(who))
    )


def _arrange_all(found: Sequence[Unarranged], _today: date) -> Iterator[Line]:
    first = min(request.on_day for request in found)
    title = f"Arrange care for {count_words(len(found), 'request')}"
    yield Line(first, title, f"The soonest is for {short_day_words(first)}")


def _arrange(found: Sequence[Unarranged], today: date) -> Iterator[Line]:
    for request in found:
        title = f"{request.person_name}: arrange care for {short_day_words(request.on_day)}"
        due, where = arrange_by(request.on_day, today), {"request_id": request.request_id}
        yield Line(due, title, where=where, is_late=request.on_day < today)


@dataclass(frozen=True)
class Open:
    """How many requests of a rep are open, and how many of those are not arranged."""

    board_id: UUID
    person_id: UUID
    requests: int
    not_arranged: int


def _open(who: Whoever) -> Rows:
    requests, unarranged = func.count(CareRequest.id), case((CareRequest.status.in_(UNARRANGED), 1), else_=0)
    of_rep = (CareRequest.board_id, CareRequest.person_id)
    return (
        select(*of_rep, requests.label("requests"), func.sum(unarranged).label("not_arranged"))
        .where(CareRequest.status.in_(OPEN), who.within(DESK_READ, CareRequest), in_sight(who))
        .group_by(*of_rep)
    )


OWN = ToDo("own care to answer for", Whom.THEMSELVES, Own, _own, first_page=Says("replacement_care.show", _answer))
TO_ARRANGE = ToDo(
    "care to arrange",
    Whom.STAFF,
    Unarranged,
    _unarranged,
    first_page=Says("replacement_care.to_arrange", _arrange_all),
    desk=Says("replacement_care.arrange", _arrange),
)
OPEN_CARE = ToDo("open care of a rep", Whom.NOBODY, Open, _open, in_table=True)
TODO = (OWN, TO_ARRANGE, OPEN_CARE)
