"""The demonstration’s policies, claims, payments and care: plausible, by two, priced by their day, as boards are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select

from portal.boards.models import StaffRole
from portal.core import clock
from portal.core.calendar import quarter
from portal.core.clock import london_day
from portal.demonstration.history import care_plans, claim_plans
from portal.demonstration.history.attended import attended
from portal.demonstration.history.in_order import NEWS
from portal.demonstration.history.payments import NO_REFERENCE
from portal.demonstration.world.towns import Town, towns
from portal.expenses.claims import queries as claims_queries
from portal.expenses.claims.rules import APPROVED, DRAFT, IN_PAYMENT, PAID, STATUSES
from portal.expenses.figures import queries as figures
from portal.expenses.models import Claim, ClaimLine, ExpensePolicy, Receipt
from portal.expenses.payments import queries as payments
from portal.expenses.payments.models import Payee, PaymentRun, SupplierLine
from portal.expenses.policies import queries as policies
from portal.expenses.policies.defaults import CAR_RATE_CHANGED_ON
from portal.infra.database import db
from portal.notifications.models import Email
from portal.replacement_care.figures import queries as care_figures
from portal.replacement_care.models import CareProvider, CareRequest
from portal.replacement_care.policy.queries import policy as care_policy
from portal.replacement_care.requests.rules import ARRANGED, ARRANGING, ASKED, CANCELLED, NOT_HELD, TOOK_PLACE
from tests.cast import anywhere
from tests.demonstration.of_town import of
from tests.demonstration.plausible import every, oddities, out_of_order
from tests.demonstration.small_files import small_files
from tests.demonstration.told import told

pytestmark = pytest.mark.long
BOARDS = ("northfirth", "southmoor", "dunreith")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("claims")
    with small_files(), told(folder, ["policies", "meetings", "care", "claims"], BOARDS) as made:
        yield made


@pytest.fixture
def here(app: Flask) -> Iterator[dict[str, Town]]:
    clock.use(None)
    with app.app_context():
        yield {one.key: one for one in towns()}


def test_nothing_is_odd(here: dict[str, Town]) -> None:
    assert list(oddities(clock.today())) == []


def test_whoever_claims_or_asks_for_care_had_a_role_that_day(here: dict[str, Town]) -> None:
    for town in here.values():
        late = [one.title for one in of(town, Claim) if not town.holds(town.who_is(one.person_id), one.happened_on)]
        assert late == [], town.key
        asked = [one for one in of(town, CareRequest) if one.on_day < town.today]
        assert [one.title for one in asked if not town.holds(town.who_is(one.person_id), one.on_day)] == [], town.key


def test_a_claim_for_a_meeting_is_of_somebody_who_was_there(here: dict[str, Town]) -> None:
    for town in here.values():
        were_there = {(one.meeting_id, one.person_id) for one in attended(town)}
        claimed = {(one.meeting_id, one.person_id) for one in of(town, Claim) if one.meeting_id}
        assert claimed
        assert claimed <= were_there


def test_there_are_claims_in_every_state(here: dict[str, Town]) -> None:
    assert {one.status for one in every(Claim)} == set(STATUSES)
    for town in here.values():
        assert {DRAFT, "sent", "queried", IN_PAYMENT, PAID} <= {one.status for one in of(town, Claim)}, town.key


def test_one_pays_what_another_decided(here: dict[str, Town]) -> None:
    paid = [one for one in every(Claim) if one.status in (IN_PAYMENT, PAID)]
    assert paid
    assert [one.reference for one in paid if one.decided_by_id in (one.run_by_id, one.paid_by_id, None)] == []
    assert not any(one.is_by_one for one in paid)
    invoices = [one for one in every(SupplierLine) if one.paid_by_id]
    assert invoices
    assert all(len({one.recorded_by_id, one.run_by_id, one.paid_by_id}) == 3 for one in invoices)


def test_approvers_decide_on_the_days_of_their_role(here: dict[str, Town]) -> None:
    roles = db.session.scalars(anywhere(select(StaffRole).where(StaffRole.role == "approver").order_by(StaffRole.id)))
    began = {one.person_id: one.from_on for one in roles}
    for run in every(PaymentRun):
        assert not out_of_order(began[run.made_by_id], run.created_at, run.paid_on)


def test_miles_are_priced_by_the_policy_of_the_day(here: dict[str, Town]) -> None:
    for town in here.values():
        found = policies.policies(town.board.id)
        rates = {
            key: said["car"].rate for key, said in policies.terms_of(town.board.id, [one.id for one in found]).items()
        }
        driven = [one for one in of(town, ClaimLine) if one.category == "car"]
        assert driven
        for one in driven:
            policy = next(each for each in found if each.from_on <= one.spent_on)
            assert f"at {rates[policy.id]}p a mile" in one.rule
        if town.today <= CAR_RATE_CHANGED_ON + timedelta(days=1000):
            assert len(set(rates.values())) == 2


def test_each_board_changed_its_policy_and_published_it_before(here: dict[str, Town]) -> None:
    for town in here.values():
        published = sorted(of(town, ExpensePolicy), key=lambda one: one.from_on)
        assert len(published) >= 2, town.key
        assert all(london_day(one.published_at) < one.from_on for one in published[1:])
        assert published[0].from_on <= min(one.happened_on for one in of(town, Claim))


def test_runs_come_to_what_their_claims_come_to(here: dict[str, Town]) -> None:
    for town in here.values():
        runs = of(town, PaymentRun)
        sums = payments.run_sums(runs)
        for run in runs:
            claims = [one for one in of(town, Claim) if one.run_id == run.id]
            approved = sum(line.approved or 0 for one in claims for line in claims_queries.lines(one.id))
            invoiced = sum(one.pence for one in of(town, SupplierLine) if one.run_id == run.id)
            assert sums[run.id].pence == approved + invoiced > 0


def test_they_decide_and_pay_as_slowly_as_they_are(here: dict[str, Town]) -> None:
    found = figures.days_by_board([one.board.id for one in here.values()], clock.today())
    for town in here.values():
        for days, usual in zip(
            found[town.board.id], (town.profile.decided_after, town.profile.paid_after), strict=True
        ):
            assert days.median is not None
            assert usual[-1] * 0.6 <= days.median <= usual[-1] * 1.5, (town.key, days, usual)
    by_key = {key: found[town.board.id] for key, town in here.items()}
    assert by_key["northfirth"][1].median < by_key["southmoor"][1].median < by_key["dunreith"][1].median


def test_one_is_nearly_late_and_one_has_no_reference(here: dict[str, Town]) -> None:
    for town in here.values():
        last = claims_queries.last_days(of(town, Claim))
        assert any(0 <= (day - town.today).days <= 14 for day in last.values()), town.key
    town = here["northfirth"]
    without = town.people[NO_REFERENCE["northfirth"]]
    assert without not in {one.person_id for one in of(town, Payee)}
    assert any(one.person_id == without and one.status == APPROVED for one in of(town, Claim))


def test_receipts_are_small(here: dict[str, Town]) -> None:
    assert every(Receipt)
    assert len({one.sha256 for one in every(Receipt)}) == len(every(Receipt)), "none is sent twice"


def test_one_board_says_nothing_of_care_and_all_know_somebody(here: dict[str, Town]) -> None:
    said = {key: care_policy(town.board.id) is not None for key, town in here.items()}
    assert said == {"northfirth": True, "southmoor": False, "dunreith": True}
    assert all(of(town, CareProvider) for town in here.values())


def test_care_comes_to_every_end_and_something_waits(here: dict[str, Town]) -> None:
    for town in here.values():
        states = {one.status for one in of(town, CareRequest)}
        assert {ASKED, ARRANGED, TOOK_PLACE, NOT_HELD, CANCELLED} <= states, town.key
        waits = [one for one in of(town, CareRequest) if one.status == ARRANGED and one.on_day < town.today]
        assert len(waits) == 1, "nobody has told of it yet"
    assert any(one.to_agree == "rep" for one in every(CareRequest))
    assert any(one.status == ARRANGING for one in every(CareRequest))
    assert any(one.nobody_came for one in every(CareRequest))
    assert any(one.was_own_budget and one.status == TOOK_PLACE for one in every(CareRequest))


def test_the_failing_board_provides_least(here: dict[str, Town]) -> None:
    found, _ = care_figures.of_boards([one.board.id for one in here.values()], clock.today())
    share = {key: found[town.board.id].arranged / found[town.board.id].asked for key, town in here.items()}
    assert all(0 <= one <= 1 for one in share.values())
    assert share["dunreith"] < share["northfirth"]


def test_nobody_was_emailed_of_what_is_long_past(here: dict[str, Town]) -> None:
    about = [one for one in every(Email) if one.template.startswith(("claim", "care"))]
    assert about
    assert min(one.asked_at for one in about) > clock.now() - NEWS - timedelta(days=1)


def test_the_same_day_gives_the_same_plans(here: dict[str, Town]) -> None:
    town = here["dunreith"]
    for plans in (care_plans.plans, claim_plans.plans):
        first, second = (plans(town, Random("once")) for _ in range(2))  # noqa: S311 - no secret
        assert first == second


def test_boards_of_which_enough_is_known_show_every_figure(here: dict[str, Town]) -> None:
    for town in here.values():
        assert town.profile.claims_every
        assert town.profile.care_by_quarter
        lines = figures.approved_lines(town.board.id, town.today)
        by_month = figures.totals_by_month(lines, town.today)
        assert len(by_month) == 12 / town.profile.claims_every
        assert [one.name for one in (*figures.totals_by_category(lines), *by_month) if one.pence is None] == [], (
            town.key
        )
        asked = figures.after_meetings(town.board.id, town.today)
        assert asked is not None
        assert None not in (asked.claimed, asked.nothing, asked.no_answer), (town.key, asked)


def test_care_of_the_year_is_shown_by_quarter(here: dict[str, Town]) -> None:
    """But for the first days of a quarter, when few have asked for care in it yet."""
    for town in here.values():
        found = care_figures.by_quarter(town.board.id, town.today)
        over = [one for name, one in found if name != quarter(town.today)]
        of_year, _ = care_figures.of_boards([town.board.id], town.today)
        for one in (*over, of_year[town.board.id]):
            assert None not in (one.own_budget, one.minutes), (town.key, one)
        assert len(over) == 4
