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
EVENTS = (
    "Talk at the library",
    "Planning next year’s Carers Week",
    "Young carers’ workshop",
    "Walk round the new health centre",
    "Visit to the day centre",
    "Meeting with student nurses",
    "Locality event",
    "Talk with carers at the chapel",
    "Coffee morning for carers",
    "Opening of the respite flat",
    "Hospital discharge workshop",
    "Carers’ rights day",
    "Lunch club at the church hall",
    "Meeting with the housing team",
)
MEAL = "subsistence"
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
    titles = iter(it.chance.sample(EVENTS, len(EVENTS)))
    later = it.chance.randint(0, 4)
    left = it.chance.randint(3, 9)  # days left to send one that is nearly late
    if town.holds(first, town.day(left - policy.deadline_days)):
        yield it.begun(first, next(titles), policy.deadline_days - left, 60, [it.drive])
    asked = [it.fare, it.parking]
    yield it.sent(first, next(titles), 13 + days // 2 + later, 4 + max(3, days // 2), asked, then=it.ask)
    yield it.begun(second, next(titles), 6 + later, 2, [it.fare])
    yield it.sent(second, next(titles), 10 + later, 3, [it.drive, it.parking])
    yield it.sent(first, next(titles), 6 + later, 1, [it.drive])
    yield it.sent(second, next(titles), 15 + days + later, 6 + days, [it.fare, it.meal], then=it.agree_in_part)
    yield it.sent(last, next(titles), 11 + days + later, 2 + days, [it.fare], then=it.agree)
    yield it.sent(first, next(titles), 17 + days + later, 8 + days, [it.drive, it.parking], then=it.agree_and_run)
    yield from it.for_somebody(last, next(titles), 8 + later, 6, it.fare)


@dataclass
class _Today:
    """Claims that are under way. Days are days ago, of the event and of the sending."""

    town: Town
    payments: Payments
    chance: Random

    @property
    def fare(self) -> Line:
        """How most come: by bus, or on an island by ferry."""
        if ferry := self.town.profile.ferry_pence:
            return Line("ferry_air", {"paid": ferry}, RECEIPT)
        return Line("public_transport", {"paid": self.chance.randint(38, 98) * 10}, RECEIPT)

    @property
    def drive(self) -> Line:
        """By car, where no ferry is in the way."""
        if self.town.profile.ferry_pence:
            return self.fare
        return Line("car", {"tenths": self.chance.randint(82, 360), "is_return": True, "note": "Home and back"})

    @property
    def parking(self) -> Line:
        return Line("parking", {"paid": self.chance.randint(3, 12) * 50}, RECEIPT)

    @property
    def meal(self) -> Line:
        return Line(MEAL, {"paid": self.chance.randint(640, 990)}, RECEIPT)

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

    def for_somebody(self, who: str, title: str, event: int, written: int, line: Line) -> Steps:
        """An officer wrote it for a rep, who has to confirm it."""
        officer_id = self.town.people["officer"]

        def act() -> None:
            claim = self._write(who, title, self._day(event), [line], officer_id)
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
        yield self._decision(claim_id, self._day(6), MEAL)

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
