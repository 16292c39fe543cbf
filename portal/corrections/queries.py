"""Finding corrections: those shown beside figures for good, those that wait, and how many rows were corrected."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.decide import Reach, reach
from portal.access.permissions import CORRECTIONS_CONFIRM
from portal.access.roles import Viewer
from portal.boards.queries import people_named, staff_with_role
from portal.capability import gathered
from portal.core.clock import london_day
from portal.core.emailed import who_words
from portal.core.names import name_key
from portal.corrections.models import Correction
from portal.corrections.rules import DECLINED, MADE, WAITING
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.infra.sight import Sight, seen_with


def correction_by_id(correction_id: UUID) -> Correction:
    """One by its id, for emails."""
    return db.session.get_one(Correction, correction_id)


@seen_with(CORRECTIONS_CONFIRM)
def to_decide(sight: Sight, correction_id: UUID) -> Correction | None:
    """A correction of a board's fact within somebody's sight, decided or not."""
    one = (Correction.id == correction_id, Correction.is_of_board, sight.of(Correction))
    statement = select(Correction).where(*one)
    return db.session.scalar(statement.options(joinedload(Correction.asked_by), joinedload(Correction.decided_by)))


def waiting(person: Viewer) -> Sequence[Correction]:
    """What waits for somebody who may confirm it, on any of their boards, the oldest first; their own included."""
    limits = reach(person, CORRECTIONS_CONFIRM)
    statement = select(Correction).where(Correction.status == WAITING, within(limits, Correction))
    statement = statement.options(joinedload(Correction.asked_by)).order_by(Correction.asked_at, Correction.id)
    if limits.everything:
        statement = across_boards(statement, CrossBoardReason.COORDINATOR)
    return db.session.scalars(statement.limit(200)).all()


def _as_of_today(found: Sequence[Correction]) -> Sequence[Correction]:
    """Corrections that wait, with what the figures say today that each of them would change."""
    for one in found:
        kind = gathered().correctable[one.kind]
        if kind.stands(one.board_id, one.thing_id, one.was_value, one.now_value):
            figures = kind.figures(one.board_id, one.thing_id)
            one.say_today({name: figure.words for name, figure in figures.items()})
        else:
            one.say_gone()
    return found


def of_board(board_id: UUID, kinds: Collection[str] = ()) -> Sequence[Correction]:
    """Every correction of a board's facts that was made, or those of some kinds, the latest first."""
    made = (Correction.board_id == board_id, Correction.is_of_board, Correction.status == MADE)
    statement = select(Correction).where(*made)
    if kinds:
        statement = statement.where(Correction.kind.in_(list(kinds)))
    statement = statement.options(joinedload(Correction.asked_by), joinedload(Correction.decided_by))
    return db.session.scalars(statement.order_by(Correction.decided_at.desc(), Correction.id)).all()


def refused_of_board(board_id: UUID) -> Sequence[Correction]:
    """What somebody asked for on a board and somebody else refused, the latest first. No figure knows of it."""
    refused = (Correction.board_id == board_id, Correction.is_of_board, Correction.status == DECLINED)
    statement = select(Correction).where(*refused)
    statement = statement.options(joinedload(Correction.asked_by), joinedload(Correction.decided_by))
    return db.session.scalars(statement.order_by(Correction.decided_at.desc(), Correction.id)).all()


def has_undone(board_id: UUID) -> bool:
    """Whether anything that was asked for on a board waits, or was refused."""
    undone = (Correction.board_id == board_id, Correction.is_of_board, Correction.status != MADE)
    return db.session.scalar(select(Correction.id).where(*undone).order_by(Correction.id).limit(1)) is not None


def of_thing(board_id: UUID, thing_id: UUID, kind: str = "") -> Sequence[Correction]:
    """What was corrected of one thing, the latest first: a board's fact, or a row that the reader may see."""
    made = (Correction.board_id == board_id, Correction.thing_id == thing_id, Correction.status == MADE)
    statement = select(Correction).where(*made)
    if kind:
        statement = statement.where(Correction.kind == kind)
    statement = statement.options(joinedload(Correction.asked_by), joinedload(Correction.decided_by))
    return db.session.scalars(statement.order_by(Correction.decided_at.desc(), Correction.id)).all()


def waiting_of_board(board_id: UUID, kinds: Collection[str] = ()) -> Sequence[Correction]:
    """What waits to be confirmed on a board, or what of some kinds, the oldest first."""
    statement = select(Correction).where(Correction.board_id == board_id, Correction.status == WAITING)
    if kinds:
        statement = statement.where(Correction.kind.in_(list(kinds)))
    statement = statement.options(joinedload(Correction.asked_by))
    return _as_of_today(db.session.scalars(statement.order_by(Correction.asked_at, Correction.id)).all())


def waiting_of_thing(board_id: UUID, thing_id: UUID) -> Sequence[Correction]:
    """What waits to be confirmed of one thing, the oldest first."""
    one = (Correction.board_id == board_id, Correction.thing_id == thing_id, Correction.status == WAITING)
    statement = select(Correction).where(*one).options(joinedload(Correction.asked_by))
    return _as_of_today(db.session.scalars(statement.order_by(Correction.asked_at, Correction.id)).all())


