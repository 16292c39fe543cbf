"""The demonstration's mentoring: a pair that meets, somebody who waits, and a support meeting with points."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import UUID, uuid4

from portal.accounts.models import Person
from portal.boards.models import Board
from portal.core import clock
from portal.core.calendar import moment
from portal.demonstration.moments import at
from portal.infra.database import db
from portal.meetings import queries as meetings
from portal.mentoring.kept import actions as kept
from portal.mentoring.matching import actions as matching_actions
from portal.mentoring.models import Pair
from portal.mentoring.pairs import actions as pairs_actions
from portal.mentoring.pairs.queries import Side
from portal.support_meetings import actions as support_meetings

OFFER = {
    "offers": "I was a carer rep for six years. Reading papers, and keeping calm",
    "place": "Northfirth town",
    "ways": ["phone", "in_person"],
    "most": 3,
    "is_on_hold": False,
}
MET = (
    (40, 50, ["papers", "next_meeting"], "Read the budget paper together"),
    (12, 35, ["speaking"], "Ask one question"),
)


def fill(board: Board, rep_id: UUID, depute_id: UUID, mentor_id: UUID, officer_id: UUID) -> None:
    """The rep's pair began ten weeks ago and has met twice; the depute waits for a mentor."""
    someone = db.session.get_one(Person, mentor_id)
    with at(clock.now() - timedelta(days=70)):
        mentor = matching_actions.add_mentor(board, someone.name, someone.email, "rep", OFFER)
        wanted = pairs_actions.ask_for_mentor(
            board.id, rep_id, rep_id, ["phone"], "Long papers, and speaking in public"
        )
        pair = matching_actions.propose(wanted, mentor.id, officer_id)
        for person_id in (rep_id, mentor_id):
            pairs_actions.say_yes(Side(pair, person_id))
    _meet(pair, rep_id)
    wish = "I would like to hear how others keep up with the reading"
    pairs_actions.ask_for_mentor(board.id, depute_id, depute_id, ["phone", "online"], wish)


def _meet(pair: Pair, rep_id: UUID) -> None:
    side, today = Side(pair, rep_id), clock.today()
    plan = {"aims": ["papers", "speaking"], "every_weeks": 4, "next_on": None, "until_on": today + timedelta(days=200)}
    pairs_actions.plan(side, pair.version, plan, "")
    for days, minutes, topics, next_step in MET:
        with at(clock.now() - timedelta(days=days)):
            met = {"held_on": clock.today(), "minutes": minutes, "way": "phone", "topics": topics}
            kept.keep_session(uuid4(), side, met, next_step, None)
    pair.next_on = today + timedelta(days=9)
    kept.keep_note(uuid4(), side, True, "Agnes reads the summary first, then only what touches carers.")
    kept.keep_note(uuid4(), side, False, "I am still nervous when the finance officer speaks.")


def support(board: Board, rep_id: UUID) -> None:
    """A support meeting four days before the next meeting of the board, and two points for it."""
    today = clock.today()
    ahead = meetings.planned_between(today + timedelta(days=10), today + timedelta(days=200))
    meeting = next(one for one in ahead if one.board_id == board.id)
    starts_at = moment(meeting.meets_on - timedelta(days=4), time(14))
    support_meetings.set_support(meeting, 1, starts_at, "Carers Centre, Harbour Street", "")
    item = next((one for one in meetings.items(meeting.id) if one.published_at), None)
    of_item = item.id if item else None
    support_meetings.keep_point(uuid4(), meeting, rep_id, of_item, True, "What does this mean for short breaks?")
    support_meetings.keep_point(uuid4(), meeting, rep_id, None, False, "Ask for the papers to come a day earlier.")
