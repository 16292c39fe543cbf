"""Finding a rep of a board, and everything an officer may see of them: the same number of queries for every rep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.access.permissions import REP_PAGE_READ
from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.accounts.queries import is_withdrawn
from portal.boards.models import Appointment, Board, Group, Seat
from portal.check_in.recording.queries import Attendance, last_meetings
from portal.check_in.todo import ASKED
from portal.core import clock
from portal.deputes import queries as deputes
from portal.deputes.models import Nomination
from portal.desk import queries as desk
from portal.desk.rules import Rep
from portal.expenses.models import Claim
from portal.expenses.on_behalf import queries as on_behalf
from portal.expenses.on_behalf.rules import SHOWN_SENT
from portal.infra.database import db
from portal.infra.name_order import by_name
from portal.infra.sight import Sight, seen_with
from portal.infra.todo_line import Line
from portal.meetings import queries as meetings
from portal.mentoring.matching.queries import PairSeen, pairs_of_board
from portal.rep_pages.page import answers
from portal.rep_pages.page.rules import MEETINGS_SHOWN
from portal.replacement_care.arranging import queries as arranging
from portal.replacement_care.models import CareRequest
from portal.role_descriptions import queries as roles
from portal.training.inductions.queries import Induction, inductions_of_rep
from portal.training.models import TrainingRecord
from portal.training.records.queries import records_of_rep


@dataclass(frozen=True)
class Term:
    """A seat that a rep holds today."""

    appointment: Appointment
    seat: Seat
    group: Group


@dataclass(frozen=True)
class RepOfBoard:
    """A person who sits on at least one group of a board today."""

    board: Board
    person: Person
    terms: Sequence[Term]

    @property
    def board_id(self) -> UUID:
        return self.board.id

    @property
    def person_id(self) -> UUID:
        return self.person.id

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def called(self) -> str:
        return self.person.called

    @property
    def groups(self) -> dict[UUID, str]:
        """The names of the groups on which they sit."""
        return {one.group.id: one.group.name for one in self.terms}


@seen_with(REP_PAGE_READ)
def rep(sight: Sight, board: str, rep_id: UUID) -> RepOfBoard | None:
    """Whoever sits on a board today; not oneself, as everybody has their own pages for that."""
    today = clock.today()
    statement = (
        select(Board, Appointment, Seat, Group)
        .join(Appointment, Appointment.board_id == Board.id)
        .join(Seat, Seat.id == Appointment.seat_id)
        .join(Group, Group.id == Appointment.group_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Board.key == board, Appointment.person_id == rep_id, sight.of(Appointment))
        .where(Appointment.from_on <= today, Appointment.until_on >= today, ~is_withdrawn())
        .options(joinedload(Appointment.person))
        .order_by(by_name(Group.name), Appointment.id)
    )
    rows = db.session.execute(statement).all()
    if not rows:
        return None
    found, appointment, *_ = rows[0]
    return RepOfBoard(found, appointment.person, [Term(*row[1:]) for row in rows])


@dataclass(frozen=True)
class Supported:
    """How a rep is supported, as far as an officer may see it. Nothing of what they read, nor of their own claims."""

    line: Rep  # theirs in the table of the desk
    due: Sequence[Line]
    deputes: Sequence[Nomination]
    attendance: Sequence[Attendance]
    induction: Induction | None
    records: Sequence[TrainingRecord]
    pairs: Sequence[PairSeen]
    care: Sequence[CareRequest]
    stands_aside: bool
    claims: Sequence[Claim]

    @property
    def recorded(self) -> list[Attendance]:
        return [one for one in self.attendance if one.attended]


def supported(rep: RepOfBoard, officer: Viewer, today: date) -> Supported:
    board_id, rep_id = rep.board_id, rep.person_id
    found = desk.where_they_stand(officer, board_id)
    asked = found.about(ASKED, rep_id)
    induction = next(iter(inductions_of_rep(board_id, rep_id)), None)
    care, claims = arranging.open_of_rep(officer, board_id, rep_id), _helped_with(rep, officer)
    groups_of = {one.id: one.group_id for one in meetings.meetings_by_id(board_id, [one.meeting_id for one in asked])}
    to_agree = roles.to_agree(rep_id, rep.groups)
    due = [
        *answers.of_meetings(asked, {key: rep.groups.get(group, "") for key, group in groups_of.items()}, today),
        *answers.of_roles(to_agree, rep.groups, rep.board.key),
        *answers.of_induction(induction, rep.board.key, today),
        *answers.of_care(care, clock.now()),
        *answers.of_claims(claims, rep.board.key),
    ]
    return Supported(
        line=desk.one_rep(found, rep_id, board_id, today),
        due=sorted(due, key=lambda line: (not line.is_late, line.due_on, line.title)),
        deputes=_deputes(rep),
        attendance=last_meetings(board_id, rep_id, MEETINGS_SHOWN),
        induction=induction,
        records=records_of_rep(board_id, rep_id),
        pairs=[one for one in pairs_of_board(board_id) if one.pair.person_id == rep_id],
        care=care,
        stands_aside=arranging.stands_aside(officer, board_id, rep_id),
        claims=claims,
    )


def _deputes(rep: RepOfBoard) -> list[Nomination]:
    """Those a rep nominated, and nobody has declined."""
    found = (one for one, _ in deputes.nominations_of_board(rep.board_id))
    return [one for one in found if one.on_behalf_of_id == rep.person_id]


def _helped_with(rep: RepOfBoard, officer: Viewer) -> list[Claim]:
    """The claims that this officer wrote for the rep, or writes; never another."""
    since = clock.now() - SHOWN_SENT
    found = [*on_behalf.drafts_for_reps(officer, rep.board_id), *on_behalf.handed_over(officer, rep.board_id, since)]
    return [one for one in found if one.person_id == rep.person_id]
