"""Finding who could open a paper, what was withdrawn, and who downloaded what was withdrawn for personal data."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import joinedload

from portal.access.permissions import (
    BOARD,
    DOWNLOADS_ASK,
    MEETING,
    MINUTES,
    PAPERS_READ,
    PAPERS_RESTRICTED,
    PAPERS_WITHDRAW,
    TABLE,
)
from portal.accounts.models import Person
from portal.audit import queries as audit
from portal.boards import queries as boards
from portal.boards.models import Appointment, BoardAccess, StaffRole
from portal.boards.rules import PAPERS_STAY_DAYS
from portal.core import clock
from portal.core.calendar import moment
from portal.core.clock import london_day
from portal.core.text import day_words
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with
from portal.meetings.models import AgendaItem, Meeting, StandIn
from portal.papers.events import PackDownloaded, PaperDownloaded, PaperPutBack
from portal.papers.models import DownloadsRequest, Note, PageText, Paper, PaperVersion, Withdrawal, WithdrawnFile
from portal.papers.reading import queries as reading
from portal.papers.withdrawing.rules import PERSONAL, may_hold, not_put_back_words


def versions(paper_id: UUID) -> Sequence[PaperVersion]:
    """Every file of a paper, the newest first, each with why it was withdrawn."""
    statement = select(PaperVersion).options(joinedload(PaperVersion.withdrawal)).order_by(PaperVersion.number.desc())
    fresh = statement.execution_options(populate_existing=True)
    return db.session.scalars(fresh.where(PaperVersion.paper_id == paper_id)).all()


@seen_with(PAPERS_WITHDRAW)
def withdrawal(sight: Sight, withdrawal_id: UUID) -> Withdrawal | None:
    """For clerks, whatever the reason."""
    return db.session.scalar(select(Withdrawal).where(Withdrawal.id == withdrawal_id, sight.of(Withdrawal)))


@seen_with(DOWNLOADS_ASK)
def for_personal_data(sight: Sight, withdrawal_id: UUID) -> Withdrawal | None:
    """For administrators, only of personal data: of anything else nobody learns who downloaded it."""
    statement = select(Withdrawal).where(Withdrawal.id == withdrawal_id, Withdrawal.reason == PERSONAL)
    return db.session.scalar(statement.where(sight.of(Withdrawal)))


def of_personal_data(board_id: UUID) -> list[tuple[Withdrawal, Meeting]]:
    """What was withdrawn on a board as it held personal data, with its meeting, the latest first."""
    statement = select(Withdrawal, Meeting).join(Meeting, Meeting.id == Withdrawal.meeting_id)
    statement = statement.where(Withdrawal.board_id == board_id, Withdrawal.reason == PERSONAL)
    statement = statement.options(joinedload(Meeting.group))
    statement = statement.order_by(Withdrawal.withdrawn_at.desc(), Withdrawal.id)
    return [(one, meeting) for one, meeting in db.session.execute(statement)]


def withdrawal_by_id(withdrawal_id: UUID) -> Withdrawal:
    return db.session.scalars(select(Withdrawal).where(Withdrawal.id == withdrawal_id)).one()


def paper_by_id(paper_id: UUID) -> Paper:
    return db.session.scalars(select(Paper).where(Paper.id == paper_id).options(joinedload(Paper.item))).one()


def withdrawn_paper(meeting_id: UUID, paper_id: UUID) -> Paper | None:
    """A paper of a meeting of which nothing is open any more."""
    found = (Paper.meeting_id == meeting_id, Paper.id == paper_id, Paper.withdrawn_at.is_not(None))
    return db.session.scalar(select(Paper).where(*found))


def was_withdrawn_at(paper_id: UUID | None) -> datetime | None:
    """When a paper was withdrawn; None of one that was put back, or of none."""
    return db.session.scalar(select(Paper.withdrawn_at).where(Paper.id == paper_id)) if paper_id else None


def is_for_personal_data(paper_id: UUID | None) -> bool:
    """Whether a paper, or some of its files, was withdrawn as it held personal data."""
    if paper_id is None:
        return False
    of_files = exists().where(PaperVersion.withdrawal_id == Withdrawal.id, PaperVersion.paper_id == paper_id)
    return db.session.scalar(select(of_files.where(Withdrawal.reason == PERSONAL))) or False


def reason_of(paper_id: UUID) -> str:
    """Why a withdrawn paper was, the latest reason; '' of one that is open."""
    statement = select(Withdrawal.reason).where(Withdrawal.paper_id == paper_id, Withdrawal.put_back_at.is_(None))
    statement = statement.order_by(Withdrawal.withdrawn_at.desc(), Withdrawal.id).limit(1)
    return db.session.scalar(statement) or ""


def corrected(paper_id: UUID) -> Paper | None:
    """The open paper that was published in place of a withdrawn one, or in place of one that was in its place."""
    statement = select(Paper).where(Paper.in_place_of_id == paper_id, Paper.first_published_on.is_not(None))
    found = db.session.scalars(statement.order_by(Paper.created_at.desc(), Paper.id)).all()
    is_open = next((one for one in found if one.withdrawn_at is None), None)
    return is_open or next(filter(None, (corrected(one.id) for one in found)), None)


def gone(meeting_id: UUID) -> dict[UUID, str]:
    """The withdrawn papers of a meeting: '“Budget”, withdrawn on Tuesday 3 March'."""
    found = select(Paper).where(Paper.meeting_id == meeting_id, Paper.withdrawn_at.is_not(None)).order_by(Paper.id)
    return {
        one.id: f"“{one.title}”, withdrawn on {day_words(london_day(one.withdrawn_at))}"
        for one in db.session.scalars(found)
        if one.withdrawn_at
    }


def waits_in_its_place(paper_id: UUID) -> bool:
    """Whether a replacement paper is uploaded, and not published."""
    waits = (Paper.in_place_of_id == paper_id, Paper.first_published_on.is_(None))
    return db.session.scalar(select(exists().where(*waits))) or False


def why_not_put_back(withdrawal: Withdrawal) -> str:
    """Two papers at one place would be equals, and nobody could tell which of them holds."""
    is_whole = was_withdrawn_at(withdrawal.paper_id) is not None
    instead = corrected(withdrawal.paper_id) if is_whole else None
    return not_put_back_words(withdrawal.reason, bool(versions_of(withdrawal.id)), instead is not None)


def versions_of(withdrawal_id: UUID) -> Sequence[PaperVersion]:
    """The files that were withdrawn together, in order."""
    statement = select(PaperVersion).where(PaperVersion.withdrawal_id == withdrawal_id)
    return db.session.scalars(statement.order_by(PaperVersion.number)).all()


def put_back_event(withdrawal: Withdrawal) -> PaperPutBack:
    """What is recorded, and what the page that asks first says of it."""
    return PaperPutBack(
        board_id=withdrawal.board_id,
        meeting_id=withdrawal.meeting_id,
        paper_id=withdrawal.paper_id,
        withdrawal_id=withdrawal.id,
        versions=tuple(one.number for one in versions_of(withdrawal.id)),
    )


def file_kept(withdrawal_id: UUID) -> WithdrawnFile | None:
    """The file that is destroyed last, of those that were withdrawn together; None once they are."""
    statement = select(WithdrawnFile).where(WithdrawnFile.withdrawal_id == withdrawal_id)
    return db.session.scalars(statement.order_by(WithdrawnFile.goes_on.desc(), WithdrawnFile.id)).first()


def texts(board_id: UUID, ids: Sequence[UUID]) -> list[str]:
    """The words of some files, also those that a machine read on their pages."""
    statement = select(PageText.text, PageText.read_by_machine)
    statement = statement.where(PageText.board_id == board_id, PageText.version_id.in_(ids))
    rows = db.session.execute(statement.order_by(PageText.version_id, PageText.page))
    return [words for row in rows for words in row if words]


def notes(paper_id: UUID) -> Sequence[Note]:
    """Everybody's notes on a paper, for taking quotes out of them: no page shows them."""
    return db.session.scalars(select(Note).where(Note.paper_id == paper_id).order_by(Note.id)).all()


