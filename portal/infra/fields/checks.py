"""What is looked at in a field whatever form it is on: addresses of mail, and names."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.addresses import NotAnAddress, email_address
from portal.core.names import problem_with_name


def looks_like_an_email(_form: object, field: Field) -> None:
    try:
        field.data = email_address(field.data)
    except NotAnAddress as problem:
        raise ValidationError(str(problem)) from None


def holds_no_address(_form: object, field: Field) -> None:
    if problem := problem_with_name(field.data or ""):
        raise ValidationError(problem)
