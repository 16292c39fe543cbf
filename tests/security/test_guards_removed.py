"""Negative controls: each guard is taken away in turn, and the matrix must notice. A test that cannot fail is none."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, abort
from sqlalchemy import Connection

from config import Config
from portal.access.permissions import ALL, TABLE
from portal.access.roles import ROLES, Viewer
from portal.app import create_app
from portal.infra.guard import guard_of
from portal.infra.sight import Sight
from tests.access import test_inside_pages as inside
from tests.architecture import test_matrix as by_hand
from tests.architecture.matrix import Matrix, cases
from tests.cast import Cast
from tests.sample import some

WATCHERS = ("", "southmoor.clerk", "northfirth.approver", "northfirth.rep", "nobody")
pytestmark = pytest.mark.slow


def _guarded_endpoints() -> list[str]:
    app = create_app(
        Config(environment="test", database_url="sqlite://", files_url="memory:///", base_url="http://localhost")
    )
    open_to_all = ("public", "awaiting second factor")
    return sorted(
        {e for e in app.view_functions if guard_of(app, e) not in open_to_all and "link" not in guard_of(app, e)}
    )


@pytest.fixture
def matrix(app: Flask, cast: Cast, visit: Any, rolled_back: Connection) -> Matrix:
    return Matrix(app, cast, visit, rolled_back)


def all_seeing(cast: Cast) -> Viewer:
    roles = frozenset((role, board.id) for role in ROLES for board in cast.boards)
    groups = frozenset(board.things["group_id"] for board in cast.boards)
    return Viewer(cast.person("both"), roles=roles, groups=groups)


def without_guard(view: Callable[..., Any], cast: Cast) -> Callable[..., Any]:
    """The view with its thing loaded for somebody who sees everything, and nobody asked who they are."""
    load, inner = inspect.getclosurevars(view).nonlocals["load"], inspect.unwrap(view)
    if load is None:
        return inner
    return lambda **in_url: inner(load.find(Sight(all_seeing(cast), load.sight), **in_url) or abort(404))


HARMLESS = {
    "corrections.own": "the view itself asks who is signed in, and shows what is theirs",
    "home.choose_capacity": "the view itself asks who is signed in, and shows the roles that are theirs",
    "papers.pack": "the view itself finds no paper that this person may read, and so no pack",
    "boards.offers": "the view itself asks who is signed in, and shows what is offered to them",
    "accounts.carry_on": "the view itself asks who is signed in, and offers them what is theirs",
}


@pytest.mark.parametrize("endpoint", some(sorted(set(_guarded_endpoints()) - set(HARMLESS)), one_in=10))
def test_a_route_without_its_guard_is_noticed(matrix: Matrix, monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    expectations = {name: matrix.expectations(name, cases(matrix.app, matrix.cast, [endpoint])) for name in WATCHERS}
    view = matrix.app.view_functions[endpoint]
    monkeypatch.setitem(matrix.app.view_functions, endpoint, without_guard(view, matrix.cast))
    assert any(True for name, wanted in expectations.items() for _ in matrix.faults(name, wanted))


INSIDE_A_PAGE = {  # no route asks for these, so the test written by hand must notice
    "attendance:read": by_hand.test_who_sees_who_is_coming_by_hand,
    "papers:restricted": by_hand.test_who_reads_restricted_papers_by_hand,
    "emails:of_reps": inside.test_who_sees_which_emails_were_sent_to_reps,
    "mentors:ask": inside.test_who_asks_for_a_mentor,
    "claims:for_meeting": inside.test_for_which_meetings_one_claims,
    "induction:reps_steps": inside.test_who_marks_which_step_of_an_induction,
    "induction:clerks_steps": inside.test_who_marks_which_step_of_an_induction,
    "induction:officers_steps": inside.test_who_marks_which_step_of_an_induction,
}


@pytest.mark.parametrize("permission", sorted(INSIDE_A_PAGE))
def test_a_permission_inside_a_page_given_to_everybody_is_noticed(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, permission: str
) -> None:
    monkeypatch.setitem(TABLE, permission, dict.fromkeys(ROLES, ALL))
    with pytest.raises(AssertionError):
        INSIDE_A_PAGE[permission](matrix.visit, matrix.cast)


BEHIND_ANOTHER = {  # given to everybody it opens nothing, as nobody new sees the thing
    "account:own": "everybody's already",
    "training:confirm": "whoever reads training that is not their own is an officer, and may confirm it",
}


@pytest.mark.long
@pytest.mark.same_anywhere
@pytest.mark.parametrize("permission", sorted(set(TABLE) - set(BEHIND_ANOTHER) - set(INSIDE_A_PAGE)))
def test_a_permission_given_to_everybody_is_noticed(
    matrix: Matrix, monkeypatch: pytest.MonkeyPatch, permission: str
) -> None:
    """All cells of one row say 'all': what was expected was worked out before."""
    expectations = {name: matrix.expectations(name, cases(matrix.app, matrix.cast)) for name in WATCHERS[1:]}
    monkeypatch.setitem(TABLE, permission, dict.fromkeys(ROLES, ALL))
    assert any(True for name, wanted in expectations.items() for _ in matrix.faults(name, wanted))


def test_the_list_of_controls_is_as_long_as_the_list_of_guards(app: Flask) -> None:
    guarded = {case.endpoint for case in cases(app, _no_cast())}
    assert guarded == set(_guarded_endpoints())


def _no_cast() -> Any:
    from tests.cast import BoardCast

    return type("NoCast", (), {"boards": (BoardCast("northfirth", ""),)})()
