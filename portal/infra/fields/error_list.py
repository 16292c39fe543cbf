"""What is wrong with a form, for the list at the top of its page. Each line leads to the box that it is about."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import Field

from portal.infra.fields.each_field import EachField
from portal.infra.forms import Form
from portal.infra.web.pages import PageFacts


def error_list(form: Form) -> PageFacts:
    """As the component of the design system wants it."""
    fields = [field for field in form if field.errors and not getattr(field, "is_said_elsewhere", False)]
    wrong = [box for field in fields for box in _wrong_boxes(field)]
    lines = [{"text": error, "href": f"#{_first_box(box)}"} for box in wrong for error in _said(box)]
    return {"titleText": "There is a problem", "errorList": lines}


def _wrong_boxes(field: Field) -> Sequence[Field]:
    return field.wrong_boxes if isinstance(field, EachField) else [field]


def _said(box: Field) -> Sequence[str]:
    """The first of its errors; or all, of a box that holds many things and says so (`every_error`)."""
    every: Sequence[str] = getattr(box, "every_error", ())
    return every or list(box.errors[:1])


def _first_box(field: Field) -> str:
    return str(getattr(field, "first_wrong_id", field.id))
