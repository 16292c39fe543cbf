"""Who hears by email what happened on a board; and the people and facts of a board for the emails of others."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from portal.access.roles import ADMIN, APPROVER, CLERK, OFFICER, REP, ROLE_NAMES
from portal.accounts import queries as accounts
from portal.accounts import rules
from portal.accounts.events import InvitationDeclined, InvitationFailed, InvitedAgain, PersonInvited
from portal.boards import queries
from portal.boards.access.events import (
    AccessChanged,
    AccessRestored,
    AccessSuspended,
    ReadingEnded,
    SignedOutOfBoard,
)
from portal.boards.accounts.rules import ACCOUNT_CHANGES
from portal.boards.events import (
    AgreementAsked,
    AppointmentCancelled,
    AppointmentEnded,
    RepAppointed,
    TermEndsSoon,
)
from portal.boards.models import Appointment
from portal.boards.people import queries as people
from portal.boards.people.invited import posts_in_words
from portal.core import clock
from portal.core.events import BoardEvent, Event
from portal.core.text import day_words, together
from portal.infra.database import db
from portal.infra.notification import Facts, Notification, Recipient, each, the_person, whether_own


def holders(board_id: UUID, *roles: str) -> list[Recipient]:
    """Whoever holds any of these roles on a board today."""
    return each(queries.staff_with_role(board_id, roles))


def officers(event: BoardEvent) -> list[Recipient]:
    return holders(event.board_id, OFFICER)


def administrators(event: Event) -> list[Recipient]:
    """Those of the board, if it happened on one."""
    return holders(event.board_id, ADMIN) if event.board_id else []


def officers_and_administrators(event: BoardEvent) -> list[Recipient]:
    return holders(event.board_id, OFFICER, ADMIN)


def clerks(event: BoardEvent) -> list[Recipient]:
    return holders(event.board_id, CLERK)


def clerks_and_officers(event: BoardEvent) -> list[Recipient]:
    return holders(event.board_id, CLERK, OFFICER)


def clerks_officers_and_administrators(event: BoardEvent) -> list[Recipient]:
    return holders(event.board_id, CLERK, OFFICER, ADMIN)


def of_board(event: Event) -> Facts:
    """The board's name, key and contact; empty where it happened on none."""
    if event.board_id is None:
        return {"board": "", "board_key": "", "contact": ""}
    board = queries.board_by_id(event.board_id)
    return {"board": board.name, "board_key": board.key, "contact": board.contact}


def name_of(person_id: UUID) -> str:
    return queries.people_named([person_id])[person_id]


def invitation(event: PersonInvited) -> Facts:
    """What somebody is invited to: with all that they have on the board by the end of what was done at once."""
    until = day_words(clock.today() + rules.LINK_LIFE[rules.INVITATION])
    facts = {"link_id": event.link_id.hex, "posts": posts_in_words(event.board_id, event.person_id)}
    return {**of_board(event), **facts, "until": until}


def whoever_joined(event: RepAppointed) -> list[Recipient]:
    """Anybody else is told by their invitation."""
    person = accounts.person(event.person_id)
    return the_person(event) if person and person.joined_at else []


def whoever_invited(event: InvitationFailed | InvitationDeclined) -> list[Recipient]:
    """Or else, once they do not work for the board any more, its administrators."""
    if event.board_id is None:
        return each([event.invited_by_id] if event.invited_by_id else [])
    at_work = queries.staff_with_role(event.board_id, (ADMIN, OFFICER, CLERK))
    return each([event.invited_by_id]) if event.invited_by_id in at_work else administrators(event)


def declined(event: InvitationDeclined) -> Facts:
    """What they were invited to, and have not taken up."""
    today = clock.today()
    posts = people.posts_of(event.board_id, event.person_id, today) if event.board_id else []
    named = [f"carer rep on {group}" if role == REP else ROLE_NAMES[role] for role, group, *_ in posts]
    return {**undelivered(event), "posts": list(dict.fromkeys(named))}


def undelivered(event: InvitationFailed | InvitationDeclined) -> Facts:
    return {**of_board(event), "who": name_of(event.person_id)}


def appointed(event: RepAppointed) -> Facts:
    one = db.session.get_one(Appointment, event.appointment_id)
    first = day_words(one.from_on) if one.from_on > clock.today() else ""
    days = {"first_day": first, "last_day": day_words(one.until_on)}
    return {**of_board(event), "group": _group(event.board_id, event.group_id), **days}


def appointment_ended(event: AppointmentEnded) -> Facts:
    last_day = db.session.get_one(Appointment, event.appointment_id).until_on
    facts = {"group": _group(event.board_id, event.group_id), "until": day_words(last_day)}
    return {**of_board(event), **facts, "until_on": last_day.isoformat(), "is_over": last_day < clock.today()}


