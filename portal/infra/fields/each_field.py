"""The same boxes once for each of many things, by their id: a reference for each payee, a reason for each line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import wtforms
from markupsafe import Markup
from wtforms import Field, FieldList, FormField
from wtforms.utils import unset_value

from portal.infra.web.interrupted_form import not_taken


class Part(wtforms.Form):  # type: ignore[misc]  # WTForms ships no types
    """A small form about one of many things, inside a form (see each()); the token is that of the whole."""


class Thing(NamedTuple):
    """One of many things that a form asks about: its name, and what its boxes show when the page is opened."""

    name: str
    shown: object = None  # a value; or, for a Part, a dictionary of them


def each(asked: Field | type[Part], may_be_missing: bool = False) -> EachField:
    """A field, or a Part, once for each of many things by their id; a form is given them as {id: Thing}.

    With `may_be_missing`, a thing of which nothing was sent is left out; or else it is checked like any other.
    """
    return EachField(FormField(asked) if isinstance(asked, type) else asked, may_be_missing=may_be_missing)


class _EachInput:
    """One after another; a template lays out the boxes of a Part itself."""

    def __call__(self, field: EachField, **options: object) -> Markup:
        return Markup().join(entry(**options) for entry in field)


class EachField(FieldList):  # type: ignore[misc]  # WTForms ships no types
    """Boxes named after the ids of things: 'payee-<id>', 'lines-<id>-reason'. Errors begin with the thing's name.

    What is sent of an id that is not on offer is ignored, and what a page showed is never taken for an answer.
    A place in a list would not do for a name: somebody else may have added a thing while the page was open.
    """

    widget = _EachInput()

    def __init__(self, asked: Field, *, may_be_missing: bool, **options: object) -> None:
        super().__init__(asked, **options)
        self.may_be_missing = may_be_missing

    def process(self, formdata: object, data: Any = unset_value, extra_filters: object = None) -> None:  # as WTForms
        self.entries: list[Field] = []
        self.things: Mapping[UUID, Thing] = data or {}
        for key, (name, shown) in self.things.items():
            is_opened = formdata is None and shown is not None
            entry = self._add_entry(formdata, shown if is_opened else unset_value, index=key)
            entry.object_data = shown  # what is stored, also when something else is sent
            entry.label.text = name if isinstance(entry, FormField) else _of_thing(name, entry.label.text)
        self.by_id: dict[UUID, Field] = dict(zip(self.things, self.entries, strict=True))

    def validate(self, form: wtforms.Form, extra_validators: object = ()) -> bool:
        self.errors = {}
        for key, entry in self._answers():
            if not entry.validate(form):
                for box in _boxes(entry):
                    box.errors = [_of_thing(self.things[key].name, error) for error in box.errors]
                self.errors[str(key)] = entry.errors
        return not self.errors

    def refuse(self, problems: Mapping[UUID, str]) -> None:
        """Say beside boxes what only an action can know of what was typed there, by the id of their thing."""
        for key, problem in problems.items():
            self.by_id[key].errors = [problem]
            self.errors[str(key)] = [problem]
        not_taken()

    @property
    def wrong_boxes(self) -> list[Field]:
        return [box for entry in self.entries for box in _boxes(entry) if box.errors]

    def _answers(self) -> Iterator[tuple[UUID, Field]]:
        for key, entry in self.by_id.items():
            if not self.may_be_missing or any(box.raw_data for box in _boxes(entry)):
                yield key, entry

    @property
    def data(self) -> dict[UUID, Any]:  # what the fields hold
        return {key: entry.data for key, entry in self._answers()}

    def __getitem__(self, key: UUID) -> Field:
        return self.by_id[key]


def _boxes(entry: Field) -> Sequence[Field]:
    return list(entry) if isinstance(entry, FormField) else [entry]


def _of_thing(name: str, words: str) -> str:
    """'Main Group: how many other members?'."""
    return f"{name}: {words[:1].lower()}{words[1:]}" if words else name
