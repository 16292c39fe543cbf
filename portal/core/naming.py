"""How the audit trail names a thing: as it is called today, and as it was called when a line was written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from portal.core.changes import ChangeEvent
from portal.core.events import Event
from portal.core.values import EventFacts

NamesOf = Callable[[UUID, Collection[UUID]], Mapping[UUID, str]]  # of things of a board, by their ids
Before = Callable[[EventFacts, Mapping[str, str], str], str]  # facts, what people typed, the name from then on

NOW_CALLED = "now called "  # before the name of today, in a line of which nobody knows what the thing was called then


def as_it_is(_facts: EventFacts, name: str) -> str:
    return name


@dataclass(frozen=True)
class Naming:
    """The names of one kind of thing: what an administrator may read, and nothing that is private.

    `find` has those of today. `renamed_by` are the events after which a thing is called something else, each with what
    it was called before: '' where nobody knows that. Where `names_gone`, the event that removed a thing has its name.
    `said` adds what a line itself holds.
    """

    find: NamesOf
    renamed_by: Mapping[type[Event], Before] = field(default_factory=dict)
    names_gone: bool = False
    said: Callable[[EventFacts, str], str] = as_it_is


def was_in(event: type[ChangeEvent], column: str) -> Before:
    """The name is one column of what an event tells."""

    def before(facts: EventFacts, typed: Mapping[str, str], after: str) -> str:
        was = event.was(column, facts, typed)
        return after if was is None else was

    return before


def was_fact(name: str) -> Before:
    """The name is a fact of the event; an older line holds none."""
    return lambda facts, _typed, _after: facts.get(name) or ""
