"""What somebody who has not joined was invited to: in the email, and on the page that its link opens."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from portal.access.roles import REP, ROLE_NAMES, WHAT_ROLES_DO
from portal.accounts.models import MailedLink
from portal.boards import queries
from portal.boards.people.queries import posts_of
from portal.core import clock
from portal.core.text import day_words


def posts_in_words(board_id: UUID | None, person_id: UUID) -> list[str]:
    """'Carer rep on the Joint Board, from Tuesday 1 December 2026: …', each thing that they have on the board."""
    today = clock.today()
    return [_post(*post, today) for post in posts_of(board_id, person_id, today)] if board_id else []


def _post(role: str, group: str, from_on: date, today: date) -> str:
    name = f"Carer rep on {group}" if role == REP else ROLE_NAMES[role].capitalize()
    since = f", from {day_words(from_on)}" if from_on > today else ""
    return f"{name}{since}: {WHAT_ROLES_DO[role]}"


def invited_to(link: MailedLink) -> tuple[str, list[str]]:
    """The name of the board that sent this invitation, and what they have there; ('', []) where none did."""
    if link.for_board_id is None:
        return "", []
    return queries.board_by_id(link.for_board_id).name, posts_in_words(link.for_board_id, link.person_id)
