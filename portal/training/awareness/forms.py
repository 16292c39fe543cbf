"""What officers type about Carer Awareness by group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.idempotency import IdempotencyKey
from portal.training.box_fields import Boxes, box, with_boxes


class AwarenessForm(forms.Form):
    held_on = date_fields.day("When was it?", "Enter the day", called="The session date", asks=date_fields.PAST)
    minutes = forms.whole_number("How many minutes?", 1, 600)
    delivered_by = forms.checkboxes("Which reps delivered it?", hint="They are asked what it cost them")
    others = forms.line("Who else delivered it?", hint="If anybody")
    once = IdempotencyKey()

    def validate_held_on(self, field: Field) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("Enter today or an earlier day")

    def typed(self) -> Typed:
        return {"held_on": self.held_on.data, "minutes": int(self.minutes.data), "others": self.others.data or ""}


class MembersForm(forms.Form):
    """How many other members each group has; a box for each group is added."""


def awareness_form(reps: Sequence[tuple[UUID, str]], boxes: Boxes) -> forms.Form:
    kept = {"once": uuid4(), "minutes": "60", **{box(key): "0" for key in boxes}}
    form = with_boxes(AwarenessForm, boxes, kept)
    form.delivered_by.choices = [(str(key), name) for key, name in reps]
    return form


def members_form(boxes: Boxes, known: Mapping[UUID, int]) -> forms.Form:
    return with_boxes(MembersForm, boxes, {box(key): str(known.get(key, 0)) for key in boxes})
