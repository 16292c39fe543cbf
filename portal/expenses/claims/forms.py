"""What reps type about their claims."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.limits import miles_words, time_words
from portal.core.money import as_typed, half_up, parse_pence, pounds
from portal.core.text import day_words
from portal.core.values import Typed
from portal.expenses.categories import BY_KEY, CATEGORIES, MILES, TIME, Category
from portal.expenses.claims.rules import FOR, MOST_MILES, problem_with_day, tenths_of
from portal.infra import forms
from portal.infra.fields import date_fields, file_fields
from portal.infra.fields.duration_field import duration
from portal.infra.fields.each_field import Thing, each
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.fields.money_field import money
from portal.infra.merging_form import MergingForm
from portal.infra.pictures.clean import TAKEN, TAKEN_WORDS

if TYPE_CHECKING:
    from portal.expenses.models import ClaimLine


PROOF = ",".join((".pdf", *TAKEN))
PROOF_WORDS = f"A photo ({TAKEN_WORDS}) or a PDF. You can choose several"
WHAT_ELSE = tuple(one for one in FOR if one[0] != "meeting")


class NewClaimForm(forms.Form):
    what = forms.radios("What was it for?", (), "Choose what it was for")
    board = forms.select("For which board?", "Choose the board")
    title = forms.line("If it was not a meeting, what was it?", most=200, hint="For example, Carers’ week stall")
    happened_on = date_fields.day(
        "If it was not a meeting, on which day was it?", called="The day it was on", asks=date_fields.PAST
    )
    once = IdempotencyKey()
    first_days: Mapping[str, date | None] = {}  # when the person's role began, by board
    meeting_days: Mapping[str, date] = {}  # of each meeting that can be chosen

    @property
    def is_meeting(self) -> bool:
        return self.what.data not in dict(WHAT_ELSE)

    def validate_title(self, field: Field) -> None:
        if self.what.data in self.meeting_days and field.data:
            raise ValidationError("You chose a meeting, which has a name. Clear this, or choose what else it was for")
        if not self.is_meeting and not field.data:
            raise ValidationError("Enter what it was called")

    def validate_happened_on(self, field: Field) -> None:
        met_on = self.meeting_days.get(self.what.data or "")
        if met_on and field.data and field.data != met_on:
            words = f"The meeting you chose was on {day_words(met_on)}"
            raise ValidationError(f"{words}. Clear this day, or choose what else it was for")
        if self.is_meeting:
            return
        if field.data is None:
            raise ValidationError("Enter the day it was on")
        first = self.first_days.get(self.board.data or "")
        if problem := problem_with_day(field.data, clock.today(), first):
            date_fields.refuse(field, problem)


def new_claim_form(meetings: Sequence[tuple[str, str]], boards: Sequence[tuple[str, str]]) -> NewClaimForm:
    form = NewClaimForm()
    form.what.choices = [*meetings, *WHAT_ELSE]
    form.board.choices = list(boards)
    if not form.is_submitted():
        form.once.data = uuid4()
        form.board.data = boards[0][0] if boards else ""
    return form


class SendForm(forms.VersionForm):
    """Sending a claim; the answer is asked for where there is a question, and receipts for each expense it is about."""

    answer = forms.paragraphs(
        "Your answer",
        most=1000,
        hint="Change your claim first if you need to, then answer. The person who decides will read this. "
        "Do not include health details",
    )
    receipts = each(file_fields.held("Add a receipt", PROOF_WORDS, PROOF))
    copied = forms.tick("I have checked the expenses copied from last time")


def send_form(
    asked_about: Iterable[ClaimLine], names: Mapping[UUID, str], version: int | None = None, answer: str = ""
) -> SendForm:
    """`asked_about` are the expenses that a question is about. With a version, nothing is sent yet; `answer` is what
    was begun."""
    with_receipts = [one for one in asked_about if BY_KEY[one.category].measure != MILES]
    boxes = {one.id: Thing(names[one.id]) for one in with_receipts}
    return (
        SendForm(receipts=boxes)
        if version is None
        else SendForm(formdata=None, version=version, answer=answer, receipts=boxes)
    )


def answer_typed() -> str | None:
    """What stands in the box of the answer, whichever button of the page was selected; None where there was no box."""
    form = SendForm(receipts={})
    return (form.answer.data or "") if form.answer.raw_data else None


class CategoryForm(forms.Form):
    """Which kind of expense; it is asked by an address, so it carries no token."""

    class Meta:
        csrf = False

    category = forms.radios(
        "What did it cost?", [(one.key, "") for one in CATEGORIES], "Choose what kind of expense it is"
    )


class LineForm(MergingForm):
    """What every expense asks. `first_day` is when the person's role began."""

    sent_with = "Save"

    spent_on = date_fields.day(
        "Day", "Enter the date of the expense", called="The date of the expense", asks=date_fields.PAST
    )
    once = IdempotencyKey()
    first_day: date | None = None
    rate_on: Callable[[date], int | None] = staticmethod(lambda day: None)  # what the policy of a day pays a unit

    def by_policy(self, _rate_on: Callable[[date], int | None], _day: date, _is_in_force: bool) -> None:
        """Only what is priced by the hour asks otherwise where a policy has a rate."""

    def has_receipts(self, _has: bool) -> None:
        """Only what can have receipts asks otherwise where there are some."""

    def validate_spent_on(self, field: Field) -> None:
        if field.data and (problem := problem_with_day(field.data, clock.today(), self.first_day)):
            date_fields.refuse(field, problem)

    def said_back(self, _tenths_before: int) -> str:
        """What we made of what was typed, where it is not the same and not what was there before."""
        return ""


