"""What officers type about courses."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import file_fields
from portal.training.courses.rules import FOR_WHOM, HOW


def looks_like_a_link(_form: object, field: Field) -> None:
    if field.data and not field.data.startswith("https://"):
        raise ValidationError("Enter a link that starts with https://")


class CourseForm(forms.Form):
    title = forms.line("Name", "Enter the name")
    why = forms.line("Why?", "Say in a line why it helps", 500)
    minutes = forms.whole_number("How many minutes does it take?", 1, 2400)
    how = forms.radios("How?", HOW, "Say how")
    link = forms.line(
        "Link", most=500, hint="To read, watch or join. It starts with https://", checks=[looks_like_a_link]
    )
    file = file_fields.held("Or a file", "A PDF or a picture", ".pdf,.jpg,.jpeg,.png,.heic,.webp", multiple=False)
    for_whom = forms.checkboxes("Who is it for?", FOR_WHOM)
    is_required = forms.tick("Everybody it is for should have it")
    valid_months = forms.whole_number(
        "For how many months does it count?", 1, 120, "Leave it empty if it does not run out", optional=True
    )

    def typed(self) -> Typed:
        words = {name: self[name].data or "" for name in ("title", "why", "how", "link")}
        months = int(self.valid_months.data) if self.valid_months.data else None
        rest = {"for_whom": list(self.for_whom.data or ()), "is_required": bool(self.is_required.data)}
        return {**words, **rest, "minutes": int(self.minutes.data), "valid_months": months}