def readers(
    paper: Paper | AgendaItem, since: date, permissions: Sequence[str] = (), besides: Collection[UUID] = ()
) -> list[UUID]:
    """Everyone who could open a published paper at any time from a day until now, by the table of permissions.

    Or the papers of an item, if these were the permissions that show them. `besides` could open it for another reason.
    """
    meeting = db.session.scalars(select(Meeting).where(Meeting.id == paper.meeting_id)).one()
    asked = permissions or (needed(paper) if isinstance(paper, Paper) else ())
    ids = {*_staff(paper, since, asked), *_reps(meeting, since), *_deputes(paper, since, asked), *besides}
    closed_since = Person.disabled_at >= moment(since, time()) if since < clock.today() else false()
    was_open = or_(Person.disabled_at.is_(None), closed_since)
    found = select(Person.id).where(Person.id.in_(ids), was_open, ~_was_shut_out(meeting, since))
    return list(db.session.scalars(found.order_by(Person.id)))


def _was_shut_out(meeting: Meeting, since: date) -> ColumnElement[bool]:
    """Whose access to the board was suspended all the time since a day, or past papers closed with their term."""
    sits_on = exists().where(
        Appointment.board_id == meeting.board_id, Appointment.person_id == Person.id, Appointment.until_on >= since
    )
    read_enough = and_(BoardAccess.reading_ended_on < since, ~sits_on.correlate(Person))
    suspended = BoardAccess.suspended_at < moment(since, time())
    return exists().where(
        BoardAccess.board_id == meeting.board_id, BoardAccess.person_id == Person.id, or_(suspended, read_enough)
    )


