"""A form that corrects what the record says: a page left open overwrites no newer correction."""

from __future__ import annotations

from collections.abc import Mapping

from portal.infra.fields.version_field import Saved, VersionField, mark_of
from portal.infra.forms import Form
from portal.infra.web.interrupted_form import not_taken

RECORD = "record"


class _RecordField(VersionField):
    """What the record said when the page was opened, where other forms keep what their boxes held."""

    form: CorrectingForm

    def opened_with(self) -> Mapping[str, str]:
        return {RECORD: mark_of(self.form.record_says)}


class CorrectingForm(Form):
    """Made with `record_says`, in the words of the page: where the record says something else by now, nothing is
    corrected, and the page says so with what it says now."""

    version = _RecordField()  # type: ignore[call-arg]  # WTForms says of which form
    record_says = ""

    def validate(self, extra_validators: object = None) -> bool:
        opened = (self.version.opened or {}).get(RECORD)
        if opened and opened != mark_of(self.record_says):
            self.meanwhile = [Saved("The record", self.record_says)]
            not_taken()
            return False
        return super().validate(extra_validators)
