"""What officers type about Carer Awareness by group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from uuid import UUID, uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.days import NOT_TO_COME
from portal.core.values import Typed
from portal.corrections.correcting_form import CorrectingForm
from portal.corrections.forms import reason_of_fact
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.each_field import EachField, Thing, each
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.fields.unread import refuse_unread
from portal.infra.merging_form import MergingForm
from portal.training.awareness.rules import problem_with_deliverer
from portal.training.sessions.forms import MOST_MEMBERS

Groups = Sequence[tuple[UUID, str]]
Deliverers = Mapping[UUID, tuple[str, tuple[tuple[date, date], ...] | None]]


def _number_of_each(question: str) -> EachField:
    return each(forms.whole_number(question, 0, MOST_MEMBERS), may_be_missing=True)


class _NumberOfEach(forms.Form):
    """What is wrong with the numbers is said at once with what is wrong elsewhere."""

    members = _number_of_each("How many?")
    wrong: Callable[[Mapping[UUID, int]], Mapping[UUID, str]] = staticmethod(lambda _numbers: {})

    def validate(self, extra_validators: object = None) -> bool:
        is_right = super().validate(extra_validators)
        right = {key: int(one.data) for key, one in self.members.by_id.items() if one.raw_data and not one.errors}
        if problems := self.wrong(right):
            self.members.refuse(problems)
        return is_right and not problems


class AwarenessForm(_NumberOfEach):
    held_on = date_fields.day(
        "When was it?", "Enter the session date", called="The session date", asks=date_fields.PAST
    )
    minutes = forms.whole_number("How many minutes?", 1, 600)
    delivered_by = forms.checkboxes("Which reps delivered it?", hint="We’ll ask them what it cost")
    others = forms.line("Who else delivered it?", hint="Leave blank if nobody else did")
    members = _number_of_each("How many had it for the first time?")
    once = IdempotencyKey()

    def validate_held_on(self, field: Field) -> None:
        if field.data and field.data > clock.today():
            date_fields.refuse(field, NOT_TO_COME)

    deliverers: Deliverers = MappingProxyType({})

    def validate_delivered_by(self, field: Field) -> None:
        chosen = (of for key, of in self.deliverers.items() if str(key) in (field.data or ()))
        for of in chosen:
            if self.held_on.data and (said := problem_with_deliverer(*of, self.held_on.data)):
                raise ValidationError(said)

    def typed(self) -> Typed:
        return {"held_on": self.held_on.data, "minutes": int(self.minutes.data), "others": self.others.data or ""}


class MembersForm(_NumberOfEach, MergingForm):
    members = _number_of_each("How many other members?")


def awareness_form(deliverers: Deliverers, groups: Groups) -> AwarenessForm:
    none = {key: Thing(name, "0") for key, name in groups}
    form = AwarenessForm(once=uuid4(), minutes="60", members=none)
    form.deliverers = deliverers
    form.delivered_by.choices = [(str(key), name) for key, (name, _) in deliverers.items()]
    return form


def members_form(groups: Groups, known: Mapping[UUID, int]) -> MembersForm:
    return MembersForm(members={key: Thing(name, known.get(key, 0)) for key, name in groups})


def numbers(field: EachField) -> dict[UUID, int]:
    """The number typed for each group."""
    return {key: int(typed) for key, typed in field.data.items()}


WHOLE = "all"


class CorrectForm(CorrectingForm):
    what = forms.radios("What is wrong?", (), "Select what is wrong")
    number = forms.whole_number(
        "If it is a number: how many members of that group had it for the first time?", 0, MOST_MEMBERS, optional=True
    )
    reason = reason_of_fact()

    def validate_number(self, field: Field) -> None:
        if self.what.data not in (WHOLE, None) and not field.data:
            raise ValidationError(f"Enter a whole number from 0 to {MOST_MEMBERS}")
        refuse_unread(field, self.what.data == WHOLE, "You chose that it did not take place. Clear this number")

    def refuse_number(self, problem: str) -> bool:
        """Put what is wrong with the number beside it; whether anything is."""
        if problem:
            self.refuse("number", problem)
        return bool(problem)


def correct_form(groups: Sequence[tuple[str, str, int]]) -> CorrectForm:
    """The id and the name of each group, and how many members of it had it by the record."""
    form = CorrectForm()
    form.record_says = ", ".join(f"{name}: {number}" for _, name, number in groups)
    choices = [(key, f"{name}: {number} is wrong") for key, name, number in groups]
    form.what.choices = [*choices, (WHOLE, "The session did not take place")]
    return form
