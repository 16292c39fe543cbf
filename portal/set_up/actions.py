"""A coordinator starts a board: its name, whom people can ask, and its first administrator."""

from __future__ import annotations

from uuid import UUID

from portal.access.roles import ADMIN
from portal.accounts import invitations
from portal.accounts import queries as accounts
from portal.accounts.models import Person
from portal.accounts.rules import INVITED
from portal.boards.models import Board
from portal.boards.people import actions as people_actions
from portal.boards.people import queries as people
from portal.core import clock
from portal.infra.unit_of_work import acting, record
from portal.infra.versions import assign, save_unless_changed
from portal.set_up import queries
from portal.set_up.events import BoardStarted
from portal.set_up.rules import may_start


class AlreadyBegun(Exception):
    """Somebody works for the board by now: its administrators invite everybody else."""


class NotYourself(Exception):
    """A role that somebody gives themselves waits for another administrator, and there is none."""


def start(board: Board, version: int, name: str, contact: str, admin_name: str, email: str) -> Person:
    """The first administrator, invited by email. Whoever was invited before in their place is so no more.

    Raises AlreadyBegun, NotYourself, and EditConflict where another coordinator was first.
    """
    save_unless_changed(board, version)
    if not may_start(queries.facts([board.id])[board.id]):
        raise AlreadyBegun
    if _is_own(email):
        raise NotYourself
    was_name = board.name
    assign(board, name=name, contact=contact)
    record(BoardStarted(board_id=board.id, was_name=was_name, now_name=name, contact=contact))
    _withdraw_others(board.id, email)
    person, is_new = people_actions.ask_to_role(board, admin_name, email, ADMIN)
    if not is_new and accounts.invitation_state(person) != INVITED:
        invitations.invite_again(person, board.id)
    return person


def _is_own(email: str) -> bool:
    by = acting.get()
    own = accounts.person(by) if by else None
    return own is not None and own.email == email.lower()


def _withdraw_others(board_id: UUID, email: str) -> None:
    """Invitations to administer the board that went to another address, and were not accepted."""
    for held in people.staff(board_id, clock.today()):
        if held.role == ADMIN and held.person.email != email.lower():
            people_actions.end_role(held)
