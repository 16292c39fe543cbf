"""What an officer has to do, from the same rows: each thing once, with the page where it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from portal.check_in import wanted as check_ins
from portal.check_in.rules import needs_answer
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words
from portal.deputes import wanted as deputes
from portal.desk.queries import step_due
from portal.desk.rules import FAR, Task, this_week
from portal.infra.wanted import Wanted
from portal.mentoring import wanted as mentoring
from portal.replacement_care import wanted as care
from portal.training import wanted as training

ANSWER_BEFORE = timedelta(days=3)
Tasks = Iterator[Task]
STEPS = (training.OFFICERS_STEP, training.OTHERS_STEP)


def tasks(found: Iterable[Wanted], board: str, today: date) -> Tasks:
    """Every open thing of a board, whenever it is due; `board` is its key.

    The steps of one person's induction are one thing: the first of them, and how many more are late or due.
    """
    steps: dict[UUID, list[Task]] = defaultdict(list)
    for one in found:
        make = MAKERS.get(one.kind)
        if make is None or (task := make(one, board, today)) is None:
            continue
        if one.kind in STEPS and one.person_id:
            steps[one.person_id].append(task)
        else:
            yield task
    for each in steps.values():
        first, *more = sorted(this_week(each, today) or each, key=lambda task: (task.due_on, task.title))
        words = f", and {count_words(len(more), 'more step', 'more steps')}" if more else ""
        yield replace(first, title=f"{first.title}{words}")


def _step(one: Wanted, board: str, today: date) -> Task | None:
    due = step_due(one)
    if due == FAR:
        return None
    title = f"{one.name}: {one.label}"
    return Task(due, title, "training.inductions", {"board": board}, is_late=due < today)


def _others_step(one: Wanted, board: str, today: date) -> Task | None:
    """A step of somebody else's is an officer's to chase once it is late."""
    found = _step(one, board, today)
    return replace(found, title=f"{one.name}: remind them, {one.label}") if found and found.is_late else None


def _record(one: Wanted, board: str, today: date) -> Task | None:
    if not one.number or one.moment is None:
        return None
    since = london_day(one.moment)
    return Task(since, f"{one.name}: confirm {one.label}", "training.of_board", {"board": board})


def _mentor(one: Wanted, board: str, today: date) -> Task | None:
    since = london_day(one.moment) if one.moment else today
    where = {"request_id": one.id}
    return Task(
        since, f"{one.name}: find a mentor", "mentoring.match", where, is_late=since + timedelta(days=7) <= today
    )


def _low(one: Wanted, board: str, today: date) -> Task | None:
    since = london_day(one.moment) if one.moment else today
    return Task(since, f"{one.name}: mentoring needs a quiet word", "mentoring.of_board", {"board": board})


def _care(one: Wanted, board: str, today: date) -> Task | None:
    if not one.number or one.day is None:
        return None
    due = min(one.day, max(today, one.day - timedelta(days=7)))
    title = f"{one.name}: arrange care for {short_day_words(one.day)}"
    return Task(due, title, "replacement_care.arrange", {"request_id": one.id}, is_late=one.day < today)


def _check_in(one: Wanted, board: str, today: date) -> Task | None:
    if one.day is None or not needs_answer(one.other_day, one.day) or one.day - today > ANSWER_BEFORE:
        return None
    left = count_words((one.day - today).days, "day")
    title = f"{one.name}: ask if they come, {left} left"
    return Task(today, title, "check_in.coming", {"meeting_id": one.id})


def _depute(one: Wanted, board: str, today: date) -> Task | None:
    since = london_day(one.moment) if one.moment else today
    return Task(since, f"{one.name}: confirm as depute", "deputes.decide", {"nomination_id": one.id})


MAKERS: Mapping[str, Callable[[Wanted, str, date], Task | None]] = {
    training.OFFICERS_STEP: _step,
    training.OTHERS_STEP: _others_step,
    training.RECORD: _record,
    mentoring.MENTOR_WANTED: _mentor,
    mentoring.LOW_PULSE: _low,
    care.CARE: _care,
    check_ins.CHECK_IN: _check_in,
    deputes.TO_CONFIRM: _depute,
}
