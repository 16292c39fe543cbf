"""For templates: whom a page names, with how to reach them for the people of their board and for nobody else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from portal.access.roles import DEPUTE, MENTOR, OFFICER, REP
from portal.boards.contacts.queries import in_post
from portal.boards.contacts.rules import WITH_WORK_PHONE, Contact, post_of
from portal.infra.guard import whoever_looks


def your_officers() -> list[Contact]:
    """Who supports whoever is looking, as a rep, depute or mentor, on each of their boards."""
    me = whoever_looks()
    if me is None:
        return []
    boards = me.boards_with(REP) | me.boards_with(DEPUTE) | me.boards_with(MENTOR)
    return [
        replace(one.contact, post=post_of(one.role, me.name_apart(one.board_id), is_own=True))
        for one in in_post(boards, [OFFICER])
        if one.contact.id != me.id
    ]


def staff_of(board_id: UUID, roles: Collection[str], but: Collection[UUID | None] = ()) -> list[Contact]:
    """Who holds some roles of a board, by role and name; each once, and none of those left out."""
    me = whoever_looks()
    if me is None or board_id not in me.boards_with_any():
        return []
    order = list(roles)
    held = sorted(in_post([board_id], order), key=lambda one: order.index(one.role))  # by name within each role
    found: dict[UUID, Contact] = {}
    for one in held:
        found.setdefault(one.contact.id, one.contact)
    return [one for key, one in found.items() if key not in but]


def as_contact(board_id: UUID, person_id: UUID, name: str, post: str, photo: str = "") -> Contact:
    """Somebody whom a page names already: how to reach them is beside it only while they work for that board."""
    works = {one.id: one for one in staff_of(board_id, WITH_WORK_PHONE)}
    known = works.get(person_id, Contact(person_id, name, post))
    return replace(known, post=post, photo=photo)