def made_and_waiting(board_id: UUID, thing_id: UUID) -> tuple[Sequence[Correction], Sequence[Correction]]:
    """The same as `of_thing` and `waiting_of_thing`, for a page that shows both."""
    one = (Correction.board_id == board_id, Correction.thing_id == thing_id, Correction.status.in_((MADE, WAITING)))
    statement = select(Correction).where(*one)
    statement = statement.options(joinedload(Correction.asked_by), joinedload(Correction.decided_by))
    ordered = statement.order_by(Correction.decided_at.desc(), Correction.asked_at, Correction.id)
    found = db.session.scalars(ordered).all()
    waits = _as_of_today([one for one in found if one.status == WAITING])
    return [one for one in found if one.status == MADE], waits


def waits(board_id: UUID, kind: str, thing_id: UUID, was_value: str) -> Sequence[Correction]:
    """What waits to be confirmed of a fact as it is on record now, the oldest first."""
    of_thing = (Correction.board_id == board_id, Correction.kind == kind, Correction.thing_id == thing_id)
    found = select(Correction).where(*of_thing, Correction.status == WAITING, Correction.was_value == was_value)
    found = found.options(joinedload(Correction.asked_by))
    return db.session.scalars(found.order_by(Correction.asked_at, Correction.id)).all()


def corrected_things(board_ids: Collection[UUID], things: Collection[UUID]) -> set[UUID]:
    """Which of some things of boards had a fact corrected."""
    made = (Correction.is_of_board, Correction.status == MADE, Correction.thing_id.in_(list(things)))
    statement = select(Correction.thing_id).where(*made, Correction.board_id.in_(list(board_ids)))
    return set(db.session.scalars(statement.order_by(Correction.thing_id)))


def by_board(reach: Reach, kinds: Collection[str]) -> Mapping[UUID, list[Correction]]:
    """What each board within reach corrected of some kinds of facts, the latest first; none where it corrected none."""
    made = (Correction.is_of_board, Correction.status == MADE, Correction.kind.in_(list(kinds)))
    statement = select(Correction).where(*made, within(reach, Correction))
    statement = statement.order_by(Correction.board_id, Correction.decided_at.desc(), Correction.id)
    if reach.everything:
        statement = across_boards(statement, CrossBoardReason.COORDINATOR)
    found: dict[UUID, list[Correction]] = defaultdict(list)
    for one in db.session.scalars(statement):
        found[one.board_id].append(one)
    return found


def told_of_rows(board_id: UUID, kind: str, but: Collection[UUID | None]) -> list[UUID]:
    """Those who are emailed of a corrected row as they see it for their work; a page says it by name beforehand."""
    everyone = staff_with_role(board_id, gathered().correctable[kind].told)
    return [one for one in dict.fromkeys(everyone) if one not in but]


def told_words(board_id: UUID, kind: str, whose: UUID, person_id: UUID) -> str:
    """'Morag Sinclair, Ann Fraser and 2 others will get an email about a correction. You will not.'"""
    told = [*people_named([whose]).values(), *names_told_of_rows(board_id, kind, (whose, person_id))]
    return f"{who_words(told)} will get an email about a correction. You will not."


def names_told_of_rows(board_id: UUID, kind: str, but: Collection[UUID | None]) -> list[str]:
    return sorted(people_named(told_of_rows(board_id, kind, but)).values(), key=name_key)


def rows_by_month(board_id: UUID, kind: str) -> list[tuple[str, int]]:
    """How many rows about people were corrected in each month, the latest first: ('November 2026', 2).

    A row that was corrected twice in a month is one.
    """
    made = (Correction.board_id == board_id, Correction.kind == kind, Correction.is_of_board.is_(False))
    statement = select(Correction.decided_at, Correction.thing_id).where(*made)
    rows = db.session.execute(statement.order_by(Correction.decided_at.desc(), Correction.id))
    found = dict.fromkeys((f"{london_day(moment):%B %Y}", thing) for moment, thing in rows if moment)
    return list(Counter(month for month, _ in found).items())


def of_things(board_id: UUID, kind: str, things: Collection[UUID]) -> Mapping[UUID, list[Correction]]:
    """What was corrected of some rows that the reader may see, by row, the latest first."""
    if not things:
        return {}
    one = (Correction.board_id == board_id, Correction.kind == kind, Correction.thing_id.in_(list(things)))
    statement = select(Correction).where(*one, Correction.status == MADE)
    found: dict[UUID, list[Correction]] = defaultdict(list)
    for row in db.session.scalars(statement.order_by(Correction.decided_at.desc(), Correction.id)):
        found[row.thing_id].append(row)
    return found


def about(person_id: UUID) -> Sequence[Correction]:
    """Rows about somebody that were corrected, on any board, the latest first."""
    statement = select(Correction).where(Correction.about_id == person_id, Correction.is_of_board.is_(False))
    return db.session.scalars(statement.order_by(Correction.decided_at.desc(), Correction.id)).all()
