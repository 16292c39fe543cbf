"""Finding requests for care, and who stands aside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, exists, func, not_, or_, select
from sqlalchemy.orm import joinedload

from portal.access.decide import Reach, reach
from portal.access.permissions import CARE_ARRANGE, CARE_OWN, CARE_READ
from portal.access.roles import OFFICER, Viewer
from portal.audit.models import AuditLine
from portal.boards import queries as boards
from portal.core import clock
from portal.core.events import Event
from portal.infra.database import db
from portal.infra.kept import Whoever, made_once, within_reach
from portal.infra.scope import within
from portal.infra.sight import Sight, seen_with
from portal.meetings.models import Meeting
from portal.replacement_care.events import CareAskedAgain, CareTextRead
from portal.replacement_care.models import CareRequest, StoodAside
from portal.replacement_care.requests.rules import CANCELLED, CANNOT, ENDED, OPEN, TOOK_PLACE, UNARRANGED

LATELY = timedelta(days=60)  # so long what has ended is still before officers
TEXTS = ("note", "why_late", "arrangement", "answer")  # what somebody typed; the kind of care is chosen from a list


def with_names(statement: Select[CareRequest]) -> Select[CareRequest]:
    loaded = (CareRequest.person, CareRequest.officer, CareRequest.provider, CareRequest.board, CareRequest.meeting)
    return statement.options(*(joinedload(one) for one in loaded))


def not_aside(person: Viewer | Whoever) -> ColumnElement[bool]:
    """Nobody sees the requests of a rep from whom they stand aside."""
    aside = exists().where(
        StoodAside.board_id == CareRequest.board_id,
        StoodAside.person_id == person.id,
        StoodAside.of_id == CareRequest.person_id,
    )
    return ~aside


def in_sight(person: Viewer | Whoever) -> ColumnElement[bool]:
    """One's own, and for officers those of the board but of reps from whom they stand aside."""
    own = within_reach(person, CARE_OWN, CareRequest)
    return or_(own, and_(within_reach(person, CARE_READ, CareRequest), not_aside(person)))


@seen_with(CARE_READ)
def request(sight: Sight, request_id: UUID) -> CareRequest | None:
    """A request within a person's sight."""
    return db.session.scalar(
        with_names(select(CareRequest).where(CareRequest.id == request_id, in_sight(sight.person)))
    )


@seen_with(CARE_ARRANGE, whose=lambda request: (request.officer_id,))
def request_with_text(sight: Sight, request_id: UUID) -> CareRequest | None:
    """A request whose words somebody may read: the officer who arranges it, and nobody else."""
    return request(sight.person, request_id)


def request_by_id(board_id: UUID, request_id: UUID) -> CareRequest:
    """One of a board, for emails and reactions."""
    one = (CareRequest.board_id == board_id, CareRequest.id == request_id)
    return db.session.scalars(with_names(select(CareRequest).where(*one))).one()


def own_requests(person: Viewer) -> Sequence[CareRequest]:
    """Somebody's own, the latest day first."""
    statement = select(CareRequest).where(within(reach(person, CARE_OWN), CareRequest))
    statement = statement.where(CareRequest.person_id == person.id)
    order = (CareRequest.on_day.desc(), CareRequest.asked_at.desc(), CareRequest.id)
    return db.session.scalars(with_names(statement.order_by(*order))).all()


def coming_of(person: Viewer) -> Sequence[CareRequest]:
    """Somebody's own that are open and not over, the soonest first."""
    open_now = (CareRequest.person_id == person.id, CareRequest.status.in_(OPEN), CareRequest.on_day >= clock.today())
    statement = select(CareRequest).where(within(reach(person, CARE_OWN), CareRequest), *open_now)
    return db.session.scalars(statement.order_by(CareRequest.starts_at, CareRequest.id).limit(20)).all()


def own_request_by_id(person_id: UUID, request_id: UUID) -> CareRequest | None:
    return db.session.scalar(
        select(CareRequest).where(CareRequest.id == request_id, CareRequest.person_id == person_id)
    )


def to_arrange(person: Viewer) -> Sequence[CareRequest]:
    """What is not ended, for officers: the soonest first, and after it what is over and waits to be told of."""
    if not reach(person, CARE_ARRANGE):
        return []
    mine = (within(reach(person, CARE_ARRANGE), CareRequest), not_aside(person))
    statement = select(CareRequest).where(*mine, CareRequest.status.in_(OPEN))
    is_over = case((CareRequest.on_day < clock.today(), 1), else_=0)
    order = (is_over, CareRequest.on_day, CareRequest.starts_at, CareRequest.id)
    return db.session.scalars(with_names(statement.order_by(*order).limit(200))).all()


