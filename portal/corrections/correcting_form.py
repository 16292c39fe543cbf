"""A form that corrects what the record says: a page left open overwrites no newer correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from portal.infra.fields.version_field import Saved, VersionField, mark_of
from portal.infra.forms import Form
from portal.infra.web.interrupted_form import not_taken

if TYPE_CHECKING:
    from portal.corrections.models import Correction

RECORD = "record"


class _RecordField(VersionField):
    """What the record said when the page was opened, where other forms keep what their boxes held."""

    form: CorrectingForm

    def opened_with(self) -> Mapping[str, str]:
        return {RECORD: self.form.mark}


class CorrectingForm(Form):
    """Made with `record_says`, in the words of the page: where the record says something else by now, nothing is
    corrected, and the page says so with what it says now. `waits`, of a fact of a board: the same where something else
    waits to be confirmed by now."""

    version = _RecordField()  # type: ignore[call-arg]  # WTForms says of which form
    record_says = ""
    waits: Sequence[Correction] = ()

    @property
    def mark(self) -> str:
        """Of what the page shows of the record, and of what waits."""
        return mark_of("\n".join([self.record_says, *(one.id.hex for one in self.waits)]))

    def validate(self, extra_validators: object = None) -> bool:
        opened = (self.version.opened or {}).get(RECORD)
        if opened and opened != self.mark:
            waits = [f"{one.called}: {one.was}, to become {one.now}, {one.asked_by.name}" for one in self.waits]
            self.meanwhile = [Saved("The record", self.record_says)]
            self.meanwhile += [Saved("Waiting to be confirmed", words) for words in waits]
            not_taken()
            return False
        return super().validate(extra_validators)
