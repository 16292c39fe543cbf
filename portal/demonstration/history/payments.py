"""Payment runs of a made-up board over its years: what one approver decided the other pays, and who sends invoices too.

Runs are made in the middle of each month in which something waits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from portal.core import clock
from portal.core.calendar import working_day_from
from portal.demonstration.history.in_order import Step, at_hour
from portal.expenses.claims.rules import TO_PAY
from portal.expenses.payments import actions, queries
from portal.infra.database import db
from portal.replacement_care.models import CareRequest
from portal.replacement_care.policy import queries as care_policies
from portal.replacement_care.requests.queries import owed_to_provider, with_names

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town
    from portal.expenses.payments.models import PaymentRun

Steps = Iterator[Step]
AWAY = (7, 10, 12)  # months in which the second approver decides
NO_REFERENCE = {"northfirth": "rep6", "dunreith": "rep4"}  # whom finance does not know yet
INVOICE_DAYS = 14  # from the care until its invoice is there
INVOICES_IN = (2, 5, 8, 11)
HALF_A_MONTH = 15  # which a decision waits for a run of each month, on average


@dataclass
class Payments:
    """What waits to be paid on one board, while its history is told."""

    town: Town
    waiting: dict[UUID, list[UUID]] = field(default_factory=dict)  # claims by who decided them

    def decider(self, day: date) -> UUID:
        """Which approver decides at a time."""
        return self.town.people["approver2" if day.month in AWAY else "approver"]

    def other(self, approver_id: UUID) -> UUID:
        one, two = self.town.people["approver"], self.town.people["approver2"]
        return two if approver_id == one else one

    def decided(self, claim_id: UUID, approver_id: UUID, status: str) -> None:
        """What is approved waits for the next run."""
        if status in TO_PAY:
            self.waiting.setdefault(approver_id, []).append(claim_id)

    def steps(self, who: Collection[str]) -> Steps:
        yield from self._references(who)
        yield from self._books()
        day = run_on(self.town.began_on + timedelta(days=30))
        while day <= self.town.today:
            yield from self._runs(day)
            day = run_on(day + timedelta(days=1))

    def _runs(self, day: date) -> Steps:
        """One of what each approver decided, made by the other, and four times a year one of invoices."""
        one = self.town.people["approver"]
        for number, decider in enumerate((one, self.other(one))):
            yield Step(at_hour(day, 14, 10 * number), self.other(decider), partial(self._run, decider))
        if day.month in INVOICES_IN:
            yield Step(at_hour(day, 14, 40), one, partial(self._run_of_invoices, one))

    def _run(self, decider: UUID) -> Steps:
        claim_ids = self.waiting.pop(decider, [])
        if claim_ids:
            payer = self.other(decider)
            run = actions.make_run(self.town.board.id, payer, claim_ids)
            yield self._payment(run, payer)

    def _run_of_invoices(self, maker: UUID) -> Steps:
        """Whoever puts an invoice into a run approves it, so the other marks it as paid."""
        if invoices := self._invoices():
            run = actions.make_run(self.town.board.id, maker, [], invoices)
            yield self._payment(run, self.other(maker))

    def _invoices(self) -> list[CareRequest]:
        before = clock.now() - timedelta(days=INVOICE_DAYS)
        of_board = (CareRequest.board_id == self.town.board.id, CareRequest.ended_at < before)
        statement = select(CareRequest).where(*of_board, owed_to_provider(), queries.in_no_run())
        return list(db.session.scalars(with_names(statement.order_by(CareRequest.on_day, CareRequest.id))))

    def _payment(self, run: PaymentRun, payer: UUID) -> Step:
        """Finance pays some days later, and the same day it is recorded."""
        made_on = clock.london_day(run.created_at)
        day = working_day_from(made_on + timedelta(days=paid_after_run(self.town, made_on)))
        return Step(at_hour(day, 16), payer, partial(self._pay, run.id, payer))

    def _pay(self, run_id: UUID, payer: UUID) -> None:
        actions.mark_paid(queries.run_by_id(self.town.board.id, run_id), clock.today(), payer)

    def _references(self, who: Collection[str]) -> Steps:
        """Finance gives each a number; of one it has not heard yet. Of providers, too."""
        by, numbers = self.town.people["approver2"], Random(f"{self.town.key}:payees").sample(range(10200, 10980), 60)
        without = NO_REFERENCE.get(self.town.key)
        for key in sorted(who):
            number = f"S{numbers.pop()}"
            day = working_day_from(self.town.first_day(key) + timedelta(days=12))
            if key != without:
                yield Step(at_hour(day, 10), by, partial(self._keep, {self.town.people[key]: number}))
        providers = {one.id: f"SUP-{numbers.pop()}" for one in care_policies.providers(self.town.board.id)}
        day = working_day_from(self.town.began_on + timedelta(days=20))
        yield Step(at_hour(day, 11), by, partial(self._keep, providers))

    def _keep(self, typed: dict[UUID, str]) -> None:
        actions.keep_payees(self.town.board.id, typed)

    def _books(self) -> Steps:
        """The books of a financial year are closed in June."""
        first = self.town.began_on
        for year in range(first.year, self.town.today.year + 1):
            closed, by = date(year, 3, 31), self.town.people["approver2"]
            if closed > first and self.town.key != "dunreith":
                yield Step(at_hour(working_day_from(date(year, 6, 12)), 15), by, partial(self._close, closed, by))

    def _close(self, until: date, by: UUID) -> None:
        actions.close_period(self.town.board.id, until, by)


def run_on(day: date) -> date:
    """The day of the next run: the middle of a month, or the working day after it."""
    this = working_day_from(day.replace(day=15))
    return this if this >= day else working_day_from((day.replace(day=1) + timedelta(days=32)).replace(day=15))


def gap(town: Town, day: date) -> float:
    """How many days a board usually needs, at a time, from a decision to the payment."""
    profile, days_ago = town.profile, (town.today - day).days
    return profile.on(profile.paid_after, days_ago) - profile.on(profile.decided_after, days_ago)


def is_quick(town: Town, day: date) -> bool:
    """Whether people send so that their claim is decided just before the next run."""
    return gap(town, day) <= HALF_A_MONTH + 4


def paid_after_run(town: Town, day: date) -> int:
    """How many days finance needs for a run."""
    days = gap(town, day)
    if is_quick(town, day):
        return max(1, round(days / 3))
    return max(3, round(days - HALF_A_MONTH))