def ended_lately(person: Viewer) -> Sequence[CareRequest]:
    """What has ended in the last two months, for officers: a late cost or an invoice may still come."""
    mine = (within(reach(person, CARE_ARRANGE), CareRequest), not_aside(person))
    lately = CareRequest.ended_at >= clock.now() - LATELY
    statement = select(CareRequest).where(*mine, CareRequest.status.in_(ENDED), lately)
    order = (CareRequest.on_day.desc(), CareRequest.id)
    return db.session.scalars(with_names(statement.order_by(*order).limit(50))).all()


def for_meeting(person_id: UUID, meeting_id: UUID) -> CareRequest | None:
    """The request of somebody for a meeting itself that was not called off; one that can be provided goes first."""
    statement = select(CareRequest).where(
        CareRequest.person_id == person_id, CareRequest.meeting_id == meeting_id, CareRequest.what == "meeting"
    )
    order = ((CareRequest.status == CANNOT).asc(), CareRequest.asked_at.desc(), CareRequest.id)
    statement = statement.where(CareRequest.status != CANCELLED).order_by(*order)
    return db.session.scalar(with_names(statement.limit(1)))


def open_for(person_id: UUID, meeting_id: UUID) -> Sequence[CareRequest]:
    """What of somebody's around a meeting would be cancelled if they did not go."""
    own = own_of_meetings(person_id, [meeting_id]).get(meeting_id, [])
    return [one for one in own if one.status in OPEN]


def cancelled_for(person_id: UUID, meeting: Meeting) -> CareRequest | None:
    """What somebody asked for before, for a meeting on the day that it has now, and cancelled; the newest."""
    return cancelled_of(person_id, [meeting]).get(meeting.id)


def cancelled_of(person_id: UUID, meetings: Collection[Meeting]) -> dict[UUID, CareRequest]:
    """The same of several, by meeting."""
    days = {one.id: one.meets_on for one in meetings}
    of_meetings = CareRequest.meeting_id.in_(list(days))
    statement = select(CareRequest).where(
        CareRequest.person_id == person_id, of_meetings, CareRequest.what == "meeting"
    )
    statement = statement.where(CareRequest.status == CANCELLED)
    found = db.session.scalars(with_names(statement.order_by(CareRequest.ended_at, CareRequest.id.desc())))
    return {one.meeting_id: one for one in found if one.meeting_id and one.on_day == days[one.meeting_id]}


def own_of_meetings(person_id: UUID, meeting_ids: Sequence[UUID]) -> dict[UUID, list[CareRequest]]:
    """By meeting, what somebody asked for around it and did not cancel, the first hours first."""
    found: dict[UUID, list[CareRequest]] = {}
    for one in db.session.scalars(_own_of_meetings(), {"person_id": person_id, "meeting_ids": meeting_ids}):
        if one.meeting_id:
            found.setdefault(one.meeting_id, []).append(one)
    return found


@made_once
def _own_of_meetings() -> Select[CareRequest]:
    of_meetings = CareRequest.meeting_id.in_(bindparam("meeting_ids"))
    statement = select(CareRequest).where(of_meetings, is_own(bindparam("person_id")))
    return statement.order_by(CareRequest.starts_at, CareRequest.id)


