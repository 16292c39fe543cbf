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


def _post(role: str, group: str, from_on: date, until_on: date | None, today: date) -> str:
    name = f"Carer rep on {group}" if role == REP else ROLE_NAMES[role].capitalize()
    return f"{name}{days_in_words(role, from_on, until_on, today)}: {WHAT_ROLES_DO[role]}"


def days_in_words(role: str, from_on: date, until_on: date | None, today: date) -> str:
    """', from Tuesday 1 December 2026 until …', as far as it is not simply from now on; of a rep always both."""
    since = f"from {day_words(from_on)}" if role == REP or from_on > today else ""
    until = f"until {day_words(until_on)}" if until_on else ""
    days = " ".join(filter(None, (since, until)))
    return f", {days}" if days else ""


def invited_to(link: MailedLink) -> tuple[str, list[str]]:
    """The name of the board that sent this invitation, and what they have there; ('', []) where none did."""
    if link.for_board_id is None:
        return "", []
    return queries.board_by_id(link.for_board_id).name, posts_in_words(link.for_board_id, link.person_id)


def whom_to_ask(link: MailedLink | None) -> str:
    """Whom the board that sent this invitation names for questions; '' where it names nobody."""
    return queries.board_by_id(link.for_board_id).contact if link and link.for_board_id else ""
