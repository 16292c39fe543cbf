"""Changing somebody's account takes an administrator of every board where they have a role, for accounts are shared.

Each says so for their own board, within a week of each other; with the last of them it is done. Nobody agrees to a
change of their own account. For coordinators, who belong to no board, only the operator can do it.
"""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from sqlalchemy import delete

from portal.accounts import actions as accounts
from portal.accounts import second_factor
from portal.accounts.invitations import withdraw_invitation
from portal.accounts.models import Person
from portal.boards.accounts import queries, rules
from portal.boards.accounts.queries import Member
from portal.boards.events import (
    AccountChangeAgreed,
    AgreementAsked,
    BoardChangedAccount,
    BoardClearedFactor,
    BoardClosedAccount,
    BoardOpenedAccount,
)
from portal.boards.models import Agreement
from portal.boards.people import actions as people_actions
from portal.core import clock
from portal.infra.database import db
from portal.infra.unit_of_work import record

DO: dict[str, Callable[[Person, UUID], None]] = {
    rules.CLEAR_FACTOR: lambda person, _: second_factor.clear(person),
    rules.DISABLE: lambda person, _: accounts.disable(person),
    rules.ENABLE: lambda person, _: accounts.enable(person),
    rules.WITHDRAW: withdraw_invitation,
    rules.WITHDRAW_AND_END: people_actions.withdraw_and_end_roles,
}

ALONE: dict[str, type[BoardChangedAccount]] = {  # what the trail says where no other board has a say
    rules.CLEAR_FACTOR: BoardClearedFactor,
    rules.DISABLE: BoardClosedAccount,
    rules.ENABLE: BoardOpenedAccount,
}  # that an invitation is withdrawn is recorded of itself


class OnlyTheOperator(Exception):
    """The person has a role on no board, which no administrator can speak for."""


def changes_open_to(member: Member) -> list[str]:
    """What makes sense for this account now; nothing for a board that has no say in it."""
    if not member.has_say:
        return []
    if member.person.disabled_at:
        return [rules.ENABLE]
    if not member.person.joined_at:
        return [] if member.person.invitation_withdrawn_at else _withdrawing(member.person.id)
    return [rules.CLEAR_FACTOR, rules.DISABLE] if member.person.has_factor else [rules.DISABLE]


def _withdrawing(person_id: UUID) -> list[str]:
    """Withdrawing an invitation, and with it the roles that it was for, where it was for any."""
    ends_roles = queries.has_role(person_id, clock.today())
    return [rules.WITHDRAW, *([rules.WITHDRAW_AND_END] if ends_roles else [])]


def missing(person_id: UUID, what: str) -> set[UUID | None]:
    """The boards whose administrators have yet to agree."""
    agreed = queries.agreements(person_id, what, clock.now() - rules.AGREEMENT_LASTS)
    return queries.boards_of(person_id, clock.today()) - {one.board_id for one in agreed}


def agree(member: Member, what: str, agreed_by: UUID) -> bool:
    """Agree for one board; True when that was the last, and it is done. Raises OnlyTheOperator."""
    person = member.person
    waiting = missing(person.id, what)
    if None in waiting:
        raise OnlyTheOperator
    is_first = waiting == queries.boards_of(person.id, clock.today())
    facts = {"person_id": person.id, "what": what, "agreed_by_id": agreed_by}
    db.session.add(Agreement(board_id=member.board_id, agreed_at=clock.now(), **facts))
    others = {one for one in waiting if one and one != member.board_id}
    if is_first and not others:
        if what in ALONE:
            record(ALONE[what](board_id=member.board_id, person_id=person.id))
    else:
        record(AccountChangeAgreed(board_id=member.board_id, person_id=person.id, what=what))
    if not others:
        _do(person, what, member.board_id)
    elif is_first:
        for board_id in sorted(others, key=str):
            record(AgreementAsked(board_id=board_id, person_id=person.id, what=what))
    return not others


def _do(person: Person, what: str, board_id: UUID) -> None:
    """The change itself; what was agreed for it is used up."""
    db.session.flush()
    db.session.execute(delete(Agreement).where(Agreement.person_id == person.id, Agreement.what == what))
    DO[what](person, board_id)
