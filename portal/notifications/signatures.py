"""By whom an email is signed: whoever answers for what it says."""

from __future__ import annotations

from dataclasses import dataclass

from portal.access.roles import APPROVER, ROLE_NAMES
from portal.boards import queries as boards
from portal.boards.contacts import queries as contacts
from portal.boards.models import Board
from portal.capability import gathered
from portal.core.phones import dialled
from portal.notifications.models import Email

TEAMS = {APPROVER: "The expenses team"}
PORTAL = "The Carer Rep Portal"


@dataclass(frozen=True)
class Signature:
    """A name, and below it a post, and the number to ring."""

    name: str
    post: str = ""
    phone: str = ""

    @property
    def text(self) -> str:
        return "\n".join(filter(None, (self.name, self.post, self.phone)))

    @property
    def rings(self) -> str:
        """The address of a link that rings the number."""
        return dialled(self.phone)


def board_of(email: Email) -> Board | None:
    return boards.board_by_id(email.board_id) if email.board_id else None


def signature_of(email: Email, board: Board | None) -> Signature:
    """The one person who holds the post, else those who do; the board, to them and where nobody is named.

    Names and numbers of staff are for the people of their board: whoever is not any more reads the post alone.
    """
    if board is None:
        return Signature(PORTAL)
    role = gathered().answers_for(email.template)
    if not role or email.person is None or email.template in gathered().to_strangers:
        return Signature(board.name)
    able = contacts.staff([board.id], [role])
    if not able or email.person.id in {one.id for one in able}:
        return Signature(board.name)
    if len(able) == 1 and contacts.is_of_board(board.id, email.person.id):
        return Signature(able[0].name, f"{ROLE_NAMES[role].capitalize()}, {board.short_name}", able[0].work_phone)
    return Signature(TEAMS.get(role, f"The {ROLE_NAMES[role]}s"), board.short_name)
