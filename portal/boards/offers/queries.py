"""Finding what boards have offered to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, select

from portal.accounts.models import MailedLink, Person
from portal.accounts.queries import is_open_offer
from portal.accounts.rules import INVITATION, LINK_LIFE
from portal.boards.models import Board
from portal.boards.people.invited import days_in_words
from portal.boards.people.queries import posts_of
from portal.core import clock
from portal.infra.database import db
from portal.infra.name_order import by_name


@dataclass(frozen=True)
class Offer:
    """What a board offers to somebody. `id` is the person whom the board has invited, as it sees them."""

    id: UUID
    person_id: UUID  # whose account it is offered to
    offered_by: Board
    until: datetime
    posts: Sequence[tuple[str, str, str]]  # role, group, days in words


def offers_to(person_id: UUID) -> list[Offer]:
    """What somebody can accept or decline, by the name of the board."""
    rows = db.session.execute(_open(Person.offered_to_id == person_id)).all()
    newest = {one.id: (one, board, sent_at) for one, board, sent_at in rows}
    return [_offer(*row) for row in newest.values()]


def accepted_by(person_id: UUID) -> dict[UUID, tuple[str, datetime]]:
    """The offers that somebody has accepted: the board's name and when, the last first."""
    statement = select(Person.id, Board.name, Person.erased_at)
    statement = statement.join(MailedLink, and_(MailedLink.person_id == Person.id, MailedLink.purpose == INVITATION))
    statement = statement.join(Board, Board.id == MailedLink.for_board_id)
    theirs = statement.where(Person.offered_to_id == person_id, Person.erased_at.is_not(None))
    rows = db.session.execute(theirs.order_by(Person.erased_at.desc(), Person.id)).all()
    return {offer_id: (name, at) for offer_id, name, at in rows if at}


def _open(*which: ColumnElement[bool]) -> Select[Person, Board, datetime]:
    """Offers with their board and when they were sent, each the newest time last."""
    statement = select(Person, Board, MailedLink.created_at)
    statement = statement.join(MailedLink, and_(MailedLink.person_id == Person.id, MailedLink.purpose == INVITATION))
    statement = statement.join(Board, Board.id == MailedLink.for_board_id).where(is_open_offer(clock.now()), *which)
    return statement.order_by(by_name(Board.short_name), MailedLink.created_at, MailedLink.id)


def _offer(one: Person, board: Board, sent_at: datetime) -> Offer:
    owner = one.offered_to_id
    assert owner is not None  # noqa: S101 - the statement says so
    today = clock.today()
    posts = [
        (role, group, days_in_words(role, first, last, today))
        for role, group, first, last in posts_of(board.id, one.id, today)
    ]
    return Offer(one.id, owner, board, sent_at + LINK_LIFE[INVITATION], posts)