def needed(paper: Paper) -> tuple[str, ...]:
    """The permissions that show a paper."""
    of_item = (AgendaItem.board_id == paper.board_id, AgendaItem.id == paper.item_id)
    is_restricted = db.session.scalar(select(AgendaItem.is_restricted).where(*of_item))
    return (PAPERS_READ, PAPERS_RESTRICTED) if is_restricted else (PAPERS_READ,)


def _staff(paper: Paper | AgendaItem, since: date, permissions: Sequence[str]) -> list[UUID]:
    """Whoever has a role whose reach is the whole board."""
    return list(db.session.scalars(_holders(paper, since, permissions, BOARD).order_by(StaffRole.person_id)))


def _holders(paper: Paper | AgendaItem, since: date, permissions: Sequence[str], *cells: str) -> Select[UUID]:
    """Whoever held, since a day, a role that shows a paper so far."""
    roles = [role for role in TABLE[PAPERS_READ] if all(TABLE[one][role] in cells for one in permissions)]
    held = (StaffRole.from_on <= clock.today(), or_(StaffRole.until_on.is_(None), StaffRole.until_on >= since))
    begun = (StaffRole.role.in_(roles), StaffRole.waits_since.is_(None))
    return select(StaffRole.person_id).where(StaffRole.board_id == paper.board_id, *begun, *held)


def _reps(meeting: Meeting, since: date) -> list[UUID]:
    """Whoever sat on the group; past papers stay open to them for some time."""
    left_lately = and_(
        Appointment.until_on >= since - timedelta(days=PAPERS_STAY_DAYS), Appointment.until_on >= meeting.meets_on
    )
    sat = (Appointment.from_on <= clock.today(), or_(Appointment.until_on >= since, left_lately))
    statement = select(Appointment.person_id).where(
        Appointment.board_id == meeting.board_id, Appointment.group_id == meeting.group_id, *sat
    )
    return list(db.session.scalars(statement.order_by(Appointment.person_id)))


def _deputes(paper: Paper | AgendaItem, since: date, permissions: Sequence[str]) -> list[UUID]:
    """Whoever stood in at the meeting, and was a depute of the board, while its papers were open to them."""
    is_depute = StandIn.person_id.in_(_holders(paper, since, permissions, MEETING, MINUTES))
    statement = select(StandIn.person_id).where(StandIn.meeting_id == paper.meeting_id, is_depute).distinct()
    people = list(db.session.scalars(statement.order_by(StandIn.person_id)))
    today = clock.today()
    return [one for one in people if since < today or _is_open_to(one, paper, today, permissions)]


def _is_open_to(person_id: UUID, paper: Paper | AgendaItem, today: date, permissions: Sequence[str]) -> bool:
    found = reading.stood_in(person_id, today)
    return paper.meeting_id in found.meetings or (len(permissions) == 1 and paper.id in found.minutes)


@dataclass(frozen=True)
class Downloaded:
    """Somebody who downloaded what was withdrawn, alone or in a pack, and when first."""

    person_id: UUID
    first_at: datetime


def downloads(withdrawal: Withdrawal) -> list[Downloaded]:
    """Who downloaded any of the files that were withdrawn, by the lines of the trail, the first one first."""
    files = versions_of(withdrawal.id)
    ids = [one.id for one in files]
    lines = audit.lines_that_mention(
        withdrawal.board_id, (PaperDownloaded, PackDownloaded), [*ids, withdrawal.meeting_id]
    )
    since = min((one.published_at for one in files if one.published_at), default=withdrawal.withdrawn_at)
    first: dict[UUID, datetime] = {}
    for line in lines:
        if line.actor_id and may_hold(line.facts, {str(one) for one in ids}, line.happened_at >= since):
            first.setdefault(line.actor_id, line.happened_at)
    return [Downloaded(person, at) for person, at in first.items()]


@seen_with(DOWNLOADS_ASK, whose=lambda one: (one.asked_by_id,))
def request(sight: Sight, request_id: UUID) -> DownloadsRequest | None:
    """The answer is for whoever asked, and for no other administrator."""
    found = (DownloadsRequest.id == request_id, sight.of(DownloadsRequest))
    return db.session.scalar(select(DownloadsRequest).where(*found))


def request_by_id(request_id: UUID) -> DownloadsRequest:
    return db.session.scalars(select(DownloadsRequest).where(DownloadsRequest.id == request_id)).one()


def published_on(files: Sequence[PaperVersion]) -> date:
    """The day on which the first of some files was published, today if none is."""
    return min((london_day(one.published_at) for one in files if one.published_at), default=clock.today())


def days_until_destroyed(board_id: UUID) -> int:
    """What the board has set."""
    return boards.board_by_id(board_id).withdrawn_days
