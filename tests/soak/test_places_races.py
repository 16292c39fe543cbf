"""Two at once: no mentor gets more people than they can take, no session more than its places, no seat two reps."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.boards import actions as boards
from portal.boards import queries as board_queries
from portal.boards.people import importing as people_importing
from portal.boards.seats import actions as seats_actions
from portal.boards.seats import queries as seats_queries
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.mentoring.matching import actions as matching_actions
from portal.mentoring.matching import queries as matching_queries
from portal.mentoring.models import Mentor, MentorRequest
from portal.mentoring.pairs import actions as mentoring
from portal.training.models import TrainingSession
from portal.training.sessions import actions as sessions_actions
from portal.training.sessions import queries as sessions_queries
from tests.cast import NOW, Cast
from tests.soak.test_claim_races import in_a_transaction, won
from tests.soak.test_races import AT_ONCE, all_at_once, filled

__all__ = ["filled"]  # the fixture of the other races
RACES = int(os.environ.get("RACES", "12"))
pytestmark = [pytest.mark.slow, pytest.mark.races]


def test_a_mentor_is_not_given_more_than_their_number(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    board, people, mentor_id = cast.northfirth.id, cast.northfirth.people, cast.northfirth.things["mentor_id"]
    with app.app_context(), unit_of_work():
        mentor = db.session.get_one(Mentor, mentor_id)
        mentor.most = 2  # one pair runs
        wanted = [
            mentoring.ask_for_mentor(board, people[who], people[who], [], "").id for who in ("depute", "clerk", "admin")
        ]
    for _ in range(RACES):
        waiting, lock = list(wanted), threading.Lock()

        def propose(waiting: list[UUID] = waiting, lock: threading.Lock = lock) -> None:
            with lock:
                mine = waiting.pop() if waiting else wanted[0]
            matching_actions.propose(db.session.get_one(MentorRequest, mine), mentor_id, people["officer"])

        assert won(all_at_once(app, in_a_transaction(propose))) == 1
        with app.app_context(), unit_of_work():
            for pair in matching_queries.proposed_for(board).values():
                mentoring.say_no(mentoring.Side(pair, people["mentor"]))


def test_a_session_has_no_more_people_than_places(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    board, everybody = cast.northfirth.id, list(cast.northfirth.people.values())
    for number in range(RACES):
        begins = NOW + timedelta(days=number + 1)
        typed = {
            "title": "Race",
            "starts_at": begins,
            "ends_at": begins + timedelta(hours=1),
            "place": "x",
            "places": 1,
        }
        with app.app_context(), unit_of_work():
            key = sessions_actions.arrange(uuid4(), board, typed).id
        waiting, lock = list(everybody), threading.Lock()

        def book(key: UUID = key, waiting: list[UUID] = waiting, lock: threading.Lock = lock) -> None:
            with lock:
                mine = waiting.pop()
            sessions_actions.book(db.session.get_one(TrainingSession, key), mine, needs_care=False)

        all_at_once(app, in_a_transaction(book))
        with app.app_context():
            assert sessions_queries.taken([key])[key] == 1


def test_of_lists_brought_in_at_once_one_gets_the_seat_and_the_others_are_told(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    key = cast.northfirth.id
    for number in range(RACES):
        with app.app_context(), unit_of_work():
            committee = boards.create_group(board_queries.board_by_id(key), f"Committee {number}", "audit")
            seat_id = seats_actions.create_seat(committee, "Only seat", NOW.date()).id
        waiting, lock = list(range(AT_ONCE)), threading.Lock()

        def bring_in(number: int = number, waiting: list[int] = waiting, lock: threading.Lock = lock) -> str:
            with lock:
                mine = waiting.pop()
            who = {"name": "Racer", "email": f"r{number}-{mine}@race.test", "role": "rep", "until": "1/3/2027"}
            row = {**who, "group": f"Committee {number}"}
            with unit_of_work():
                [checked] = people_importing.import_people(board_queries.board_by_id(key), [row])
            return " ".join(checked.problems)

        told = all_at_once(app, bring_in)
        assert sorted(map(str, told))[0] == ""
        assert {str(one).partition(" from ")[0] for one in told if one} == {f"Committee {number} has no seat free"}
        assert told.count("") == 1
        with app.app_context():
            assert len(seats_queries.terms_of_seat(key, seat_id)) == 1
