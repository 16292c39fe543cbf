"""What people type about care: reps when they ask and tell, officers when they arrange, boards in their policy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.calendar import NoSuchHour, moment
from portal.core.clock import LONDON, london_day
from portal.core.text import short_day_words
from portal.infra import date_fields, forms
from portal.infra.money_field import money, pence_of
from portal.infra.once import OnceField
from portal.replacement_care.rules import (
    ARRANGED_BY,
    KINDS,
    MEETING,
    MOST_TRAVEL_MINUTES,
    NOT_HELD,
    PLACES,
    TOOK_PLACE,
    WHO,
    Span,
    overlapping,
    problem_with_day,
    problem_with_hours,
)

NEVER = "Never write a name, an illness, a birth date or an address here"


class SpanFields(forms.Form):
    """A day, from when to when, and the journey within it."""

    day = date_fields.day("Day", "Enter the day", called="The day of the care")
    from_hour = date_fields.hour("From", "Enter when it begins, like 9am")
    until_hour = date_fields.hour("Until", "Enter when it ends, like 2pm")

    def _travel(self) -> int:
        return 0

    def validate_until_hour(self, field: Field) -> None:
        if self.day.data and self.from_hour.data and field.data:
            if problem := problem_with_hours(self.from_hour.data, field.data, self._travel()):
                raise ValidationError(problem)
            try:
                self.span()
            except NoSuchHour:
                raise ValidationError("The clocks go forward in this hour. Choose another") from None

    def span(self) -> Span:
        began, until = (moment(self.day.data, hour.data) for hour in (self.from_hour, self.until_hour))
        return Span(began, until, self._travel())


class CareForm(SpanFields):
    title = forms.line("What is it called?", most=200, hint="For example, Carers’ week stall")
    travel = forms.line("Minutes of your journey, one way", most=3, hint="For example, 40. Leave it empty if you stay")
    place = forms.radios("Where?", PLACES, "Say where")
    kind = forms.radios("What kind of care?", KINDS, "Choose the kind of care")
    who = forms.radios("Who could do it?", WHO, "Say who could do it")
    estimate = money("If you pay first: about how much?", hint="Leave it empty if the board pays")
    note = forms.paragraphs("Anything the officer should know?", most=2000, hint=NEVER)
    why_late = forms.line("If the day is over: why do you ask now?", most=300)
    once = OnceField()
    version = forms.version()
    others: Sequence[Any] = ()
    needs_title = False

    def validate_title(self, field: Field) -> None:
        if self.needs_title and not field.data:
            raise ValidationError("Enter what it is called")

    def validate_travel(self, field: Field) -> None:
        if field.data and (not field.data.isascii() or not field.data.isdigit() or not self._travel_fits()):
            raise ValidationError(f"Enter whole minutes, up to {MOST_TRAVEL_MINUTES}")

    def _travel_fits(self) -> bool:
        return int(self.travel.data) <= MOST_TRAVEL_MINUTES

    def _travel(self) -> int:
        typed = self.travel.data or ""
        return 2 * int(typed) if typed.isascii() and typed.isdigit() else 0

    def validate_day(self, field: Field) -> None:
        if field.data and (problem := problem_with_day(field.data, clock.today())):
            raise ValidationError(problem)

    def validate_why_late(self, field: Field) -> None:
        if self.day.data and self.day.data < clock.today() and not field.data:
            raise ValidationError("This day is over. Say in a few words why you ask now")

    def validate_from_hour(self, field: Field) -> None:
        try:
            found = overlapping(self.span(), [one.span for one in self.others if one.on_day == self.day.data])
        except (AttributeError, TypeError, NoSuchHour):
            return  # what is missing says so itself
        if found:
            words = f"{found.starts_at.astimezone(LONDON):%H:%M} on {short_day_words(found.day)}"
            raise ValidationError(f"You asked for care from {words} already. Change that one, or these hours")

    def typed(self) -> dict[str, Any]:
        words = {name: self[name].data or "" for name in ("place", "kind", "who", "note", "why_late")}
        return {**words, "estimate": pence_of(self.estimate.data)}


def _hours(span: Span) -> dict[str, Any]:
    began, until = (one.astimezone(LONDON) for one in (span.starts_at, span.ends_at))
    return {"day": london_day(span.starts_at), "from_hour": began.time(), "until_hour": until.time()}


def _amount(pence: int | None) -> str:
    return f"{pence / 100:.2f}" if pence else ""


def care_form(shown: Any, span: Span | None, what: str, version: int = 0) -> CareForm:
    """The page as it is opened: with the times proposed, and what is kept or usual."""
    values: dict[str, Any] = {"once": uuid4(), "version": version}
    if span:
        values |= {**_hours(span), "travel": str(span.travel_minutes // 2) if span.travel_minutes else ""}
    if shown is not None:
        values |= {name: getattr(shown, name) for name in ("place", "kind", "who")}
        values["estimate"] = _amount(shown.estimate)
        values |= {"note": shown.note, "why_late": shown.why_late, "title": shown.title} if version else {}
    form = CareForm(**values)
    form.needs_title = what != MEETING and not version
    return form


class ForRepForm(CareForm):
    person = forms.select("For whom?", "Choose for whom")

    def validate_person(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Choose for whom")


def for_rep_form(people: Sequence[tuple[UUID, str]]) -> ForRepForm:
    form = ForRepForm(once=uuid4())
    form.person.choices = [("", "Choose"), *((str(key), name) for key, name in people)]
    form.needs_title = True
    return form


class ButtonForm(forms.Form):
    """A page with buttons; the version is that of what it shows."""

    version = forms.version()


class OutcomeForm(forms.Form):
    status = forms.radios("Did it take place?", ((TOOK_PLACE, "Yes"), (NOT_HELD, "No")), "Say if it took place")
    cost = money("If you paid: how much?", hint="We put it on a claim for you. Leave it empty if you paid nothing")
    was_own_budget = forms.tick("I used my own care budget, or nobody was found")
    version = forms.version()

    def pence(self) -> int | None:
        return pence_of(self.cost.data)


class ArrangeForm(SpanFields):
    provider = forms.select("Who comes?", "Choose who comes")
    arrangement = forms.paragraphs(
        "Who it is, and how to reach them on the day", "Say who comes, and how to reach them", 500, NEVER
    )
    cost = money("What does it cost?", hint="Leave it empty if you do not know yet")
    is_paid_by_board = forms.tick("The board pays the provider")
    invoice = forms.line("Their invoice number", most=40, hint="You can add it later")
    version = forms.version()

    def typed(self) -> dict[str, Any]:
        return {
            "provider_id": UUID(self.provider.data) if self.provider.data else None,
            "arrangement": self.arrangement.data or "",
            "cost": pence_of(self.cost.data),
            "is_paid_by_board": bool(self.is_paid_by_board.data),
            "invoice": self.invoice.data or "",
        }


def arrange_form(one: Any, providers: Sequence[Any], shows_words: bool) -> ArrangeForm:
    kept = {name: getattr(one, name) for name in ("is_paid_by_board", "invoice", "version")}
    kept["arrangement"] = one.arrangement if shows_words else ""
    form = ArrangeForm(**_hours(one.span), **kept, provider=str(one.provider_id or ""), cost=_amount(one.cost))
    form.provider.choices = [("", "Somebody the rep found"), *((str(p.id), p.name) for p in providers)]
    return form


class LateCostForm(forms.Form):
    cost = money("What does the provider charge?", "Enter what the provider charges, like 45.50")
    invoice = forms.line("Their invoice number", most=40)
    version = forms.version()

    def pence(self) -> int:
        return pence_of(self.cost.data) or 0


class CannotForm(forms.Form):
    answer = forms.paragraphs(
        "Why not, and what can you offer instead?",
        "Say why, and what you can offer: joining online, a depute, another hour",
        1000,
        "The rep reads this",
    )
    version = forms.version()


class PolicyForm(forms.Form):
    is_provided = forms.radios(
        "Does the board provide care while reps meet?", (("yes", "Yes"), ("no", "Not yet")), "Choose yes or not yet"
    )
    arranged_by = forms.radios("Who arranges it?", ARRANGED_BY, "Say who arranges it")
    counts_travel = forms.tick("The journey counts")
    counts_preparation = forms.tick("Reading and preparing counts")
    hourly_rate = money("Rate for an hour, in pounds", hint="Leave it empty to pay what it costs")
    cap = money("The most you pay for one time, in pounds", hint="Leave it empty if there is no limit")
    lead_days = forms.whole_number("How many days does a provider need?", 0, 60)
    text_days = forms.whole_number("After how many days do we remove what reps wrote?", 1, 60)
    words = forms.paragraphs("Anything else, in plain words", most=1000, hint="Everyone can read this")
    version = forms.version()

    def typed(self) -> dict[str, Any]:
        return {
            "is_provided": self.is_provided.data == "yes",
            "arranged_by": self.arranged_by.data,
            "counts_travel": bool(self.counts_travel.data),
            "counts_preparation": bool(self.counts_preparation.data),
            "hourly_rate": pence_of(self.hourly_rate.data),
            "cap": pence_of(self.cap.data),
            "lead_days": int(self.lead_days.data),
            "text_days": int(self.text_days.data),
            "words": self.words.data or "",
        }


def policy_form(found: Any, lead_days: int, text_days: int) -> PolicyForm:
    if found is None:
        days = {"lead_days": str(lead_days), "text_days": str(text_days)}
        return PolicyForm(**days, counts_travel=True, counts_preparation=True, arranged_by="officer", version=1)
    names = ("arranged_by", "counts_travel", "counts_preparation", "words", "version")
    return PolicyForm(
        **{name: getattr(found, name) for name in names},
        is_provided="yes" if found.is_provided else "no",
        hourly_rate=_amount(found.hourly_rate),
        cap=_amount(found.cap),
        lead_days=str(found.lead_days),
        text_days=str(found.text_days),
    )


class ProviderForm(forms.Form):
    name = forms.line("Name", "Enter the name of the provider")
    contact = forms.line("How to reach them", hint="A number or email. Write nothing about whom they care for")
    lead_days = forms.whole_number("How many days do they need?", 0, 60)
    hourly_rate = money("Rate for an hour, in pounds", hint="Leave it empty if it differs")

    def typed(self) -> dict[str, Any]:
        rate = pence_of(self.hourly_rate.data)
        words = {"name": self.name.data, "contact": self.contact.data or ""}
        return {**words, "lead_days": int(self.lead_days.data), "hourly_rate": rate}


def provider_form(found: Any, lead_days: int) -> ProviderForm:
    if found is None:
        return ProviderForm(lead_days=str(lead_days))
    days = str(found.lead_days)
    return ProviderForm(name=found.name, contact=found.contact, lead_days=days, hourly_rate=_amount(found.hourly_rate))
