"""What was typed beside another choice than it belongs to is not dropped without a word."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import ValidationError

YES_AND_A_REASON = "You chose yes, so nobody would read this reason. Choose no, or clear the reason"


def refuse_unread(field: Field, is_unread: bool, words: str = YES_AND_A_REASON) -> None:
    if is_unread and field.data not in (None, ""):
        raise ValidationError(words)
