"""A form with one box for each of many things, like a number for each group."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from portal.core.values import Typed
from portal.infra import forms
from portal.infra.forms import Form
from portal.training.sessions.forms import MOST_MEMBERS

Boxes = Mapping[UUID, str]


def box(group_id: UUID) -> str:
    return f"members_{group_id.hex}"


def with_boxes(base: type[forms.Form], boxes: Boxes, kept: Typed) -> Form:
    """A form with one more number for each group; `boxes` are their questions."""
    fields = {box(key): forms.whole_number(label, 0, MOST_MEMBERS) for key, label in boxes.items()}
    made: type[Form] = type(base.__name__, (base,), fields)
    return made(**kept)


def numbers(form: Form, boxes: Boxes) -> dict[UUID, int]:
    """What was typed in the boxes."""
    return {key: int(form[box(key)].data) for key in boxes}


def refuse(form: Form, problems: Mapping[UUID, str]) -> None:
    """Say beside each box what is wrong with its number."""
    for key, problem in problems.items():
        form.refuse(box(key), problem)
