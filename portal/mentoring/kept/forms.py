"""What the two of a pair type when they have talked, and in a note."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from wtforms import Field

from portal.core import clock
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.merging_form import MergingForm
from portal.mentoring.rules import TOPICS, WAYS, problem_with_plan, problem_with_talk

if TYPE_CHECKING:
    from portal.mentoring.models import MentoringNote, MentoringSession

BOTH, MINE = "both", "mine"
RECORDED = "This talk is recorded already: the same day, the same minutes and the same way"
Alike = tuple[date, str, str]  # the day of a talk, its minutes, and how the two talked
FOR_WHOM = ((BOTH, "For both of us"), (MINE, "Only for me"))


class TalkForm(MergingForm):
    """A talk that was recorded: the pair's next day is changed with their plan."""

    held_on = date_fields.day(
        "When did you talk?", "Enter the date you talked", called="The date you talked", asks=date_fields.PAST
    )
    minutes = forms.whole_number("How many minutes?", 1, 600)
    way = forms.radios("How did you talk?", WAYS, "Select how you talked")
    topics = forms.checkboxes("What did you talk about?", TOPICS)
    next_step = forms.line("The next step", most=300, hint="Optional. Only the two of you can read it")
    began_on: date | None = None

    def validate_held_on(self, field: Field) -> None:
        if field.data:
            date_fields.refuse(field, problem_with_talk(field.data, self.began_on, clock.today()))

    def typed(self) -> Typed:
        topics = list(self.topics.data or ())
        return {"held_on": self.held_on.data, "minutes": int(self.minutes.data), "way": self.way.data, "topics": topics}


class SessionForm(TalkForm):
    """A talk to record, and when the next one will be."""

    next_on = date_fields.day(
        "When will you talk next?",
        hint="Optional. Your officer sees this date. We’ll email you both the day before",
        called="The date of your next talk",
    )
    once = IdempotencyKey()
    recorded: Mapping[Alike, tuple[UUID, UUID]] = {}
    same: tuple[UUID, UUID] | None = None  # the talk that says the same, and who recorded it

    def validate(self, extra_validators: object = None) -> bool:
        """The same form sent twice is one talk; of another that says the same, it is said that it is there already."""
        if not super().validate(extra_validators):
            return False
        found = self.recorded.get((self.held_on.data, str(self.minutes.data), self.way.data))
        if found and found[0] != self.once.data:
            self.same = found
            self.refuse("held_on", RECORDED)
        return self.same is None

    def validate_next_on(self, field: Field) -> None:
        date_fields.refuse(field, problem_with_plan(None, field.data, clock.today()))


def session_form(began_on: date | None, recorded: Mapping[Alike, tuple[UUID, UUID]]) -> SessionForm:
    """`recorded`: the talks that are recorded already, and by which of the two."""
    form = SessionForm(once=uuid4(), held_on=clock.today(), minutes="45")
    form.is_new()
    form.began_on, form.recorded = began_on, recorded
    return form


def talk_form(one: MentoringSession, began_on: date | None) -> TalkForm:
    form = TalkForm(obj=one, data={"next_step": one.next_step})
    form.began_on = began_on
    return form


class NoteForm(forms.Form):
    text = forms.paragraphs("Note", "Write your note", 5000)
    once = IdempotencyKey()


def note_form() -> NoteForm:
    return NoteForm(once=uuid4())


class NoteAgainForm(MergingForm):
    text = forms.paragraphs("Note", "Write your note", 5000)


def note_again_form(one: MentoringNote) -> NoteAgainForm:
    return NoteAgainForm(data={"text": one.text})
