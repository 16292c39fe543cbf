"""The demonstration's training: a course and a plan for each board, and an induction that is nearly done."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID, uuid4

from portal.boards import queries as boards
from portal.boards.models import Board
from portal.core import clock
from portal.core.calendar import moment
from portal.training.awareness import actions as awareness_actions
from portal.training.courses import actions as courses_actions
from portal.training.courses.rules import MARKDOWN
from portal.training.inductions import actions as inductions_actions
from portal.training.inductions import queries as inductions_queries
from portal.training.sessions import actions as sessions_actions

LOCAL_COURSE = {
    "title": "Who is who in the partnership",
    "why": "So that you know whom to ask about what",
    "minutes": 10,
    "how": "read",
    "for_whom": ["rep", "depute"],
    "is_required": True,
}


WHO_IS_WHO = """
**The chief officer** leads the services and answers to the board. Ask about what is planned, and why.

**The chief finance officer** looks after the money. Ask what a figure means, best before the meeting.

**The clerk** sends papers and writes minutes. Ask for papers in another form, or to put something on the agenda.

**Your engagement officer** supports you. Ask about expenses, replacement care, training, or anything else.

**The chair** leads the meeting. Tell the chair before it begins if there is something that you want to say.
"""


def fill(board: Board) -> None:
    courses_actions.add_course(board.id, LOCAL_COURSE, ("who-is-who.md", MARKDOWN, WHO_IS_WHO.encode()))
    inductions_actions.set_up_plan(board.id)


def induct(board: Board, rep_id: UUID, officer_id: UUID) -> None:
    """All but the last step of the rep's induction is done."""
    for one in inductions_queries.inductions_of_board(board.id):
        for task in one.tasks[:-1] if one.person_id == rep_id else ():
            inductions_actions.mark_done(one.appointment, UUID(task.key), officer_id)


def teach(board: Board, rep_id: UUID) -> None:
    """A session to book, one that is full, and Carer Awareness that the rep gave to other members."""
    for title, days, places in (("Reading papers", 17, 12), ("Finance for beginners", 31, 1)):
        day = clock.today() + timedelta(days=days)
        when = {"starts_at": moment(day, time(10)), "ends_at": moment(day, time(12, 30)), "places": places}
        where = {"title": title, "course_id": None, "place": "Library, Room 2", "link": ""}
        one = sessions_actions.arrange(uuid4(), board.id, {**when, **where})
    sessions_actions.book(one, rep_id, needs_care=False)
    groups = boards.groups(board.id)
    awareness_actions.count_other_members(board.id, {group.id: 16 - 3 * n for n, group in enumerate(groups)})
    held = {"held_on": clock.today() - timedelta(days=50), "minutes": 60, "others": "Northfirth Carers Centre"}
    awareness_actions.hold_awareness(uuid4(), board.id, held, [rep_id], {group.id: 5 for group in groups[:2]})
