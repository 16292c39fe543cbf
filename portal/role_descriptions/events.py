"""What can have happened to a role description."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ModelPublished(Event):
    """The national model has a new version."""

    number: int


@dataclass(frozen=True, kw_only=True)
class RoleEvent(Event):
    """Something about one version of a group's description."""

    group_id: UUID
    description_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class RoleDrafted(RoleEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class RolePublished(RoleEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class RoleAgreed(RoleEvent):
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoleToAgree(RoleEvent):
    """An occasion of the calendar: somebody has this role, and has never agreed to it."""

    person_id: UUID
    as_depute: bool = False


@dataclass(frozen=True, kw_only=True)
class RoleChanged(RoleToAgree):
    """Likewise, of somebody who agreed to an earlier version."""
