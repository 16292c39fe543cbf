"""Everything of the reps of a board, in one UNION ALL of what each capability wants, put together by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from portal.access.roles import Viewer
from portal.boards import queries as boards
from portal.check_in import wanted as check_ins
from portal.check_in.rules import needs_answer
from portal.core.clock import london_day
from portal.deputes import wanted as deputes
from portal.desk.rules import FAR, RENEW_WITHIN, Induction, Line, training_due
from portal.expenses import wanted as claims
from portal.infra.wanted import Wanted, read
from portal.mentoring import wanted as mentoring
from portal.replacement_care import wanted as care
from portal.training import wanted as training
from portal.training.courses import queries as courses_queries
from portal.training.inductions.rules import due_on

Rows = Mapping[str, Sequence[Wanted]]


def everything(person: Viewer, board_id: UUID, today: date) -> list[Wanted]:
    """What every capability knows of the reps of a board, in one query."""
    selects = [
        *training.of_board(board_id, today),
        *mentoring.of_board(person, board_id),
        *care.of_board(person, board_id),
        *claims.of_board(board_id),
        *check_ins.of_board(board_id, today),
        *deputes.of_person(person),
    ]
    return [one for one in read(selects) if one.board_id == board_id]


def lines(found: Iterable[Wanted], board_id: UUID, today: date) -> list[Line]:
    """One line for each rep who sits on a group of the board today, in two queries more."""
    by_person: dict[UUID, dict[str, list[Wanted]]] = defaultdict(lambda: defaultdict(list))
    for one in found:
        if one.person_id is not None:
            by_person[one.person_id][one.kind].append(one)
    required = {one.id: one.title for one in courses_queries.required_for_reps(board_id)}
    return [
        _line(person_id, name, groups, by_person[person_id], required, today)
        for person_id, (name, groups) in boards.reps_with_groups(board_id, today).items()
    ]


def _line(
    person_id: UUID, name: str, groups: Sequence[str], rows: Rows, required: Mapping[UUID, str], today: date
) -> Line:
    pairs, requests = rows.get(mentoring.PAIR, ()), rows.get(care.CARE, ())
    meeting = min(rows.get(check_ins.CHECK_IN, ()), key=lambda one: one.day or FAR, default=None)
    return Line(
        person_id=person_id,
        name=name,
        groups=groups,
        induction=_induction(rows, today),
        training_due=_training(rows, required, today),
        mentors=[one.name or "" for one in pairs],
        met_on=max((one.day for one in pairs if one.day), default=None),
        mentored_since=max((one.other_day for one in pairs if one.other_day), default=None),
        wants_mentor=bool(rows.get(mentoring.MENTOR_WANTED)),
        care_open=len(requests),
        care_not_arranged=sum(one.number or 0 for one in requests),
        claims=len(rows.get(claims.CLAIM, ())),
        meets_on=meeting.day if meeting else None,
        coming=_coming(meeting),
    )


def _coming(meeting: Wanted | None) -> str | None:
    if meeting is None or meeting.day is None:
        return None
    return "" if needs_answer(meeting.other_day, meeting.day) else meeting.label


def step_due(one: Wanted) -> date:
    """The day by which a step is due; the far future for one that is dropped, because the appointment ends before."""
    if one.day is None:
        return FAR
    due = due_on(one.day, one.number or 0, london_day(one.moment) if one.moment else None)
    return FAR if one.other_day and due > one.other_day else due


def _induction(rows: Rows, today: date) -> Induction | None:
    done = len(rows.get(training.STEP_DONE, ()))
    waiting = [*rows.get(training.OFFICERS_STEP, ()), *rows.get(training.OTHERS_STEP, ())]
    open_days = [day for one in waiting if (day := step_due(one)) != FAR]
    if not done and not open_days:
        return None
    first = min(open_days, default=None)
    return Induction(done, done + len(open_days), first, first is not None and first < today)


def _training(rows: Rows, required: Mapping[UUID, str], today: date) -> list[str]:
    kept = [one for one in rows.get(training.RECORD, ()) if not one.number and (one.day is None or one.day >= today)]
    running_out = [one.label or "" for one in kept if one.day and one.day <= today + RENEW_WITHIN]
    return training_due(required, {one.id: one.day for one in kept}, running_out)
