"""Care on every made-up board over its years: asked for, arranged, not provided, changed, cancelled, told of, invoiced.

It comes before claims: what a rep paid for care is on a draft of theirs, and invoices go into the payment runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from portal.core.calendar import working_day_from
from portal.core.clock import london_day
from portal.core.values import Typed
from portal.demonstration.history.care_plans import NOT_PROVIDED, Asked, End, answered_after, answered_on, plans
from portal.demonstration.history.care_today import today
from portal.demonstration.history.care_year import of_the_year
from portal.demonstration.history.in_order import Step, at_hour, go_until_lately
from portal.replacement_care.arranging import actions as arranging
from portal.replacement_care.policy import queries as policies
from portal.replacement_care.requests import actions as requests
from portal.replacement_care.requests import queries
from portal.replacement_care.requests.rules import NOT_HELD, OFFICER, REP, TEXT_DAYS, TOOK_PLACE, Span, estimate

if TYPE_CHECKING:
    from portal.demonstration.world.towns import Town
    from portal.replacement_care.models import CareRequest

Steps = Iterator[Step]
NOTES = ("Please ring twice", "Knock: the bell is hard to hear", "The radio stays on", "The key is with next door")
NO = (
    "Nobody is free that day. You can join online.",
    "Our provider has no staff in the mornings. We will go on looking.",
    "We could not find anybody at so short notice.",
)


def fill(town: Town) -> None:
    """A board without a policy of care is asked all the same, and helps as well as it can."""
    days = _Days(town, Random(f"{town.key}:care"))
    go_until_lately([*days.all(), *today(town)])


@dataclass
class _Days:
    """What is done on one board, step by step."""

    town: Town
    chance: Random

    def all(self) -> Steps:
        self.officer_id, self.invoices = self.town.people["officer"], 100
        policy = policies.policy(self.town.board.id)
        self.rate, self.cap = (policy.hourly_rate, policy.cap) if policy else (None, None)
        self.reps_arrange = policy is not None and policy.arranged_by == REP
        self.provider_ids = [one.id for one in policies.providers(self.town.board.id)]
        for plan in (*plans(self.town, self.chance), *of_the_year(self.town, Random(f"{self.town.key}:care year"))):
            yield Step(plan.asked_at, plan.person_id, partial(self._ask, plan))

    def _ask(self, plan: Asked, is_again: bool = False) -> Steps:
        typed: Typed = {"what": plan.what, "title": plan.title, "meeting_id": plan.meeting_id, "place": "home"}
        typed |= {"kind": self.chance.choice(("company", "company", "personal")), "who": self._who()}
        typed["note"] = self.chance.choice(NOTES) if self._is_lately(plan.span.day) and not is_again else ""
        key, board_id = UUID(int=self.chance.getrandbits(128), version=4), self.town.board.id
        care = requests.ask(key, board_id, plan.person_id, plan.person_id, plan.span, typed)
        yield from self._answered(plan, care.id, london_day(care.asked_at))

    def _who(self) -> str:
        return "known" if self.reps_arrange else self.chance.choices(("arranged", "service"), (0.85, 0.15))[0]

    def _is_lately(self, day: date) -> bool:
        """Words about care are removed a month after its day."""
        return (self.town.today - day).days < TEXT_DAYS

    def _care(self, care_id: UUID) -> CareRequest:
        return queries.request_by_id(self.town.board.id, care_id)

    def _answered(self, plan: Asked, care_id: UUID, asked_on: date) -> Steps:
        """What the officer does with it, and when the rep tells how it was."""
        if plan.end is End.NEVER_ANSWERED:
            yield self._told(plan, care_id, NOT_HELD, was_own_budget=True)
            return
        day = answered_on(asked_on, answered_after(self.town, self.chance), plan.span.day)
        moment = max(at_hour(day, self.chance.randint(9, 16), self.chance.randint(0, 59)), plan.asked_at)
        act = self._refuse if plan.end in NOT_PROVIDED else self._arrange
        yield Step(moment, self.officer_id, partial(act, plan, care_id))

    def _refuse(self, plan: Asked, care_id: UUID) -> Steps:
        care = self._care(care_id)
        answer = self.chance.choice(NO) if self._is_lately(plan.span.day) else ""
        arranging.cannot(care, care.version, self.officer_id, answer)
        evening = at_hour(london_day(care.ended_at or plan.asked_at) + timedelta(days=1), 20)
        if plan.end is End.AGAIN and evening < plan.span.starts_at - timedelta(days=2):
            later = replace(plan, span=_later(plan.span), asked_at=evening, end=End.CAME)
            yield Step(evening, plan.person_id, partial(self._ask, later, is_again=True))
            return
        own = plan.end is End.OWN_BUDGET
        yield self._told(plan, care_id, TOOK_PLACE if own else NOT_HELD, was_own_budget=True)

    def _arrange(self, plan: Asked, care_id: UUID) -> Steps:
        care = self._care(care_id)
        if care.note:
            arranging.read_text(care)
        span = _later(plan.span) if plan.end is End.OFFERED else plan.span
        arranging.arrange(care, care.version, self.officer_id, span, self._typed(plan, span))
        now = care.arranged_at or plan.asked_at
        if plan.end is End.OFFERED:
            yield Step(_evening(now, plan.span), plan.person_id, partial(self._agree, care_id))
        if plan.end is End.CHANGED:
            yield Step(_evening(now, plan.span), plan.person_id, partial(self._change, plan, care_id))
        if plan.end is End.CANCELLED:
            moment = max(now, plan.span.starts_at - timedelta(days=self.chance.randint(1, 5)))
            yield Step(moment, plan.person_id, partial(self._cancel, care_id))
            return
        is_there = plan.end is not End.NOBODY_CAME
        yield self._told(plan, care_id, TOOK_PLACE if is_there else NOT_HELD, was_own_budget=not is_there)

    def _typed(self, plan: Asked, span: Span) -> Typed:
        by_board = not self.reps_arrange or self.chance.random() < 0.3
        cost = estimate(span.minutes, self.rate or 1800, self.cap) if by_board else None
        words = "Someone from the team. Ring the office on the day" if self._is_lately(plan.span.day) else ""
        who: Typed = {"provider_id": self.chance.choice(self.provider_ids)} if by_board else {}
        return {**who, "cost": cost, "is_paid_by_board": by_board, "invoice": "", "arrangement": words}

    def _agree(self, care_id: UUID) -> None:
        care = self._care(care_id)
        requests.agree(care, care.version, REP)

    def _change(self, plan: Asked, care_id: UUID) -> Steps:
        """They need half an hour more; the officer accepts it the next day."""
        care = self._care(care_id)
        requests.change(care, care.version, _longer(plan.span), {})
        morning = at_hour(working_day_from(london_day(care.times_changed_at or plan.asked_at) + timedelta(days=1)), 9)
        moment = min(morning, plan.span.starts_at - timedelta(hours=1))
        yield Step(moment, self.officer_id, partial(self._accept, care_id))

    def _accept(self, care_id: UUID) -> None:
        care = self._care(care_id)
        price = estimate(care.span.minutes, self.rate or 1800, self.cap) if care.is_paid_by_board else None
        requests.agree(care, care.version, OFFICER, **({"cost": price} if price else {}))

    def _cancel(self, care_id: UUID) -> Steps:
        care = self._care(care_id)
        requests.cancel(care, care.version)
        day = working_day_from(london_day(care.ended_at or care.asked_at))
        yield Step(at_hour(day, 23), self.officer_id, partial(self._tell_provider, care_id))

    def _tell_provider(self, care_id: UUID) -> None:
        care = self._care(care_id)
        arranging.tell_provider(care, care.version)

    def _told(self, plan: Asked, care_id: UUID, status: str, *, was_own_budget: bool) -> Step:
        """A few days after it, or the next morning."""
        after = self.chance.choices((1, 2, 4, 6), (0.55, 0.25, 0.15, 0.05))[0]
        is_at_once = was_own_budget and bool(self.town.profile.care_by_quarter)  # all of one event, for its figures
        day = plan.span.day + timedelta(days=1 if is_at_once else after)
        act = partial(self._tell, care_id, status, was_own_budget)
        return Step(at_hour(day, self.chance.randint(8, 21), self.chance.randint(0, 59)), plan.person_id, act)

    def _tell(self, care_id: UUID, status: str, was_own_budget: bool) -> Steps:
        care = self._care(care_id)
        rep_paid = status == TOOK_PLACE and not was_own_budget and not care.is_paid_by_board
        cost = round(care.span.minutes / 60 * self.chance.choice((1000, 1200, 1500))) // 50 * 50 if rep_paid else None
        requests.end(care, care.version, status, was_own_budget=was_own_budget, cost=cost)
        if care.is_paid_by_board and status == TOOK_PLACE:
            day = working_day_from(
                london_day(care.ended_at or care.ends_at) + timedelta(days=self.chance.randint(3, 9))
            )
            yield Step(at_hour(day, 11, self.chance.randint(0, 59)), self.officer_id, partial(self._invoice, care_id))

    def _invoice(self, care_id: UUID) -> None:
        """As it was arranged, and now and then a little more."""
        care, self.invoices = self._care(care_id), self.invoices + self.chance.randint(3, 19)
        cost = (care.cost or 4000) + (self.chance.choice((450, 900)) if self.chance.random() < 0.07 else 0)
        letters = "".join(word[0] for word in (care.provider.name if care.provider else "X").split()[:3]).upper()
        number = f"{letters}-{self.invoices:04}"
        provider_id = care.provider_id or self.provider_ids[0]
        arranging.keep_late_cost(care, care.version, self.officer_id, provider_id, cost, number)


def _evening(moment: datetime, span: Span) -> datetime:
    """The same evening, or an hour later where the care is near."""
    return min(max(moment, at_hour(london_day(moment), 20)), max(moment, span.starts_at - timedelta(hours=3)))


def _later(span: Span) -> Span:
    """The same care, begun a quarter of an hour later and ended so."""
    later = timedelta(minutes=15)
    return Span(span.starts_at + later, span.ends_at + later, span.travel_minutes)


def _longer(span: Span) -> Span:
    return Span(span.starts_at, span.ends_at + timedelta(minutes=30), span.travel_minutes)
