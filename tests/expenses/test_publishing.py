"""A policy that begins at once is published by somebody other than whoever wrote it, and approvers hear of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from flask import Flask

from portal.access.roles import ADMIN
from portal.core import clock
from portal.expenses.policies import queries
from portal.infra.database import db
from portal.notifications.models import Email
from portal.notifications.render import words_of
from tests.cast import NOW, TODAY, Cast
from tests.expenses.claiming import emails, version_on
from tests.expenses.test_four_eyes import another_approver
from tests.expenses.test_independent_seconds import brings_in
from tests.expenses.test_second_name import sent
from tests.visitor import text_of

if TYPE_CHECKING:
    from datetime import date


@pytest.fixture
def second(app: Flask, cast: Cast, rolled_back: Any) -> UUID:
    return another_approver(app, cast, "second")


WRITE = "/boards/northfirth/expenses-policy"
GENERAL = {
    "deadline_days": "90",
    "pay_days": "20",
    "decided_by": "Finance",
    "not_covered": "",
    "letters": "NF",
    "cost_code": "",
}


def write_draft(visitor: Any, day: date, car: str = "0.55") -> Any:
    """A draft from a day on, by whoever visits; what came of the rate for miles by car."""
    visitor.post(f"{WRITE}/discard", {"version": "1"})
    visitor.post(f"{WRITE}/begin")
    page = visitor.get(f"{WRITE}/general")
    from_on = [str(day.day), str(day.month), str(day.year)]
    visitor.post(f"{WRITE}/general", {**GENERAL, "from_on": from_on, "version": version_on(page)})
    page = visitor.get(f"{WRITE}/terms/car")
    terms = {"is_covered": "yes", "rate": car, "cap_per": "item", "receipt": "never", "version": version_on(page)}
    return visitor.post(f"{WRITE}/terms/car", terms, follow_redirects=True)


def publish_it(visitor: Any, version: str) -> str:
    return text_of(visitor.post(f"{WRITE}/publish", {"version": version}, follow_redirects=True))


def draft_version(app: Flask, cast: Cast) -> str:
    with app.app_context():
        draft = queries.draft_policy(cast.northfirth.id)
        return str(draft.version) if draft else ""


@pytest.mark.parametrize("days", [0, 40])
def test_whoever_wrote_a_policy_that_begins_at_once_does_not_publish_it(
    app: Flask, visit: Any, cast: Cast, second: UUID, days: int
) -> None:
    approver, admin = visit("northfirth.approver"), visit("northfirth.admin")
    before = {one.id for one in emails(app, "policy-published")}
    write_draft(approver, TODAY - timedelta(days=days))
    page = text_of(approver.get(f"{WRITE}/publish"))
    assert "You wrote it, so another person must publish a policy that begins today or earlier." in page
    assert "Second Approver" in page
    assert "Publish it" not in page
    assert ("It begins on a day in the past" in page) == bool(days)
    assert "The policy is not published. Another person must do that." in publish_it(approver, draft_version(app, cast))
    assert draft_version(app, cast), "it is a draft still"
    assert "The policy applies from" in publish_it(admin, draft_version(app, cast))
    told = [one for one in emails(app, "policy-published") if one.id not in before]
    assert {one.person_id for one in told} == {cast.northfirth.people["approver"], second}
    with app.app_context():
        said = words_of(db.session.get_one(Email, told[0].id)).text
    assert "CANARYNORTH Admin has published an expenses policy" in said
    assert ("It has applied since" in said) == bool(days)


def test_nor_does_whom_they_brought_in(app: Flask, visit: Any, cast: Cast, second: UUID) -> None:
    friend = brings_in(app, cast, cast.northfirth.people["approver"], "friend", ADMIN)
    write_draft(visit("northfirth.approver"), TODAY)
    cast.others["friend"] = friend
    other = visit("friend")
    del cast.others["friend"]
    page = text_of(other.get(f"{WRITE}/publish"))
    assert "CANARYNORTH Approver wrote it, and they gave you your role on 3 March 2026" in page
    assert "The policy is not published" in publish_it(other, draft_version(app, cast))


def test_from_a_day_to_come_or_with_one_approver_it_is_as_before(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    approver = visit("northfirth.approver")
    write_draft(approver, TODAY)
    assert "The policy applies from" in publish_it(approver, draft_version(app, cast))
    another_approver(app, cast, "second")
    write_draft(approver, TODAY + timedelta(days=1))
    assert "The policy applies from" in publish_it(approver, draft_version(app, cast))


@pytest.mark.parametrize(("rate", "is_kept"), [("2", True), ("2.01", False), ("100", False)])
def test_a_mile_has_a_most(visit: Any, rolled_back: Any, rate: str, is_kept: bool) -> None:
    said = text_of(write_draft(visit("northfirth.admin"), TODAY, rate))
    assert ("The most that a policy can pay is £2.00 a mile" in said) != is_kept


def test_the_page_of_a_decision_says_that_the_policy_is_new(
    app: Flask, visit: Any, cast: Cast, rolled_back: Any
) -> None:
    approver, [claim, _] = visit("northfirth.approver"), sent(app, cast)
    said = "The policy from 21 February 2026 was published on 3 March 2026 by CANARYNORTH Approver."
    assert said not in text_of(approver.get(f"/claims/{claim}/decide"))
    write_draft(approver, TODAY - timedelta(days=10))
    publish_it(approver, draft_version(app, cast))
    assert said in text_of(approver.get(f"/claims/{claim}/decide"))
    clock.use(lambda: NOW + timedelta(days=31))
    assert said not in text_of(visit("northfirth.approver").get(f"/claims/{claim}/decide"))
