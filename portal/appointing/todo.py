"""What appointing wants of an administrator: to answer proposals, and to find whoever comes next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import PEOPLE_MANAGE
from portal.appointing.models import ProposedAppointment
from portal.appointing.rules import PROPOSED
from portal.appointing.seats_todo import ENDING, LEFT
from portal.boards.models import Board, Group
from portal.core.clock import london_day
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, Line


@dataclass(frozen=True)
class Proposed:
    """Somebody whom an officer proposes for a seat."""

    board_id: UUID
    board: str
    proposal_id: UUID
    name: str
    group_name: str
    proposed_at: datetime


def _proposed(who: Whoever) -> Rows:
    of_proposal = (ProposedAppointment.id.label("proposal_id"), ProposedAppointment.name)
    names = (Group.name.label("group_name"), ProposedAppointment.proposed_at)
    rows = select(ProposedAppointment.board_id, Board.key.label("board"), *of_proposal, *names)
    rows = rows.join(Board, Board.id == ProposedAppointment.board_id).join(ProposedAppointment.group)
    return rows.where(ProposedAppointment.status == PROPOSED, who.within(PEOPLE_MANAGE, ProposedAppointment))


def _answer(found: Sequence[Proposed], _today: date) -> Iterator[Line]:
    for one in found:
        where = {"board": one.board, "proposal_id": one.proposal_id}
        title = f"Confirm or decline: {one.name}, proposed for {one.group_name}"
        yield Line(london_day(one.proposed_at), title, where=where, day_is=SINCE)


TO_ANSWER = ToDo(
    "appointment to confirm", Whom.STAFF, Proposed, _proposed, first_page=Says("appointing.answer", _answer)
)
TODO = (TO_ANSWER, ENDING, LEFT)
