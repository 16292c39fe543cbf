"""A clock that jumped ahead and back: the operator is told, nobody is locked out, and nobody is let in by it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask

from portal.accounts import rules
from portal.accounts import second_factor as factors
from portal.accounts.models import Person
from portal.core import clock
from portal.infra import work
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from portal.infra.web.limits import has_room
from portal.infra.work import Work
from portal.scheduler import clock_watch
from tests.cast import Cast

A_YEAR = timedelta(days=365)


@pytest.fixture
def back(app: Flask, rolled_back: Any, at: Any) -> Any:
    """`with back(): …` happens while the clock is a year ahead; afterwards it is right again."""

    @contextmanager
    def ahead() -> Any:
        now = clock.now()
        at(now + A_YEAR)
        with app.app_context():
            yield
        at(now)

    return ahead


def test_tries_of_a_clock_that_was_ahead_lock_nobody_out(app: Flask, back: Any) -> None:
    with back():
        assert [has_room("3 per 5 minutes", "tried") for _ in range(4)] == [True, True, True, False]
    with app.app_context():
        assert [has_room("3 per 5 minutes", "tried") for _ in range(4)] == [True, True, True, False]


def test_a_code_that_was_used_while_the_clock_was_ahead_locks_nobody_out(app: Flask, cast: Cast, back: Any) -> None:
    secret = pyotp.random_base32()

    def use() -> bool:
        with unit_of_work():
            person = db.session.get_one(Person, cast.person("northfirth.clerk"))
            person.totp = secret
            db.session.flush()
            return factors._use_code(person, pyotp.TOTP(secret).at(clock.now()))

    with back():
        assert use()
    with app.app_context():
        assert use(), "the step of a year ahead is none to wait for"
        assert not use(), "and a code works once"


@pytest.mark.parametrize(
    "lets_in",
    [
        lambda then, now: rules.is_link_usable(rules.SIGN_IN, then, None, now),
        lambda then, now: rules.is_session_alive(then, then, now, timedelta(hours=12), timedelta(days=7)),
        lambda then, now: rules.is_fresh(then, now),
        lambda then, now: rules.may_set_up_factor(then, then, now),
    ],
)
def test_what_began_while_the_clock_was_ahead_lets_nobody_in_for_a_year(lets_in: Any) -> None:
    now = clock.now()
    assert lets_in(now, now)
    assert lets_in(now + timedelta(seconds=30), now), "clocks of two machines differ a little"
    assert not lets_in(now + A_YEAR, now)


@pytest.mark.parametrize("jump", [timedelta(days=400), timedelta(days=-400), timedelta(minutes=-3)])
def test_a_clock_that_jumps_is_an_alarm_once(
    app: Flask, rolled_back: Any, at: Any, monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    said: list[tuple[str, int]] = []
    monkeypatch.setattr(clock_watch, "alarm", lambda kind, count: said.append((kind, count)))
    clock_watch.forget()
    now = clock.now()
    with app.app_context():
        for moment in (now, now + timedelta(seconds=1), now + jump, now + jump + timedelta(seconds=1)):
            at(moment)
            clock_watch.look_at_clock()
    clock_watch.forget()
    assert [kind for kind, _ in said] == ["the clock jumped ahead" if jump > timedelta() else "the clock jumped back"]


def test_work_that_was_taken_while_the_clock_was_ahead_goes_on(app: Flask, back: Any, at: Any) -> None:
    clock_watch.forget()
    with app.app_context():
        with unit_of_work():
            while piece := work.next_piece():
                work.done(piece)
            work.ask_for("build-pack", pack_id="00000000-0000-0000-0000-000000000001")
            waits = Work(kind="remove-file", arguments={"key": "x"}, asked_at=clock.now())
            waits.not_before = clock.now() + 2 * A_YEAR
            db.session.add(waits)
        meant = waits.not_before
    with back():
        with unit_of_work():
            assert work.next_piece()  # and whoever took it dies
            work.ask_for("build-pack", pack_id="00000000-0000-0000-0000-000000000002")
        clock_watch.look_at_clock()
    with app.app_context():
        clock_watch.look_at_clock()
        with unit_of_work():
            assert work.next_piece()
            assert work.next_piece()
            assert work.next_piece() is None
            assert db.session.get_one(Work, waits.id).not_before == meant, "what is to wait does"
    clock_watch.forget()


@pytest.mark.parametrize(
    ("broken", "by", "test"),
    [
        (
            "portal.infra.web.limits.clock.AHEAD",
            timedelta(days=900),
            test_tries_of_a_clock_that_was_ahead_lock_nobody_out,
        ),
    ],
)
def test_counting_what_is_to_come_would_be_noticed(
    app: Flask, back: Any, monkeypatch: pytest.MonkeyPatch, broken: str, by: Any, test: Any
) -> None:
    monkeypatch.setattr(broken, by)
    with pytest.raises(AssertionError):
        test(app, back)


def test_remembering_a_step_for_ever_would_be_noticed(
    app: Flask, cast: Cast, back: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(factors, "STEPS_AHEAD", 10**9)
    with pytest.raises(AssertionError):
        test_a_code_that_was_used_while_the_clock_was_ahead_locks_nobody_out(app, cast, back)
