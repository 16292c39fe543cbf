"""The record of notice: how many days reps really got, by paper, pack, group, quarter and board.

Definition, printed under every figure: DEFINITION below. A board's own performance is always shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, func, select

from portal.access.decide import Reach
from portal.boards.models import Board, Group
from portal.core.calendar import quarter
from portal.core.names import name_key
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.rules import PLANNED
from portal.papers.models import Paper
from portal.papers.notice.rules import notice_days
from portal.papers.preparing.queries import missing_items
from portal.papers.preparing.rules import MINUTES

Selected = TypeVar("Selected", bound=Executable)


DEFINITION = (
    "Notice is the number of whole days from the day a paper was first published to the day of the meeting. "
    "A paper meets the target if it had at least that many days. A changed version does not count again. "
    "A pack's notice is that of its last paper. A paper that was never published counts as missed. "
    "A moved meeting is measured to the day it was held. Cancelled meetings and spoken items are left out."
)


@dataclass(frozen=True)
class MeetingNotice:
    """The notice of one meeting that has been held: days of each published paper, and how many never came."""

    meeting_id: UUID
    board_id: UUID
    board: str
    group: str
    meets_on: date
    first_meets_on: date
    target: int
    days: tuple[int, ...]
    never: int
    days_to_minutes: int | None

    @property
    def papers(self) -> int:
        return len(self.days) + self.never

    @property
    def met(self) -> int:
        return sum(1 for day in self.days if day >= self.target)

    @property
    def pack_days(self) -> int | None:
        """The pack's notice; None when a paper never came or there were none."""
        return min(self.days) if self.days and not self.never else None

    @property
    def moved_by(self) -> int:
        """Days by which the meeting moved from its first date."""
        return (self.meets_on - self.first_meets_on).days


@dataclass(frozen=True)
class Share:
    """How many of some papers met the target."""

    name: str
    met: int
    papers: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.met / self.papers) if self.papers else None


def notice_of_meetings(reach: Reach, board_id: UUID | None, today: date) -> list[MeetingNotice]:
    """Every meeting held within reach, latest first; of one board, or of all."""
    where = [Meeting.meets_on < today, Meeting.status == PLANNED, within(reach, Meeting)]
    if board_id:
        where.append(Meeting.board_id == board_id)
    statement = (
        select(Meeting, Group.name, Board.short_name, Board.paper_target_days)
        .join(Group, Group.id == Meeting.group_id)
        .join(Board, Board.id == Meeting.board_id)
        .where(*where)
        .order_by(Meeting.meets_on.desc(), Meeting.id)
    )
    meetings = db.session.execute(_nationally(statement, reach)).all()
    days, minutes = _days_by_meeting(where, reach)
    missing = missing_items([m.id for m, *_ in meetings])
    return [
        _notice(m, group, board, target, days[m.id], len(missing.get(m.id, [])), minutes.get(m.id))
        for m, group, board, target in meetings
    ]


def _notice(
    meeting: Meeting,
    group: str,
    board: str,
    target: int,
    days: Iterable[date],
    never: int,
    minutes_on: date | None,
) -> MeetingNotice:
    return MeetingNotice(
        meeting.id,
        meeting.board_id,
        board,
        group,
        meeting.meets_on,
        meeting.first_meets_on,
        target,
        tuple(notice_days(day, meeting.meets_on) for day in days),
        never,
        (minutes_on - meeting.meets_on).days if minutes_on else None,
    )


def _nationally(statement: Selected, reach: Reach) -> Selected:
    """For the coordinator, whose totals are of all boards."""
    return across_boards(statement, CrossBoardReason.COORDINATOR) if reach.everything else statement


def _days_by_meeting(
    where: Sequence[ColumnElement[bool]], reach: Reach
) -> tuple[dict[UUID, list[date]], dict[UUID, date]]:
    """The days on which papers were first published, and on which the first minutes were, by meeting."""
    statement = (
        select(Paper.meeting_id, Paper.kind, Paper.first_published_on, func.count())
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .where(Paper.first_published_on.is_not(None), *where)
        .group_by(Paper.meeting_id, Paper.kind, Paper.first_published_on)
        .order_by(Paper.meeting_id, Paper.first_published_on)
    )
    rows: Any = db.session.execute(_nationally(statement, reach))  # the WHERE leaves no NULL among the days
    days: dict[UUID, list[date]] = defaultdict(list)
    minutes: dict[UUID, date] = {}
    for meeting_id, kind, day, count in rows:
        if kind == MINUTES:
            minutes.setdefault(meeting_id, day)
        else:
            days[meeting_id] += [day] * count
    return days, minutes


@dataclass(frozen=True)
class PaperNotice:
    """The notice of one published paper."""

    group: str
    meets_on: date
    title: str
    published_on: date
    days: int
    met: bool


def notice_of_papers(reach: Reach, board_id: UUID, today: date) -> list[PaperNotice]:
    """Every published paper of the meetings held on a board, latest meeting first. Restricted ones are left out."""
    rows = db.session.execute(
        select(Group.name, Meeting.meets_on, Paper.title, Paper.first_published_on, Board.paper_target_days)
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .join(Group, Group.id == Meeting.group_id)
        .join(Board, Board.id == Meeting.board_id)
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .where(
            Paper.board_id == board_id,
            Paper.kind != MINUTES,
            Paper.first_published_on.is_not(None),
            AgendaItem.is_restricted.is_not(True),
            Meeting.meets_on < today,
            Meeting.status == PLANNED,
            within(reach, Meeting),
        )
        .order_by(Meeting.meets_on.desc(), Meeting.id, Paper.created_at, Paper.id)
    )
    return [
        PaperNotice(group, met_on, title, day, notice_days(day, met_on), notice_days(day, met_on) >= target)
        for group, met_on, title, day, target in rows
        if day is not None
    ]


def share_by(meetings: Sequence[MeetingNotice], name_of: Callable[[MeetingNotice], str]) -> list[Share]:
    """The share of papers that met the target, by any name of a meeting, in the order of the names."""
    met: dict[str, int] = defaultdict(int)
    papers: dict[str, int] = defaultdict(int)
    for meeting in meetings:
        met[name_of(meeting)] += meeting.met
        papers[name_of(meeting)] += meeting.papers
    return [Share(name, met[name], papers[name]) for name in sorted(papers, key=name_key)]


def by_quarter(meetings: Sequence[MeetingNotice]) -> list[Share]:
    return share_by(meetings, lambda meeting: quarter(meeting.meets_on))


def overall(meetings: Sequence[MeetingNotice]) -> Share:
    return Share("all", sum(m.met for m in meetings), sum(m.papers for m in meetings))


def record_so_far(board_id: UUID, group_id: UUID, today: date) -> Share:
    """One group's share, for a reminder email."""
    reach = Reach(groups=frozenset({group_id}))
    return overall(notice_of_meetings(reach, board_id, today))
