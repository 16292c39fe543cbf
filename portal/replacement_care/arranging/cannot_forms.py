"""What officers type when care cannot be provided, or was not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.infra import forms
from portal.replacement_care.requests.rules import NOT_READ

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest


class CannotForm(forms.Form):
    not_saved = ("answer", "sure")  # nothing of it is shown before

    answer = forms.paragraphs(
        "Why can’t it be provided, and what can you offer instead?",
        "Say why, and what you can offer: joining online, a depute or another time",
        1000,
        "The rep can read this",
    )
    sure = forms.tick("I want to decline it anyway")
    version = forms.version()
    doubts: Sequence[str] = ()  # what the officer has not looked at, a sentence each

    def asks_to_read(self) -> bool:
        """Nobody types an answer that they would lose by reading what the rep told us."""
        return NOT_READ in self.doubts and not (self.errors or self.answer.data)

    def validate_sure(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(f"{'. '.join(self.doubts)}. Do that first, or tick the box to decline it anyway")


class NotProvidedForm(CannotForm):
    """The same once its time is over."""

    answer = forms.paragraphs("Why was it not provided?", "Say why it was not provided", 1000, "The rep can read this")


def cannot_form(care: CareRequest, doubts: Sequence[str], is_sent: bool = False) -> CannotForm:
    """Whoever has not looked at everything says so before they decline. Once its time is over, it asks why alone."""
    kind = NotProvidedForm if care.was_not_arranged else CannotForm
    form = kind() if is_sent else kind(formdata=None, version=care.version)
    form.doubts = doubts
    if not doubts:
        del form.sure
    return form
