"""What many emails say: of a board, of a meeting, and somebody's name."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from portal.boards import queries as boards
from portal.core.text import moment_words, short_day_words
from portal.meetings import queries as meetings
from portal.notifications.recipients import Recipient

Facts = dict[str, Any] | None


def of_board(event: Any, _recipient: Recipient) -> Facts:
    board = boards.board_by_id(event.board_id)
    return {"board": board.name, "board_key": board.key, "contact": board.contact}


def of_meeting(event: Any, _recipient: Recipient) -> dict[str, Any]:
    """What every email about a meeting says of it."""
    meeting = meetings.meeting_by_id(event.meeting_id)
    return {
        "meeting_id": meeting.id.hex,
        "board": meeting.board.short_name,
        "group": meeting.group.name,
        "where": _where(meeting),
        "date": f"{meeting.meets_on.day} {meeting.meets_on:%B}",
        "day": short_day_words(meeting.meets_on),
        "when": moment_words(meeting.starts_at),
        "place": meeting.place,
        "link": meeting.link,
        "reason": meeting.reason,
    }


def _where(meeting: Any) -> str:
    """'Northfirth IJB' or 'Audit Committee (Northfirth)', for subjects."""
    group, board = meeting.group.name.replace("Integration Joint Board", "IJB"), meeting.board.short_name
    return str(group if board in group else f"{group} ({board})")


def name_of(person_id: UUID) -> str:
    return boards.people_named([person_id])[person_id]
