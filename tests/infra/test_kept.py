"""A statement that is kept holds nobody's ids and no day: who asks, and when, is put in each time it runs."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import ColumnElement, and_, column, false, not_, or_, select, true
from sqlalchemy.exc import StatementError

from portal.access.decide import reach
from portal.access.permissions import CARE_READ, DESK_READ, PAPERS_READ, TABLE
from portal.access.roles import ANYONE, CLERK, COORDINATOR, OFFICER, REP, ROLES, Viewer
from portal.accounts.models import Person
from portal.boards.models import Appointment
from portal.expenses.models import Claim
from portal.infra.database import Model, db
from portal.infra.kept import Asking, Whoever, finds_nothing, within_reach
from portal.meetings.models import Meeting
from portal.papers.models import Paper

HERE, THERE, ANN = UUID(int=1), UUID(int=2), UUID(int=9)
TODAY, NOW = date(2026, 3, 3), datetime(2026, 3, 3, 10, tzinfo=UTC)
SOMETHING = column("x") == 1
ids = (UUID(int=number) for number in range(100, 999))


def viewer(*roles: str, **more: Any) -> Viewer:
    """Somebody who holds these roles on a board or two of their own."""
    boards = [(role, next(ids)) for role in roles if role not in (ANYONE, COORDINATOR) for _ in range(2)]
    everywhere = [(role, None) for role in roles if role == COORDINATOR]
    return Viewer(next(ids), roles=frozenset([*boards, *everywhere]), **more)


PEOPLE = [
    *(viewer(role) for role in ROLES),
    viewer(REP, groups=frozenset({next(ids), next(ids)}), meetings=frozenset({next(ids)})),
    viewer(REP, groups=frozenset({next(ids)})),
    viewer(REP, meetings=frozenset({next(ids)})),
    viewer(REP, OFFICER, CLERK, groups=frozenset({next(ids)}), meetings=frozenset({next(ids)})),
    viewer(*ROLES, groups=frozenset({next(ids)}), meetings=frozenset({next(ids)})),
]


def given(clause: ColumnElement[bool]) -> list[Any]:
    """What the parameters of a clause hold, in their order."""
    return list(clause.compile().params.values())


def put_in(clause: ColumnElement[bool], who: Whoever, asking: Asking) -> list[Any]:
    """What the parameters of a clause that is kept are given."""
    return [who.values[name](asking) for name in clause.compile().params]


@pytest.mark.parametrize("model", [Appointment, Claim, Meeting, Paper, Person])
def test_the_reach_of_everybody_is_the_same_in_what_is_kept(model: type[Model]) -> None:
    for person in PEOPLE:
        for permission in TABLE:
            who, asking = Whoever(person.without_ids()), Asking(person, TODAY, NOW)
            usual, kept = within_reach(person, permission, model), who.within(permission, model)
            assert str(usual).count("IN") == str(kept).count("IN"), (person, permission)
            assert list(map(flat, given(usual))) == list(map(flat, put_in(kept, who, asking))), (person, permission)
            assert finds_nothing(usual) == finds_nothing(kept)
            assert (who.may(permission) is not false()) == bool(reach(person, permission))


def flat(value: Any) -> Any:
    return sorted(value) if isinstance(value, list | frozenset | set | tuple) else value


def test_those_who_are_alike_hold_the_same_roles_and_sit_somewhere() -> None:
    officer, seated = Viewer(ANN, roles=frozenset({(OFFICER, HERE)})), frozenset({HERE})
    assert officer.without_ids() == Viewer(HERE, roles=frozenset({(OFFICER, THERE), (OFFICER, HERE)})).without_ids()
    others = [
        Viewer(ANN),
        Viewer(ANN, roles=frozenset({(CLERK, HERE)})),
        Viewer(ANN, roles=frozenset({(OFFICER, HERE), (CLERK, HERE)})),
        Viewer(ANN, roles=frozenset({(OFFICER, None)})),
        Viewer(ANN, roles=officer.roles, groups=seated),
        Viewer(ANN, roles=officer.roles, meetings=seated),
    ]
    assert len({one.without_ids() for one in [officer, *others]}) == 7


def test_nothing_of_a_person_is_left_of_those_who_are_like_them() -> None:
    ann = Viewer(
        ANN, "Ann", "ann@x", frozenset({(REP, HERE)}), frozenset({HERE}), frozenset({HERE}), ((HERE, "x", "X"),)
    )
    like = ann.without_ids()
    held = chain.from_iterable(like.roles)
    assert {like.id, *held, *like.groups, *like.meetings} == {UUID(int=0), REP}
    assert (like.name, like.email, like.boards) == ("", "", ())


def test_days_and_moments_are_counted_from_when_it_runs() -> None:
    who, asking = Whoever(Viewer(ANN)), Asking(Viewer(ANN), TODAY, NOW)
    week, hour = timedelta(days=7), timedelta(hours=1)
    clause = and_(
        Appointment.from_on <= who.today,
        Appointment.from_on >= who.today - week,
        Appointment.until_on.between(who.today + week, who.today + week + week),
        Claim.offered_at > who.now - hour,
        Claim.offered_at < who.now,
    )
    assert put_in(clause, who, asking) == [
        TODAY, TODAY - week, TODAY + week, TODAY + 2 * week, NOW - hour, NOW
    ]  # fmt: skip
    assert given(clause) == [None] * 6


def test_a_parameter_that_is_given_nothing_is_an_error(work: Any, dialect: str) -> None:
    who = Whoever(Viewer(ANN))
    with work(), pytest.raises(StatementError, match="value is required"):
        db.session.execute(select(Appointment.id).where(Appointment.person_id == who.id))


def test_somebody_who_reaches_nothing_finds_nothing() -> None:
    who = Whoever(Viewer(ANN))
    assert finds_nothing(and_(SOMETHING, who.within(DESK_READ, Appointment)))
    assert finds_nothing(and_(SOMETHING, or_(who.within(PAPERS_READ, Paper), who.holds(CLERK, on=Appointment))))


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (false(), True),
        (or_(false(), and_(SOMETHING, false())), True),
        (and_(or_(false(), and_(SOMETHING, false())), SOMETHING), True),
        (or_(SOMETHING, false()), False),
        (or_(and_(SOMETHING, false()), SOMETHING), False),
        (not_(and_(SOMETHING, false())), False),
        (not_(or_(false(), and_(SOMETHING, false()))), False),
        (true(), False),
        (SOMETHING, False),
        (None, False),
    ],
)
def test_a_clause_that_is_never_true_is_seen(clause: Any, expected: bool) -> None:
    assert finds_nothing(clause) is expected


def test_an_officer_is_given_the_boards_of_the_role_that_counts() -> None:
    person = Viewer(ANN, roles=frozenset({(OFFICER, HERE), (CLERK, THERE)}))
    who, asking = Whoever(person.without_ids()), Asking(person, TODAY, NOW)
    assert put_in(who.within(CARE_READ, Appointment), who, asking) == [[HERE]]
    assert put_in(who.holds(CLERK, on=Appointment), who, asking) == [[THERE]]
