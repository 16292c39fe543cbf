"""What people type to say what they like to be called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.accounts.naming.rules import LONGEST_KNOWN_AS, can_be_offered, problem_with_known_as
from portal.infra import forms

if TYPE_CHECKING:
    from portal.accounts.models import Person


def can_be_called(_form: object, field: Field) -> None:
    if problem := problem_with_known_as(field.data or ""):
        raise ValidationError(problem)


def known_as() -> Field:
    return forms.line(
        "What should we call you?",
        most=LONGEST_KNOWN_AS,
        hint="We greet you with this here and in emails. Leave blank and we will use your first name",
        checks=[can_be_called],
        own="nickname",
    )


class KnownAsForm(forms.Form):
    known_as = known_as()


def offered(person: Person) -> str:
    """How they are greeted now, to be left or changed."""
    return person.called if can_be_offered(person.called) else ""


def known_as_form(person: Person) -> KnownAsForm:
    return KnownAsForm(known_as=offered(person))
