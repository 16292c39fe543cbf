"""What inductions and records want of people, and where each rep of a board stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, case, or_, select

from portal.access.permissions import DESK_READ, TRAINING_CONFIRM, TRAINING_OWN
from portal.access.roles import CLERK, OFFICER
from portal.accounts.models import Person
from portal.boards.models import Appointment, Board
from portal.core.clock import london_day
from portal.core.text import count_words
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom, together
from portal.infra.todo_line import SINCE, Line, several_late
from portal.training.inductions import rules
from portal.training.inductions.queries import done_at, first_meeting, followed
from portal.training.models import InductionMark, InductionStep, TrainingRecord
from portal.training.records.rules import CONFIRMED, SAID, Held
from portal.training.sessions.todo import TO_COME, TO_RECORD

MOST_RECORDS = 2  # to confirm, on the first page


@dataclass(frozen=True)
class Step:
    """One step of the induction of one appointment, done or not."""

    board_id: UUID
    board: str
    person_id: UUID
    person_name: str
    title: str
    owner: str
    days: int
    from_on: date
    until_on: date
    made_at: datetime | None
    first_meeting_at: datetime | None  # of a step that belongs to the first meeting, where one is planned
    is_done: bool

    @property
    def due_on(self) -> date | None:
        meets_on = london_day(self.first_meeting_at) if self.first_meeting_at else None
        starts_on = rules.starts_on(self.from_on, london_day(self.made_at) if self.made_at else None)
        return rules.asked_by(starts_on, self.until_on, self.days, meets_on, self.owner)


def _steps(who: Whoever) -> Rows:
    """Each step of each induction that is followed."""
    is_marked = and_(
        InductionMark.board_id == Appointment.board_id,
        InductionMark.appointment_id == Appointment.id,
        InductionMark.step_id == InductionStep.id,
    )
    of_person = (
        Appointment.board_id,
        Board.key.label("board"),
        Appointment.person_id,
        Person.name.label("person_name"),
    )
    of_appointment = (Appointment.from_on, Appointment.until_on, Appointment.made_at)
    of_step = (InductionStep.title, InductionStep.owner, InductionStep.days, *of_appointment)
    meets_at = case((InductionStep.at_first_meeting.is_(True), first_meeting()), else_=None).label("first_meeting_at")
    return (
        select(*of_person, *of_step, meets_at, done_at().is_not(None).label("is_done"))
        .select_from(Appointment)
        .join(InductionStep, InductionStep.board_id == Appointment.board_id)
        .join(Person, Person.id == Appointment.person_id)
        .join(Board, Board.id == Appointment.board_id)
        .outerjoin(InductionMark, is_marked)
        .where(InductionStep.closed_at.is_(None), *followed(who.today))
    )


def _own_steps(who: Whoever) -> Rows:
    is_open = (done_at().is_(None), InductionStep.owner == rules.REP)
    return _steps(who).where(*is_open, who.within(TRAINING_OWN, Appointment))


def _do_own(found: Sequence[Step], today: date) -> Iterator[Line]:
    for step in found:
        if (due := step.due_on) and rules.is_soon(due, today):
            yield Line(due, step.title, "A step of your induction")


def _steps_of_staff(who: Whoever) -> Rows:
    """Steps of others' inductions that are somebody's to do as officer or as clerk."""
    owned = (and_(InductionStep.owner == role, who.holds(role, on=Appointment)) for role in (OFFICER, CLERK))
    return _steps(who).where(done_at().is_(None), or_(*owned))


def _do_for_others(found: Sequence[Step], today: date) -> Iterator[Line]:
    for board, steps in together(found, lambda step: step.board).items():
        soon = [(due, step) for step in steps if (due := step.due_on) and rules.is_soon(due, today)]
        for due, step in sorted(soon, key=lambda one: (one[0], one[1].person_name, one[1].title))[:1]:
            first = f"{step.person_name}: {step.title}"
            line = Line(due, first, "A step of their induction", {"board": board})
            yield _with_first(line, [day for day, _ in soon], today) if soon[1:] else line


def _with_first(first: Line, days: Sequence[date], today: date) -> Line:
    title, late = f"Do your {count_words(len(days), 'induction step')}", sum(day < today for day in days)
    return replace(
        first, title=title, detail=f"The first of them: {first.title}", late_words=several_late(late, len(days))
    )


def _steps_of_board(who: Whoever) -> Rows:
    return _steps(who).where(who.within(DESK_READ, Appointment))


def _do_or_remind(found: Sequence[Step], today: date) -> Iterator[Line]:
    """The steps of one person's induction are one thing: the first of them, how many more, whose, and how many late."""
    for steps in together(found, lambda step: step.person_id).values():
        soon = sorted(_soon(steps, today), key=lambda one: (one[0], one[1].title))
        for due, step in soon[:1]:
            line = Line(due, _do_or_remind_words(step), where={"board": step.board})
            yield _of_several(line, soon, today) if soon[1:] else line


