"""Finding whom of a board people can reach. Who may see it, portal/boards/contacts/shown.py says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, bindparam, select

from portal.accounts.models import Person
from portal.boards.contacts.rules import WITH_WORK_PHONE, Contact, post_of
from portal.boards.models import StaffRole
from portal.boards.queries import is_staff
from portal.core import clock
from portal.core.names import name_key
from portal.infra.database import db
from portal.infra.kept import made_once


@dataclass(frozen=True)
class InPost:
    """Somebody in a post of a board."""

    board_id: UUID | None
    role: str
    contact: Contact


def in_post(board_ids: Iterable[UUID], roles: Iterable[str] = WITH_WORK_PHONE) -> list[InPost]:
    """Who has joined with some roles of some boards and can act today, by name."""
    asked = {"boards": list(board_ids), "roles": list(roles), "today": clock.today()}
    rows = db.session.execute(_in_post(), asked) if asked["boards"] else ()
    found = {
        (board, role, key): InPost(board, role, Contact(key, name, post_of(role), email, phone))
        for board, role, key, name, email, phone in rows
    }
    return sorted(found.values(), key=lambda one: (name_key(one.contact.name), one.contact.id))


@made_once
def _in_post() -> Select[UUID | None, str, UUID, str, str, str]:
    of_person = (Person.id, Person.name, Person.email, Person.work_phone)
    statement = select(StaffRole.board_id, StaffRole.role, *of_person).join(StaffRole.person)
    staff = is_staff(StaffRole.board_id.in_(bindparam("boards")))
    return statement.where(*staff, Person.joined_at.is_not(None)).order_by(Person.id, StaffRole.id)


def signature_of(board_id: UUID, person_id: UUID) -> dict[str, str]:
    """How somebody who works for a board signs an email: facts with their name, post and number, as far as known."""
    theirs = [one for one in in_post([board_id]) if one.contact.id == person_id]
    if not theirs:
        return {"signed_name": "", "signed_post": "", "signed_phone": ""}
    first = min(theirs, key=lambda one: WITH_WORK_PHONE.index(one.role)).contact
    return {"signed_name": first.name, "signed_post": first.post, "signed_phone": first.phone}
