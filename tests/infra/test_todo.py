"""What each capability wants of people is asked for at once, and comes by name."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from portal.infra.wanted import read, wants
from sqlalchemy import Select, literal


def wanted(name: str, label: str) -> Select[Any]:
    return wants("kind", literal(uuid4()), literal(uuid4()), name=literal(name), label=literal(label))


def test_what_is_wanted_comes_by_name_and_then_by_what_it_is(work: Any, dialect: str) -> None:
    with work():
        found = read([wanted("Zoe", "Budgets"), wanted("Ann", "Chairing"), wanted("Ann", "Budgets")])
    assert [(one.name, one.label) for one in found] == [("Ann", "Budgets"), ("Ann", "Chairing"), ("Zoe", "Budgets")]


def test_nothing_is_asked_for_where_nothing_is_wanted() -> None:
    assert read([]) == []
