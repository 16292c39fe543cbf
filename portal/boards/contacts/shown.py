"""For templates: whom a page names, with how to reach them for the people of their board and for nobody else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from portal.access.decide import reach
from portal.access.permissions import CONTACTS_READ
from portal.access.roles import DEPUTE, MENTOR, OFFICER, REP
from portal.boards.contacts import queries
from portal.boards.contacts.rules import WITH_WORK_PHONE, Contact, as_contact, post_of
from portal.infra.guard import whoever_looks


def your_officers() -> list[Contact]:
    """Who supports whoever is looking, as a rep, depute or mentor, on each of their boards."""
    me = whoever_looks()
    if me is None:
        return []
    supported = me.boards_with(REP) | me.boards_with(DEPUTE) | me.boards_with(MENTOR)
    return [
        replace(as_contact(one), post=post_of(one.role, me.name_apart(one.board_id), is_own=True))
        for one in queries.staff(supported & reach(me, CONTACTS_READ).boards, [OFFICER])
        if one.id != me.id
    ]


def staff_of(board_id: UUID, roles: Collection[str], but: Collection[UUID | None] = ()) -> list[Contact]:
    """Who holds some roles of a board, by role and name; each once, and none of those left out."""
    me = whoever_looks()
    if me is None or board_id not in reach(me, CONTACTS_READ).boards:
        return []
    found: dict[UUID, Contact] = {}
    for one in queries.staff([board_id], roles):
        found.setdefault(one.id, as_contact(one))
    return [one for key, one in found.items() if key not in but]


def named(board_id: UUID, person_id: UUID, name: str, post: str, photo: str = "") -> Contact:
    """Somebody whom a page names already: how to reach them is beside it only while they work for that board."""
    works = {one.id: one for one in staff_of(board_id, WITH_WORK_PHONE)}
    known = works.get(person_id, Contact(person_id, name, post))
    return replace(known, post=post, photo=photo)