def _do_or_remind_words(step: Step) -> str:
    """What an officer does about a step: it is theirs, or they remind whoever is late with it."""
    if step.owner == OFFICER:
        return f"{step.person_name}: {step.title}"
    whom = f"Remind {step.person_name}: " if step.owner == rules.REP else f"{step.person_name}: remind the clerk of "
    return f"{whom}“{step.title}”"


def _of_several(first: Line, soon: Sequence[tuple[date, Step]], today: date) -> Line:
    more = count_words(len(soon) - 1, "more step", "more steps")
    owners = Counter(step.owner for _, step in soon)
    whose = [f"{words}: {count_words(owners[key], 'step')}" for key, words in rules.OWNERS if owners[key]]
    late = several_late(sum(due < today for due, _ in soon), len(soon))
    return replace(first, title=f"{first.title}, and {more}", detail=". ".join(whose), late_words=late)


def _late_steps(who: Whoever) -> Rows:
    """Others' open steps of others' inductions: an officer reminds them once these are late, as on the desk."""
    is_open = (done_at().is_(None), InductionStep.owner != OFFICER, Appointment.person_id != who.id)
    return _steps(who).where(*is_open, who.within(DESK_READ, Appointment))


def _remind(found: Sequence[Step], today: date) -> Iterator[Line]:
    """One line for each board: that of the desk, or of how many reps."""
    for steps in together(found, lambda step: step.board).values():
        lines = sorted(_do_or_remind(steps, today), key=lambda line: (line.due_on, line.title))
        for first in lines[:1]:
            title = f"Chase the late induction steps of {len(lines)} reps"
            detail = f"The first of them: {first.title}"
            yield replace(first, title=title, detail=detail, late_words="Late") if lines[1:] else first


def _soon(steps: Iterable[Step], today: date) -> Iterator[tuple[date, Step]]:
    """By when which steps are due. One of somebody else's is an officer's to chase once it is late."""
    for step in steps:
        due = step.due_on
        if step.is_done or due is None or not rules.is_soon(due, today):
            continue
        if step.owner == OFFICER or due < today:
            yield due, step


@dataclass(frozen=True)
class CheckInAnswer:
    """Training that somebody says they have, and no officer has confirmed."""

    board_id: UUID
    board: str
    person_name: str
    title: str
    said_at: datetime


def _said(who: Whoever) -> Rows:
    """Never one's own."""
    of_person = (TrainingRecord.board_id, Board.key.label("board"), Person.name.label("person_name"))
    return (
        select(*of_person, TrainingRecord.title, TrainingRecord.created_at.label("said_at"))
        .join(Person, Person.id == TrainingRecord.person_id)
        .join(Board, Board.id == TrainingRecord.board_id)
        .where(TrainingRecord.status == SAID, who.within(TRAINING_CONFIRM, TrainingRecord))
    )


def _confirm_oldest(found: Sequence[CheckInAnswer], _today: date) -> Iterator[Line]:
    for record in sorted(found, key=lambda record: record.said_at)[:MOST_RECORDS]:
        title = f"Confirm training for {record.person_name}"
        yield Line(london_day(record.said_at), title, record.title, {"board": record.board}, day_is=SINCE)


def _confirm(found: Sequence[CheckInAnswer], _today: date) -> Iterator[Line]:
    for record in found:
        title = f"{record.person_name}: confirm {record.title}"
        yield Line(london_day(record.said_at), title, where={"board": record.board}, day_is=SINCE)


def _held(who: Whoever) -> Rows:
    of_record = (TrainingRecord.course_id, TrainingRecord.title, TrainingRecord.valid_until)
    return select(TrainingRecord.board_id, TrainingRecord.person_id, *of_record).where(
        TrainingRecord.status == CONFIRMED, who.within(DESK_READ, TrainingRecord)
    )


OWN_STEPS = ToDo("own induction step", Whom.THEMSELVES, Step, _own_steps, first_page=Says("training.index", _do_own))
STEPS_OF_STAFF = ToDo(
    "induction step of others",
    Whom.STAFF,
    Step,
    _steps_of_staff,
    first_page=Says("training.inductions", _do_for_others),
    is_summary=True,
)
STEPS_OF_BOARD = ToDo(
    "induction step of a rep",
    Whom.STAFF,
    Step,
    _steps_of_board,
    desk=Says("training.inductions", _do_or_remind),
    in_table=True,
)
LATE_STEPS = ToDo(
    "late induction step of a rep",
    Whom.STAFF,
    Step,
    _late_steps,
    first_page=Says("training.inductions", _remind),
    is_summary=True,
)
TO_CONFIRM = ToDo(
    "training to confirm",
    Whom.STAFF,
    CheckInAnswer,
    _said,
    first_page=Says("training.of_board", _confirm_oldest),
    desk=Says("training.of_board", _confirm),
)
HELD = ToDo("training of a rep", Whom.NOBODY, Held, _held, in_table=True)
TODO = (OWN_STEPS, STEPS_OF_STAFF, STEPS_OF_BOARD, LATE_STEPS, TO_CONFIRM, TO_RECORD, TO_COME, HELD)
