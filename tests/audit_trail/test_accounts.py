"""What happened to accounts: for a board's administrators, and for the operator on the command line."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from portal.accounts.events import EmailChanged, FactorSetUp, SignedIn, SignInFailed
from portal.audit_trail import accounts
from portal.boards.seats import actions as seats_actions
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import record
from tests.cast import NOW, Cast, person
from tests.visitor import text_of

PATH, NOWHERE = "/boards/northfirth/audit/accounts", UUID(int=1)


@pytest.fixture
def happens(work: Any, cast: Cast) -> Any:
    """happens(event, 'northfirth.rep', days) ago writes a line of accounts."""

    def write(event: Any, name: str, days: int = 0, **facts: Any) -> None:
        clock.use(lambda: NOW - timedelta(days=days))
        with work():
            record(event(person_id=cast.person(name), **facts))
        clock.use(lambda: NOW)

    return write


def test_changes_and_failures_of_the_boards_people_are_shown(visit: Any, happens: Any) -> None:
    happens(FactorSetUp, "northfirth.rep", 2)
    happens(
        EmailChanged, "northfirth.rep", 1, link_id=NOWHERE, undo_link_id=NOWHERE, old_email="o@o.test", new_email="n"
    )
    for _ in range(3):
        happens(SignInFailed, "northfirth.rep", 4)
    page = text_of(visit("northfirth.admin").get(PATH))
    assert "Set up two-step sign-in: CANARYNORTH Rep" in page
    assert "Changed an email address: CANARYNORTH Rep" in page
    assert "3 wrong passwords were tried: CANARYNORTH Rep" in page
    assert "o@o.test" not in page


def test_two_failures_sign_ins_and_other_boards_are_not(visit: Any, happens: Any, cast: Cast) -> None:
    for name in ("northfirth.rep", "northfirth.rep", "southmoor.rep", "southmoor.rep", "southmoor.rep"):
        happens(SignInFailed, name, 4)
    happens(SignedIn, "northfirth.rep", 1)
    happens(FactorSetUp, "southmoor.clerk", 1)
    happens(FactorSetUp, "former", 1)  # has left
    happens(FactorSetUp, "northfirth.rep", accounts.DAYS + 2)
    page = text_of(visit("northfirth.admin").get(PATH))
    assert "There are no changes like these in the last 90 days." in page


def test_failures_are_counted_by_day_and_by_person(visit: Any, happens: Any) -> None:
    for days in (1, 1, 2):
        happens(SignInFailed, "northfirth.rep", days)
    for name in ("officer", "clerk", "rep"):
        happens(SignInFailed, f"northfirth.{name}")
    assert "There are no changes" in text_of(visit("northfirth.admin").get(PATH))


def test_nothing_is_shown_from_before_somebody_came(visit: Any, happens: Any, work: Any, cast: Cast) -> None:
    with work():
        late = person("late@northfirth.test", "Lena Late")
        cast.others["late"] = late.id
        seat = seats_actions.create_seat(_group(cast), "Another seat", NOW.date() - timedelta(days=30))
        seats_actions.appoint(seat, late, "unpaid_carer", NOW.date() - timedelta(days=5), NOW.date())
    try:
        happens(FactorSetUp, "late", 6)
        assert "Lena Late" not in text_of(visit("northfirth.admin").get(PATH))
        happens(FactorSetUp, "late", 4)
        assert "Set up two-step sign-in: Lena Late" in text_of(visit("northfirth.admin").get(PATH))
    finally:
        del cast.others["late"]


def _group(cast: Cast) -> Any:
    from portal.boards.models import Group

    return db.session.get_one(Group, cast.northfirth.things["group_id"])


def test_the_operator_reads_accounts_without_names(app: Flask, happens: Any, cast: Cast) -> None:
    happens(SignedIn, "northfirth.rep", 1)
    happens(
        EmailChanged, "northfirth.clerk", link_id=NOWHERE, undo_link_id=NOWHERE, old_email="o@o.test", new_email="n"
    )
    command = ["portal", "audit", "accounts"]
    told = app.test_cli_runner().invoke(args=[*command, "--since", f"{NOW - timedelta(days=2):%Y-%m-%d}"]).output
    assert f"SignedIn\tperson_id={cast.northfirth.people['rep']}" in told
    assert "EmailChanged" in told
    assert "o@o.test" not in told
    assert "CANARY" not in told
    told = app.test_cli_runner().invoke(args=[*command, "--person", str(cast.northfirth.people["rep"])]).output
    assert "SignedIn" in told
    assert "EmailChanged" not in told


def test_what_was_left_out_on_the_command_line_is_said(app: Flask, happens: Any, cast: Cast) -> None:
    for days in (3, 2, 1):
        happens(SignedIn, "northfirth.rep", days)
    rep = str(cast.northfirth.people["rep"])
    done = app.test_cli_runner().invoke(args=["portal", "audit", "accounts", "--most", "2", "--person", rep])
    assert done.output.count("SignedIn") == 2
    assert "There are older lines than these 2." in done.stderr
