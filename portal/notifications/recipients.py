"""Who hears of an event. Each function takes the event and returns people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.access.roles import ADMIN, APPROVER, CLERK, OFFICER
from portal.accounts import queries as accounts
from portal.boards import queries as boards
from portal.core import clock
from portal.infra.unit_of_work import acting
from portal.meetings import queries as meetings
from portal.mentoring.pairs import queries as mentoring
from portal.replacement_care.requests import queries as requests_queries
from portal.training.sessions import queries as sessions_queries
from portal.training.sessions.rules import BOOKED, ON_WAITING_LIST


@dataclass(frozen=True)
class Recipient:
    """A person to write to, at their own address unless another is given."""

    person_id: UUID
    address: str | None = None


def nobody(_event: Any) -> list[Recipient]:
    return []


def the_person(event: Any) -> list[Recipient]:
    """Whom the event is about, if they have an account."""
    return [Recipient(event.person_id)] if event.person_id else []


def the_rep(event: Any) -> list[Recipient]:
    """For whom somebody stands in."""
    return [Recipient(event.on_behalf_of_id)]


def new_address(event: Any) -> list[Recipient]:
    link = accounts.mailed_link(event.link_id)
    return [Recipient(event.person_id, link.new_email)] if link else []


def old_address(event: Any) -> list[Recipient]:
    link = accounts.mailed_link(event.link_id)
    return [Recipient(event.person_id, link.old_email)] if link else []


def reps_and_deputes(event: Any) -> list[Recipient]:
    """Everyone who sits on the meeting's group today, and deputes who stand in at it."""
    meeting = meetings.meeting_by_id(event.meeting_id)
    reps = boards.reps_of_group(meeting.board_id, meeting.group_id, clock.today())
    return _each([*reps, *_deputes(meeting)])


def _deputes(meeting: Any) -> list[UUID]:
    if meeting.minutes_published_at:
        return []
    return [row.person_id for row, _, _ in meetings.stand_ins(meeting.id)]


def officers(event: Any) -> list[Recipient]:
    return _each(boards.staff_with_role(event.board_id, [OFFICER]))


def administrators(event: Any) -> list[Recipient]:
    return _each(boards.staff_with_role(event.board_id, [ADMIN])) if event.board_id else []


def officers_and_administrators(event: Any) -> list[Recipient]:
    return _each(boards.staff_with_role(event.board_id, [OFFICER, ADMIN]))


def the_rep_and_officers(event: Any) -> list[Recipient]:
    return _each(one.person_id for one in [*the_rep(event), *officers(event)])


def approvers(event: Any) -> list[Recipient]:
    return _each(boards.staff_with_role(event.board_id, [APPROVER]))


def approvers_and_administrators(event: Any) -> list[Recipient]:
    return _each(boards.staff_with_role(event.board_id, [APPROVER, ADMIN]))


def clerks(event: Any) -> list[Recipient]:
    return _each(boards.staff_with_role(event.board_id, [CLERK]))


def clerks_and_officers(event: Any) -> list[Recipient]:
    return _each(boards.staff_with_role(event.board_id, [CLERK, OFFICER]))


def everyone_concerned(event: Any) -> list[Recipient]:
    """Reps, deputes, officers and clerks of a meeting, but whoever made the change."""
    everyone = [*reps_and_deputes(event), *clerks_and_officers(event)]
    return [one for one in _each(r.person_id for r in everyone) if one.person_id != acting.get()]


def step_owner(event: Any) -> list[Recipient]:
    """Whose step of an induction it is: the rep, the officers or the clerks."""
    return {"officer": officers, "clerk": clerks}.get(event.owner, the_person)(event)


def care_officers(event: Any) -> list[Recipient]:
    """Who arranges a request, else every officer who may; never one who stands aside."""
    one = requests_queries.request_by_id(event.board_id, event.request_id)
    able = requests_queries.officers_for(one)
    return _each([one.officer_id] if one.officer_id in able else able)


def administrators_without_officer(event: Any) -> list[Recipient]:
    """The administrators, where no officer can arrange a request: nobody is left without somebody named."""
    one = requests_queries.request_by_id(event.board_id, event.request_id)
    return [] if requests_queries.officers_for(one) else administrators(event)


def care_other_side(event: Any) -> list[Recipient]:
    """Whoever of the rep and the officers did not do it."""
    return [one for one in care_both_sides(event) if one.person_id != acting.get()]


def care_both_sides(event: Any) -> list[Recipient]:
    """The rep and whoever arranges for them."""
    return _each([event.person_id, *(one.person_id for one in care_officers(event))])


def booked(event: Any) -> list[Recipient]:
    """Who has a place at a session."""
    return _each(sessions_queries.people_of(event.board_id, event.session_id, BOOKED))


def booked_and_waiting(event: Any) -> list[Recipient]:
    """Who has a place at a session, or waits for one."""
    return _each(sessions_queries.people_of(event.board_id, event.session_id, BOOKED, ON_WAITING_LIST))


def pair_both(event: Any) -> list[Recipient]:
    """Both of a pair."""
    return _each([event.person_id, event.mentor_id])


def pair_to_answer(event: Any) -> list[Recipient]:
    """Those of a pair who have not said yes yet."""
    pair = mentoring.pair_by_id(event.board_id, event.pair_id)
    said = ((pair.person_id, pair.person_said_at), (pair.mentor_id, pair.mentor_said_at))
    return _each(person_id for person_id, moment in said if moment is None)


def pair_other(event: Any) -> list[Recipient]:
    """The one of a pair who did not do it."""
    return [one for one in pair_both(event) if one.person_id != acting.get()]


def other_and_officers(event: Any) -> list[Recipient]:
    """The one of a pair who did not do it, and the officers."""
    return _each(one.person_id for one in [*pair_other(event), *officers(event)] if one.person_id != acting.get())


def whoever_is_asked(event: Any) -> list[Recipient]:
    """The one of a pair to whom a question goes."""
    return [Recipient(event.asked_id)]


def officers_beside(event: Any) -> list[Recipient]:
    """The officers who are none of the pair whose answer was low."""
    return _each(mentoring.officers_beside(mentoring.pulse_by_id(event.board_id, event.pulse_id).pair))


def _each(ids: Iterable[UUID]) -> list[Recipient]:
    return [Recipient(person_id) for person_id in dict.fromkeys(ids)]
