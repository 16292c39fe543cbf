"""Whoever is a second person owes their role to the first neither directly nor through others, nor the first theirs."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal.access.roles import CLERK
from portal.boards.independence import queries
from portal.boards.independence.rules import CLOSE, brought_in, independent, not_independent_of, why_not
from portal.boards.models import Board, StaffRole
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import unit_of_work
from tests.cast import NOW, Cast, person

A, B, C, D = (UUID(int=number) for number in range(1, 5))
LINE = {B: {A: NOW}, C: {B: NOW}}  # A brought in B, and B brought in C


def test_the_chain_is_followed_both_ways() -> None:
    assert brought_in(A, B, LINE)
    assert brought_in(A, C, LINE)
    assert not brought_in(C, A, LINE)
    assert not independent(A, C, LINE)
    assert not independent(C, A, LINE), "whoever brought somebody in can use them as the first as well"
    assert independent(A, D, LINE)
    assert independent(B, D, {B: {A: NOW}, D: {A: NOW}}), "two whom one administrator invited"
    assert not independent(A, A, {}), "nobody is a second to themselves"
    assert not brought_in(D, A, {A: {B: NOW}, B: {A: NOW}}), "a ring ends"
    assert not_independent_of(B, LINE) == {A, B, C}
    assert not_independent_of(D, LINE) == {D}


def test_it_is_said_why() -> None:
    assert why_not(A, B, LINE) == "you gave them their role on 3 March 2026"
    assert why_not(A, C, LINE) == "someone you gave a role gave them theirs"
    assert why_not(B, A, LINE) == "they gave you your role on 3 March 2026"
    assert why_not(C, A, LINE) == "someone they gave a role gave you yours"
    assert why_not(A, D, LINE) == ""


@pytest.mark.parametrize("seed", range(4))
def test_the_rule_and_its_statement_say_the_same(app: Flask, cast: Cast, rolled_back: Any, seed: int) -> None:
    """Of some people who brought in each other as it happens, now and more than a year ago, here and elsewhere."""
    random = Random(seed)  # noqa: S311 - nothing is secret
    north, south = cast.northfirth.id, cast.southmoor.id
    with app.app_context(), unit_of_work():
        people = [person(f"p{number}@x.test", f"Person {number}").id for number in range(6)]
        for _ in range(12):
            one, by = random.sample(people, 2)
            at = NOW - random.choice([timedelta(), CLOSE - timedelta(seconds=1), CLOSE])
            held = StaffRole(id=uuid4(), board_id=random.choice([north, north, south]), person_id=one, role=CLERK)
            held.from_on, held.made_by_id, held.made_at = at.date(), by, at
            db.session.add(held)
    with app.app_context():
        made_by, seen = queries.made_by(north), set()
        for first, second in permutations(people, 2):
            for rule, said in ((brought_in, queries.brought_in), (independent, queries.independent)):
                where = said(Board.id, first, second, clock.now())
                found = db.session.scalar(select(Board.id).where(Board.id == north, where)) is not None
                assert found == rule(first, second, made_by), (rule.__name__, first, second, made_by)
                seen.add((rule.__name__, found))
    assert len(seen) == 4, "each is found true and false"
