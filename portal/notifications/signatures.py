"""By whom an email is signed: whoever answers for what it says."""

from __future__ import annotations

from dataclasses import dataclass

from portal.access.roles import APPROVER, CLERK, OFFICER, ROLE_NAMES
from portal.boards import queries as boards
from portal.boards.models import Board
from portal.capability import gathered
from portal.notifications.models import Email

NAMED = (OFFICER, CLERK)  # whom everyone on a board knows by name
TEAMS = {APPROVER: "The expenses team"}
PORTAL = "The Carer Rep Portal"


@dataclass(frozen=True)
class Signature:
    """A name, and below it a post, and how they can be reached."""

    name: str
    post: str = ""
    ways: tuple[str, ...] = ()

    @property
    def below(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.post, *self.ways)))

    @property
    def text(self) -> str:
        return "\n".join((self.name, *self.below))


def board_of(email: Email) -> Board | None:
    return boards.board_by_id(email.board_id) if email.board_id else None


def signature_of(email: Email, board: Board | None) -> Signature:
    """The one person who holds the post, else those who do; the board, to them and where nobody is named."""
    if board is None:
        return Signature(PORTAL)
    role = gathered().answers_for(email.template)
    is_outside = email.person is None or email.template in gathered().to_strangers
    able = boards.able(board.id, role) if role and not is_outside else {}
    if not able or (email.person and email.person.id in able):
        return Signature(board.name)
    if role in NAMED and len(able) == 1:
        [name] = able.values()
        return Signature(name, f"{ROLE_NAMES[role].capitalize()}, {board.short_name}")
    return Signature(TEAMS.get(role, f"The {ROLE_NAMES[role]}s"), board.short_name)
