"""A board that is not set up yet: one line for its administrators, until it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from portal.access.permissions import BOARDS_MANAGE
from portal.boards.models import Board
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import UNSAID, Line
from portal.set_up.queries import of_boards
from portal.set_up.rules import Facts, progress


def _of_boards(who: Whoever) -> Rows:
    return of_boards().where(who.within(BOARDS_MANAGE, Board))


def _set_up(found: Sequence[Facts], today: date) -> Iterator[Line]:
    for one in found:
        steps = progress(one)
        if not steps.is_done:
            step = steps.next
            detail = f"Next: {step.title}. {step.detail}" if step else ""
            yield Line(today, f"Set up {one.board_name}: {steps.words}", detail, {"board": one.board}, day_is=UNSAID)


SET_UP = ToDo(
    "board to set up",
    Whom.STAFF,
    Facts,
    _of_boards,
    first_page=Says("set_up.checklist", _set_up, names_board=True),
)
TODO = (SET_UP,)
