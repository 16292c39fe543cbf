"""Which descriptions want a rep's agreement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select

from portal.access.roles import Viewer
from portal.boards.models import Group
from portal.infra.wanted import wants
from portal.role_descriptions.models import RoleDescription
from portal.role_descriptions.queries import is_newest, not_agreed

ROLE = "role"


def of_person(person: Viewer) -> Iterator[Select[Any]]:
    """The newest version of each of somebody's groups that they have not agreed to; the id is the group's."""
    if person.groups:
        of = {"moment": RoleDescription.published_at, "number": RoleDescription.number, "name": Group.name}
        rows = wants(ROLE, RoleDescription.group_id, RoleDescription.board_id, **of)
        rows = rows.join(Group, Group.id == RoleDescription.group_id)
        yield rows.where(RoleDescription.group_id.in_(person.groups), is_newest(), not_agreed(person.id))
