"""The version that a page was opened with, and what its boxes held then: so that nobody undoes what they did not touch.

When two change one thing, the second keeps what the first saved in each box that they left as it was, and is told of
each box in which what they typed differs from what is saved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from hashlib import sha256
from typing import NamedTuple, Protocol

from markupsafe import Markup
from wtforms import Field, FieldList, FileField, FormField, HiddenField
from wtforms.widgets import HiddenInput

from portal.core.hours import as_typed
from portal.core.text import date_words

MOST_SHOWN = 300  # characters of what is saved in a box
MOST_MARKS = 20_000  # characters of them: some forms have a box for each of many things
MARK = re.compile(r"([a-z_]{1,40}(?:-[0-9a-f-]{36})?):([0-9a-f]{8})")


class Saved(NamedTuple):
    """What is saved now in a box in which something else was typed."""

    label: str
    words: str


class Boxes(Protocol):
    """A form, as this field knows it."""

    not_saved: Sequence[str]
    meanwhile: Sequence[Saved] | None

    def __iter__(self) -> Iterator[Field]: ...


class _VersionInput(HiddenInput):  # type: ignore[misc]  # WTForms ships no types
    """The version, and beside it, where the page shows what is saved, what its boxes held when it was opened."""

    def __call__(self, field: VersionField, **options: object) -> Markup:
        marks = " ".join(f"{name}:{mark}" for name, mark in field.opened_with().items())
        shown: Markup = super().__call__(field, **options)
        beside = Markup('<input name="{}" type="hidden" value="{}">').format(field.name, marks)
        return shown + beside if marks else shown


class VersionField(HiddenField):  # type: ignore[misc]  # likewise
    """The version of a row that a page was opened with; 0, which no row has, for anything else."""

    widget = _VersionInput()
    opened: Mapping[str, str] | None = None  # as it was sent; None on a page that is opened now

    def __init__(self, *args: object, _form: Boxes, **options: object) -> None:  # as WTForms
        super().__init__(*args, _form=_form, **options)
        self.form = _form

    def process_formdata(self, valuelist: list[str]) -> None:
        typed, marks = [*valuelist, "", ""][:2]
        self.data = int(typed) if re.fullmatch(r"[0-9]{1,9}", typed) else 0
        self.opened = dict(MARK.findall(marks[:MOST_MARKS]))

    def take(self, version: int) -> None:
        """Go on from this version, whatever came with the form."""
        self.data = version

    def opened_with(self) -> Mapping[str, str]:
        if self.opened is None:
            return {field.name: mark_of(field.data) for field in _boxes(self.form)}
        return self.opened

    def merge(self) -> bool:
        """Take what others saved in boxes that were left as they were; whether any was changed here and there.

        For a row without a version: what its boxes held when the page was opened says what changed since. The form
        must have been made from what is saved. A page that does not say what it was opened with is taken at its word.
        """
        opened, both = self.opened or {}, []
        for field in _boxes(self.form) if opened else ():
            saved, typed = _saved(field), field.data
            was = opened.get(field.name, mark_of(typed))  # a box that the page did not have was left alone
            if was == mark_of(saved) or mark_of(typed) == mark_of(saved) or field.process_errors:
                continue
            if was == mark_of(typed):
                field.data, field.raw_data = saved, _as_sent(saved)
            else:
                both.append(Saved(field.label.text, _words(field, saved)))
        if both:
            self.opened = {field.name: mark_of(_saved(field)) for field in _boxes(self.form)}
            self.form.meanwhile = both
        return bool(both)

    def meet(self, version: int) -> None:
        """Go on from what is saved now: boxes that were left as they were show it, and `meanwhile` says the others.

        What nobody else changed is no news. The form must have been made from what is saved.
        """
        opened, boxes, found = self.opened or {}, list(_boxes(self.form)), []
        for field in boxes:
            saved = _saved(field)
            if opened.get(field.name) == mark_of(field.data):
                field.data, field.raw_data = saved, None
            elif mark_of(saved) not in (mark_of(field.data), opened.get(field.name)):
                found.append(Saved(field.label.text, _words(field, saved)))
        self.take(version)
        self.opened = {field.name: mark_of(_saved(field)) for field in boxes}
        self.form.meanwhile = found if boxes else None


def _boxes(form: Boxes) -> Iterator[Field]:
    """Those whose values are saved as they stand; of a box for each of many things, each."""
    for field in form:
        if isinstance(field, FieldList):
            yield from (one for one in field if not isinstance(one, FormField | FileField))
        elif not isinstance(field, HiddenField | FileField) and field.name not in form.not_saved:
            yield field


def _saved(field: Field) -> object:
    value: object = field.object_data
    for change in field.filters:
        value = change(value)
    return value


def _as_sent(value: object) -> list[str] | None:
    """As a browser would send it: what is checked afterwards looks whether anything came.

    What is read from words into a value is shown by that value, as on a page that is opened.
    """
    if isinstance(value, list | tuple):
        return list(map(str, value))
    return None if isinstance(value, date | time | int) else [_plain(value)] if value else []


def _plain(value: object) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, list | tuple) else "" if not value else str(value)


def mark_of(value: object) -> str:
    """What is said beside a version of something that a page shows."""
    return sha256(("00:00:00" if value == time() else _plain(value)).encode()).hexdigest()[:8]


def _words(field: Field, value: object) -> str:
    """What is saved, as the page says it."""
    names = {str(key): str(label) for key, label, *_ in getattr(field, "choices", None) or ()}
    if isinstance(value, bool) or field.type == "BooleanField":
        return "ticked" if value else "not ticked"
    if isinstance(value, list | tuple):
        return ", ".join(names.get(str(one), str(one)) for one in value) or "nothing ticked"
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, time):
        return as_typed(value)
    if isinstance(value, int) and hasattr(field, "show"):
        return str(field.show(value))
    plain = names.get(_plain(value), _plain(value))
    return f"{plain[:MOST_SHOWN]}…" if len(plain) > MOST_SHOWN else plain or "left blank"
