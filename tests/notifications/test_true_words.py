"""Emails that are held say what is so on the day they go, and of one thing they speak in the singular."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import Person
from portal.accounts.rules import DAILY
from portal.boards.emails import ended_when_sent
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.notifications.models import Email
from portal.notifications.render import words_of
from portal.papers.preparing.rules import last_working_day_words
from portal.scheduler.run import do_what_is_due
from portal.training.emails import step_when_sent
from portal.training.inductions import actions as inductions
from portal.training.inductions import queries as inductions_queries
from tests.cast import NOW, TODAY, Cast, anywhere
from tests.notifications.test_words import FACTS, MEETING, PAPER
from tests.replacement_care.asking import ARRANGE, asked, do
from tests.training.test_pages import appoint, mails


def email(template: str, **facts: Any) -> Email:
    reader = Person(name="Ann Reader", email="ann@x.test", password_hash="x", joined_at=NOW)
    return Email(template=template, person=reader, facts={**MEETING, **FACTS, **facts}, asked_at=NOW)


@pytest.fixture
def step(app: Flask, cast: Cast, rolled_back: Any, at: Any) -> Email:
    """An email about an induction step on the day it is due, to whoever reads their emails a day later."""
    appoint(app, cast)
    with app.app_context(), unit_of_work():
        db.session.get_one(Person, cast.northfirth.people["officer"]).emails_wanted = DAILY
    at(datetime(2026, 3, 10, 9, 0, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
    [one] = [one for one in mails(app, "induction-step") if one.person_id == cast.northfirth.people["officer"]]
    assert one.status == "held"
    return one


def test_a_step_was_due_once_its_day_is_over(app: Flask, step: Email, at: Any) -> None:
    with app.app_context():
        assert "is due by Tuesday 10 March 2026: Meet" in words_of(step).text
        assert step_when_sent(step.facts, 2) == step.facts, "as it was on the day"
        at(datetime(2026, 3, 11, 7, 0, tzinfo=UTC))
        found = step_when_sent(step.facts, 2)
        assert isinstance(found, dict)
        words = words_of(Email(template=step.template, person=step.person, facts=found, asked_at=step.asked_at))
        assert "was due by Tuesday 10 March 2026: Meet" in words.text
        assert words.subject.startswith("Was due by 10 March: ")
        assert step_when_sent({"step": "written before"}, 2) == {"step": "written before"}


def test_a_step_that_is_done_by_then_is_not_asked_for(app: Flask, cast: Cast, step: Email) -> None:
    with app.app_context(), unit_of_work():
        [one] = [one for one in inductions_queries.inductions_of_board(cast.northfirth.id) if one.recorded_on is None][
            :1
        ]
        task = next(task for task in one.tasks if task.title == step.facts["step"])
        inductions.mark_done(one.appointment, UUID(task.key), cast.northfirth.people["officer"])
    with app.app_context():
        assert step_when_sent(step.facts, 2) == "the step was done"


def test_an_appointment_has_ended_once_its_last_day_is_over(at: Any) -> None:
    facts = {"until_on": TODAY.isoformat(), "is_over": False}
    assert ended_when_sent(facts, 2) == facts
    at(NOW + timedelta(days=1))
    assert ended_when_sent(facts, 2) == {**facts, "is_over": True}


@pytest.mark.parametrize(("papers", "words"), [(1, "was published"), (2, "were published")])
def test_one_late_paper_was_published_and_two_were(app: Flask, papers: int, words: str) -> None:
    with app.app_context():
        assert words in words_of(email("late-papers", papers=[{**PAPER, "days": 5}] * papers)).text


def test_the_email_about_care_that_is_over_says_which_and_not_what_was_typed(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any, at: Any
) -> None:
    care = asked(app, visit, cast, title="Carers week", once=str(uuid4()))
    do(visit("northfirth.officer"), care, "arrange", 1, **ARRANGE)
    at(datetime(2026, 3, 21, 9, 0, tzinfo=UTC))
    with app.app_context():
        do_what_is_due()
        found = db.session.scalars(anywhere(select(Email).where(Email.template == "care-to-tell"))).unique()
        [one] = [one for one in found if one.person_id == cast.northfirth.people["rep"]]
        assert words_of(one).subject == "Did your care on Friday 20 March happen?"
        assert "You asked for replacement care on Friday 20 March." in words_of(one).text
        assert "Carers week" not in words_of(one).text


@pytest.mark.parametrize(
    ("target", "today", "words"),
    [
        (date(2026, 11, 29), date(2026, 11, 27), ". Last working day: Friday 27 November"),
        (date(2026, 11, 29), date(2026, 11, 28), ""),
        (date(2026, 11, 27), date(2026, 11, 20), ""),
    ],
)
def test_papers_due_on_a_day_off_have_a_last_working_day(target: date, today: date, words: str) -> None:
    assert last_working_day_words(target, today) == words
