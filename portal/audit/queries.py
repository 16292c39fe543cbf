"""Reading the trail: what waits to be chained, whole chains, and the lines of one board."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, not_, or_, select

from portal.audit.chain import ACCOUNTS, Head
from portal.audit.models import AuditLine, ChainHead
from portal.core.calendar import moment
from portal.core.events import Event, by_staff_names, names_of, own_affairs, unnamed_names
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards

MIDNIGHT = time(0)


def chains_waiting() -> list[UUID]:
    """Chains with lines that have no place yet."""
    statement = select(AuditLine.chain_id).where(AuditLine.number.is_(None)).distinct()
    return list(db.session.scalars(across_boards(statement.order_by(AuditLine.chain_id), CrossBoardReason.CLOCK)))


def head_to_move(chain_id: UUID) -> ChainHead | None:
    """The head of a chain, held so that nobody else moves it."""
    return db.session.scalar(select(ChainHead).where(ChainHead.chain_id == chain_id).with_for_update())


def waiting(chain_id: UUID, most: int) -> Sequence[AuditLine]:
    """The oldest lines of a chain that have no place yet."""
    statement = select(AuditLine).where(AuditLine.chain_id == chain_id, AuditLine.number.is_(None))
    return db.session.scalars(statement.order_by(AuditLine.happened_at, AuditLine.id).limit(most)).all()


def heads() -> dict[UUID, Head]:
    """How far each chain reaches."""
    found = db.session.scalars(select(ChainHead).order_by(ChainHead.chain_id))
    return {one.chain_id: Head(one.number, one.mark) for one in found}


def whole_chain(chain_id: UUID) -> Iterator[AuditLine]:
    """Every line of a chain that has a place, in order, a few at a time."""
    statement = select(AuditLine).where(AuditLine.chain_id == chain_id, AuditLine.number.is_not(None))
    statement = statement.order_by(AuditLine.number, AuditLine.id).execution_options(yield_per=500)
    return iter(db.session.scalars(statement))


_WHOSE = AuditLine.facts["person_id"].as_string()


def whom_often(event: str, since: datetime, least: int) -> list[UUID]:
    """The people about whom something is on the trail so often since then: for the clock."""
    whose = select(_WHOSE.label("person_id")).where(AuditLine.event == event, AuditLine.happened_at > since).subquery()
    statement = select(whose.c.person_id).group_by(whose.c.person_id).having(func.count() >= least)
    statement = across_boards(statement.order_by(whose.c.person_id), CrossBoardReason.CLOCK)
    return [UUID(found) for found in db.session.scalars(statement)]


def how_often(person_id: UUID, event: str, since: datetime) -> int:
    """How often something is on the trail about somebody since then: for the clock."""
    about = (str(person_id) == _WHOSE, AuditLine.event == event, AuditLine.happened_at > since)
    statement = across_boards(select(func.count(AuditLine.id)).where(*about), CrossBoardReason.CLOCK)
    return db.session.scalar(statement) or 0


def last_of(person_id: UUID, events: Collection[str], since: datetime) -> AuditLine | None:
    """The newest of some lines about somebody: for the clock."""
    about = (str(person_id) == _WHOSE, AuditLine.event.in_(events), AuditLine.happened_at > since)
    statement = select(AuditLine).where(*about).order_by(AuditLine.happened_at.desc(), AuditLine.id).limit(1)
    return db.session.scalar(across_boards(statement, CrossBoardReason.CLOCK))


def is_on_trail(person_id: UUID, events: Collection[str], first: datetime, last: datetime) -> bool:
    """Whether one of these happened to whoever asks, on any board, in this time."""
    about = (str(person_id) == _WHOSE, AuditLine.event.in_(events), AuditLine.happened_at.between(first, last))
    statement = select(AuditLine.id).where(*about).order_by(AuditLine.id).limit(1)
    return db.session.scalar(across_boards(statement, CrossBoardReason.ASKING)) is not None


@dataclass(frozen=True)
class Wanted:
    """Which lines of a board's trail somebody wants to read; days are London days, both included."""

    first: date | None = None
    last: date | None = None
    event: str = ""
    person_id: UUID | None = None


def lines_of_board(board_id: UUID, wanted: Wanted, reader_id: UUID, most: int, skip: int = 0) -> Sequence[AuditLine]:
    """The newest lines of a board, but for what is the affair of somebody else and names their reader."""
    statement = _wanted(select(AuditLine).where(*_read_by(board_id, reader_id)), wanted)
    statement = statement.order_by(AuditLine.happened_at.desc(), AuditLine.number.desc(), AuditLine.id)
    return db.session.scalars(statement.limit(most).offset(skip)).all()