def ended_when_sent(facts: Facts, _pace: int) -> Facts | str:
    """It may be held until the day after."""
    if "until_on" not in facts:
        return facts
    return {**facts, "is_over": date.fromisoformat(facts["until_on"]) < clock.today()}


def appointment_cancelled(event: AppointmentCancelled) -> Facts:
    return {**of_board(event), "group": _group(event.board_id, event.group_id), "from_day": day_words(event.from_on)}


def _group(board_id: UUID, group_id: UUID) -> str:
    return next(one.name for one in queries.every_group(board_id) if one.id == group_id)


def term_ending(event: TermEndsSoon) -> Facts:
    group = _group(event.board_id, event.group_id)
    return {**of_board(event), "group": group, "rep": name_of(event.person_id), "until": day_words(event.until_on)}


def agreement_asked(event: AgreementAsked) -> Facts:
    facts = {"who": name_of(event.person_id), "change": ACCOUNT_CHANGES[event.what], "who_id": event.person_id.hex}
    return {**of_board(event), **facts}


def access_changed(event: AccessChanged) -> Facts:
    facts = {"who": name_of(event.person_id), "who_id": event.person_id.hex, "by": name_of(event.by_id)}
    return {**of_board(event), **facts, "administrators": ""}


def names_of_administrators(board_id: UUID | None) -> str:
    """Of those who can change something today: whom people can ask may be no such."""
    return together([name for _, name in queries.people_with_role(board_id, ADMIN)]) if board_id else ""


def access_for_officers(event: AccessChanged) -> Facts:
    """Without the way to the account, which they may not open, and with the names of those who can change it."""
    return {**access_changed(event), "who_id": "", "administrators": names_of_administrators(event.board_id)}


def them_and_other_administrators(event: AccessChanged) -> list[Recipient]:
    """Whom it is about, and the board's other administrators."""
    others = [one for one in queries.staff_with_role(event.board_id, [ADMIN]) if one != event.by_id]
    return each([event.person_id, *others])


def officers_beside(event: AccessChanged) -> list[Recipient]:
    """Of an approver, the other approvers too."""
    told = {event.by_id, *(one.person_id for one in them_and_other_administrators(event))}
    roles = {role for role, *_ in people.posts_of(event.board_id, event.person_id, clock.today())}
    beside = holders(event.board_id, OFFICER, *([APPROVER] if APPROVER in roles else []))
    return [one for one in beside if one.person_id not in told]


EMAILS = (
    Notification(PersonInvited, the_person, "invitation", invitation, always=True, at_once=True, worth_days=14),
    Notification(InvitedAgain, the_person, "invitation", invitation, always=True, at_once=True, worth_days=14),
    Notification(InvitationFailed, whoever_invited, "invitation-failed", undelivered, always=True, at_once=True),
    Notification(InvitationDeclined, whoever_invited, "invitation-declined", declined, always=True, at_once=True),
    Notification(RepAppointed, whoever_joined, "rep-appointed", appointed, always=True),
    Notification(
        AppointmentEnded,
        the_person,
        "appointment-ended",
        appointment_ended,
        always=True,
        when_sent=ended_when_sent,
    ),
    Notification(AppointmentCancelled, the_person, "appointment-cancelled", appointment_cancelled, always=True),
    Notification(TermEndsSoon, officers_and_administrators, "term-ending", term_ending, always=True, worth_days=14),
    Notification(
        SignedOutOfBoard,
        the_person,
        "signed-out-of-board",
        access_changed,
        always=True,
        at_once=True,
        to_suspended=True,
    ),
    Notification(ReadingEnded, the_person, "reading-ended", access_changed, always=True),
    Notification(
        AccessSuspended,
        them_and_other_administrators,
        "access-suspended",
        access_changed,
        whether_own,
        always=True,
        at_once=True,
        to_suspended=True,
    ),
    Notification(
        AccessSuspended,
        officers_beside,
        "access-suspended",
        access_for_officers,
        whether_own,
        always=True,
        at_once=True,
        to_suspended=True,
    ),
    Notification(
        AccessRestored,
        them_and_other_administrators,
        "access-restored",
        access_changed,
        whether_own,
        always=True,
        at_once=True,
        to_suspended=True,
    ),
    Notification(
        AccessRestored,
        officers_beside,
        "access-restored",
        access_for_officers,
        whether_own,
        always=True,
        at_once=True,
        to_suspended=True,
    ),
    Notification(AgreementAsked, administrators, "agreement-asked", agreement_asked, always=True, at_once=True),
)
