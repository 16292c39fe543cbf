"""Finding whom of a board people can reach. Who may see it, portal/boards/contacts/shown.py says."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from portal.boards.contacts.rules import WITH_WORK_PHONE, Contact, as_contact
from portal.boards.queries import in_post
from portal.boards.rules import InPost
from portal.core.names import name_key


def staff(board_ids: Iterable[UUID], roles: Collection[str] = WITH_WORK_PHONE) -> list[InPost]:
    """Who has joined with some roles of some boards and can act today, by role and name."""
    order = list(roles)
    found = [one for one in in_post(board_ids) if one.role in order]
    return sorted(found, key=lambda one: (order.index(one.role), name_key(one.name), one.id))


def signature_of(board_id: UUID, person_id: UUID) -> dict[str, str]:
    """How somebody who works for a board signs an email: facts with their name, post and number, as far as known."""
    theirs = [as_contact(one) for one in staff([board_id]) if one.id == person_id]
    signs = theirs[0] if theirs else Contact(person_id, "", "")
    return {"signed_name": signs.name, "signed_post": signs.post, "signed_phone": signs.phone}
