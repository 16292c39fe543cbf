"""What approvers type about a claim: on one page, an answer to each line, and perhaps a question."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
ASKED = "What is it about?"
QUESTION = "Your question"
READ_BY = "The rep reads this. They answer it, or correct the claim, and send it again"
NOT_LOOKED_AT = "No officer has looked at its receipt. Pay it all the same"


class _LineForm(Part):
    say = forms.radios("Pay this?", ((YES, "Yes"), (NO, "No")), "Choose yes or no")
    unseen = forms.tick(NOT_LOOKED_AT)
    reason = forms.line("If no, why?", most=300, called="The reason")
    is_unseen = False  # its receipt is locked, and no officer has looked at it

    def validate_unseen(self, field: Field) -> None:
        if self.is_unseen and self.say.data == YES and not field.data:
            raise ValidationError("No officer has looked at its receipt. Tick the box to pay it all the same")

    def validate_reason(self, field: Field) -> None:
        if self.say.data == NO and not field.data:
            raise ValidationError("Give a reason for saying no. The rep reads it")
        if self.say.data == YES and field.data:
            raise ValidationError("You chose yes, so nobody would read this reason. Choose no, or clear the reason")


class _KeptForm(Part):
    """The same boxes beside a question: they are shown again as they were."""

    say = forms.radios("Pay this?", ((YES, "Yes"), (NO, "No")), "")
    unseen = forms.tick(NOT_LOOKED_AT)
    reason = forms.line("If no, why?", most=300, called="The reason")

    def validate_reason(self, field: Field) -> None:
        if field.data:
            raise ValidationError("A reason is not sent with a question. Put it into your question, or clear it")


class DecisionForm(forms.VersionForm):
    """Each line is paid or not. A question that is written already is not lost: it is sent, or cleared."""

    lines = each(_LineForm)
    line = forms.select(ASKED)
    question = forms.paragraphs(QUESTION, most=500, hint=READ_BY)

    def validate_question(self, field: Field) -> None:
        if field.data:
            raise ValidationError(
                "Your question would not be sent with the decision. "
                "Select Send back with a question, or clear it to save the decision"
            )

    def said(self) -> dict[UUID, tuple[bool, str]]:
        """Of each line, if it is paid, and why not."""
        return {
            key: (True, "") if one["say"] == YES else (False, one["reason"]) for key, one in self.lines.data.items()
        }


class QuestionForm(forms.VersionForm):
    """A question about the whole claim, or one of its lines."""

    lines = each(_KeptForm)
    line = forms.select(ASKED)
    question = forms.paragraphs(QUESTION, "Write your question", 500, READ_BY)

    def line_id(self) -> UUID | None:
        """None: the whole claim."""
        return UUID(self.line.data) if self.line.data else None


def decision_form(claim: Claim, lines: Sequence[ClaimLine], unseen: Collection[UUID]) -> DecisionForm:
    """Nothing is answered before the approver does. `unseen` are lines whose locked receipt nobody has looked at."""
    form = DecisionForm(version=claim.version, lines=_things(lines))
    for one in lines:
        form.lines[one.id].form.is_unseen = one.id in unseen
    form.line.choices = _choices(lines)
    return form


def question_form(claim: Claim, lines: Sequence[ClaimLine]) -> QuestionForm:
    form = QuestionForm(version=claim.version, lines=_things(lines))
    form.line.choices = _choices(lines)
    return form


def _things(lines: Sequence[ClaimLine]) -> dict[UUID, Thing]:
    return {one.id: Thing(f"{BY_KEY[one.category].words}, {pounds(one.covered)}") for one in lines}


def _choices(lines: Sequence[ClaimLine]) -> list[tuple[str, str]]:
    names = names_of(named(lines, to_approver=True))
    return [("", "The whole claim"), *((str(key), name) for key, name in names.items())]
