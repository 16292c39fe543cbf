"""What officers type when they arrange care."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core.calendar import NoSuchHour
from portal.core.money import as_typed, pounds
from portal.core.text import short_day_words
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields.money_field import money, pence_of
from portal.replacement_care.requests.earlier_times import left_out, same_times
from portal.replacement_care.requests.forms import CareForm, SpanFields, hours_typed
from portal.replacement_care.requests.rules import Span

if TYPE_CHECKING:
    from portal.replacement_care.models import CareProvider, CareRequest


ASK_OFFICER = "Ask your engagement officer how to reach them"


class ForRepForm(CareForm):
    sent_with = "Make the request"

    person = forms.select("For whom?", "Choose for whom")

    def validate_person(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Choose for whom")


def for_rep_form(people: Sequence[tuple[UUID, str]]) -> ForRepForm:
    form = ForRepForm(once=uuid4())
    form.person.choices = [("", "Choose"), *((str(key), name) for key, name in people)]
    form.needs_title = True
    return form


class ArrangeForm(SpanFields):
    sent_with = "Save, and tell the rep"
    not_saved = ("anyway",)

    provider = forms.select("Who is coming?", "Select who is coming")
    arrangement = forms.paragraphs(
        "Agency or worker, and how to reach them on the day",
        most=500,
        hint="For example, Home Instead, 01463 000000. Leave it empty if you chose a provider from the list. "
        "Do not write anything about the person cared for",
    )
    cost = money("What does it cost?", hint="Leave it empty if you do not know yet", called="What it costs")
    is_paid_by_board = forms.tick("The board pays the provider")
    invoice = forms.line("Their invoice number", most=40, hint="You can add it later")
    version = forms.version()
    anyway = forms.tick("I want to offer these other times anyway")
    journey = 0  # minutes of it, as the rep said; an officer changes the times only
    asked: Span  # the times as they are
    wanted: Span | None = None  # the times that the rep asked for
    expected: Sequence[date] = ()  # the day that the rep asked for, and that of its meeting
    doubts: Sequence[str] = ()  # what the officer has not looked at, a sentence each
    earlier_price: int | None = None  # what it cost at the times before they changed: kept where nothing is typed

    def validate_is_paid_by_board(self, field: Field) -> None:
        if field.data and not self.provider.data:
            raise ValidationError("The board can pay only a provider in its list. Select who comes, or clear this box")

    def validate_anyway(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(self._other_day() or self._unread() or self._not_covered())

    def _other_day(self) -> str:
        """That the day is neither the one asked for nor that of the meeting, as a sentence; '' where it is."""
        if not self.expected or self.day.data in (*self.expected, None):
            return ""
        typed, asked = short_day_words(self.day.data), short_day_words(self.expected[0])
        also = "".join(f". {one}" for one in self.doubts)
        return f"{typed} is not the day the rep needs care, {asked}{also}. Correct the day, or tick the box to offer it"

    def _unread(self) -> str:
        """That the officer has not looked at everything; and what of the rep's times is left out."""
        if not self.doubts:
            return ""
        also = f". {words}" if (words := self._left_out()) else ""
        return f"{'. '.join(self.doubts)}. Do that first, or tick the box to offer these times anyway{also}"

    def _not_covered(self) -> str:
        return f"{self._left_out()}. Correct the times, or tick the box to offer them anyway"

    def _left_out(self) -> str:
        """What of the times that the rep asked for is not covered, on that day; '' where nothing is left out."""
        if self.wanted is None or self.day.data != self.wanted.day:
            return ""
        try:
            return left_out(self.wanted, self.span())
        except NoSuchHour:
            return ""

    def asks_again(self) -> bool:
        """Whether the times typed are others, and leave out some that the rep needs, are on another day, or are offered
        by an officer who has not looked at everything.
        """
        if not (self.is_submitted() and self.day.data and self.from_hour.data and self.until_hour.data):
            return False
        if self._other_day():
            return self.day.data != self.asked.day or bool(self.doubts)
        try:
            is_other = not same_times(self.span(), self.asked)
        except NoSuchHour:
            return False
        return is_other and bool(self.doubts or self._left_out())

    def span(self) -> Span:
        span = super().span()
        return replace(span, travel_minutes=min(self.journey, span.minutes // 2 * 2))

    contacts: Mapping[str, str] = MappingProxyType({})  # how to reach each provider of the list

    def validate_arrangement(self, field: Field) -> None:
        if not field.data and not self.provider.data:
            raise ValidationError(
                "Choose a provider from the list, or enter the agency or worker and how to reach them"
            )

    def _reached_by(self) -> str:
        """A provider that is chosen is reached as the list says, where nothing else is typed."""
        return self.arrangement.data or self.contacts.get(self.provider.data) or ASK_OFFICER

    def typed(self) -> Typed:
        return {
            "provider_id": UUID(self.provider.data) if self.provider.data else None,
            "arrangement": self._reached_by(),
            "cost": self.earlier_price if self.cost.data in (None, "") else pence_of(self.cost.data),
            "is_paid_by_board": bool(self.is_paid_by_board.data),
            "invoice": self.invoice.data or "",
        }


def earlier_price(care: CareRequest) -> str:
    """'It was £54.00 for the earlier times'; '' where the price is that of the times now."""
    return f"It was {pounds(care.earlier_price)} for the earlier times" if care.earlier_price else ""


def cost_offered(care: CareRequest) -> str:
    """What it costs as it is kept; nothing after its times changed, as nobody has said what those cost."""
    return "" if care.earlier_price else as_typed(care.cost)


def new_price(care: CareRequest, by_policy: str) -> str:
    """'It was £54.00 for the earlier times. The new times come to £72.00 … . Leave it empty to keep £54.00'."""
    told = [earlier_price(care), by_policy, f"Leave it empty to keep {pounds(care.earlier_price or 0)}"]
    return ". ".join(words for words in told if words)


class AcceptForm(forms.Form):
    """Yes to other times: they have a price of their own."""

    new_cost = money("What does it cost at the new times?", called="What it costs")
    version = forms.version()


def accept_form(care: CareRequest, by_policy: str, is_sent: bool = False) -> AcceptForm:
    kept = {"version": care.version, "new_cost": cost_offered(care)}
    form = AcceptForm(**kept) if is_sent else AcceptForm(formdata=None, **kept)
    form.new_cost.description = new_price(care, by_policy)
    if not care.earlier_price:
        del form.new_cost
    return form


def arrange_form(
    care: CareRequest,
    providers: Sequence[CareProvider],
    shows_words: bool,
    doubts: Sequence[str] = (),
    is_sent: bool = False,
    by_policy: str = "",
) -> ArrangeForm:
    kept = {name: getattr(care, name) for name in ("is_paid_by_board", "invoice", "version")}
    kept["arrangement"] = care.arrangement if shows_words else ""
    kept |= {**hours_typed(care.span), "provider": str(care.provider_id or ""), "cost": cost_offered(care)}
    form = ArrangeForm(**kept) if is_sent else ArrangeForm(formdata=None, **kept)
    if care.earlier_price:
        form.cost.description = new_price(care, by_policy)
    form.expected = [(care.wanted_span or care.span).day, *([care.meeting.meets_on] if care.meeting else [])]
    form.journey, form.asked, form.doubts = care.travel_minutes, care.span, doubts
    form.earlier_price = care.earlier_price
    form.wanted = care.wanted_span or care.span
    if not (is_sent and form.asks_again()):
        del form.anyway
    form.provider.choices = [("", "Someone the rep found"), *((str(p.id), p.name) for p in providers)]
    form.contacts = {str(one.id): one.contact for one in providers}
    return form


class LateCostForm(forms.Form):
    """Finance pays a provider that it knows: whoever the rep found has to be one by the time an invoice is paid."""

    not_saved = ("sure",)

    provider = forms.select(
        "Who sent the invoice?",
        "Select who sent the invoice",
        hint="If they are not in the list, ask your administrator to add them to the board’s care providers",
    )
    cost = money(
        "What does the provider charge?",
        "Enter what the provider charges, like 45.50",
        called="What the provider charges",
    )
    invoice = forms.line(
        "Their invoice number",
        "Enter their invoice number",
        most=40,
        hint="If it has no number, enter the date of the invoice",
    )
    sure = forms.tick("I’ve checked this and it is right")
    version = forms.version()
    doubts: Sequence[str] = ()  # what of it may be a slip, a sentence each

    def validate_provider(self, field: Field) -> None:
        if not field.data:
            raise ValidationError("Select who sent the invoice")

    def validate_sure(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(f"{'. '.join(self.doubts)}. Check it, then tick the box if it is right")

    def pence(self) -> int:
        return pence_of(self.cost.data) or 0


def late_cost_form(care: CareRequest, providers: Sequence[CareProvider], is_sent: bool = False) -> LateCostForm:
    """Shows what is saved. Asks who sent the invoice only where that is not known."""
    kept = {"version": care.version, "provider": str(care.provider_id or "")}
    kept |= {"cost": as_typed(care.cost), "invoice": care.invoice}
    form = LateCostForm(**kept) if is_sent else LateCostForm(formdata=None, **kept)
    form.provider.choices = [("", "Choose"), *((str(one.id), one.name) for one in providers)]
    if care.provider_id:
        del form.provider
    if not is_sent:
        del form.sure
    return form


def doubt(form: LateCostForm, limit: int | None, same: CareRequest | None) -> None:
    """Ask once more where it is over the policy's limit, or where `same` has that invoice of that provider already."""
    over = limit is not None and form.pence() > limit
    form.doubts = [
        *([f"{pounds(form.pence())} is over the limit of {pounds(limit or 0)} each time"] if over else []),
        *([f"Invoice {same.invoice} is already entered for care on {short_day_words(same.on_day)}"] if same else []),
    ]
    if not form.doubts:
        del form.sure


class CannotForm(forms.Form):
    not_saved = ("answer", "sure")  # nothing of it is shown before

    answer = forms.paragraphs(
        "Why can’t it be provided, and what can you offer instead?",
        "Say why, and what you can offer: joining online, a depute or another time",
        1000,
        "The rep can read this",
    )
    sure = forms.tick("I want to decline it anyway")
    version = forms.version()
    doubts: Sequence[str] = ()  # what the officer has not looked at, a sentence each

    def validate_sure(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(f"{'. '.join(self.doubts)}. Do that first, or tick the box to decline it anyway")


def cannot_form(version: int, doubts: Sequence[str], is_sent: bool = False) -> CannotForm:
    """Whoever has not looked at everything says so before they decline."""
    form = CannotForm() if is_sent else CannotForm(formdata=None, version=version)
    form.doubts = doubts
    if not doubts:
        del form.sure
    return form
