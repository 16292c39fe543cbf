"""Events of a change: from what, to what, of each column that is theirs to tell."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from portal.core.events import Event, personal
from portal.core.text import date_words, moment_words
from portal.core.values import EventFacts, Typed

Changes = Mapping[str, tuple[object, object]]  # by column: what it was, what it is; empty where nothing is new
Label = str | tuple[str, Callable[[object], str]]  # what a column is called; and how its value is said
LONGEST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class ChangeEvent(Event, abstract=True):
    """A thing was changed: `record(GroupChanged(group_id=…, **GroupChanged.says(changes)))`.

    `labels` are the columns that it tells of, with their words. Those in `typed_by_people` may name somebody, so that
    what they were and are stands in the part that can be erased; then only that they changed is left.
    """

    thing: str = ""  # what it was called then, where the trail has no name for it
    done: str = ""  # 'added', 'closed', 'removed', 'moved'; '' for a change of what it says
    values: tuple[tuple[str, str, str], ...] = ()
    retyped: tuple[str, ...] = ()
    typed: str = personal()

    labels: ClassVar[Mapping[str, Label]] = {}
    typed_by_people: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def says(cls, changes: Changes) -> Typed:
        """The fields of such an event, for a row's changes; columns that it does not tell of are left out."""
        told = {column: changes[column] for column in cls.labels if column in changes}
        words = [(column, *(_said(cls.labels[column], value) for value in both)) for column, both in told.items()]
        typed = [one for one in words if one[0] in cls.typed_by_people]
        return {
            "values": tuple(one for one in words if one not in typed),
            "retyped": tuple(column for column, *_ in typed),
            "typed": json.dumps(typed) if typed else "",
        }

    @classmethod
    def says_without_words(cls, changes: Changes) -> Typed:
        """The same of what is private, or held personal data: of what people typed, only that it changed."""
        return {**cls.says(changes), "typed": ""}

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        if which := ", ".join(filter(None, (facts.get("thing"), facts.get("done")))):
            yield which
        typed = json.loads(about_people.get("typed", "[]"))
        for column, was, now in (*facts.get("values", ()), *typed):
            yield f"{cls._called(column)}: was {_shown(was)}, now {_shown(now)}"
        yield from (cls._called(column) for column in facts.get("retyped", ()) if not typed)

    @classmethod
    def was(cls, column: str, facts: EventFacts, about_people: Mapping[str, str]) -> str | None:
        """What a column was: None where it did not change, '' where a line does not hold it, or not any more."""
        told = [*facts.get("values", ()), *json.loads(about_people.get("typed", "[]"))]
        found = {name: was for name, was, _ in told}
        is_unknown = "values" not in facts or column in facts.get("retyped", ())  # an older line holds nothing
        return found.get(column, "" if is_unknown else None)

    @classmethod
    def _called(cls, column: str) -> str:
        """Lines are never written again: a column that is gone is called by its name."""
        label = cls.labels.get(column, column.replace("_", " "))
        return label if isinstance(label, str) else label[0]


def _said(label: Label, value: object) -> str:
    if value is None or value == "":
        return ""
    return _in_words(value) if isinstance(label, str) else label[1](value)


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        return date_words(value)
    return ", ".join(map(_in_words, value)) if isinstance(value, list | tuple) else str(value)


def _shown(words: str) -> str:
    return (words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…") or "empty"
