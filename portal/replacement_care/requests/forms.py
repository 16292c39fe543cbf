"""What reps type about care: when they ask, and when they tell how it went."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.calendar import NoSuchHour, moment
from portal.core.clock import LONDON, london_day
from portal.core.money import as_typed
from portal.core.text import hour_words, minutes_words, short_day_words
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields, hour_field
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.fields.money_field import money, pence_of
from portal.replacement_care.requests.rules import (
    KINDS,
    MEETING,
    MOST_TRAVEL_MINUTES,
    NOT_HELD,
    PLACES,
    PREPARATION,
    TOLD,
    TOOK_PLACE,
    TRAINING,
    WHO,
    Span,
    lacks_journey,
    overlapping,
    problem_with_day,
    problem_with_hours,
    with_journey,
)

if TYPE_CHECKING:
    from datetime import date, datetime

    from portal.replacement_care.models import CareRequest


NEVER = "Do not include names, health details, dates of birth or addresses"


class SpanFields(forms.Form):
    """A day, from when to when, and the journey within it."""

    day = date_fields.day("Day", "Enter the day of the care", called="The day of the care")
    from_hour = hour_field.hour("From", "Enter when it begins, like 9am", called="when it begins")
    until_hour = hour_field.hour("Until", "Enter when it ends, like 2pm", called="when it ends", is_end=True)

    def _travel(self) -> int:
        return 0

    def _travel_within(self) -> int:
        """How much of the journey these times are to hold."""
        return self._travel()

    def validate_until_hour(self, field: Field) -> None:
        if self.day.data and self.from_hour.data and field.data:
            if problem := problem_with_hours(self.from_hour.data, field.data, self._travel_within()):
                raise ValidationError(problem)
            try:
                self.span()
            except NoSuchHour:
                raise ValidationError("The clocks go forward in this hour. Enter another time") from None

    def span(self) -> Span:
        began, until = (moment(self.day.data, hour.data) for hour in (self.from_hour, self.until_hour))
        return Span(began, until, self._travel())


class CareForm(SpanFields):
    sent_with = "Request care"
    not_saved = ("anyway",)

    title = forms.line("What is it called?", most=200, hint="For example, Carers’ week stall")
    no_title = "Enter what it is called"
    travel = forms.whole_number(
        "Journey time each way, in minutes",
        0,
        MOST_TRAVEL_MINUTES,
        "The times above must include it. For example, 40. Leave blank if you will not travel",
        optional=True,
        called="The journey time",
    )
    place = forms.radios("Where?", PLACES, "Select where the care is needed")
    kind = forms.radios("What kind of care?", KINDS, "Select the kind of care")
    who = forms.radios("Who could provide it?", WHO, "Select who could provide it")
    estimate = money(
        "If you’ll pay first: about how much?",
        hint="Leave blank if the board pays",
        called="What you would pay first",
    )
    anyway = forms.tick("I need care on this other day")
    note = forms.paragraphs("Anything the officer should know?", most=2000, hint=NEVER)
    why_late = forms.line("If the day has passed: why are you asking now?", most=300)
    once = IdempotencyKey()
    version = forms.version()
    others: Sequence[CareRequest] = ()
    needs_title = False
    event_at: datetime | None = None  # when the meeting begins that somebody travels to
    kept: Span | None = None  # as it was asked for before
    meets_on: date | None = None  # the day of the meeting that it is for

    def expect(self, meets_on: date | None) -> None:
        """A request for a meeting is for its day: another one, that it was not for before, is asked about once."""
        self.meets_on, day = meets_on, self.day.data if self.is_submitted() else None
        kept = self.kept.day if self.kept else None
        if meets_on is None or day in (None, meets_on, kept):
            del self.anyway

    def validate_anyway(self, field: Field) -> None:
        if not field.data and self.meets_on:
            day, typed = short_day_words(self.meets_on), short_day_words(self.day.data)
            problem = f"The meeting is on {day}. Correct the day, or tick if you need care on {typed} instead"
            date_fields.doubt(self.day, field, problem)

    def validate_travel(self, _field: Field) -> None:
        """A journey that is not in the times is put in, and seen before it is sent."""
        if self.event_at is None or not self._lacks_journey() or self.until_hour.errors:
            return
        span = with_journey(self.span(), self.event_at)
        for field, at in ((self.from_hour, span.starts_at), (self.until_hour, span.ends_at)):
            field.suggested = field.show(at.astimezone(LONDON).time())
        times = f"{hour_words(span.starts_at)} to {hour_words(span.ends_at)}"
        each_way = minutes_words(span.travel_minutes // 2)
        raise ValidationError(
            f"With {each_way} each way, you need care from {times}. We’ve changed the times. Check them, then "
            f"select {self.sent_with} again"
        )

    def _travel_within(self) -> int:
        return 0 if self._lacks_journey() else self._travel()

    def _lacks_journey(self) -> bool:
        if self.event_at is None or not (self._travel() and self.day.data and self.from_hour.data):
            return False
        if not self.until_hour.data or self.day.data != london_day(self.event_at):
            return False
        try:
            span = self.span()
        except NoSuchHour:
            return False
        return span != self.kept and span.ends_at > span.starts_at and lacks_journey(span, self.event_at)

    def validate_title(self, field: Field) -> None:
        if self.needs_title and not field.data:
            raise ValidationError(self.no_title)

    def _travel(self) -> int:
        typed = self.travel.data or ""
        return 2 * int(typed) if typed.isascii() and typed.isdigit() else 0

    def validate_day(self, field: Field) -> None:
        if field.data and (problem := problem_with_day(field.data, clock.today())):
            raise ValidationError(problem)

    def validate_why_late(self, field: Field) -> None:
        if self.day.data and self.day.data < clock.today() and not field.data:
            raise ValidationError("This day has passed. Say in a few words why you are asking now")

    def validate_from_hour(self, field: Field) -> None:
        try:
            found = overlapping(self.span(), [one.span for one in self.others if one.on_day == self.day.data])
        except (AttributeError, TypeError, NoSuchHour):
            return  # what is missing says so itself
        if found:
            words = f"{hour_words(found.starts_at)} on {short_day_words(found.day)}"
            raise ValidationError(f"You already have a request from {words}. Change that one, or these times")

    def typed(self) -> Typed:
        words = {name: self[name].data or "" for name in ("place", "kind", "who", "note", "why_late")}
        return {**words, "estimate": pence_of(self.estimate.data)}


def hours_typed(span: Span) -> Typed:
    began, until = (one.astimezone(LONDON) for one in (span.starts_at, span.ends_at))
    return {"day": london_day(span.starts_at), "from_hour": began.time(), "until_hour": until.time()}


TITLE_LIKE = {PREPARATION: "For example, the papers for June", TRAINING: "For example, Carer Awareness"}


def care_form(
    shown: CareRequest | None, span: Span | None, what: str, version: int = 0, is_again: bool = False
) -> CareForm:
    """The page as it is opened: with the times proposed, and what is kept or usual.

    `is_again`: it begins with all that was asked for before it was cancelled, the rep’s own words too.
    """
    values: Typed = {"once": uuid4(), "version": version}
    if span:
        values |= {**hours_typed(span), "travel": str(span.travel_minutes // 2) if span.travel_minutes else ""}
    if shown is not None:
        values |= {name: getattr(shown, name) for name in ("place", "kind", "who")}
        values["estimate"] = as_typed(shown.estimate)
        values |= {"note": shown.note, "why_late": shown.why_late, "title": shown.title} if version else {}
        values |= {"note": shown.note, "title": shown.title} if is_again else {}
    form = CareForm(**values)
    if span and form.day.data == london_day(span.starts_at):
        form.from_hour.is_near(values["from_hour"])
        form.until_hour.is_near(values["until_hour"])
    form.sent_with = "Save" if version else CareForm.sent_with
    form.needs_title = what != MEETING and not version
    if what == PREPARATION:
        form.title.label.text, form.no_title = "What will you read or prepare?", "Enter what you will read or prepare"
    form.title.description = TITLE_LIKE.get(what, form.title.description)
    return form


OWN_BUDGET, NOBODY = "own_budget", "nobody"  # answers that say how it took place, or why it did not


def _what_they_paid() -> Field:
    return money(
        "If you paid for it: how much?",
        hint="We’ll put it on a claim for you. Leave blank if you paid nothing",
        called="What you paid",
    )


class OutcomeForm(forms.Form):
    """One question, whose answer says all that there is to say; and what it cost, where the rep may have paid."""

    status = forms.radios(
        "Did your care take place?",
        (
            (TOOK_PLACE, "Yes"),
            (OWN_BUDGET, "Yes, and I used my own care budget"),
            (NOBODY, "No, because nobody was found"),
            (NOT_HELD, "No, for another reason"),
        ),
        "Select whether your care took place",
    )
    cost = _what_they_paid()
    version = forms.version()

    def validate_cost(self, field: Field) -> None:
        if field.data and self.status.data in (NOT_HELD, NOBODY):
            raise ValidationError(
                "You said that your care did not take place. Clear this amount, or change your answer. "
                "If you were charged all the same, claim it as an expense"
            )

    def outcome(self) -> str:
        """Whether it took place."""
        return TOOK_PLACE if self.status.data in (TOOK_PLACE, OWN_BUDGET) else NOT_HELD

    def was_own_budget(self) -> bool:
        """The one fact that two answers say: own care budget where it took place, else that nobody was found."""
        return self.status.data in (OWN_BUDGET, NOBODY)

    def pence(self) -> int | None:
        return pence_of(self.cost.data) if "cost" in self else None


class ManagedForm(OutcomeForm):
    """The same of what the board did not arrange."""

    status = forms.radios(
        "How did you manage?",
        (
            (TOOK_PLACE, "I found care myself"),
            (OWN_BUDGET, "I used my own care budget"),
            (NOBODY, "I had no care, because nobody was found"),
            (NOT_HELD, "I had no care, for another reason"),
        ),
        "Select how you managed",
    )
    cost = _what_they_paid()


def outcome_form(care: CareRequest, is_sent: bool = False) -> OutcomeForm:
    """With what was answered before. What was paid is asked only while it is on no claim."""
    kept: Typed = {"version": care.version, "cost": ""}
    if care.status in TOLD:
        kept["status"] = care.status
    if care.status in TOLD and care.was_own_budget:
        kept["status"] = OWN_BUDGET if care.status == TOOK_PLACE else NOBODY
    kind = OutcomeForm if care.arranged_at else ManagedForm
    form = kind(**kept) if is_sent else kind(formdata=None, **kept)
    if care.was_to_come:
        came = "No, because nobody came. We’ll tell your officer"
        form.status.choices = [(key, came if key == NOBODY else words) for key, words in form.status.choices]
    if care.is_on_claim or care.is_paid_by_board:
        del form.cost
    return form
