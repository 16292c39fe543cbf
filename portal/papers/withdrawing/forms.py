"""What clerks type to withdraw a paper, and administrators to ask for a list of downloads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.clock import london_day
from portal.core.text import day_words
from portal.infra import forms
from portal.papers.withdrawing.rules import OTHER, PERSONAL, REASONS, WHOLE, is_for_personal_data, may_withdraw

if TYPE_CHECKING:
    from portal.papers.models import Paper, PaperVersion


class WithdrawForm(forms.Form):
    what = forms.radios("What do you want to withdraw?", (), "Select what you want to withdraw")
    reason = forms.radios("Why?", REASONS, "Select why you are withdrawing it")
    words = forms.line(
        "What should readers know?",
        most=300,
        hint="They see it beside the reason. Do not name anyone. If it is for another reason, say which. "
        "If it contains personal data, leave this blank: they see the reason alone",
    )
    title = forms.line(
        "Title of the paper",
        "Enter the title that people will see",
        most=300,
        hint="If it contains personal data and the title names someone, change it here. It is changed everywhere",
    )
    understood = forms.tick(
        "If it contains personal data: I understand that nobody can open it again, and that this cannot be undone"
    )
    version = forms.version()

    @property
    def target(self) -> str:
        """WHOLE, or the number of a version."""
        return self.what.data if "what" in self else WHOLE

    def validate_words(self, field: Field) -> None:
        if self.reason.data == OTHER and not field.data:
            raise ValidationError("Enter the reason, as readers will see it")
        if is_for_personal_data(self.reason.data or "") and field.data:
            raise ValidationError("Remove what you typed here, so that it cannot repeat the personal data")

    def validate_understood(self, field: Field) -> None:
        if self.reason.data == PERSONAL and not field.data:
            raise ValidationError("Select the box if nobody may open it again. This cannot be undone")


def withdraw_form(paper: Paper, versions: Sequence[PaperVersion], meeting_version: int) -> WithdrawForm:
    """For what can still be withdrawn of a paper: the whole, or one of its versions where there are several."""
    form = WithdrawForm(what=WHOLE, title=paper.title, version=meeting_version)
    form.what.choices = [(WHOLE, "The whole paper"), *map(_choice, filter(may_withdraw, versions))]
    if len(versions) == 1:
        del form.what
    if all(one.withdrawn_for or not one.is_published for one in versions):
        form.reason.choices = [one for one in REASONS if is_for_personal_data(one[0])]
    return form


def _choice(version: PaperVersion) -> tuple[str, str]:
    published = f", published {day_words(london_day(version.published_at))}" if version.published_at else ""
    return str(version.number), f"Only version {version.number}{published}"


class DownloadsForm(forms.Form):
    reason = forms.paragraphs(
        "Why do you need the list?",
        "Enter why you need the list",
        most=1000,
        hint="For example, to report a breach of personal data. Your reason is kept in the audit trail",
    )
