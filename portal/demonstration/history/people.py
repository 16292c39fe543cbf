"""Everyone who ever held a seat or role on a board: invited, joined, appointed, renewed, gone; and their deputes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from portal.access.roles import Viewer
from portal.accounts import invitations
from portal.accounts.actions import disable
from portal.accounts.models import Person
from portal.accounts.queries import person_by_email
from portal.accounts.work_phones.actions import give_work_phone
from portal.boards.models import Appointment, Seat
from portal.boards.offers.actions import invite_to
from portal.boards.people import actions as people_actions
from portal.boards.seats import actions as seats_actions
from portal.boards.seats.rules import votes_from
from portal.core.calendar import working_day_by, working_day_from
from portal.demonstration.accounts import address
from portal.demonstration.history.joining import join
from portal.demonstration.history.steps import done
from portal.demonstration.world.profiles import DECLINED, FORMER, INVITED, Leaving, PlannedDepute, PlannedSeat, Term
from portal.demonstration.world.towns import Town
from portal.deputes import actions as depute_actions
from portal.deputes import queries as deputes
from portal.deputes.models import Nomination
from portal.infra.unit_of_work import unit_of_work
from portal.role_profiles.stepping_down import actions as stepping_down

ADMIN = "admin"
NOT_OF_OFFICE = ("rep", "depute", FORMER, INVITED, DECLINED)  # who comes by a seat or a nomination
ASKED_BEFORE, TOLD_BEFORE = 21, 25  # days before a term begins, or ends early, that it is settled
LEFT_OPEN = 100  # days after which the account of somebody who left is closed


@dataclass(frozen=True)
class Step:
    """Something that happened on a day, counted from today; `by` is the role key of whoever did it."""

    day: int
    do: Callable[[], object]
    by: str = ""
    hour: int = 10


def fill(town: Town) -> None:
    """In the order of days, in one transaction."""
    people = _People(town)
    with unit_of_work():
        for step in sorted(people.steps(), key=lambda one: (one.day, one.hour)):
            with done(people.working_day(step.day), step.hour, people.ids.get(step.by)):
                step.do()


class _People:
    """Whom a board has had so far, while its history is told."""

    def __init__(self, town: Town) -> None:
        self._town, self._profile, self._board = town, town.profile, town.board
        self.ids: dict[str, UUID] = {}
        self._appointments: dict[tuple[str, str, int], Appointment] = {}

    def working_day(self, number: int) -> date:
        """The working day of a step, on which the board was there already; what is to be today or later is now."""
        day = self._town.day(min(number, 0))
        return max(working_day_by(day), working_day_from(self._town.began_on))

    def steps(self) -> Iterator[Step]:
        yield from self._staff()
        for seat in self._profile.seats:
            yield from self._seat(seat)
        for one in self._profile.deputes:
            yield from self._depute(one)
        for one in self._profile.nominated:
            yield from self._nominated(one)
        for who, role, day in self._profile.offered:
            yield Step(day, partial(self._offer, who, role), ADMIN, 11)
            yield Step(day + 4, partial(self._decline, who), "", 20)
        for leaving in self._profile.leaving:
            yield Step(leaving.asked, partial(self._ask_to_leave, leaving), leaving.who, 19)

    def _staff(self) -> Iterator[Step]:
        began = -self._profile.joined_days_ago
        for who in self._profile.cast:
            if not who.startswith(NOT_OF_OFFICE):
                is_first = who == ADMIN
                yield Step(began, partial(self._give, who), "" if is_first else ADMIN, 10 if is_first else 12)
                yield Step(began, partial(self._join, who), "", 11 if is_first else 14)

    def _give(self, who: str) -> None:
        person = self._invited(who)
        give_work_phone(person, self._profile.phones.get(who, ""), self._board.id)
        people_actions.give_role(self._board, person, who.rstrip("2"), self._town.began_on)

    def _offer(self, who: str, role: str) -> None:
        people_actions.give_role(self._board, self._invited(who), role)

    def _decline(self, who: str) -> None:
        invitations.decline(self._person(who))

    def _invited(self, who: str) -> Person:
        person = invite_to(self._board.id, address(who, self._town.key), self._profile.names[who])
        self.ids[who] = person.id
        return person

    def _join(self, who: str) -> None:
        join(self._person(who))

    def _person(self, who: str) -> Person:
        person = person_by_email(address(who, self._town.key))
        assert person is not None
        return person

    def _seat(self, planned: PlannedSeat) -> Iterator[Step]:
        made: list[Seat] = []
        yield Step(planned.since, lambda: made.append(self._make_seat(planned)), ADMIN, 15)
        for number, term in enumerate(planned.terms):
            follows_oneself = number > 0 and planned.terms[number - 1].who == term.who
            yield from self._term(planned, made, term, follows_oneself)

    def _make_seat(self, planned: PlannedSeat) -> Seat:
        first, group = self._town.day(planned.since), self._town.groups[planned.group]
        return seats_actions.create_seat(group, planned.title, first, votes_from(group.kind, self._board.model))

    def _term(self, planned: PlannedSeat, made: list[Seat], term: Term, follows_oneself: bool) -> Iterator[Step]:
        is_early = follows_oneself or term.who.startswith(DECLINED)  # who declined did so before they were to begin
        asked = max(term.from_ - ASKED_BEFORE * (2 if is_early else 1), planned.since)
        if term.who.startswith(INVITED):
            asked = max(asked, -4)
        yield Step(asked, lambda: self._appoint(made[0], planned.group, term), ADMIN, 16)
        if term.who.startswith(DECLINED):
            yield Step(asked + 6, partial(self._decline, term.who), "", 20)
        elif term.has_joined:
            yield Step(min(asked + 4, term.from_), partial(self._join, term.who), "", 18)
        if term.because:
            told = max(term.until - TOLD_BEFORE, asked + 5)
            yield Step(told, lambda: self._end(planned.group, term), ADMIN, 11)
        if term.who.startswith(FORMER) and term.until < -LEFT_OPEN:
            yield Step(term.until + LEFT_OPEN, lambda: disable(self._person(term.who)), ADMIN, 9)

    def _appoint(self, seat: Seat, group: str, term: Term) -> None:
        person = self._invited(term.who)
        days = (self._town.day(term.from_), self._town.day(term.planned))
        made = seats_actions.appoint(seat, person, term.capacity, *days)
        self._appointments[group, term.who, term.from_] = made

    def _end(self, group: str, term: Term) -> None:
        appointment = self._appointments[group, term.who, term.from_]
        seats_actions.end_appointment(appointment, self._town.day(term.until), term.because)

    def _depute(self, planned: PlannedDepute) -> Iterator[Step]:
        """Nominated by the rep, confirmed by the officer, joined, and agreed to the role."""
        made: list[UUID] = []
        yield Step(planned.since - 12, lambda: made.append(self._nominate(planned, planned.key)), planned.for_, 19)
        yield Step(planned.since - 6, lambda: self._confirm(made[0], planned.key), "officer", 11)
        yield Step(planned.since - 3, partial(self._join, planned.key), "", 20)
        yield Step(planned.since, lambda: self._agree(made[0], planned.key), planned.key, 20)

    def _nominate(self, planned: PlannedDepute, local: str) -> UUID:
        rep, group = Viewer(self.ids[planned.for_]), self._town.groups[planned.group]
        to = address(local, self._town.key)
        return depute_actions.nominate(rep, group, planned.name, to, planned.why, None).id

    def _confirm(self, nomination_id: UUID, who: str) -> None:
        depute_actions.confirm(self._nomination(nomination_id), self.ids["officer"])
        self.ids[who] = self._person(who).id

    def _nomination(self, nomination_id: UUID) -> Nomination:
        return deputes.nomination(self._board.id, nomination_id)

    def _agree(self, nomination_id: UUID, who: str) -> None:
        depute_actions.agree(self._nomination(nomination_id))

    def _nominated(self, planned: PlannedDepute) -> Iterator[Step]:
        made: list[UUID] = []
        yield Step(planned.since, lambda: made.append(self._nominate(planned, planned.key)), planned.for_, 19)
        if planned.refused:
            no = partial(self._refuse, made, planned.refused)
            yield Step(planned.since + 5, no, "officer", 11)

    def _refuse(self, made: list[UUID], reason: str) -> None:
        depute_actions.decline(self._nomination(made[0]), self.ids["officer"], reason)

    def _ask_to_leave(self, leaving: Leaving) -> None:
        held = [
            one for (group, who, _), one in self._appointments.items() if (group, who) == (leaving.group, leaving.who)
        ]
        stepping_down.ask(held[-1], self._town.day(leaving.last_day), leaving.words)
