"""A box for what is pasted from a document: its tabs stay, as they part the columns of a table."""

from __future__ import annotations

from wtforms import TextAreaField

from portal.infra.fields.checks import AtMost
from portal.infra.fields.long_box import LongBox
from portal.infra.forms import asks, required_checks


def pasted(label: str, required: str, most: int, hint: str = "") -> TextAreaField:
    long = f"{most:,} characters or fewer"
    checks = [*required_checks(required), AtMost(max=most, message=asks(label, f"must be {long}", f"Use {long}"))]
    return TextAreaField(label, checks, [_as_pasted], description=hint, widget=LongBox(most, rows=15))


def _as_pasted(value: str | None) -> str:
    """With its tabs and lines, and without characters that no database keeps."""
    text = (value or "").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return text if text.strip() else ""
