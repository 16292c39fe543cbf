"""What can have happened to a role description."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import BoardEvent, Event


@dataclass(frozen=True, kw_only=True)
class ModelPublished(Event, sentence="Published the national model of the role", nobody=True):
    """The national model has a new version."""

    number: int


@dataclass(frozen=True, kw_only=True)
class RoleEvent(BoardEvent, abstract=True):
    """Something about one version of a group's description."""

    group_id: UUID
    description_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class RoleDrafted(RoleEvent, sentence="Wrote a draft of a role", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class RoleDraftDiscarded(RoleEvent, sentence="Discarded a draft of a role", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class RolePublished(RoleEvent, sentence="Published what a role is", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class RoleAgreed(RoleEvent, sentence="Agreed to a role", nobody=True):
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoleToAgree(RoleEvent, sentence="Someone was asked to agree to a role"):
    """An occasion of the calendar: somebody has this role, and has never agreed to it."""

    person_id: UUID
    as_depute: bool = False


@dataclass(frozen=True, kw_only=True)
class RoleChanged(RoleToAgree, sentence="Someone was asked to agree to a changed role"):
    """Likewise, of somebody who agreed to an earlier version."""
