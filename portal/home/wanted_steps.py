"""What deputes, roles, inductions and mentoring want of a person, all asked for at once, as lines of the first page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from flask import url_for

from portal.access.roles import Viewer
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words
from portal.deputes import wanted as deputes
from portal.home.step import Step
from portal.infra.wanted import Wanted, read
from portal.mentoring import wanted as mentoring
from portal.mentoring.rules import is_pulse_open, pulse_day
from portal.role_descriptions import wanted as roles
from portal.training import wanted as inductions
from portal.training.inductions.rules import MOST_WEEKS_LATE, due_on, weeks_late

SOON = timedelta(days=7)


def wanted_steps(person: Viewer, today: date) -> Iterator[Step]:
    """A line for each thing that is this person's alone, and one for all of a kind that an officer or clerk does."""
    selects = [*deputes.of_person(person), *roles.of_person(person), *mentoring.of_person(person)]
    found = read([*selects, *inductions.of_person(person, today)])
    keys = {board_id: key for board_id, key, _ in person.boards}
    others: dict[tuple[str, UUID], list[date]] = defaultdict(list)
    for one in found:
        if one.kind in FOR_STAFF:
            others[one.kind, one.board_id].append(_due(one))
        elif step := OWN[one.kind](one, keys.get(one.board_id, ""), today):
            yield step
    for (kind, board_id), days in others.items():
        if due := [day for day in days if day <= today + SOON]:
            yield FOR_STAFF[kind](keys.get(board_id, ""), due)


def _due(one: Wanted) -> date:
    """The day by which a row wants something; the far future for a step that is dropped."""
    moment_day = london_day(one.moment) if one.moment else None
    due = due_on(one.day, one.number or 0, moment_day) if one.day else moment_day or date.max
    return date.max if one.other_day and due > one.other_day else due


def _induction(one: Wanted, _board: str, today: date) -> Step | None:
    """From a week before it is due; when it is very late it stands on the page of training, and nags no more."""
    due = _due(one)
    if due > today + SOON or weeks_late(due, today) > MOST_WEEKS_LATE:
        return None
    words = f"A step of your induction, by {short_day_words(due)}"
    return Step(due, one.label or "", words, url_for("training.index"), due < today)


def _pulse(one: Wanted, _board: str, today: date) -> Step | None:
    """`other_day` is of the last question that was answered."""
    asked_on = pulse_day(one.day, today) if one.day else None
    if asked_on is None or not is_pulse_open(asked_on, today) or (one.other_day and one.other_day >= asked_on):
        return None
    where = url_for("mentoring.pulse", pair_id=one.id)
    return Step(asked_on, "Is mentoring helping you?", "One question, half a minute", where)


def _role(one: Wanted, board: str, _today: date) -> Step:
    since, where = _due(one), url_for("role_descriptions.show", board=board, group_id=one.id)
    words = f"Version {one.number} of {short_day_words(since)}. Five minutes"
    return Step(since, f"Read what your role is, and agree: {one.name}", words, where)


def _match(one: Wanted, _board: str, _today: date) -> Step:
    words = "Nobody asks you why you say yes or no"
    return Step(_due(one), "Say if you would like to be a pair", words, url_for("mentoring.index"))


def _to_agree(one: Wanted, _board: str, _today: date) -> Step:
    words = "Somebody would like you to stand in"
    return Step(_due(one), "Agree to be a depute", words, url_for("deputes.index"))


def _to_confirm(one: Wanted, _board: str, _today: date) -> Step:
    since, where = _due(one), url_for("deputes.decide", nomination_id=one.id)
    return Step(since, f"Confirm {one.name} as depute", f"Asked for on {short_day_words(since)}", where)


def _inductions(board: str, days: Sequence[date]) -> Step:
    first, where = min(days), url_for("training.inductions", board=board)
    title = f"Do {count_words(len(days), 'step')} of inductions"
    return Step(first, title, f"The first by {short_day_words(first)}", where)


def _mentors(board: str, days: Sequence[date]) -> Step:
    first, where = min(days), url_for("mentoring.of_board", board=board)
    title = f"Find a mentor for {count_words(len(days), 'person', 'people')}"
    return Step(first, title, f"Since {short_day_words(first)}", where)


def _quiet_word(board: str, days: Sequence[date]) -> Step:
    first, where = min(days), url_for("mentoring.of_board", board=board)
    return Step(first, "Have a quiet word with a pair", f"Since {short_day_words(first)}", where)


# fmt: off
OWN: Mapping[str, Callable[[Wanted, str, date], Step | None]] = {
    inductions.STEP:      _induction,
    mentoring.PULSE:      _pulse,
    mentoring.MATCH:      _match,
    roles.ROLE:           _role,
    deputes.TO_AGREE:     _to_agree,
    deputes.TO_CONFIRM:   _to_confirm,
}
FOR_STAFF: Mapping[str, Callable[[str, Sequence[date]], Step]] = {
    inductions.OTHERS_STEP:  _inductions,
    mentoring.MENTOR_WANTED: _mentors,
    mentoring.LOW_PULSE:     _quiet_word,
}
# fmt: on
