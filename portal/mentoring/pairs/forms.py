"""What people type about mentoring: who would like a mentor, what a mentor offers, a pair its plan and notes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.idempotency import IdempotencyKey
from portal.mentoring.rules import AIMS, EVERY, KINDS, MOST_PAIRS, SCORES, TOPICS, WAYS, problem_with_plan
from portal.mentoring.rules import NEXT as NEXT_STEPS

BOTH, MINE = "both", "mine"


FOR_WHOM = ((BOTH, "For both of us"), (MINE, "Only for me"))


class AskForm(forms.Form):
    board = forms.select("On which board?", "Choose the board")
    ways = forms.checkboxes("How would you like to talk?", WAYS, "Tick all that suit you")
    wish = forms.paragraphs(
        "What would help you?", most=1000, hint="If you like. Only the officers of your board read it"
    )


def ask_form(boards: Sequence[tuple[str, str]]) -> AskForm:
    form = AskForm()
    form.board.choices = list(boards)
    return form


class WhoForm(forms.Form):
    """Who a mentor is whom an officer adds. It stands before OfferForm: fields follow one another as they are made."""

    name = forms.line("Name", "Enter the name")
    email = forms.email(hint="If they are new here, an invitation is sent to it")
    kind = forms.radios("Who are they?", KINDS, "Say who they are")


class OfferForm(forms.Form):
    """What a mentor offers."""

    offers = forms.line("What can you help with?", "Say in a line what you can help with", 500)
    ways = forms.checkboxes("How can you talk?", WAYS)
    place = forms.line("If in person: where?", hint="A town or area")
    most = forms.whole_number("How many people can you mentor at once?", 1, MOST_PAIRS)
    is_on_hold = forms.tick("On hold: ask me nobody new for now")

    def validate_ways(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Tick at least one way to talk")

    def typed(self) -> Typed:
        return {
            "offers": self.offers.data,
            "ways": list(self.ways.data or ()),
            "place": self.place.data or "",
            "most": int(self.most.data),
            "is_on_hold": bool(self.is_on_hold.data),
        }


class PlanForm(forms.Form):
    aims = forms.checkboxes("What is it for?", AIMS)
    own_aim = forms.line("In your own words", most=300, hint="If you like. Only the two of you read it")
    every_weeks = forms.radios("How often will you talk?", EVERY, "Say how often")
    next_on = date_fields.day("When next?", called="The date of your next talk")
    until_on = date_fields.day("Until when, for now?", hint="If you know", called="The last day")
    version = forms.version()

    def validate_next_on(self, field: Field) -> None:
        if problem := problem_with_plan(None, field.data, clock.today()):
            raise ValidationError(problem)

    def validate_until_on(self, field: Field) -> None:
        if self.next_on.data and (problem := problem_with_plan(field.data, self.next_on.data, self.next_on.data)):
            raise ValidationError(problem)

    def typed(self) -> Typed:
        days = {"next_on": self.next_on.data, "until_on": self.until_on.data}
        return {"aims": list(self.aims.data or ()), "every_weeks": int(self.every_weeks.data), **days}


class SessionForm(forms.Form):
    held_on = date_fields.day(
        "When did you talk?", "Enter the day", called="The date you talked", asks=date_fields.PAST
    )
    minutes = forms.whole_number("How many minutes?", 1, 600)
    way = forms.radios("How?", WAYS, "Say how you talked")
    topics = forms.checkboxes("About what?", TOPICS)
    next_step = forms.line("The next step", most=300, hint="If you like. Only the two of you read it")
    next_on = date_fields.day("When next?", called="The date of your next talk")
    once = IdempotencyKey()

    def validate_held_on(self, field: Field) -> None:
        if field.data and field.data > clock.today():
            raise ValidationError("Enter today or an earlier day")

    def validate_next_on(self, field: Field) -> None:
        if problem := problem_with_plan(None, field.data, clock.today()):
            raise ValidationError(problem)

    def typed(self) -> Typed:
        topics = list(self.topics.data or ())
        return {"held_on": self.held_on.data, "minutes": int(self.minutes.data), "way": self.way.data, "topics": topics}


def session_form() -> SessionForm:
    return SessionForm(once=uuid4(), held_on=clock.today(), minutes="45")


class NoteForm(forms.Form):
    text = forms.paragraphs("Note", "Write your note", 5000)
    once = IdempotencyKey()


def note_form() -> NoteForm:
    return NoteForm(once=uuid4())


class PulseForm(forms.Form):
    score = forms.radios("Is this helping?", SCORES, "Choose a number")
    word = forms.line("Anything to add?", most=300, hint="If you like")


class EndForm(forms.Form):
    achieved = forms.paragraphs(
        "What did you achieve? Is there a thank you?", most=1000, hint="If you like. Only the two of you read it"
    )
    then = forms.radios("What next?", NEXT_STEPS, "Say what next", default="nothing")
