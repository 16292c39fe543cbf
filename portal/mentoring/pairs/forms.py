"""What people type about mentoring: who would like a mentor, what a mentor offers, a pair its plan and notes."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.merging_form import MergingForm
from portal.mentoring.rules import AIMS, EVERY, KINDS, MOST_PAIRS, SCORES, WAYS, problem_with_plan
from portal.mentoring.rules import NEXT as NEXT_STEPS


class AskForm(forms.Form):
    board = forms.select("Which board?", "Select the board")
    ways = forms.checkboxes("How would you like to talk?", WAYS, "Select all that suit you")
    wish = forms.paragraphs("What would help you?", most=1000, hint="Optional. Only your board’s officers can read it")


def ask_form(boards: Sequence[tuple[str, str]]) -> AskForm:
    form = AskForm()
    form.board.choices = list(boards)
    return form


class WhoForm(forms.Form):
    """Who a mentor is whom an officer adds. It stands before OfferForm: fields follow one another as they are made."""

    name = forms.name("Name", "Enter the name")
    email = forms.email(hint="If they’re new here, we’ll send an invitation to it")
    kind = forms.radios("Who are they?", KINDS, "Select who they are")


ON_HOLD = "If you’ve been asked about someone and have not answered, we’ll answer “Not now” for you"


class OfferForm(MergingForm):
    """What a mentor offers."""

    offers = forms.line("What can you help with?", "Enter what you can help with", 500)
    ways = forms.checkboxes("How can you talk?", WAYS)
    place = forms.line("Where can you meet in person?", hint="A town or area")
    most = forms.whole_number("How many people can you mentor at once?", 1, MOST_PAIRS)
    is_on_hold = forms.tick("Don’t ask me to take on anyone new for now", ON_HOLD)

    def validate_ways(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Select at least one way to talk")

    def typed(self) -> Typed:
        return {
            "offers": self.offers.data,
            "ways": list(self.ways.data or ()),
            "place": self.place.data or "",
            "most": int(self.most.data),
            "is_on_hold": bool(self.is_on_hold.data),
        }


def new_offer_form() -> OfferForm:
    form = OfferForm(most="1")
    form.is_new()
    return form


class PlanForm(forms.Form):
    aims = forms.checkboxes("What would you like to work on?", AIMS)
    own_aim = forms.line("In your own words", most=300, hint="Optional. Only the two of you can read it")
    every_weeks = forms.radios("How often will you talk?", EVERY, "Select how often you’ll talk")
    next_on = date_fields.day(
        "When will you talk next?",
        hint="Optional. Your officer sees this date. We’ll email you both the day before",
        called="The date of your next talk",
    )
    until_on = date_fields.day("When might you finish?", hint="Optional", called="The date you might finish")
    version = forms.version()

    def validate_next_on(self, field: Field) -> None:
        date_fields.refuse(field, problem_with_plan(None, field.data, clock.today()))

    def validate_until_on(self, field: Field) -> None:
        if self.next_on.data:
            date_fields.refuse(field, problem_with_plan(field.data, self.next_on.data, self.next_on.data))

    def typed(self) -> Typed:
        days = {"next_on": self.next_on.data, "until_on": self.until_on.data}
        return {"aims": list(self.aims.data or ()), "every_weeks": int(self.every_weeks.data), **days}


class PulseForm(forms.Form):
    score = forms.radios("Is this helping?", SCORES, "Select how much it helps")
    word = forms.line("Is there anything to add?", most=300, hint="Optional")


class EndForm(forms.Form):
    achieved = forms.paragraphs(
        "What has gone well, or would you like to say thank you for?",
        most=1000,
        hint="Optional. Only the two of you can read it",
    )
    then = forms.radios(
        "What would you like to do next?", NEXT_STEPS, "Select what you’d like to do next", default="nothing"
    )
