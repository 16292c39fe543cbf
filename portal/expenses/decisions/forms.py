"""What approvers type about a claim: on one page, an answer to each line, and perhaps a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.money import pounds
from portal.expenses.categories import BY_KEY
from portal.expenses.claims.queries import named
from portal.expenses.claims.rules import names_of
from portal.infra import forms
from portal.infra.fields.each_field import Part, Thing, each
from portal.infra.fields.unread import refuse_unread

if TYPE_CHECKING:
    from portal.expenses.models import Claim, ClaimLine

YES, NO = "yes", "no"
Said = Mapping[UUID, tuple[bool, str]]  # of each line, if it is paid, and why not
ASKED = "What is it about?"
QUESTION = "Your question"
WHOLE = "Leave all of them unticked if it is about the whole claim"
READ_BY = "The rep will read this. They can answer it or correct the claim, then send it again"
PAY_IT = "Pay it anyway"


AnyForm = TypeVar("AnyForm", "DecisionForm", "QuestionForm")


class _LineForm(Part):
    say = forms.radios("Pay this?", ((YES, "Yes"), (NO, "No")), "Choose yes or no")
    unproven = forms.tick(PAY_IT)
    reason = forms.line("If no, why?", most=300, called="The reason")
    lacks = ""  # a receipt, or that an officer looked at it

    def validate_unproven(self, field: Field) -> None:
        if self.lacks and self.say.data == YES and not field.data:
            raise ValidationError(f"{self.lacks}. Select the box to pay it anyway")

    def validate_reason(self, field: Field) -> None:
        if self.say.data == NO and not field.data:
            raise ValidationError("Give a reason for saying no. The rep will read it")
        refuse_unread(field, self.say.data == YES)


class _KeptForm(Part):
    """The same boxes beside a question: they are shown again as they were."""

    say = forms.radios("Pay this?", ((YES, "Yes"), (NO, "No")), "")
    unproven = forms.tick(PAY_IT)
    reason = forms.line("If no, why?", most=300, called="The reason")

    def validate_reason(self, field: Field) -> None:
        if field.data:
            raise ValidationError("A reason is not sent with a question. Put it into your question, or clear it")


class DecisionForm(forms.VersionForm):
    """Each line is paid or not. A question that is written already is not lost: it is sent, or cleared."""

    lines = each(_LineForm)
    about = forms.checkboxes(ASKED, hint=WHOLE)
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
    """A question about the whole claim, or some of its lines."""

    lines = each(_KeptForm)
    about = forms.checkboxes(ASKED, hint=WHOLE)
    question = forms.paragraphs(QUESTION, "Write your question", 500, READ_BY)

    def prepare(self, line_id: UUID, words: str) -> None:
        """About this line too, with these words; what is typed already stays before them, and what is ticked."""
        typed = self.question.data or ""
        self.question.data = typed if words in typed else f"{typed}\n\n{words}".strip()
        self.about.data = [*(self.about.data or ()), str(line_id)]

    def line_ids(self) -> list[UUID]:
        """None of them: the whole claim."""
        return [UUID(one) for one in self.about.data or ()]


def decision_form(
    claim: Claim, lines: Sequence[ClaimLine], unproven: Mapping[UUID, str], first: Said | None = None
) -> DecisionForm:
    """Nothing is answered before the approver does, but for what another one said first, to which they may agree.

    `unproven` says of lines what they lack to be paid.
    """
    form = DecisionForm(version=claim.version, lines=_things(lines, first or {}))
    for line_id, lacks in unproven.items():
        form.lines[line_id].form.lacks = lacks
    return _worded(form, lines, unproven)


def question_form(claim: Claim, lines: Sequence[ClaimLine], unproven: Mapping[UUID, str]) -> QuestionForm:
    return _worded(QuestionForm(version=claim.version, lines=_things(lines)), lines, unproven)


def _worded(form: AnyForm, lines: Sequence[ClaimLine], unproven: Mapping[UUID, str]) -> AnyForm:
    """With what can be asked about, and beside each box what a line lacks."""
    names = names_of(named(lines, to_approver=True))
    form.about.choices = [(str(key), name) for key, name in names.items()]
    for line_id, lacks in unproven.items():
        form.lines[line_id].form.unproven.label.text = f"{lacks}. {PAY_IT}"
    return form


def _things(lines: Sequence[ClaimLine], first: Said = MappingProxyType({})) -> dict[UUID, Thing]:
    names = {one.id: f"{BY_KEY[one.category].words}, {pounds(one.covered)}" for one in lines}
    return {key: Thing(name, _shown(first[key]) if key in first else None) for key, name in names.items()}


def _shown(said: tuple[bool, str]) -> dict[str, object]:
    is_paid, reason = said
    return {"say": YES if is_paid else NO, "unproven": is_paid, "reason": reason}
