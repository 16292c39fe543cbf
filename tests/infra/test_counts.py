"""Counting in the database: what is full is full for every process, until its time is over, and names nobody."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from portal.core.budgets import Budget, seconds_until, wait_words
from portal.infra.database import db
from portal.infra.unit_of_work import abandon, unit_of_work
from portal.infra.web.counts import Count, Of, TooOften, give_back, keyed, remove_old, take, take_with_the_request
from portal.scheduler.run import do_chores
from tests.cast import NOW

pytestmark = pytest.mark.usefixtures("here")
TWO = Budget("two", 2, timedelta(hours=1))
TEN = Budget("ten", 10, timedelta(minutes=10))
ANN, BEN = Of(TWO, ("81.2.69.142",)), Of(TWO, ("89.160.20.112",))


@pytest.fixture
def here(app: Flask, rolled_back: Any) -> Any:
    with app.app_context():
        yield


def until(*budgets: Of) -> Any:
    with pytest.raises(TooOften) as refused:
        take(*budgets)
    return refused.value.until


def test_a_budget_is_used_up_and_comes_back_when_its_span_is_over(at: Any) -> None:
    take(ANN)
    at(NOW + timedelta(minutes=59))
    take(ANN)
    assert until(ANN) == NOW + timedelta(hours=1)
    take(BEN)
    at(NOW + timedelta(hours=1))
    take(ANN)
    take(ANN)
    assert until(ANN) == NOW + timedelta(hours=2)


def test_where_one_is_full_the_others_are_not_counted() -> None:
    ten = Of(TEN, ("x",))
    take(ANN, ten)
    take(ANN, ten)
    until(ANN, ten)
    assert db.session.scalar(select(Count.number).where(Count.key == ten.key)) == 2


def test_what_is_given_back_was_not_counted() -> None:
    for _ in range(5):
        take(ANN)
        give_back(ANN)
    take(ANN)
    take(ANN)
    until(ANN)


def test_what_is_counted_with_a_request_goes_with_it() -> None:
    for _ in range(3):
        take_with_the_request(ANN)
        abandon()
    with unit_of_work():
        take_with_the_request(ANN)
        take_with_the_request(ANN)
    with pytest.raises(TooOften), unit_of_work():
        take_with_the_request(ANN)


def test_a_clock_that_was_ahead_fills_no_budget(at: Any) -> None:
    take(ANN)
    row = db.session.get_one(Count, ANN.key)
    row.ends_at, row.number = NOW + timedelta(days=400), 2
    db.session.commit()
    take(ANN)
    take(ANN)
    until(ANN)


def test_no_address_lies_in_the_table_and_its_key_is_another_every_day(app: Flask, at: Any) -> None:
    take(ANN)
    kept = str(db.session.execute(text("SELECT * FROM counts ORDER BY key")).all())
    assert "81.2" not in kept
    today, key = ANN.key, app.config["PORTAL"].secret_key
    assert key not in kept
    at(NOW + timedelta(days=1))
    assert ANN.key != today
    at(NOW)
    assert ANN.key == today
    app.config["PORTAL"] = dataclasses.replace(before := app.config["PORTAL"], secret_keys=("another",))
    try:
        assert ANN.key != today, "whoever has the table has nothing without the key"
    finally:
        app.config["PORTAL"] = before
    assert keyed("a", "b") != keyed("ab")


def test_counts_that_are_over_go_with_the_next_minute_and_none_outlives_its_day(at: Any) -> None:
    a_day = Of(Budget("a day", 3, timedelta(days=1)), ("y",))
    take(ANN, a_day)

    def counted() -> int | None:
        return db.session.scalar(select(func.count()).select_from(Count))

    do_chores()
    assert counted() == 2
    at(NOW + timedelta(hours=1))
    do_chores()
    assert counted() == 1
    at((NOW + timedelta(days=1)).replace(hour=0, minute=0))
    do_chores()
    assert counted() == 0
    assert remove_old() == 0


def test_words_say_no_time_that_is_too_early() -> None:
    for seconds, words in ((0, "1 minute"), (1, "1 minute"), (60, "1 minute"), (60.2, "2 minutes"), (3660, "1 hour")):
        assert wait_words(NOW + timedelta(seconds=seconds), NOW).startswith(words)
    assert seconds_until(NOW + timedelta(seconds=1.5), NOW) == 2
    assert seconds_until(NOW - timedelta(seconds=9), NOW) == 1