def _read_by(board_id: UUID, reader_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return AuditLine.board_id == board_id, not_(and_(_names(reader_id), _own_affair_of_others(reader_id)))


def kinds_of_board(board_id: UUID, reader_id: UUID) -> list[str]:
    """The names of everything that somebody can read of in the trail of a board."""
    statement = select(AuditLine.event).where(*_read_by(board_id, reader_id)).distinct()
    return list(db.session.scalars(statement.order_by(AuditLine.event)))


def lines_that_mention(board_id: UUID, kinds: Sequence[type[Event]], ids: Sequence[UUID]) -> Sequence[AuditLine]:
    """The lines of some events of a board of which the facts hold any of some ids, the oldest first."""
    names = [name for kind in kinds for name in kind.names]
    mentions = or_(*(cast(AuditLine.facts, String).contains(str(one)) for one in ids))
    statement = select(AuditLine).where(AuditLine.board_id == board_id, AuditLine.event.in_(names), mentions)
    return db.session.scalars(statement.order_by(AuditLine.happened_at, AuditLine.id)).all()


def lines_of_kinds(board_id: UUID, kinds: Iterable[type[Event]], since: datetime | None = None) -> Sequence[AuditLine]:
    """Every line of some events of a board, or those since a moment; the oldest first."""
    names = [name for kind in kinds for name in kind.names]
    statement = select(AuditLine).where(AuditLine.board_id == board_id, AuditLine.event.in_(names))
    if since:
        statement = statement.where(AuditLine.happened_at >= since)
    return db.session.scalars(statement.order_by(AuditLine.happened_at, AuditLine.number, AuditLine.id)).all()


def lines_of_accounts(names: Sequence[str], person_ids: Sequence[UUID], since: datetime) -> Sequence[AuditLine]:
    """The lines of some events of accounts about some people since a moment, the oldest first."""
    about = (AuditLine.event.in_(names), _WHOSE.in_([str(one) for one in person_ids]))
    statement = select(AuditLine).where(AuditLine.chain_id == ACCOUNTS, *about)
    statement = statement.where(AuditLine.happened_at >= since)
    return db.session.scalars(statement.order_by(AuditLine.happened_at, AuditLine.number, AuditLine.id)).all()


def accounts_chain(since: datetime | None, person_id: UUID | None, most: int) -> Sequence[AuditLine]:
    """The newest lines of accounts, for the operator; the oldest of them first."""
    statement = select(AuditLine).where(AuditLine.chain_id == ACCOUNTS)
    if since:
        statement = statement.where(AuditLine.happened_at >= since)
    if person_id:
        statement = statement.where(_about(person_id))
    newest = statement.order_by(AuditLine.happened_at.desc(), AuditLine.number.desc(), AuditLine.id).limit(most)
    return db.session.scalars(newest).all()[::-1]


def actors(board_id: UUID) -> list[UUID]:
    """Everybody who ever did something on a board of which its trail says who did it."""
    statement = select(AuditLine.actor_id).where(AuditLine.board_id == board_id, AuditLine.actor_id.is_not(None))
    statement = statement.where(or_(_names_people(), AuditLine.event.in_(by_staff_names())))
    return [one for one in db.session.scalars(statement.distinct().order_by(AuditLine.actor_id)) if one]


def _wanted(statement: Select[AuditLine], wanted: Wanted) -> Select[AuditLine]:
    if wanted.first:
        statement = statement.where(AuditLine.happened_at >= moment(wanted.first, MIDNIGHT))
    if wanted.last:
        statement = statement.where(AuditLine.happened_at < moment(wanted.last + timedelta(days=1), MIDNIGHT))
    if wanted.event:
        statement = statement.where(AuditLine.event.in_(names_of(wanted.event)))
    if wanted.person_id:
        by_staff = and_(AuditLine.actor_id == wanted.person_id, AuditLine.event.in_(by_staff_names()))
        statement = statement.where(or_(and_(_about(wanted.person_id), _names_people()), by_staff))
    return statement


def _names_people() -> ColumnElement[bool]:
    """Lines about what is private are found by the name of nobody whom they are about, and give no such name away."""
    return AuditLine.event.not_in(unnamed_names())


def lines_about(person_id: UUID) -> Sequence[AuditLine]:
    """Every line on any board that a person caused or that is about them, newest first.

    What is the affair of whoever did it stays theirs: nobody can count in their own data what somebody else keeps.
    """
    about = select(AuditLine).where(_about(person_id), not_(_own_affair_of_others(person_id)))
    statement = across_boards(about, CrossBoardReason.OWN_DATA)
    return db.session.scalars(
        statement.order_by(AuditLine.happened_at.desc(), AuditLine.number.desc(), AuditLine.id)
    ).all()


def _about(person_id: UUID) -> ColumnElement[bool]:
    return or_(AuditLine.actor_id == person_id, _names(person_id))


def _names(person_id: UUID) -> ColumnElement[bool]:
    return cast(AuditLine.facts, String).contains(str(person_id))


def _own_affair_of_others(person_id: UUID) -> ColumnElement[bool]:
    by_other = func.coalesce(AuditLine.actor_id != person_id, True)
    return and_(AuditLine.event.in_(own_affairs()), by_other)
