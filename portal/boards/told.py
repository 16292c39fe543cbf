"""Who is emailed of what was done to somebody of a board, by the names that whoever did it knows there."""

from __future__ import annotations

from uuid import UUID

from portal.access.roles import ADMIN, APPROVER
from portal.accounts.models import Person
from portal.boards import queries
from portal.core.emailed import who_words
from portal.core.names import name_key
from portal.infra.guard import viewer
from portal.infra.web.emailed import emailed


def emailed_of(person: Person, board_id: UUID) -> str:
    """'Rona Weir and Kirsty Bain will be emailed.'"""
    return emailed({**queries.known_to(viewer(), board_id), person.id: person.name})


def also_told(board_id: UUID) -> tuple[str, str]:
    """Who else hears of a role that is given: of every role, and of an approver besides. '' where nobody does."""
    admins, approvers = (queries.people_named(queries.staff_with_role(board_id, [role])) for role in (ADMIN, APPROVER))
    of_each = [name for key, name in admins.items() if key != viewer().id]
    of_approver = [name for key, name in approvers.items() if key not in admins and key != viewer().id]
    return _together(of_each), _together(of_approver)


def _together(names: list[str]) -> str:
    return who_words(sorted(names, key=name_key)) if names else ""
