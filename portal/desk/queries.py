"""What waits for an officer on one board, and where each of its reps stands: what every capability says of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from portal.access.roles import Viewer
from portal.boards import queries as boards
from portal.boards.seats.queries import SeatShown, seats_by_group
from portal.boards.todo import SEATED, Seated
from portal.capability import gathered
from portal.check_in.todo import ASKED
from portal.core import clock
from portal.core.by_when import in_order
from portal.core.names import name_key
from portal.deputes.rules import as_depute
from portal.desk.rules import Rep
from portal.expenses.todo import CLAIMS_OF_REPS
from portal.infra.todo import Waiting, Whom, ask, together
from portal.infra.todo_line import Line
from portal.mentoring.todo import MENTORED, WITHOUT_MENTOR
from portal.replacement_care.todo import OPEN_CARE
from portal.training.courses import queries as courses_queries
from portal.training.inductions.rules import Progress, progress
from portal.training.records.rules import training_due
from portal.training.todo import HELD, STEPS_OF_BOARD


def everything(person: Viewer, board_id: UUID, today: date) -> Waiting:
    """What every capability knows of the reps of a board, and wants of its staff, in one query."""
    kinds = [kind for kind in gathered().todo if kind.on_desk or kind.in_table]
    return ask([kind for kind in kinds if kind.whom is not Whom.THEMSELVES], person, today, board_id)


def tasks(found: Waiting, person: Viewer, board_id: UUID, today: date) -> list[Line]:
    """What an officer has to do on a board, and for themselves wherever that is; a depute is named as one."""
    reps = {seat.person_name for seat in found.of(SEATED)}
    names = boards.names_of_deputes(board_id) - reps
    lines = [_of_depute(line, names) for line in found.lines(lambda kind: kind.on_desk, today)]
    own = ask([kind for kind in gathered().todo if kind.whom is Whom.THEMSELVES], person, today)
    return in_order([*lines, *own.lines(lambda kind: kind.first_page, today)])


def _of_depute(line: Line, deputes: Collection[str]) -> Line:
    name, colon, rest = line.title.partition(": ")
    return replace(line, title=f"{as_depute(name)}{colon}{rest}") if colon and name in deputes else line


def reps(found: Waiting, board_id: UUID, today: date) -> list[Rep]:
    """One for each who sits on a group of the board today, by name, in one query more."""
    required = {one.id: one.title for one in courses_queries.required_for_reps(board_id)}
    seats = together(found.of(SEATED), lambda seat: (name_key(seat.person_name), seat.person_id))
    return [_rep(found, seats[key], required, today) for key in sorted(seats)]


@dataclass(frozen=True)
class Seats:
    """The seats of a board: how many someone sits in, and those that need an eye."""

    number: int
    filled: int
    empty: Sequence[SeatShown]
    groups: Mapping[UUID, str]  # their names
    ending: Sequence[SeatShown]  # by the day on which its term ends


def seats(board_id: UUID, today: date) -> Seats:
    """Every open seat of a board, in four queries."""
    shown = [one for of_group in seats_by_group(board_id, today).values() for one in of_group]
    ending = [(one.sitting.until_on, str(one.seat.id), one) for one in shown if one.sitting and one.ends_soon(today)]
    filled = [one for one in shown if one.is_filled]
    empty = [one for one in shown if not one.is_filled]
    groups = {one.id: one.name for one in boards.groups(board_id)}
    return Seats(len(shown), len(filled), empty, groups, [one for *_, one in sorted(ending, key=lambda each: each[:2])])


def where_they_stand(person: Viewer, board_id: UUID) -> Waiting:
    """What the table of reps is made of, in one query."""
    return ask([kind for kind in gathered().todo if kind.in_table], person, clock.today(), board_id)


def one_rep(found: Waiting, person_id: UUID, board_id: UUID, today: date) -> Rep:
    """The line of one who sits on a group of the board today, in one query more. Raises LookupError for others."""
    required = {one.id: one.title for one in courses_queries.required_for_reps(board_id)}
    seats = found.about(SEATED, person_id)
    if not seats:
        raise LookupError(f"{person_id} is no rep of {board_id} today")
    return _rep(found, seats, required, today)


def _rep(found: Waiting, seats: Sequence[Seated], required: Mapping[UUID, str], today: date) -> Rep:
    person_id = seats[0].person_id
    held = found.about(HELD, person_id)
    pairs, care = found.about(MENTORED, person_id), found.about(OPEN_CARE, person_id)
    meeting = min(found.about(ASKED, person_id), key=lambda one: one.meets_on, default=None)
    return Rep(
        person_id=person_id,
        name=seats[0].person_name,
        groups=sorted((one.group_name for one in seats), key=name_key),
        induction=_induction(found, person_id, today),
        training_due=training_due(required, held, today),
        mentors=sorted((one.mentor_name for one in pairs), key=name_key),
        met_on=max((one.met_on for one in pairs if one.met_on), default=None),
        mentored_since=max((one.began_on for one in pairs if one.began_on), default=None),
        wants_mentor=bool(found.about(WITHOUT_MENTOR, person_id)),
        care_open=sum(one.requests for one in care),
        care_not_arranged=sum(one.not_arranged for one in care),
        care_changed=sum(one.changed for one in care),
        claims=sum(one.claims for one in found.about(CLAIMS_OF_REPS, person_id)),
        meets_on=meeting.meets_on if meeting else None,
        coming=meeting.answer(today) if meeting else None,
    )


def _induction(found: Waiting, person_id: UUID, today: date) -> Progress | None:
    steps = found.about(STEPS_OF_BOARD, person_id)
    open_days = [due for one in steps if not one.is_done and (due := one.due_on)]
    return progress(sum(one.is_done for one in steps), open_days, today)
