"""What of claims waits on the day of the start: to decide, to answer, to pay, to send before it is too late."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from portal.core.calendar import last_working_day_before
from portal.demonstration.history.in_order import Step, at_hour
from portal.demonstration.history.payments import NO_REFERENCE, Payments
from portal.demonstration.history.spending import RECEIPT, Line
from portal.demonstration.history.written_claims import write_lines
from portal.expenses.claims import actions as claims
from portal.expenses.claims import queries
from portal.expenses.decisions import actions as decisions
from portal.expenses.payments import actions as payments_actions
from portal.expenses.policies.queries import policy_on

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town
    from portal.expenses.models import Claim

Steps = Iterator[Step]
BUS = Line("public_transport", {"paid": 640}, RECEIPT)
DRIVE = Line("car", {"tenths": 248, "is_return": True, "note": "Home to the town hall"})
PARKING = Line("parking", {"paid": 450}, RECEIPT)
MEAL = Line("subsistence", {"paid": 880}, RECEIPT)
LEFT = 5  # days left to send the one that is nearly late
QUESTION = "Was this a single or a return?"
LUNCH = "Lunch was provided at the event"


def today(town: Town, payments: Payments) -> Steps:
    """In the order in which somebody may look for them: of the rep, of others, for approvers, for an officer."""
    it = _Today(town, payments, Random(f"{town.key}:claims today"))
    reps = [who for who in town.profile.reps if town.holds(who, town.day(-100))] or ["rep"]
    first, second, last = reps[0], reps[1 % len(reps)], NO_REFERENCE.get(town.key, reps[-1])
    days = round(town.profile.on(town.profile.decided_after, 0))
    policy = policy_on(town.board.id, town.day(-60))
    if policy is None:
        return
    if town.holds(first, town.day(LEFT - policy.deadline_days)):
        yield it.begun(first, "Carers’ rights day", policy.deadline_days - LEFT, 60, [DRIVE])
    yield it.sent(first, "Talk at the library", 13 + days // 2, 4 + max(3, days // 2), [it.usual, PARKING], then=it.ask)
    yield it.begun(second, "Carers Week planning", 7, 2, [it.usual])
    yield it.sent(second, "Young carers’ workshop", 12, 3, [DRIVE, PARKING])
    yield it.sent(first, "Walk round the new health centre", 9, 1, [DRIVE])
    yield it.sent(second, "Visit to the day centre", 15 + days, 6 + days, [it.usual, MEAL], then=it.agree_in_part)
    yield it.sent(last, "Meeting with student nurses", 11 + days, 2 + days, [it.usual], then=it.agree)
    yield it.sent(first, "Locality event", 17 + days, 8 + days, [DRIVE], then=it.agree_and_run)
    yield from it.for_somebody(last, "Talk with carers at the chapel", 9, 6)


@dataclass
class _Today:
    """Claims that are under way. Days are days ago, of the event and of the sending."""

    town: Town
    payments: Payments
    chance: Random

    @property
    def usual(self) -> Line:
        """How most come: by bus, or on an island by ferry."""
        fare = self.town.profile.ferry_pence
        return Line("ferry_air", {"paid": fare}, RECEIPT) if fare else BUS

    def begun(self, who: str, title: str, event: int, written: int, lines: list[Line]) -> Step:
        """Written, and not sent."""

        def act() -> None:
            self._write(who, title, self._day(event), lines)

        return Step(at_hour(self._day(written), 19), self.town.people[who], act)

    def sent(
        self,
        who: str,
        title: str,
        event: int,
        sent: int,
        lines: list[Line],
        then: Callable[[UUID], Steps] | None = None,
    ) -> Step:
        on = self._day(event)

        def act() -> Steps:
            claim = self._write(who, title, on, lines)
            claims.send(claim, claim.version)
            if then is not None:
                yield from then(claim.id)

        return Step(at_hour(self._day(sent), 20, 7), self.town.people[who], act)

    def for_somebody(self, who: str, title: str, event: int, written: int) -> Steps:
        """An officer wrote it for a rep, who has to confirm it."""
        officer_id = self.town.people["officer"]

        def act() -> None:
            claim = self._write(who, title, self._day(event), [self.usual], officer_id)
            claims.ask_to_confirm(claim)

        yield Step(at_hour(self._day(written), 11), officer_id, act)

    def _day(self, days_ago: int) -> date:
        """So many days ago, or the last working day before that."""
        return last_working_day_before(self.town.day(1 - days_ago))

    def _write(self, who: str, title: str, on: date, lines: list[Line], helped_by_id: UUID | None = None) -> Claim:
        key = UUID(int=self.chance.getrandbits(128), version=4)
        claim = claims.begin(key, self.town.board.id, self.town.people[who], "event", title, on, helped_by_id)
        write_lines(claim, lines, on, self.chance)
        return claim

    def _claim(self, claim_id: UUID) -> Claim:
        return queries.claim_by_id(self.town.board.id, claim_id)

    def ask(self, claim_id: UUID) -> Steps:
        """The approver asked some days ago, and nobody has answered yet."""
        on = self._day(4)
        approver_id = self.payments.decider(on)

        def act() -> None:
            claim, (line, *_) = self._claim(claim_id), queries.lines(claim_id)[::-1]
            decisions.ask(claim, claim.version, approver_id, QUESTION, [line.id])

        yield Step(at_hour(on, 10, 20), approver_id, act)

    def agree(self, claim_id: UUID) -> Steps:
        yield self._decision(claim_id, self._day(2), "")

    def agree_in_part(self, claim_id: UUID) -> Steps:
        yield self._decision(claim_id, self._day(6), MEAL.category)

    def agree_and_run(self, claim_id: UUID) -> Steps:
        """In a run with which finance is busy."""
        decided, made = self._day(8), self._day(4)
        payer = self.payments.other(self.payments.decider(decided))
        yield self._decision(claim_id, decided, "")

        def act() -> None:
            payments_actions.make_run(self.town.board.id, payer, [claim_id])

        yield Step(at_hour(made, 15), payer, act)

    def _decision(self, claim_id: UUID, on: date, declined: str) -> Step:
        approver_id = self.payments.decider(on)

        def act() -> None:
            claim = self._claim(claim_id)
            said = {one.category: one for one in queries.lines(claim_id)}
            answers = {one.id: (key != declined, LUNCH if key == declined else "") for key, one in said.items()}
            decisions.decide(claim, claim.version, approver_id, answers)

        return Step(at_hour(on, 11, 40), approver_id, act)
