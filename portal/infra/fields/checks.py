"""What is looked at in a field whatever form it is on: its length, addresses of mail, and names."""

from __future__ import annotations

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import Length, StopValidation, ValidationError

from portal.core.addresses import NotAnAddress, email_address
from portal.core.names import problem_with_name


class AtMost(Length):  # type: ignore[misc]  # WTForms ships no types
    """Length before everything else: what is too long is looked at no further, by no pattern."""

    def __call__(self, form: BaseForm, field: Field) -> None:
        try:
            super().__call__(form, field)
        except ValidationError as problem:
            raise StopValidation(str(problem)) from None


def looks_like_an_email(_form: object, field: Field) -> None:
    try:
        field.data = email_address(field.data)
    except NotAnAddress as problem:
        raise ValidationError(str(problem)) from None


def holds_no_address(_form: object, field: Field) -> None:
    if problem := problem_with_name(field.data or ""):
        raise ValidationError(problem)
