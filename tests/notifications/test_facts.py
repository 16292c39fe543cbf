"""The facts of each email, worked out from a real event of the cast, are all that its words need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, get_type_hints

import pytest
from flask import Flask
from jinja2 import StrictUndefined
from sqlalchemy import event, update

from portal.accounts.models import Person
from portal.boards.models import PaperTarget
from portal.capabilities import GATHERED
from portal.infra.database import db
from portal.infra.notification import AnyNotification, Reader, Recipient
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import NOW, Cast
from tests.notifications.happened import event_of
from tests.notifications.test_words import FACTS, MEETING

# Of the events of the cast: an officer can arrange, all were asked, the meeting is not soon, nobody downloaded a paper,
# a check-in is asked for once more, the role given is an officer's, and the correction is of nobody's own work.
NOBODY_TODAY = (
    "administrators_if_no_officer_can",
    "other_approvers_of_a_role",
    "those_still_asked",
    "those_whose_work_it_is",
    "who_is_asked_first",
    "reps_of_new_meeting_soon",
    "whoever_downloaded",
    "only_an_address",  # what goes to an address of the board alone
    "administrators_of_a_lesser_role",
)
BEFORE_JOINING = ("invitation", "reset-password", "letter-to-confirm")  # for people who cannot open their settings
REVIEWED = {**MEETING, **FACTS}
MADE_UP = ("papers-due", "stand-in")  # at the meeting of the cast nothing is missing, and no rep is a depute


def name_of(row: AnyNotification) -> str:
    return f"{row.event.__name__}, {row.email}"


@pytest.fixture
def _strict(app: Flask, work: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fact that is missing is an error; papers with ten days of notice are late."""
    monkeypatch.setattr(app.jinja_env, "undefined", StrictUndefined)
    db.session.execute(update(PaperTarget).where(PaperTarget.board_id == cast.northfirth.id).values(days=14))


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements sent to the database meanwhile."""
    found: list[str] = []

    def see(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", see)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", see)


@pytest.mark.usefixtures("_strict")
@pytest.mark.parametrize("row", GATHERED.emails, ids=name_of)
def test_each_email_is_written_from_the_facts_of_its_event(cast: Cast, row: AnyNotification) -> None:
    happened = event_of(row.event, cast.northfirth)
    facts = row.facts(happened)
    assert facts is not None, "the event of this test should have something to tell"
    for role in ("rep", "mentor", "officer"):
        person = db.session.get_one(Person, cast.northfirth.people[role])
        with statements() as sent:
            more = row.for_each(happened, facts, Reader(person.id, 3)) if row.for_each else {}
        assert sent == [], "what differs from reader to reader asks the database nothing"
        every = json.loads(json.dumps({**facts, **more}))
        to = {"to_address": "x@y.test"} if row.to_address else {"person": person}
        words = words_of(Email(template=row.email, facts=every, asked_at=NOW, **to))
        is_to_person = row.to_address is None and row.email not in BEFORE_JOINING
        if row.to_stranger:
            assert words.text.startswith("Hello,\n\n")
            assert person.name not in words.text
        else:
            assert words.text.startswith(f"Hello {person.called},\n\n") == (row.to_address is None)
        alike = [one for one in GATHERED.emails if one.email == row.email]
        comes_anyway = row.email != "daily" and all(one.always and one.at_once for one in alike)
        assert words.text.count("Too many emails, or too few?") == (is_to_person and not comes_anyway)
        assert "None" not in words.subject + words.text
        looks_reviewed(every)
        if row.when_sent and row.email not in MADE_UP:
            assert row.when_sent(every, 3) == every, "nothing has changed since"


def looks_reviewed(facts: dict[str, Any]) -> None:
    """The texts kept beside this file are made of the same facts."""
    assert facts.keys() <= REVIEWED.keys()
    for name, value in facts.items():
        if name != "depute":  # a name, or whether there is one
            assert type(value) is type(REVIEWED[name]), name
        if isinstance(value, list) and value and isinstance(value[0], dict):
            assert value[0].keys() == REVIEWED[name][0].keys()


@pytest.mark.usefixtures("_strict")
@pytest.mark.parametrize("row", GATHERED.emails, ids=name_of)
def test_whoever_hears_of_an_event_is_somebody(cast: Cast, row: AnyNotification) -> None:
    heard: list[Recipient] = row.who(event_of(row.event, cast.northfirth))
    people = {one.person_id for one in heard}
    assert bool(people) != (row.who.__name__ in NOBODY_TODAY)
    assert people <= set(cast.northfirth.people.values()) | {cast.person("both"), cast.person("coordinator")}
    assert len(people) == len(heard)


@pytest.mark.parametrize("row", GATHERED.emails, ids=name_of)
def test_the_functions_of_a_row_are_typed_by_their_event(row: AnyNotification) -> None:
    for function in (row.who, row.facts, row.for_each, row.to_address):
        if function is not None:
            hints = get_type_hints(function)
            assert len(hints) == function.__code__.co_argcount + 1, f"{function.__name__} says nothing of its types"
            assert Any not in hints.values(), f"{function.__name__} takes anything"


def test_the_daily_email_holds_the_whole_body_of_each(cast: Cast, work: Any) -> None:
    """Blank lines in what somebody typed, and even a greeting, are the email's own words."""
    rep = db.session.get_one(Person, cast.northfirth.people["rep"])
    waiting = db.session.get_one(Email, cast.northfirth.things["email_id"])
    waiting.facts = {**waiting.facts, "group": "Hello\n\nGroup\n\nBoard"}
    alone = words_of(waiting)
    body = alone.text.removeprefix(f"Hello {rep.called},\n\n").partition("\n\nThe clerks\n")[0]
    both = words_of(Email(template="daily", facts={"emails": [str(waiting.id)]}, person=rep, asked_at=NOW)).text
    assert f"\n\n{alone.subject}\n\n{body}\n\nThe Carer Rep Portal\n\nToo many emails" in both
    assert (both.count(f"Hello {rep.called}"), both.count("Too many emails")) == (1, 1)
    db.session.rollback()
