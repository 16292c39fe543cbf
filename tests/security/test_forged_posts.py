"""Forged posts by the whole cast: no fault, no word of another board, no row of it changed, none by a refusal.

POSTS says how many (make test: 100; make test-soak: 2,000, on both databases).
"""

from __future__ import annotations

import os
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection

from tests.architecture.matrix import viewer_of
from tests.cast import Cast
from tests.security.forged import Attack, draw
from tests.security.found_forms import FoundForm, Senders, forms

POSTS = int(os.environ.get("POSTS", "100"))
pytestmark = pytest.mark.slow


@pytest.fixture
def attack(app: Flask, cast: Cast, visit: Any, rolled_back: Connection) -> Attack:
    return Attack(app, cast, visit, rolled_back)


@pytest.fixture
def found(app: Flask, cast: Cast, visit: Any) -> list[FoundForm]:
    """Every form with what its page shows to whom it is offered."""
    senders = Senders(app, cast, visit)
    return [senders.look(form) for form in forms(app, cast)]


def through(attack: Attack, found: list[FoundForm], posts: int, start: int = 0) -> list[str]:
    """What got through of so many forged posts."""
    every = (draw(number, found, attack.cast) for number in range(start, start + posts))
    return [f"{forged}\n  {fault}" for forged in every for fault in attack.faults_of(forged)]


def test_no_forged_post_gets_through(attack: Attack, found: list[FoundForm]) -> None:
    got_through = through(attack, found, POSTS)
    assert got_through == [], "\n".join(got_through)
    print(f"\n{POSTS} forged posts: {len(got_through)} got through")


def test_the_posts_are_of_every_kind(attack: Attack) -> None:
    """By strangers and by every role, about either board and about none, over every form."""
    found = list(forms(attack.app, attack.cast))
    every = [draw(number, found, attack.cast) for number in range(2000)]
    assert {one.form.endpoint for one in every} == {one.endpoint for one in found}
    assert {one.sender for one in every} == {"", *attack.cast.everyone()} - {"disabled"}
    assert {frozenset(one.about) for one in every} >= {frozenset(), frozenset({"northfirth"}), frozenset({"southmoor"})}
    roles = [one for one in every if one.sender and viewer_of(attack.app, attack.cast, one.sender)]
    assert len(roles) > 1500


def test_an_open_door_is_noticed(attack: Attack, found: list[FoundForm], monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: whoever holds a role on a board may do everything with what they can name."""
    from tests.security.test_guards_removed import without_guard

    for form in found:
        if attack._guarded(draw(0, [form], attack.cast)) and "<uuid:" in form.rule:
            view = attack.app.view_functions[form.endpoint]
            monkeypatch.setitem(attack.app.view_functions, form.endpoint, without_guard(view, attack.cast))
    seen = through(attack, found, 100)
    assert any("changed rows of" in one for one in seen)
    assert any("says CANARY" in one for one in seen)
