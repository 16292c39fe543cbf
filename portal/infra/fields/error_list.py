"""What is wrong with a form, for the list at the top of its page. Each line leads to the box that it is about."""

from __future__ import annotations

from wtforms import Field

from portal.infra.forms import Form
from portal.infra.web.pages import PageFacts


def error_list(form: Form) -> PageFacts:
    """As the component of the design system wants it."""
    lines = [{"text": field.errors[0], "href": f"#{_first_box(field)}"} for field in form if field.errors]
    return {"titleText": "There is a problem", "errorList": lines}


def _first_box(field: Field) -> str:
    return str(getattr(field, "first_wrong_id", field.id))
