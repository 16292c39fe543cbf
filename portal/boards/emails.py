"""Who hears by email what happened on a board; and the people and facts of a board for the emails of others."""

from __future__ import annotations

from uuid import UUID

from portal.access.roles import ADMIN, CLERK, OFFICER
from portal.accounts.events import PersonInvited
from portal.boards import queries
from portal.boards.accounts.rules import ACCOUNT_CHANGES
from portal.boards.events import AgreementAsked, AppointmentEnded, RepAppointed, TermEndsSoon
from portal.core.events import BoardEvent, Event
from portal.core.text import day_words
from portal.infra.notification import Facts, Notification, Recipient, each, the_person


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


def of_board(event: Event) -> Facts:
    """The board's name, key and contact; empty where it happened on none."""
    if event.board_id is None:
        return {"board": "", "board_key": "", "contact": ""}
    board = queries.board_by_id(event.board_id)
    return {"board": board.name, "board_key": board.key, "contact": board.contact}


def name_of(person_id: UUID) -> str:
    return queries.people_named([person_id])[person_id]


def invitation(event: PersonInvited) -> Facts:
    return {**of_board(event), "link_id": event.link_id.hex}


def term_ending(event: TermEndsSoon) -> Facts:
    group = next(one.name for one in queries.every_group(event.board_id) if one.id == event.group_id)
    return {**of_board(event), "group": group, "rep": name_of(event.person_id), "until": day_words(event.until_on)}


def agreement_asked(event: AgreementAsked) -> Facts:
    facts = {"who": name_of(event.person_id), "change": ACCOUNT_CHANGES[event.what], "who_id": event.person_id.hex}
    return {**of_board(event), **facts}


EMAILS = (
    Notification(PersonInvited, the_person, "invitation", invitation, always=True, at_once=True, worth_days=1),
    Notification(RepAppointed, the_person, "rep-appointed", of_board, always=True),
    Notification(AppointmentEnded, the_person, "appointment-ended", of_board, always=True),
    Notification(TermEndsSoon, officers_and_administrators, "term-ending", term_ending, always=True, worth_days=14),
    Notification(AgreementAsked, administrators, "agreement-asked", agreement_asked, always=True, at_once=True),
)
