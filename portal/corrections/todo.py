"""What corrections want of people: somebody else confirms what makes a figure better."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from portal.access.permissions import CORRECTIONS_CONFIRM
from portal.access.roles import ADMIN
from portal.boards.models import Board, Group
from portal.capability import gathered
from portal.core.clock import london_day
from portal.corrections.models import Correction
from portal.corrections.rules import WAITING
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, Line

CONFIRM, REFUSE = "Confirm a correction", "Refuse a correction that can no longer be made"


@dataclass(frozen=True)
class ToConfirm:
    """A correction that somebody else asked for."""

    board_id: UUID
    correction_id: UUID
    board_name: str
    thing_id: UUID
    kind: str
    about: str
    was_value: str
    now_value: str
    group_name: str | None  # as it is called today
    was: str
    now: str
    asked_at: datetime


def _waiting(*is_theirs: ColumnElement[bool]) -> Rows:
    of_correction = (Correction.board_id, Correction.id.label("correction_id"), Board.short_name.label("board_name"))
    fact = (Correction.thing_id, Correction.kind, Correction.about, Correction.was_value, Correction.now_value)
    words = (Group.name.label("group_name"), Correction.was, Correction.now)
    statement = select(*of_correction, *fact, *words, Correction.asked_at)
    statement = statement.join(Board, Board.id == Correction.board_id)
    statement = statement.outerjoin(Group, Group.id == Correction.group_id)
    return statement.where(Correction.status == WAITING, *is_theirs)


def _to_confirm(who: Whoever) -> Rows:
    """For the other administrators of a board."""
    return _waiting(who.may(CORRECTIONS_CONFIRM), who.holds(ADMIN, on=Correction), Correction.asked_by_id != who.id)


def _for_coordinators(who: Whoever) -> Rows:
    """Of every board: they are emailed of each as well. Whoever reaches every board names no board."""
    of_any_board = Correction.board_id.in_(select(Board.id))
    is_theirs = (who.may(CORRECTIONS_CONFIRM), who.is_coordinator, Correction.asked_by_id != who.id)
    return _waiting(*is_theirs, of_any_board)


def _confirm(found: Sequence[ToConfirm], _today: date) -> Iterator[Line]:
    for one in found:
        kind, since = gathered().correctable[one.kind], london_day(one.asked_at)
        what, change = CONFIRM, f"{kind.what}: was {one.was}, to become {one.now}"
        if not kind.stands(one.board_id, one.thing_id, one.was_value, one.now_value):
            what, change = REFUSE, f"{kind.what}: {one.now} was asked for, and the record has changed since"
        then = kind.group_in(one.about) if one.group_name else ""
        title = f"{what}: {one.board_name}, {one.about.replace(then, one.group_name or then, 1)}"
        where, apart = {"correction_id": one.correction_id}, f", to become {one.now}"
        yield Line(since, title, change, where, day_is=SINCE, apart=apart)


TO_CONFIRM = ToDo(
    "correction to confirm",
    Whom.STAFF,
    ToConfirm,
    _to_confirm,
    first_page=Says("corrections.decide", _confirm, names_board=True),
)
FOR_COORDINATORS = ToDo(
    "correction for a coordinator",
    Whom.STAFF,
    ToConfirm,
    _for_coordinators,
    first_page=Says("corrections.decide", _confirm, names_board=True),
)
TODO = (TO_CONFIRM, FOR_COORDINATORS)
