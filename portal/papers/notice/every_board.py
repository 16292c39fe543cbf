"""The notice of every board side by side, and of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from portal.papers.notice.queries import MeetingNotice, Share, overall

if TYPE_CHECKING:
    from portal.boards.models import Board

LATELY = timedelta(days=365)
OF_BOARDS = (
    "A paper meets the target if it was published at least that many whole days before its meeting. Each board sets "
    "its own target, and each meeting is measured by the one in force when its papers were due. Papers that were not "
    "published by the end of the day of the meeting count as never published, and as missing the target. A changed "
    "version that came later than the target counts as replaced late. Cancelled meetings and verbal items are left out."
)


@dataclass(frozen=True)
class BoardNotice:
    """What came of all papers of one board, or of all boards."""

    key: str
    name: str
    targets: tuple[int, ...]
    share: Share
    lately: Share  # of the last twelve months
    never: int
    replaced_late: int


def by_board(meetings: Sequence[MeetingNotice], boards: Sequence[Board], today: date) -> list[BoardNotice]:
    """Each board; one without meetings to measure stands there too."""
    found: dict[UUID, list[MeetingNotice]] = defaultdict(list)
    for one in meetings:
        found[one.board_id].append(one)
    return [of_some(found[board.id], board.key, board.short_name, today) for board in boards]


def of_some(meetings: Sequence[MeetingNotice], key: str, name: str, today: date) -> BoardNotice:
    targets = tuple(sorted({one.target for one in meetings}))
    never, replaced = sum(one.never for one in meetings), sum(one.replaced_late for one in meetings)
    return BoardNotice(key, name, targets, overall(meetings), overall(of_last_year(meetings, today)), never, replaced)


def of_last_year(meetings: Sequence[MeetingNotice], today: date) -> list[MeetingNotice]:
    """The meetings of the last twelve months: what a board does now, beside what it did in all the time on record."""
    return [one for one in meetings if one.opened_on > today - LATELY]
