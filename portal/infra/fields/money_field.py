"""An amount in pounds as people type it, and what it comes to in pence."""

from __future__ import annotations

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.money import MOST_PENCE, parse_pence, pounds
from portal.infra import forms


def money(label: str, required: str = "", hint: str = "For example, 4.50", called: str = "") -> Field:
    """An amount in pounds; read it with pence_of(). `called` is what errors call it where its label is a question."""

    def _is_money(_form: object, field: Field) -> None:
        if field.data and not 0 < (pence_of(field.data) or 0) <= MOST_PENCE:
            amount = f"an amount, like 4.50, up to {pounds(MOST_PENCE)}"
            raise ValidationError(forms.asks(label, f"must be {amount}", f"Enter {amount}", called))

    return forms.line(label, required, 20, hint, [_is_money], called=called)


def pence_of(typed: str | None) -> int | None:
    """Whole pence; None for nothing, and for what is no amount."""
    try:
        return parse_pence(typed) if typed else None
    except ValueError:
        return None
