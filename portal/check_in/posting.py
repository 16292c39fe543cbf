"""When clerks hear of printed papers to post, and what the page of an answer says of that."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from portal.access.roles import CLERK
from portal.boards import queries as boards
from portal.check_in import queries
from portal.core.emailed import NOBODY
from portal.infra.occasions import fired

if TYPE_CHECKING:
    from portal.check_in.models import CheckIn
    from portal.meetings.models import Meeting


def posting_key(meeting: Meeting, wanting: Sequence[CheckIn]) -> str:
    who = hashlib.sha256(" ".join(sorted(one.id.hex for one in wanting)).encode()).hexdigest()[:32]
    return f"post:{meeting.id}:{meeting.meets_on}:{who}"


def posting_words(meeting: Meeting, check_in: CheckIn) -> str:
    """That the clerk will be emailed about somebody's printed papers; '' where no email is to come."""
    if not check_in.printed or check_in.posted_on or not boards.who_joined(meeting.board_id, [CLERK])[CLERK]:
        return ""
    key = posting_key(meeting, queries.wanting_print(meeting))
    return "" if fired([key]) else "The clerk will be emailed when it is time to post your papers."


def told_words(told: str, meeting: Meeting, check_in: CheckIn) -> str:
    """Who is emailed because of an answer: at once (`told`), and when papers are to be posted."""
    later = posting_words(meeting, check_in)
    return later if later and told == NOBODY else " ".join(filter(None, (told, later)))
