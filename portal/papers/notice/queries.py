"""Are papers on time? How many days reps really got, by paper, pack, group, quarter and board.

Definition, printed under every figure: DEFINITION in the rules. A board's own performance is always shown.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, case, exists, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from portal.access.decide import Reach
from portal.boards.models import Board, Group
from portal.boards.rules import Target, target_holding
from portal.core.calendar import quarter
from portal.core.clock import london_day
from portal.core.names import name_key
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards, within
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.rules import HAD_ITS_DAY, PLANNED
from portal.papers.models import Paper, PaperVersion
from portal.papers.notice.rules import MINUTES_DUE_AFTER_DAYS, is_late, minutes_due_on, notice_days
from portal.papers.preparing.rules import MINUTES, NO_PAPERS

Selected = TypeVar("Selected", bound=Executable)
Value = TypeVar("Value")
Published = tuple[date, date | None]  # on which day, and, of what was withdrawn, the day it is measured to


@dataclass(frozen=True)
class MeetingNotice:
    """The notice of one meeting whose day is over: when each paper was published, and how many never came in time."""

    meeting_id: UUID
    board_id: UUID
    board: str
    group: str
    opened_on: date
    first_meets_on: date
    is_held: bool
    target: int
    published_on: tuple[date, ...]  # of each paper that was there when the day was over
    never: int  # items that needed a paper, and had none by then
    replaced_on: tuple[date, ...]  # of each paper that was replaced, the last time
    minutes_on: date | None
    sat_last_on: date
    withdrawn: int = 0  # how many of its papers were withdrawn; their notice counts as before
    measured_to: tuple[date, ...] = ()  # by paper, its day; of a withdrawn one, as it was then

    @property
    def days(self) -> tuple[int, ...]:
        return tuple(map(notice_days, self.published_on, self.measured_to))

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
    def replaced_late(self) -> int:
        """How many papers were replaced when the target was over."""
        return sum(1 for day in self.replaced_on if is_late(day, self.opened_on, self.target))

    @property
    def moved_by(self) -> int:
        """Days by which the meeting moved from its first date."""
        return (self.opened_on - self.first_meets_on).days

    @property
    def days_to_first(self) -> int:
        return min((self.first_meets_on - day).days for day in self.published_on)

    @property
    def days_to_minutes(self) -> int | None:
        """Days from its last sitting to the first draft of its minutes."""
        return max(0, (self.minutes_on - self.sat_last_on).days) if self.minutes_on and self.is_held else None

    def days_without_minutes(self, today: date) -> int:
        """Days past the one by which its draft minutes were due, as long as it has none; 0 before, and once it has."""
        is_owed = self.is_held and self.minutes_on is None
        return max(0, (today - minutes_due_on(self.sat_last_on)).days) if is_owed else 0

    def days_minutes_late(self, today: date) -> int:
        """Days past the one by which its draft minutes were due: until they came, or until today."""
        if self.days_to_minutes is None:
            return self.days_without_minutes(today)
        return max(0, self.days_to_minutes - MINUTES_DUE_AFTER_DAYS)


@dataclass(frozen=True)
class Share:
    """How many of some papers met the target."""

    name: str
    met: int
    papers: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.met / self.papers) if self.papers else None


@dataclass(frozen=True)
class Said:
    """What the record said where it says something else now: of meetings by id, and the targets of one board."""

    days: Mapping[UUID, date] = field(default_factory=dict)
    statuses: Mapping[UUID, str] = field(default_factory=dict)
    targets: Sequence[Target] = ()

    @property
    def opened_on(self) -> ColumnElement[date]:
        return _where_said(Meeting.opened_on, self.days)

    @property
    def status(self) -> ColumnElement[str]:
        return _where_said(Meeting.status, self.statuses)

    def target(self, day: date, now: int) -> int:
        holding = target_holding(self.targets, day)
        return holding.days if holding else now

    def sat_last_on(self, meeting: Meeting) -> date:
        """An adjourned meeting keeps the day of its last sitting."""
        only_sat_once = meeting.meets_on == meeting.opened_on
        return self.days.get(meeting.id, meeting.meets_on) if only_sat_once else meeting.meets_on


AS_NOW = Said()


def _where_said(column: InstrumentedAttribute[Value], said: Mapping[UUID, Value]) -> ColumnElement[Value]:
    if not said:
        return column.expression
    whens = [(Meeting.id == key, literal(value, column.type)) for key, value in said.items()]
    return case(*whens, else_=column)


def notice_of_meetings(reach: Reach, board_id: UUID | None, today: date, said: Said = AS_NOW) -> list[MeetingNotice]:
    """Every meeting within reach whose day is over, latest first; of one board, or of all.

    By what the record says now, or by what it said.
    """
    where = [said.opened_on < today, within(reach, Meeting)]
    of_board = [Meeting.board_id == board_id] if board_id else []
    return _notice([*where, *of_board], reach, said)


def notice_of(meeting: Meeting) -> MeetingNotice | None:
    """What is judged of one meeting; None of one that is left out."""
    return next(iter(_notice([Meeting.id == meeting.id, Meeting.board_id == meeting.board_id], Reach())), None)


def recorded_afterwards(reach: Reach, board_id: UUID, today: date) -> int:
    """How many meetings were put on the calendar when their day was over, and are not measured."""
    where = [Meeting.opened_on < today, within(reach, Meeting), Meeting.board_id == board_id]
    called = db.session.execute(select(Meeting.called_at, Meeting.opened_on).where(*where).order_by(Meeting.id))
    return sum(1 for called_at, opened_on in called if london_day(called_at) > opened_on)


def _notice(where: Sequence[ColumnElement[bool]], reach: Reach, said: Said = AS_NOW) -> list[MeetingNotice]:
    where = [*where, said.status.in_(HAD_ITS_DAY)]
    day_said, status_said = said.opened_on.label("day_said"), said.status.label("status_said")
    statement = (
        select(Meeting, Group.name, Board.short_name, day_said, status_said, Meeting.target_days)
        .join(Group, Group.id == Meeting.group_id)
        .join(Board, Board.id == Meeting.board_id)
        .where(*where)
        .order_by(said.opened_on.desc(), Meeting.id)
    )
    meetings = db.session.execute(_nationally(statement, reach)).all()
    days, minutes, withdrawn = _days_by_meeting(where, reach)
    replaced, missing = _replaced(where, reach, said), _items_without([m.id for m, *_ in meetings], said)
    return [
        MeetingNotice(
            meeting_id=m.id,
            board_id=m.board_id,
            board=board,
            group=group,
            opened_on=day,
            first_meets_on=m.first_meets_on,
            is_held=status == PLANNED,
            target=said.target(day, target),
            published_on=tuple(one for one, _ in days[m.id] if one <= day),
            measured_to=tuple(to or day for one, to in days[m.id] if one <= day),
            never=missing[m.id],
            replaced_on=tuple(replaced[m.id]),
            minutes_on=minutes.get(m.id),
            sat_last_on=said.sat_last_on(m),
            withdrawn=withdrawn[m.id],
        )
        for m, group, board, day, status, target in meetings
        if london_day(m.called_at) <= day
    ]


def _items_without(meeting_ids: Sequence[UUID], said: Said) -> Counter[UUID]:
    """How many items of each meeting should have had a paper when its day was over, and had none."""
    in_time = exists().where(Paper.item_id == AgendaItem.id, Paper.first_published_on <= said.opened_on)
    statement = (
        select(AgendaItem.meeting_id, func.count(AgendaItem.id))
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .where(AgendaItem.meeting_id.in_(list(meeting_ids)), AgendaItem.added_on <= said.opened_on)
        .where(AgendaItem.is_verbal.is_(False), ~in_time)
    )
    rows = db.session.execute(statement.group_by(AgendaItem.meeting_id).order_by(AgendaItem.meeting_id))
    return Counter({meeting_id: number for meeting_id, number in rows})  # noqa: C416 - rows are not pairs to mypy


def _replaced(where: Sequence[ColumnElement[bool]], reach: Reach, said: Said) -> dict[UUID, list[date]]:
    """By meeting, the last day up to its own on which each paper was replaced."""
    statement = (
        select(PaperVersion.meeting_id, PaperVersion.paper_id, PaperVersion.published_at, said.opened_on)
        .join(Meeting, Meeting.id == PaperVersion.meeting_id)
        .join(Paper, Paper.id == PaperVersion.paper_id)
        .where(PaperVersion.number > 1, PaperVersion.published_at.is_not(None), Paper.kind.not_in(NO_PAPERS), *where)
        .order_by(PaperVersion.meeting_id, PaperVersion.published_at, PaperVersion.id)
    )
    rows: Any = db.session.execute(_nationally(statement, reach))  # the WHERE leaves no NULL among the moments
    last: dict[UUID, dict[UUID, date]] = defaultdict(dict)
    for meeting_id, paper_id, moment, opened_on in rows:
        if (day := london_day(moment)) <= opened_on:
            last[meeting_id][paper_id] = day
    return defaultdict(list, {meeting_id: [*papers.values()] for meeting_id, papers in last.items()})


def _nationally(statement: Selected, reach: Reach) -> Selected:
    """For the coordinator, whose totals are of all boards."""
    return across_boards(statement, CrossBoardReason.COORDINATOR) if reach.everything else statement


def _days_by_meeting(
    where: Sequence[ColumnElement[bool]], reach: Reach
) -> tuple[dict[UUID, list[Published]], dict[UUID, date], Counter[UUID]]:
    """By meeting, the days on which papers were first published, that of the first minutes, and how many withdrawn."""
    of_paper = (Paper.meeting_id, Paper.kind, Paper.first_published_on, Paper.measured_to)
    statement = (
        select(*of_paper, func.count(), func.count(Paper.withdrawn_at))
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .where(Paper.first_published_on.is_not(None), *where)
        .group_by(*of_paper)
        .order_by(Paper.meeting_id, Paper.first_published_on, Paper.kind, Paper.measured_to)
    )
    rows: Any = db.session.execute(_nationally(statement, reach))  # the WHERE leaves no NULL among the days
    days: dict[UUID, list[Published]] = defaultdict(list)
    minutes: dict[UUID, date] = {}
    withdrawn: Counter[UUID] = Counter()
    for meeting_id, kind, day, to, count, gone in rows:
        if kind == MINUTES:
            minutes.setdefault(meeting_id, day)
        elif kind not in NO_PAPERS:
            days[meeting_id] += [(day, to)] * count
            withdrawn[meeting_id] += gone
    return days, minutes, withdrawn


def share_by(meetings: Sequence[MeetingNotice], name_of: Callable[[MeetingNotice], str]) -> list[Share]:
    """The share of papers that met the target, by any name of a meeting, in the order of the names."""
    met: dict[str, int] = defaultdict(int)
    papers: dict[str, int] = defaultdict(int)
    for meeting in meetings:
        met[name_of(meeting)] += meeting.met
        papers[name_of(meeting)] += meeting.papers
    return [Share(name, met[name], papers[name]) for name in sorted(papers, key=name_key)]


def by_quarter(meetings: Sequence[MeetingNotice]) -> list[Share]:
    return share_by(meetings, lambda meeting: quarter(meeting.opened_on))


def overall(meetings: Sequence[MeetingNotice]) -> Share:
    return Share("all", sum(m.met for m in meetings), sum(m.papers for m in meetings))


def side_by_side(now: Sequence[Share], before: Sequence[Share]) -> list[tuple[Share, Share]]:
    """Shares by the record as it is and without corrections, by name; a name that only one of them has counts none."""
    is_now, was = {one.name: one for one in now}, {one.name: one for one in before}
    names = sorted({*is_now, *was}, key=name_key)
    return [(is_now.get(name, Share(name, 0, 0)), was.get(name, Share(name, 0, 0))) for name in names]


def record_so_far(board_id: UUID, group_id: UUID, today: date) -> Share:
    """One group's share, for a reminder email."""
    reach = Reach(groups=frozenset({group_id}))
    return overall(notice_of_meetings(reach, board_id, today))
