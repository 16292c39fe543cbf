"""What every event has: a board (or none) and the thing it is about."""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from typing import Any
from uuid import UUID


def personal() -> Any:
    """A field of an event that names or describes a person: the trail keeps it where it can be erased."""
    return field(default="", metadata={"personal": True})


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened, in the past tense. Fields hold ids and plain values; words about people are personal."""

    board_id: UUID | None = None

    @property
    def name(self) -> str:
        return type(self).__name__

    @property
    def facts(self) -> dict[str, Any]:
        """The event's own fields as plain JSON values, those about people left out."""
        return {f.name: _plain(getattr(self, f.name)) for f in self._own_fields() if not f.metadata}

    @property
    def about_people(self) -> dict[str, str]:
        """The personal fields that hold something."""
        held = {f.name: str(getattr(self, f.name) or "") for f in self._own_fields() if f.metadata}
        return {name: value for name, value in held.items() if value}

    def _own_fields(self) -> list[Field[Any]]:
        return [f for f in fields(self) if f.name != "board_id"]


def _plain(value: object) -> object:
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, tuple | list | frozenset | set):
        return [_plain(item) for item in value]
    return str(value)
