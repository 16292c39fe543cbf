"""Claims on every made-up board over its years, in every state: sent, asked about, decided, put into runs and paid.

By the policies of their days, by those who had a seat then, and paid as slowly as the profile of the board says. Of two
approvers, one pays what the other decided.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from portal.core import clock
from portal.core.calendar import working_day_from
from portal.core.clock import london_day
from portal.demonstration.history.claim_plans import Fate, Planned, plans
from portal.demonstration.history.claims_today import today
from portal.demonstration.history.in_order import Act, Step, at_hour, go_until_lately
from portal.demonstration.history.payments import Payments
from portal.demonstration.history.written_claims import begun, with_lines
from portal.expenses.claims import actions as claims
from portal.expenses.claims import queries
from portal.expenses.decisions import actions as decisions
from portal.expenses.drafts import actions as drafts
from portal.meetings import queries as meetings

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town
    from portal.expenses.models import Claim

Steps = Iterator[Step]
QUESTIONS = (
    ("Was this a single or a return?", "A return. I came home by the same bus."),
    ("Which meeting was this for? There were two that week.", "The one in the morning. I have put that right."),
    ("The receipt is hard to read. What did you buy?", "Soup and a roll, and a coffee."),
    ("Did you share the car with anyone?", "No, I drove alone."),
)
WHY_NOT = {  # by kind of expense
    "car": ("This is more than the way there and back", "Somebody else claimed for the same car"),
    "public_transport": ("This ticket is of another day", "We need the ticket for this, and did not get it"),
    "taxi": ("A bus runs at that time of day", "The policy covers a taxi only where no bus runs"),
    "parking": ("Parking at the hall is free for members", "This ticket is of another day"),
    "subsistence": ("Lunch was provided", "The policy covers a meal only after five hours"),
    "printing": ("The clerk sends printed papers to whoever asks", "We need the receipt for this, and did not get it"),
    "replacement_care": (
        "The policy does not cover care by the family",
        "This was claimed before, with the forum in spring",
    ),
}
NOT_COVERED = ("The policy does not cover this", "This was claimed before, with the forum in spring")


def fill(town: Town) -> None:
    """Care comes before: what reps paid for it is on drafts, and invoices of providers go into the runs."""
    history = _Claims(town, Random(f"{town.key}:claims"))
    go_until_lately([*history.all(), *today(town, history.payments)])


class _Claims:
    """What is done with the claims of one board, step by step."""

    def __init__(self, town: Town, chance: Random) -> None:
        self.town, self.chance = town, chance
        self.payments = Payments(town)

    def all(self) -> Steps:
        found = plans(self.town, self.chance)
        yield from self.payments.steps({one.who for one in found})
        for plan in found:
            if plan.is_asked:
                yield Step(plan.begun_at, None, partial(self._prompt, plan))
            if plan.fate is not Fate.NOT_SENT or not plan.is_asked:
                yield Step(plan.sent_at, plan.person_id, partial(self._send, plan))

    def _prompt(self, plan: Planned) -> None:
        assert plan.meeting_id is not None
        claims.prompt_for_meeting(meetings.meeting_by_id(plan.meeting_id), plan.person_id)

    def _claim(self, claim_id: UUID) -> Claim:
        return queries.claim_by_id(self.town.board.id, claim_id)

    def _send(self, plan: Planned) -> Steps:
        claim = begun(self.town, plan, self.chance)
        if plan.fate is Fate.NOTHING:
            self._nothing(claim)
            return
        with_lines(claim, plan, self.chance)
        if plan.fate is Fate.NOT_SENT:
            return
        try:
            claims.send(claim, claim.version)
        except claims.NotReady:  # the board covers nothing of it
            drafts.delete_draft(claim, claim.version)
            return
        sent_on = london_day(plan.sent_at)
        days = self._days(self.town.profile.on(self.town.profile.decided_after, (self.town.today - sent_on).days))
        if plan.fate is Fate.WITHDRAWN:
            yield Step(plan.sent_at + timedelta(hours=14), plan.person_id, partial(self._withdraw, claim.id))
        elif plan.fate is Fate.ASKED:
            asked = self._office_hour(sent_on + timedelta(days=max(1, days // 2)))
            yield self._by_approver(asked, partial(self._ask, plan, claim.id, max(1, days // 2)))
        else:
            yield self._decision(claim.id, plan.decided_on or sent_on + timedelta(days=days), plan.fate)

    def _nothing(self, claim: Claim) -> None:
        if queries.lines(claim.id):
            drafts.delete_draft(claim, claim.version)
        else:
            drafts.nothing_to_claim(claim, claim.version)

    def _days(self, usually: float) -> int:
        """As many as usual, a quarter more or fewer."""
        return max(1, round(usually * self.chance.uniform(0.75, 1.25)))

    def _office_hour(self, day: date) -> datetime:
        return at_hour(working_day_from(day), self.chance.randint(9, 16), self.chance.randint(0, 59))

    def _by_approver(self, moment: datetime, act: Act) -> Step:
        return Step(moment, self.payments.decider(london_day(moment)), act)

    def _decision(self, claim_id: UUID, day: date, fate: Fate) -> Step:
        moment = self._office_hour(day)
        return self._by_approver(moment, partial(self._decide, claim_id, fate))

    def _withdraw(self, claim_id: UUID) -> None:
        claim = self._claim(claim_id)
        claims.withdraw(claim, claim.version)

    def _ask(self, plan: Planned, claim_id: UUID, days_left: int) -> Steps:
        claim, (question, answer) = self._claim(claim_id), self.chance.choice(QUESTIONS)
        lines = queries.lines(claim_id)
        about = [self.chance.choice(lines).id] if len(lines) > 1 else []
        decisions.ask(claim, claim.version, self._approver(), question, about)
        evening = at_hour(clock.today() + timedelta(days=self.chance.randint(1, 6)), self.chance.randint(18, 21))
        yield Step(evening, claim.person_id, partial(self._answer, plan, claim_id, answer, days_left))

    def _answer(self, plan: Planned, claim_id: UUID, answer: str, days_left: int) -> Steps:
        claim = self._claim(claim_id)
        claims.send(claim, claim.version, answer)
        day = clock.today() + timedelta(days=days_left)
        yield self._decision(claim_id, max(day, plan.decided_on or day), Fate.AGREED)

    def _decide(self, claim_id: UUID, fate: Fate) -> None:
        claim, lines = self._claim(claim_id), queries.lines(claim_id)
        dearest = max(lines, key=lambda one: (one.covered, one.category))
        no = [one.id for one in lines if fate is Fate.DECLINED or (fate is Fate.IN_PART and one is dearest)]
        why = {one.id: self.chance.choice(WHY_NOT.get(one.category, NOT_COVERED)) for one in lines}
        answers = {one.id: (one.id not in no, why[one.id] if one.id in no else "") for one in lines}
        approver_id = self._approver()
        status = decisions.decide(claim, claim.version, approver_id, answers)
        self.payments.decided(claim_id, approver_id, status)

    def _approver(self) -> UUID:
        return self.payments.decider(clock.today())
