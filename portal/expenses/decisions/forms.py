"""What approvers type about a claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.money import pounds
from portal.expenses.categories import BY_KEY
from portal.expenses.claims.queries import named
from portal.expenses.claims.rules import names_of
from portal.infra import forms
from portal.infra.fields.each_field import Part, Thing, each

if TYPE_CHECKING:
    from portal.expenses.models import Claim, ClaimLine

YES, NO = "yes", "no"


class QuestionForm(forms.Form):
    line = forms.select("What is it about?")
    question = forms.paragraphs(
        "Your question",
        "Write your question",
        500,
        "The rep reads this. They answer it, or correct the claim, and send it again",
    )
    version = forms.version()

    def line_id(self) -> UUID | None:
        """None: the whole claim."""
        return UUID(self.line.data) if self.line.data else None


def question_form(claim: Claim, lines: Sequence[ClaimLine], **options: None) -> QuestionForm:
    """A question is about the whole claim, or about one line."""
    form = QuestionForm(version=claim.version, **options)
    names = names_of(named(lines, to_approver=True))
    form.line.choices = [("", "The whole claim"), *((str(key), name) for key, name in names.items())]
    return form


class _LineForm(Part):
    say = forms.radios("Pay this?", ((YES, "Yes"), (NO, "No")), "Choose yes or no")
    reason = forms.line("If no, why?", most=300)

    def validate_reason(self, field: Field) -> None:
        if self.say.data == NO and not field.data:
            raise ValidationError("Give a reason for saying no. The rep reads it")


class DecisionForm(forms.VersionForm):
    lines = each(_LineForm)

    def said(self) -> dict[UUID, tuple[bool, str]]:
        """Of each line, if it is paid, and why not."""
        return {
            key: (True, "") if one["say"] == YES else (False, one["reason"]) for key, one in self.lines.data.items()
        }


def decision_form(claim: Claim, lines: Sequence[ClaimLine], **options: None) -> DecisionForm:
    """Each line is paid, unless the approver says otherwise."""
    names = {one.id: f"{BY_KEY[one.category].words}, {pounds(one.covered)}" for one in lines}
    things = {key: Thing(name, {"say": YES}) for key, name in names.items()}
    return DecisionForm(version=claim.version, lines=things, **options)
