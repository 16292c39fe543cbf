"""A line of text that is read into a value: to the letter, or with a question when it leaves something open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import Field
from wtforms.validators import StopValidation

from portal.core.said_back import Unsure
from portal.core.text import clean_line
from portal.infra.forms import Form

Value = TypeVar("Value")
MOST_SHOWN = 50  # characters of what was typed
MOST_READ = 200  # what is longer is no hour, sum or duration, and no pattern sees it
TOO_LONG = "?"  # what reads as none of them


class ReadField(Field, Generic[Value]):  # type: ignore[misc]  # WTForms ships no types
    """`data` is the value, or None. A question fills the likely answer in, so that sending it again confirms it."""

    widget = GovTextInput()
    data: Value | None
    errors: Sequence[str]
    suggested = ""
    question: Unsure | None = None

    def read(self, typed: str) -> Value:
        """The value. Raises Unsure, or ValueError with the sentence to show."""
        raise NotImplementedError

    def show(self, value: Value) -> str:
        """The value as its box shows it, which reads as the same again."""
        raise NotImplementedError

    def _value(self) -> str:
        if self.raw_data:
            return self.suggested or str(self.raw_data[0])[:MOST_SHOWN]
        return self.show(self.data) if self.data is not None else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = clean_line(valuelist[0] if valuelist else "")
        self.data = None
        if not typed:
            return
        try:
            self.data = self.read(typed if len(typed) <= MOST_READ else TOO_LONG)
        except Unsure as question:
            self.question, self.suggested = question, question.likely
            raise

    def validate(self, form: Form, extra_validators: object = ()) -> bool:
        """A question names the button of the page, which only its form knows."""
        is_right = bool(super().validate(form, extra_validators))
        if self.question:
            whole = self.question.with_button(form.sent_with)
            self.errors = [whole if one == str(self.question) else one for one in self.errors]
        return is_right


def present(message: str) -> Callable[[Form, Field], None]:
    """Nothing more is said of what cannot be read, and `message` when it is needed and missing."""

    def check(_form: Form, field: Field) -> None:
        if field.errors:
            raise StopValidation()
        if message and field.data is None:
            raise StopValidation(message)

    return check
