"""Two at once: a mentor is never given more people than they can take, nor a session more than its places."""

from __future__ import annotations

import os
import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.mentoring import actions as mentoring
from portal.mentoring import matching, matching_queries
from portal.mentoring.models import Mentor, MentorRequest
from portal.training import session_queries, sessions
from portal.training.models import TrainingSession
from tests.cast import NOW, Cast
from tests.soak.test_claim_races import in_a_transaction, won
from tests.soak.test_races import all_at_once, filled

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
            matching.propose(db.session.get_one(MentorRequest, mine), mentor_id, people["officer"])

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
            key = sessions.arrange(uuid4(), board, typed).id
        waiting, lock = list(everybody), threading.Lock()

        def book(key: UUID = key, waiting: list[UUID] = waiting, lock: threading.Lock = lock) -> None:
            with lock:
                mine = waiting.pop()
            sessions.book(db.session.get_one(TrainingSession, key), mine, needs_care=False)

        all_at_once(app, in_a_transaction(book))
        with app.app_context():
            assert session_queries.taken([key])[key] == 1
