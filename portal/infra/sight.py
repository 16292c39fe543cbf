"""What somebody may see: a thing in an address is found by a loader, which says the permission that shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement

from portal.access.decide import Reach, can, reach
from portal.access.roles import Viewer
from portal.infra.database import Model
from portal.infra.scope import within

InAddress = ParamSpec("InAddress")
Thing = TypeVar("Thing")
# What these are given is the thing just found; it is Any because a lambda cannot name the type of what it takes.
Whose = Callable[[Any], Sequence[UUID | None] | None]  # as said above
Needs = Callable[[Any], Sequence[str]]  # likewise


@dataclass(frozen=True)
class Sight:
    """Who looks, and how far they see."""

    person: Viewer
    permission: str

    @cached_property
    def reach(self) -> Reach:
        return reach(self.person, self.permission)

    def of(self, model: type[Model]) -> ColumnElement[bool]:
        """The WHERE clause that keeps a statement to the rows within sight."""
        return within(self.reach, model)


class Loader(Generic[InAddress, Thing]):
    """Finds one thing for somebody; None when it is not there, or out of their sight, which is the same to them.

    What was found is asked about once more, so that a statement which forgot its limits still shows nothing.
    """

    def __init__(
        self,
        find: Callable[Concatenate[Sight, InAddress], Thing | None],
        sight: str,
        whose: Whose | None = None,
        needs: Needs | None = None,
    ) -> None:
        self.find, self.sight, self.whose, self.needs = find, sight, whose, needs
        update_wrapper(self, find)

    def __call__(self, person: Viewer, *in_address: InAddress.args, **named: InAddress.kwargs) -> Thing | None:
        thing = self.find(Sight(person, self.sight), *in_address, **named)
        return thing if thing is not None and self.shows(person, thing) else None

    def shows(self, person: Viewer, thing: Thing) -> bool:
        """Whether this thing is there for this person."""
        alone = self.whose(thing) if self.whose else None
        needed = (self.sight, *self.needs(thing)) if self.needs else (self.sight,)
        return all(can(person, one, thing) for one in needed) and (alone is None or person.id in alone)

    def with_sight(self, permission: str) -> Loader[InAddress, Thing]:
        """The same, for whoever has another permission than usual."""
        return Loader(self.find, permission, self.whose, self.needs)


@dataclass(frozen=True)
class seen_with:  # noqa: N801 - it is used as a decorator
    """Mark what finds one thing: whoever has the permission for it sees it, and to others it is not there (404).

    Some things are somebody's alone, whatever the table says: `whose(thing)` names these people, or says None.
    Some need more than others of their kind: `needs(thing)` names the further permissions.
    That a thing is in sight but not theirs to do (403) is for the door to say.
    """

    permission: str
    whose: Whose | None = None
    needs: Needs | None = None

    def __call__(self, find: Callable[Concatenate[Sight, InAddress], Thing | None]) -> Loader[InAddress, Thing]:
        return Loader(find, self.permission, self.whose, self.needs)


AnyLoader = Loader[..., Any]  # of whichever thing
