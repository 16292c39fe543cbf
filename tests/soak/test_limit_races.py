"""Many at once, in processes that know nothing of each other: no more than there is room for, and no less."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal.accounts import pauses, rules
from portal.core import clock
from portal.core.budgets import Budget
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web import counts
from portal.infra.web.counts import Count, Of, TooOften, take, take_with_the_request
from portal.role_profiles.letters import actions as letters
from portal.role_profiles.letters import queries as letter_queries
from portal.role_profiles.models import ProfileMessage
from tests.cast import Cast, anywhere
from tests.soak.test_races import AT_ONCE, all_at_once, filled

__all__ = ["filled"]  # the fixture of the other races
pytestmark = [pytest.mark.slow, pytest.mark.races]
FIVE = Budget("a race", 5, timedelta(hours=1))


def counted(results: list[Any]) -> tuple[int, int]:
    """How many found room, and how many did not; nothing else may come of it."""
    refused = [one for one in results if isinstance(one, TooOften)]
    assert len(refused) + results.count("room") == len(results), results
    return results.count("room"), len(refused)


def assert_five_find_room(app: Flask, whose: str) -> None:
    def take_one() -> str:
        take(Of(FIVE, (whose,)), Of(FIVE, (f"{whose} too",)))
        return "room"

    assert counted(all_at_once(app, take_one)) == (5, AT_ONCE - 5)


def test_of_many_at_once_exactly_so_many_find_room(filled: tuple[Flask, Cast]) -> None:
    app, _ = filled
    assert_five_find_room(app, "apart")


def test_of_many_at_once_that_count_with_their_work_exactly_so_many_find_room(filled: tuple[Flask, Cast]) -> None:
    app, _ = filled

    def take_one() -> str:
        with unit_of_work():
            take_with_the_request(Of(FIVE, ("with work",)))
        return "room"

    assert counted(all_at_once(app, take_one)) == (5, AT_ONCE - 5)


def test_looking_before_counting_would_be_noticed(filled: tuple[Flask, Cast], monkeypatch: pytest.MonkeyPatch) -> None:
    """Many look at once, all find room, and all count themselves."""
    app, _ = filled
    count = counts._count

    def careless(session: Session, one: Of) -> None:
        budget = Budget(one.budget.name, 10**6, one.budget.span)
        found = session.scalar(select(Count.number).where(Count.key == one.key)) or 0
        count(session, Of(budget, one.whose))
        barely = update(Count).where(Count.key == one.key)  # two that read the same write the same
        session.execute(barely.values(number=found + 1).execution_options(synchronize_session=False))
        if found >= one.budget.most * 2:
            raise TooOften(clock.now())

    monkeypatch.setattr(counts, "_count", careless)
    with pytest.raises(AssertionError):
        assert_five_find_room(app, "careless")


def test_of_many_codes_at_once_five_are_looked_at(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    person_id = cast.southmoor.people["officer"]

    def count_one() -> str:
        pauses.count_code(person_id, "strangers")
        return "room"

    assert counted(all_at_once(app, count_one)) == (rules.FREE_CODES, AT_ONCE - rules.FREE_CODES)


def test_a_letter_that_is_confirmed_many_times_at_once_is_given_once(filled: tuple[Flask, Cast]) -> None:
    app, cast = filled
    letter_id = cast.southmoor.things["letter_id"]
    mine = ProfileMessage.person_id == cast.southmoor.people["rep"]

    def confirm() -> str:
        with unit_of_work():
            letter = letter_queries.letter(letter_id)
            if letter is None:
                raise letters.LetterGone
            letters.confirm(letter)
        return "given"

    results = all_at_once(app, confirm)
    assert results.count("given") == 1, results
    with app.app_context():
        assert db.session.scalar(anywhere(select(func.count(ProfileMessage.id)).where(mine))) == 1
