"""The demonstration's roles: a national model, what each board made of it, who agreed, hours and a public profile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from portal.boards import actions as board_actions
from portal.boards import queries as boards
from portal.boards.models import Board
from portal.check_in import actions as check_ins
from portal.check_in.rules import Answers
from portal.core import clock
from portal.core.values import Typed
from portal.meetings import queries as meetings
from portal.meetings.models import Meeting
from portal.role_descriptions import actions
from portal.role_profiles import actions as profiles
from portal.role_profiles import queries as profile_queries
from portal.role_profiles.letters import actions as letters

MODEL: Typed = {
    "purpose": "Unpaid carers know what care at home really takes. A carer rep brings that to the table where plans "
    "are made, as an equal member.",
    "governance": "- Read the papers, and ask what a plan means for carers.\n"
    "- Say what you think, and help the board to decide well.\n- Keep to the code of conduct, and register interests.",
    "outside": "- Meet carers, and hear what matters to them.\n- Take part in working groups now and then.\n"
    "- Go to training that helps you.",
    "representing": "- Speak for **carers in general**, not only from your own life.\n"
    "- Tell carers what the board decided and why.\n- Stand by a decision once it is made.",
    "promises": ["induction", "mentor", "papers", "expenses", "care", "email"],
    "gives": "",
}
HOURS = {"board": 14, "spg": 8}
LOGGED = (
    (3, 90, "preparation"),
    (9, 45, "consulting"),
    (33, 180, "meeting"),
    (33, 60, "travel"),
    (40, 240, "preparation"),
)


def write_model() -> None:
    draft = actions.write_model(0, MODEL)
    actions.publish_model(draft, draft.version)


def write_roles(board: Board, officer: str, rep_id: UUID) -> None:
    """The board's first version, agreed to long ago, and a second one since; the planning group's waits for a yes."""
    for group in boards.groups(board.id):
        if group.kind in HOURS:
            words = {**MODEL, "hours_a_month": HOURS[group.kind], "contact": f"{officer}, 01632 960 101"}
            draft = actions.write_draft(group, 0, words)
            actions.publish(draft, draft.version)
            if group.kind == "board":
                actions.agree(draft, rep_id)
                more = {**words, "outside": words["outside"] + "\n- Visit one service a year.", "hours_a_month": 15}
                again = actions.write_draft(group, 0, more)
                actions.publish(again, again.version)


def log_hours(board: Board, rep_id: UUID) -> None:
    group = next(one for one in boards.groups(board.id) if one.kind == "board")
    for days_ago, minutes, kind in LOGGED:
        profiles.log_hours(rep_id, board.id, group.id, clock.today() - timedelta(days=days_ago), minutes, kind)


def open_to_the_public(board: Board, rep_id: UUID) -> None:
    """The rep shows something of themselves, and the board says who takes complaints."""
    about = "I looked after my husband for eleven years. Ask me about short breaks."
    profiles.show_publicly(board.id, rep_id, ("name", "groups", "contact"), about, b"")
    to = {"complaints_who": "The complaints team", "complaints_email": f"complaints@{board.key}.example"}
    if board.key == "northfirth":
        board_actions.change_settings(board, board.version, to)


def write_to_rep(board: Board, rep_id: UUID) -> None:
    """Somebody of the public has a question."""
    if shown := profile_queries.profile(board.id, rep_id):
        words = "I look after my sister. When will the board talk about short breaks again?"
        letters.confirm(letters.write_to_rep(shown, "Jean Orr", "jean.orr@mail.example", words))


def answer_check_in(board: Board, rep_id: UUID) -> None:
    """The rep comes to the later meeting by bus, needs somebody at home, and wants paper."""
    found: Sequence[Meeting] = meetings.planned_between(
        clock.today() + timedelta(days=30), clock.today() + timedelta(days=70)
    )
    for meeting in found:
        if meeting.board_id == board.id:
            needs = "Somebody at home from 9am to 1pm"
            answers = Answers("in_person", "different", needs, "bus", "home", "yes", "4 Shore Road\nNorthfirth", "")
            check_ins.answer(check_ins.check_in_of(meeting, rep_id), meeting, answers)
