"""What approvers type about a claim."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from portal.infra import forms
from portal.infra.forms import SentForm

if TYPE_CHECKING:
    from portal.expenses.models import ClaimLine


class QuestionForm(forms.Form):
    question = forms.paragraphs(
        "Your question", "Write your question", 500, "The rep reads this, and can mend the claim"
    )
    version = forms.version()


def said_of_lines(form: SentForm, lines: Sequence[ClaimLine]) -> tuple[dict[UUID, tuple[bool, str]], str]:
    """What an approver chose for each line, from the fields say-<id> and reason-<id>; and what is missing, in words."""
    said, missing = {}, ""
    for one in lines:
        answer, reason = form.get(f"say-{one.id}", ""), " ".join(form.get(f"reason-{one.id}", "").split())[:300]
        if answer not in ("yes", "no"):
            missing = "Choose yes or no for each line"
        elif answer == "no" and not reason:
            missing = missing or "Give a reason for each no: the rep reads it"
        said[one.id] = (answer == "yes", "" if answer == "yes" else reason)
    return said, missing