def is_own(person_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """As a part of a statement: whether a request is somebody's, who did not cancel it."""
    return and_(CareRequest.person_id == person_id, CareRequest.status != CANCELLED)


def of_meeting(board_id: UUID, meeting_id: UUID) -> Sequence[CareRequest]:
    """The open requests around a meeting, whoever's they are."""
    statement = select(CareRequest).where(
        CareRequest.board_id == board_id, CareRequest.meeting_id == meeting_id, CareRequest.status.in_(OPEN)
    )
    return db.session.scalars(statement.order_by(CareRequest.starts_at, CareRequest.id)).all()


def everyone_who_asked(meeting_id: UUID) -> set[UUID]:
    """Who has asked for care around a meeting, whatever became of it."""
    statement = select(CareRequest.person_id).where(CareRequest.meeting_id == meeting_id)
    return set(db.session.scalars(statement.order_by(CareRequest.person_id)))


def others_on(person_id: UUID, day: date, but: UUID | None) -> Sequence[CareRequest]:
    """What else somebody asked for on a day."""
    statement = select(CareRequest).where(
        CareRequest.person_id == person_id, CareRequest.on_day == day, CareRequest.status.in_(OPEN)
    )
    found = db.session.scalars(statement.order_by(CareRequest.starts_at, CareRequest.id))
    return [one for one in found if one.id != but]


def has_invoice() -> ColumnElement[bool]:
    """An officer entered the provider's invoice: its number and its amount."""
    return and_(CareRequest.invoice != "", func.coalesce(CareRequest.cost, 0) > 0)


def owed_to_provider() -> ColumnElement[bool]:
    """What a board pays a provider for, once it is settled and there is an invoice."""
    return and_(CareRequest.status.in_((TOOK_PLACE, CANCELLED)), CareRequest.is_paid_by_board, has_invoice())


def lacks_invoice() -> ColumnElement[bool]:
    """Care that took place, that the board pays for, and whose invoice nobody entered."""
    return and_(CareRequest.status == TOOK_PLACE, CareRequest.is_paid_by_board, not_(has_invoice()))


def to_pay(reached: Reach) -> Select[CareRequest]:
    """What boards pay providers for, as a part of a statement."""
    statement = select(CareRequest).where(within(reached, CareRequest), owed_to_provider())
    return with_names(statement.order_by(CareRequest.on_day, CareRequest.id))


def with_invoice(care: CareRequest, provider_id: str, invoice: str) -> CareRequest | None:
    """Other care of the same board with the same invoice of the same provider, the latest."""
    same = (CareRequest.board_id == care.board_id, CareRequest.invoice == invoice, CareRequest.id != care.id)
    statement = select(CareRequest).where(*same, CareRequest.invoice != "", CareRequest.provider_id.is_not(None))
    found = db.session.scalars(statement.order_by(CareRequest.on_day.desc(), CareRequest.id)).all()
    return next((one for one in found if str(one.provider_id) == provider_id), None)


def never_arranged() -> ColumnElement[bool]:
    """As a part of a statement, of what is over: nobody ever arranged it, so there is nothing to ask the rep about."""
    return and_(CareRequest.status.in_(UNARRANGED), CareRequest.arranged_at.is_(None))


def open_of_person(person_id: UUID) -> Sequence[CareRequest]:
    statement = select(CareRequest).where(CareRequest.person_id == person_id, CareRequest.status.in_(OPEN))
    return db.session.scalars(statement.order_by(CareRequest.on_day, CareRequest.id)).all()


def officers_for(care: CareRequest) -> list[UUID]:
    """The officers of the board who do not stand aside, and are not the rep."""
    aside = select(StoodAside.person_id).where(StoodAside.board_id == care.board_id, StoodAside.of_id == care.person_id)
    hidden = set(db.session.scalars(aside.order_by(StoodAside.person_id)))
    return [key for key in boards.staff_with_role(care.board_id, [OFFICER]) if key not in hidden | {care.person_id}]


def readings(care: CareRequest) -> list[tuple[UUID, datetime]]:
    """(reader, moment) of each time an officer read the words of a request: from the audit trail.

    Words may have moved here from an earlier request for the same meeting, where they were read.
    """
    ids, lines = {str(one) for one in _same_words(care)}, _trail(care, CareTextRead)
    return [
        (line.actor_id, line.happened_at) for line in lines if line.actor_id and line.facts.get("request_id") in ids
    ]


def has_read(care: CareRequest, officer_id: UUID) -> bool:
    """Whether an officer knows the words of a request as they are now: wrote them, or read them since they changed."""
    knows, ids = care.asked_by_id == officer_id, {str(one) for one in _same_words(care)}
    for line in _trail(care, CareTextRead, CareAskedAgain):
        if line.event == CareTextRead.__name__ and line.actor_id == officer_id and line.facts.get("request_id") in ids:
            knows = True
        elif line.event == CareAskedAgain.__name__ and _is_change_by_rep(line, care):
            knows = False
    return knows


def _is_change_by_rep(line: AuditLine, care: CareRequest) -> bool:
    """Of the words, not of the times alone. Older lines do not say which it was."""
    is_own = line.actor_id == care.person_id and line.facts.get("request_id") == str(care.id)
    return is_own and bool(line.facts.get("is_reworded", True))


def _trail(care: CareRequest, *events: type[Event]) -> Sequence[AuditLine]:
    """What happened of some kinds on its board since a request was made. At one moment, a reading counts as earlier."""
    statement = select(AuditLine).where(
        AuditLine.board_id == care.board_id,
        AuditLine.event.in_([event.__name__ for event in events]),
        AuditLine.happened_at >= care.asked_at,
    )
    return db.session.scalars(statement.order_by(AuditLine.happened_at, AuditLine.event.desc(), AuditLine.id)).all()


def _same_words(care: CareRequest) -> set[UUID]:
    if care.meeting_id is None:
        return {care.id}
    same = (CareRequest.person_id == care.person_id, CareRequest.meeting_id == care.meeting_id)
    return {care.id, *db.session.scalars(select(CareRequest.id).where(*same).order_by(CareRequest.id))}
