"""What a board offers somebody waits for their answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, select

from portal.access.permissions import ACCOUNT_OWN
from portal.accounts.models import MailedLink, Person
from portal.accounts.queries import is_open_offer
from portal.accounts.rules import INVITATION, LINK_LIFE
from portal.boards.models import Board
from portal.core.clock import london_day
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom, together
from portal.infra.todo_line import Line


@dataclass(frozen=True)
class Offered:
    """An invitation to a board, as often as it was sent."""

    board_id: UUID
    board_name: str
    offer_id: UUID
    sent_at: datetime


def _offered(who: Whoever) -> Rows:
    of_offer = (Board.id.label("board_id"), Board.name.label("board_name"), Person.id.label("offer_id"))
    rows = select(*of_offer, MailedLink.created_at.label("sent_at")).select_from(Person)
    rows = rows.join(MailedLink, and_(MailedLink.person_id == Person.id, MailedLink.purpose == INVITATION))
    rows = rows.join(Board, Board.id == MailedLink.for_board_id)
    return rows.where(who.may(ACCOUNT_OWN), Person.offered_to_id == who.id, is_open_offer(who.now))


def _answer(found: Sequence[Offered], _today: date) -> Iterator[Line]:
    for sent in together(found, lambda one: one.offer_id).values():
        last = max(one.sent_at for one in sent)
        yield Line(london_day(last + LINK_LIFE[INVITATION]), f"Answer the invitation from {sent[0].board_name}")


OFFERED = ToDo(
    "invitation to answer",
    Whom.THEMSELVES,
    Offered,
    _offered,
    first_page=Says("boards.offers", _answer, names_board=True),
)
