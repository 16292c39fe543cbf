"""The fields of every form that corrects something: why, and for a person a line beside it."""

from __future__ import annotations

from wtforms import Field

from portal.corrections.rules import REASONS
from portal.infra import forms

# Whoever may see corrections, by portal/access/permissions.py.
READ_BY = "Reps, officers, clerks and administrators of the board, and the coordinators,"


def reason_of_fact() -> Field:
    """Of a fact of the board: a reason that whoever sees its figures reads, for good."""
    return forms.line(
        "Why is the record wrong?",
        "Say why the record is wrong",
        most=500,
        hint=f"{READ_BY} can read this. Do not name anyone",
    )


class RefusalForm(forms.Form):
    why = forms.line(
        "Why do you refuse it?",
        "Say why you refuse the correction",
        most=500,
        hint="Whoever asked for it, the other administrators and the coordinators can read this",
    )


def reason_of_row() -> Field:
    """Of a row about somebody: one of a list."""
    return forms.radios("Why is it corrected?", REASONS, "Select why it is corrected")


def line_of_row() -> Field:
    """Something that helps whom the row is about."""
    return forms.line(
        "Anything else they should know?",
        most=300,
        hint="Only they, and those who may see this row, can read it. Do not write anything about health or caring",
    )
