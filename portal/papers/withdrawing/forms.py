"""What clerks type to withdraw a paper, and administrators to ask for a list of downloads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from portal.core.clock import london_day
from portal.core.text import day_words
from portal.infra import forms
from portal.papers.withdrawing.rules import OTHER, REASONS, WHOLE, is_for_personal_data, may_withdraw

if TYPE_CHECKING:
    from portal.papers.models import PaperVersion


class ReasonForm(forms.Form):
    """The first step, from which the second follows."""

    what = forms.radios("What do you want to withdraw?", (), "Select what you want to withdraw")
    reason = forms.radios("Why?", REASONS, "Select why you are withdrawing it")

    @property
    def target(self) -> str:
        """WHOLE, or the number of a version."""
        return self.what.data if "what" in self else WHOLE

    @property
    def is_for_personal_data(self) -> bool:
        return is_for_personal_data(self.reason.data)


def reason_form(versions: Sequence[PaperVersion]) -> ReasonForm:
    """For what can still be withdrawn of a paper: the whole, or one of its versions where there are several."""
    form = ReasonForm(what=WHOLE)
    form.what.choices = [(WHOLE, "The whole paper"), *map(_choice, filter(may_withdraw, versions))]
    if len(versions) == 1:
        del form.what
    if all(one.withdrawn_for or not one.is_published for one in versions):
        form.reason.choices = [one for one in REASONS if is_for_personal_data(one[0])]
    return form


class WithdrawForm(forms.Form):
    """The second step: what follows from the reason, and nothing else."""

    what, reason = HiddenField(), HiddenField()
    words = forms.line("What should readers know?", most=300, hint="They see it beside the reason. Do not name anyone")
    title = forms.line(
        "Title of the paper",
        "Enter the title that people will see",
        most=300,
        hint="If it names someone, change it here. It will be changed everywhere",
    )
    copies = forms.tick("Withdraw these copies too")
    understood = forms.tick("I understand that nobody can open it again, and that this cannot be undone")
    version = forms.version()

    @property
    def first_box(self) -> str:
        return "words" if "words" in self else "title"

    def typed(self) -> tuple[str, str]:
        """What readers should know, and the title, where they are asked for."""
        return (self.words.data or "", "") if "words" in self else ("", self.title.data)

    def validate_words(self, field: Field) -> None:
        if self.reason.data == OTHER and not field.data:
            raise ValidationError("Enter the reason, as readers will see it")

    def validate_understood(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(
                "Tick the box to confirm that nobody will be able to open it again. This cannot be undone"
            )


def withdraw_form(
    chosen: ReasonForm, title: str, meeting_version: int, is_sent: bool, has_copies: bool = False
) -> WithdrawForm:
    """The boxes of a reason. `is_sent`: it comes back with what was typed in them, and not from the first step."""
    known = {"what": chosen.target, "reason": chosen.reason.data, "title": title, "version": meeting_version}
    form = WithdrawForm(**known) if is_sent else WithdrawForm(formdata=None, **known)
    if chosen.is_for_personal_data:
        del form.words  # they stay on record, and could repeat the data
    else:
        del form.title, form.understood
    if not has_copies:
        del form.copies
    elif not is_sent:
        form.copies.data = True
    if chosen.reason.data == OTHER:
        form.words.label.text = "What is the reason?"
        form.words.description = "Readers see it as you type it. Do not name anyone"
    return form


def _choice(version: PaperVersion) -> tuple[str, str]:
    published = f", published {day_words(london_day(version.published_at))}" if version.published_at else ""
    return str(version.number), f"Only version {version.number}{published}"


class DownloadsForm(forms.Form):
    reason = forms.paragraphs(
        "Why do you need the list?",
        "Enter why you need the list",
        most=1000,
        hint="For example, to report a breach of personal data. Your reason will be saved in the audit trail",
    )
