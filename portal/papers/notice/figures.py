"""The notice of every single paper, for a file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, and_, select

from portal.access.decide import Reach
from portal.boards.models import Group
from portal.core.clock import london_day
from portal.infra.database import db
from portal.infra.scope import within
from portal.meetings.models import AgendaItem, Meeting
from portal.meetings.rules import HAD_ITS_DAY
from portal.papers.models import Paper, PaperVersion, Withdrawal
from portal.papers.notice.rules import is_late, notice_days
from portal.papers.preparing.rules import NO_PAPERS
from portal.papers.withdrawing.rules import reason_words

_why_withdrawn = (
    select(PaperVersion.withdrawal_id)
    .where(PaperVersion.paper_id == Paper.id, Paper.withdrawn_at.is_not(None), PaperVersion.withdrawal_id.is_not(None))
    .order_by(PaperVersion.number.desc())
    .limit(1)
    .correlate(Paper)
    .scalar_subquery()
)
UNTITLED = "A paper (title not shown)"  # what one is called to whoever may not read it


@dataclass(frozen=True)
class PaperNotice:
    """The notice of one published paper."""

    meeting_id: UUID
    group: str
    opened_on: date
    title: str
    published_on: date
    days: int
    met: bool
    withdrawn_on: date | None
    withdrawn_because: str
    target: int
    measured_to: date | None  # of a withdrawn one, the day of its meeting as it was then

    def by(self, opened_on: date, target: int) -> tuple[date, int | str, str, int]:
        """Its day, its notice, whether it met the target, and the target, by another day and target on record."""
        days = notice_days(self.published_on, self.measured_to or opened_on)
        return opened_on, days if days >= 0 else "after the meeting", "yes" if days >= target else "no", target


def notice_of_papers(reach: Reach, readable: Reach, board_id: UUID, today: date) -> list[PaperNotice]:
    """Every published paper of the meetings held on a board, latest meeting first. Restricted ones are left out.

    Titles are those of papers within `readable`; of others it is said that there was one.
    """
    return [
        PaperNotice(
            m.id,
            group,
            m.opened_on,
            title if readable.covers(m) else UNTITLED,
            day,
            notice_days(day, own or m.opened_on),
            not is_late(day, own or m.opened_on, target),
            london_day(gone.withdrawn_at) if gone else None,
            reason_words(gone.reason) if gone else "",
            target,
            own,
        )
        for m, group, title, day, own, target, gone in db.session.execute(_published(reach, board_id, today))
        if day is not None and london_day(m.called_at) <= m.opened_on
    ]


def _published(
    reach: Reach, board_id: UUID, today: date
) -> Select[Meeting, str, str, date | None, date | None, int, Withdrawal]:
    return (
        select(
            *(Meeting, Group.name, Paper.title, Paper.first_published_on),
            *(Paper.measured_to, Meeting.target_days, Withdrawal),
        )
        .join(Meeting, Meeting.id == Paper.meeting_id)
        .join(Group, Group.id == Meeting.group_id)
        .outerjoin(AgendaItem, AgendaItem.id == Paper.item_id)
        .outerjoin(Withdrawal, and_(Withdrawal.paper_id == Paper.id, Withdrawal.id == _why_withdrawn))
        .where(
            Paper.board_id == board_id,
            Paper.kind.not_in(NO_PAPERS),
            Paper.first_published_on <= Meeting.opened_on,
            AgendaItem.is_restricted.is_not(True),
            Meeting.opened_on < today,
            Meeting.status.in_(HAD_ITS_DAY),
            within(reach, Meeting),
        )
        .order_by(Meeting.opened_on.desc(), Meeting.id, Paper.created_at, Paper.id)
    )
