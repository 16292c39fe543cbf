"""A phone number, as people type it."""

from __future__ import annotations

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from portal.core.phones import LONGEST, NotAPhoneNumber, phone_number
from portal.core.text import clean_line
from portal.infra.fields.checks import AtMost


class _PhoneInput(GovTextInput):  # type: ignore[misc]  # ships no types
    """A box with the keyboard for numbers that are dialled."""

    input_type = "tel"


def _can_be_dialled(_form: object, field: Field) -> None:
    if not field.data:
        return
    try:
        field.data = phone_number(field.data)
    except NotAPhoneNumber as problem:
        raise ValidationError(str(problem)) from None


def phone(label: str, hint: str = "", own: str = "") -> StringField:
    """One box for a number, which may be left empty. `own`: 'tel', where people type their own."""
    checks = [AtMost(max=LONGEST, message=f"{label} must be {LONGEST} characters or fewer"), _can_be_dialled]
    about = {"autocomplete": own} if own else {}
    return StringField(label, checks, [clean_line], description=hint, widget=_PhoneInput(), render_kw=about)
