"""What administrators type to place a legal hold."""

from __future__ import annotations

from collections.abc import Sequence

from portal.infra import forms


class HoldForm(forms.Form):
    person = forms.select("What must stay", "Choose from the list")
    reason = forms.line(
        "Why", "Say why, in a few words", 300, hint="For example, the number of a complaint. Do not name anyone."
    )


def hold_form(people: Sequence[tuple[str, str]]) -> HoldForm:
    form = HoldForm()
    form.person.choices = [("", "Choose"), ("board", "Everything of the board"), *people]
    return form
