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
from portal.infra.fields.each_field import EachField, Thing, each
from portal.infra.fields.idempotency import IdempotencyKey
from portal.training.sessions.forms import MOST_MEMBERS

Groups = Sequence[tuple[UUID, str]]


def _number_of_each(question: str) -> EachField:
    return each(forms.whole_number(question, 0, MOST_MEMBERS), may_be_missing=True)


class AwarenessForm(forms.Form):
    held_on = date_fields.day("When was it?", "Enter the day", called="The session date", asks=date_fields.PAST)
    minutes = forms.whole_number("How many minutes?", 1, 600)
    delivered_by = forms.checkboxes("Which reps delivered it?", hint="They are asked what it cost them")
    others = forms.line("Who else delivered it?", hint="If anybody")
    members = _number_of_each("How many had it for the first time?")
    once = IdempotencyKey()

    def validate_held_on(self, field: Field) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("Enter today or an earlier day")

    def typed(self) -> Typed:
        return {"held_on": self.held_on.data, "minutes": int(self.minutes.data), "others": self.others.data or ""}


class MembersForm(forms.Form):
    members = _number_of_each("How many other members?")


def awareness_form(reps: Sequence[tuple[UUID, str]], groups: Groups) -> AwarenessForm:
    none = {key: Thing(name, "0") for key, name in groups}
    form = AwarenessForm(once=uuid4(), minutes="60", members=none)
    form.delivered_by.choices = [(str(key), name) for key, name in reps]
    return form


def members_form(groups: Groups, known: Mapping[UUID, int]) -> MembersForm:
    return MembersForm(members={key: Thing(name, known.get(key, 0)) for key, name in groups})


def numbers(field: EachField) -> dict[UUID, int]:
    """The number typed for each group."""
    return {key: int(typed) for key, typed in field.data.items()}
