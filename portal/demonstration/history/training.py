"""What was learned on a board: its courses and plan, inductions, sessions, training that was confirmed, awareness."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from uuid import UUID

from portal.core.calendar import working_day_from
from portal.core.values import Typed
from portal.demonstration.history import awareness, inductions, records, sessions
from portal.demonstration.history.in_order import Step, at_hour, go_through, go_until_lately
from portal.demonstration.history.learning import read
from portal.demonstration.world.towns import Town
from portal.infra.unit_of_work import unit_of_work
from portal.training.courses import actions as courses_actions
from portal.training.courses import queries as courses_queries
from portal.training.courses.rules import MARKDOWN
from portal.training.inductions import actions as inductions_actions

ADDED_AFTER = (3, 24)  # days after the board joined on which each of its own courses was put into the list


def fill(town: Town) -> None:
    go_through(_courses(town))
    courses = {one.title: one.id for one in courses_queries.courses([town.board.id])}
    go_until_lately(
        [
            *inductions.steps(town),
            *awareness.steps(town),
            *sessions.steps(town, courses),
            *records.steps(town, courses),
        ]
    )
    with unit_of_work():
        sessions.let_go(town)


def _courses(town: Town) -> Iterator[Step]:
    """The plan, and the board's own courses beside the national ones, which its officer adds in its first weeks."""
    officer, board_id = town.people["officer"], town.board.id
    plan = partial(inductions_actions.set_up_plan, board_id)
    yield Step(at_hour(working_day_from(town.began_on), 14), officer, plan)
    for after, facts in zip(ADDED_AFTER, read()["local"], strict=True):
        typed = {name: value for name, value in facts.items() if name != "file"}
        file = ("who-is-who.md", MARKDOWN, facts["file"].strip().encode()) if "file" in facts else None
        day = working_day_from(town.began_on + timedelta(days=after))
        yield Step(at_hour(day, 11), officer, partial(_add_course, board_id, typed, file))


def _add_course(board_id: UUID, typed: Typed, file: tuple[str, str, bytes] | None) -> None:
    courses_actions.add_course(board_id, typed, file)
