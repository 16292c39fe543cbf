"""Which descriptions want a rep's agreement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select

from portal.access.roles import Asker
from portal.infra.wanted import wants
from portal.role_descriptions.models import RoleDescription
from portal.role_descriptions.queries import is_newest, not_agreed

ROLE = "role"


def of_person(person: Asker) -> Iterator[Select[Any]]:
    """The newest version of each of somebody's groups that they have not agreed to; the id is the group's."""
    if person.groups:
        of = {"moment": RoleDescription.published_at, "number": RoleDescription.number}
        rows = wants(ROLE, RoleDescription.group_id, RoleDescription.board_id, **of)
        yield rows.where(RoleDescription.group_id.in_(person.groups), is_newest(), not_agreed(person.id))