class _WithReceipts(LineForm):
    receipts = file_fields.held("Receipts", PROOF_WORDS, PROOF)
    no_receipt_because = forms.line("If you have no receipt, why?", most=300)

    def has_receipts(self, has: bool) -> None:
        if has:
            self.receipts.label.text = "Add another receipt"


class WholeMilesForm(LineForm):
    """A journey of which nobody was asked whether it was there and back: its miles in all, as they are."""

    miles = forms.line("Total miles", "Enter the miles, like 12 or 12.5", 10, "There and back together")
    note = forms.line("From and to", most=200, hint="For example, home to the town hall", is_sentence=True)

    def validate_miles(self, field: Field) -> None:
        if not 0 < self._one_way() <= MOST_MILES * 10:
            raise ValidationError(f"{field.label.text} must be a number from 0.1 to {MOST_MILES}, like 12 or 12.5")
        if self._tenths() > MOST_MILES * 10:
            whole = miles_words(self._tenths())
            raise ValidationError(f"There and back is {whole}, and one expense has at most {MOST_MILES}")

    def _one_way(self) -> int:
        try:
            return tenths_of(self.miles.data or "")
        except ValueError:
            return 0

    def _tenths(self) -> int:
        return self._one_way()

    def typed(self) -> Typed:
        return {"spent_on": self.spent_on.data, "tenths": self._tenths(), "note": self.note.data or ""}


class MilesForm(WholeMilesForm):
    """A journey: its miles one way, counted twice when it was there and back."""

    miles = forms.line("Miles one way", "Enter the miles, like 12 or 12.5", 10, "For example, 12 or 12.5")
    is_return = forms.tick("There and back: count these miles twice")

    def _tenths(self) -> int:
        return self._one_way() * (2 if self.is_return.data else 1)

    def typed(self) -> Typed:
        return {**super().typed(), "is_return": bool(self.is_return.data)}

    def said_back(self, tenths_before: int) -> str:
        if not self.is_return.data or self._tenths() == tenths_before:
            return ""
        one_way = miles_words(self._one_way())
        return f"{one_way} there and {one_way} back: {miles_words(self._tenths())} in total."


class CostForm(_WithReceipts):
    paid = money("What did you pay?", "Enter what you paid, like 4.50", called="What you paid")

    def typed(self) -> Typed:
        because = self.no_receipt_because.data or ""
        return {"spent_on": self.spent_on.data, "paid": parse_pence(self.paid.data), "no_receipt_because": because}


class TimeForm(_WithReceipts):
    hours = duration("How many hours?", "Enter the hours, like 2 or 2.5", "For example, 2, 2.5 or 1:30", "The time")
    paid = money("What did you pay?", "", called="What it cost")

    def by_policy(self, rate_on: Callable[[date], int | None], day: date, is_in_force: bool) -> None:
        """What the policy of a day says decides whether the amount may be left empty."""
        self.rate_on = rate_on
        if (rate := rate_on(day)) is not None:
            self.paid.description = (
                f"You can leave this blank: your board pays {pounds(rate)} an hour, whatever you paid"
            )
        elif is_in_force:
            self.paid.description = "Enter the total you paid"

    def validate_paid(self, field: Field) -> None:
        day = self.spent_on.data
        if not field.data and (day is None or self.rate_on(day) is None):
            raise ValidationError("Enter what you paid, like 4.50. On this day your board pays no rate for each hour")

    def said_back(self, _tenths_before: int) -> str:
        """What the hours come to by the rate, where less or more was paid."""
        rate = self.rate_on(self.spent_on.data)
        comes_to = half_up(self.hours.data * rate, 60) if rate is not None else None
        paid = parse_pence(self.paid.data) if self.paid.data else comes_to
        if rate is None or comes_to is None or paid == comes_to:
            return ""
        hours = f"{time_words(self.hours.data)} at {pounds(rate)} an hour: {pounds(comes_to)}"
        return f"You paid {pounds(paid or 0)}. Your board pays {hours}, whatever it cost."

    def typed(self) -> Typed:
        because = self.no_receipt_because.data or ""
        paid = parse_pence(self.paid.data) if self.paid.data else 0
        of = {"spent_on": self.spent_on.data, "minutes": self.hours.data}
        return {**of, "paid": paid, "no_receipt_because": because}


def line_form(category: Category, line: ClaimLine | None, happened_on: date) -> LineForm:
    """The form for one kind of expense, as it is opened: on the day of the claim, or with what is kept."""
    miles = WholeMilesForm if line and line.tenths and line.is_return is None else MilesForm
    kind = {MILES: miles, TIME: TimeForm}.get(category.measure, CostForm)
    if line is None:
        form = kind(spent_on=happened_on, once=uuid4())
        form.is_new()
        return form
    one_way = line.tenths // 2 if line.is_return else line.tenths
    shown = {"spent_on": line.spent_on, "note": line.note, "no_receipt_because": line.no_receipt_because}
    shown |= {"miles": miles_words(one_way).split(" ")[0] if one_way else "", "is_return": bool(line.is_return)}
    return kind(**shown, hours=line.minutes or None, paid=as_typed(line.paid), once=line.id)
