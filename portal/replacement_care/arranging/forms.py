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
from portal.core.text import short_day_words, together
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.money_field import money, pence_of
from portal.replacement_care.requests.earlier_times import left_out, same_times
from portal.replacement_care.requests.forms import CareForm, SpanFields, hours_typed
from portal.replacement_care.requests.rules import ARRANGED, REP, Span

if TYPE_CHECKING:
    from portal.replacement_care.models import CareProvider, CareRequest


YES, NO = "yes", "no"
UNLISTED = "unlisted"  # whoever comes is no provider of the board's list
OWN = ("known", "service")  # the rep has somebody
NOT_LISTED = "Someone the rep found, or not in this list"
ASK_OFFICER = "Ask your engagement officer how to reach them"


class ForRepForm(CareForm):
    sent_with = "Make the request"

    person = forms.select("Who is it for?", "Select who it is for")


def for_rep_form(people: Sequence[tuple[UUID, str]]) -> ForRepForm:
    form = ForRepForm(once=uuid4())
    form.person.choices = [("", "Choose"), *((str(key), name) for key, name in people)]
    form.needs_title = True
    form.expect(None)
    return form


class ArrangeForm(SpanFields):
    sent_with = "Save, and tell the rep"
    not_saved = ("anyway", "keeps_contact")

    provider = forms.select("Who is coming?", "Select who is coming")
    arrangement = forms.paragraphs(
        "Agency or worker, and how to reach them on the day",
        most=500,
        hint="For example, Home Instead, 01463 000000. Leave blank if you chose a provider from the list. "
        "Do not write anything about the person cared for",
    )
    keeps_contact = forms.tick("This is right for whoever is coming now")
    cost = money("What does it cost?", hint="Leave blank if you do not know yet", called="What it costs")
    is_paid_by_board = forms.radios(
        "Does the board pay the provider?",
        ((YES, "Yes"), (NO, "No. The rep pays first, and claims it")),
        "",
        hint="Leave blank if you do not know yet what it costs",
    )
    invoice = forms.line("Their invoice number", most=40, hint="You can add it later")
    version = forms.version()
    anyway = forms.tick("I want to offer these other times anyway")
    journey = 0  # minutes of it, as the rep said; an officer changes the times only
    asked: Span  # the times as they are
    wanted: Span | None = None  # the times that the rep asked for
    expected: Sequence[date] = ()  # the day that the rep asked for, and that of its meeting
    doubts: Sequence[str] = ()  # what the officer has not looked at, a sentence each
    earlier: tuple[str, str] = ("", "")  # who was to come, as chosen and by name
    kept: Mapping[str, str] = MappingProxyType({})  # what was entered for them, by field
    earlier_price: int | None = None  # what it cost at the times before they changed: kept where nothing is typed

    def validate_is_paid_by_board(self, field: Field) -> None:
        if field.data == YES and self.provider.data == UNLISTED:
            raise ValidationError("The board can pay only a provider in its list. Select who comes, or select no")
        if not field.data and (self.cost.data or self.earlier_price):
            raise ValidationError("Say who pays the provider")

    def validate_keeps_contact(self, field: Field) -> None:
        if not field.data and (all_left := self._left_as_entered()):
            left = together(all_left)
            are, them = ("is", "it") if len(all_left) == 1 else ("are", "them")
            raise ValidationError(
                f"{left[0].upper()}{left[1:]} {are} still as entered for {self.earlier[1]}. "
                f"Correct {them}, or tick the box to keep {them}"
            )

    def asks_contact(self) -> bool:
        """Whether somebody else is to come, and what was entered for whoever was to come is left."""
        chosen, _ = self.earlier
        is_other = bool(chosen) and self.provider.data not in ("", None, chosen)
        return self.is_submitted() and is_other and bool(self._left_as_entered())

    def _left_as_entered(self) -> list[str]:
        """What of who comes is as it was entered before: how to reach them, their price, who pays it, their invoice."""
        left = [key for key, was in self.kept.items() if was and str(self[key].data or "").split() == was.split()]
        price = self.earlier_price or pence_of(self.kept.get("cost"))
        is_price_left = price is not None and self._price() == price
        return [
            *([f"the invoice number {self.kept['invoice']}"] if "invoice" in left else []),
            *(["how to reach them"] if "arrangement" in left else []),
            *(["the price"] if is_price_left else []),
            *(["who pays"] if is_price_left and "is_paid_by_board" in left else []),
        ]

    def _price(self) -> int | None:
        return self.earlier_price if self.cost.data in (None, "") else pence_of(self.cost.data)

    def validate_anyway(self, field: Field) -> None:
        if not field.data:
            if problem := self._other_day():
                date_fields.doubt(self.day, field, problem)
            raise ValidationError(self._unread() or self._not_covered())

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
        if not field.data and self.provider.data == UNLISTED:
            raise ValidationError(
                "Choose a provider from the list, or enter the agency or worker and how to reach them"
            )

    def _reached_by(self) -> str:
        """A provider that is chosen is reached as the list says, where nothing else is typed."""
        return self.arrangement.data or self.contacts.get(self.provider.data) or ASK_OFFICER

    def typed(self) -> Typed:
        return {
            "provider_id": None if self.provider.data == UNLISTED else UUID(self.provider.data),
            "arrangement": self._reached_by(),
            "cost": self._price(),
            "is_paid_by_board": self.is_paid_by_board.data == YES,
            "invoice": self.invoice.data or "",
        }


def earlier_price(care: CareRequest) -> str:
    """'It was £54.00 for the earlier times'; '' where the price is that of the times now."""
    return f"It was {pounds(care.earlier_price)} for the earlier times" if care.earlier_price else ""


def cost_offered(care: CareRequest) -> str:
    """What it costs as it is kept; nothing after its times changed, as nobody has said what those cost."""
    return "" if care.earlier_price else as_typed(care.cost)


def new_price(care: CareRequest, by_policy: str) -> str:
    """'It was £54.00 for the earlier times. The new times come to £72.00 … . Leave blank to keep £54.00'."""
    told = [earlier_price(care), by_policy, f"Leave blank to keep {pounds(care.earlier_price or 0)}"]
    return ". ".join(words for words in told if words)


def coming(care: CareRequest) -> str:
    """Who comes, as chosen in the list; '' while nobody is named, unless the rep has somebody."""
    is_named = care.arranged_at is not None or bool(care.arrangement)
    return str(care.provider_id or (UNLISTED if is_named or care.who in OWN else ""))


def is_settled(care: CareRequest) -> bool:
    """Whether it is arranged, and the rep has agreed: they hear of what is new to them, and of nothing else."""
    return care.status == ARRANGED and care.to_agree != REP


def typed_contact(care: CareRequest) -> str:
    """How to reach whoever comes, as an officer typed it; '' where it is as the list says, and goes with the list."""
    from_list = (ASK_OFFICER, care.provider.contact) if care.provider else ()
    return "" if care.arrangement in from_list else care.arrangement


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
    kept = {name: getattr(care, name) for name in ("invoice", "version")}
    kept["is_paid_by_board"] = YES if care.is_paid_by_board else NO if care.cost else ""
    kept["arrangement"] = typed_contact(care) if shows_words else ""
    kept |= {**hours_typed(care.span), "provider": coming(care), "cost": cost_offered(care)}
    form = ArrangeForm(**kept) if is_sent else ArrangeForm(formdata=None, **kept)
    if is_settled(care):
        form.sent_with = "Save"
    if care.earlier_price:
        form.cost.description = new_price(care, by_policy)
    form.expected = [(care.wanted_span or care.span).day, *([care.meeting.meets_on] if care.meeting else [])]
    form.journey, form.asked, form.doubts = care.travel_minutes, care.span, doubts
    form.earlier_price = care.earlier_price
    form.wanted = care.wanted_span or care.span
    form.earlier = (coming(care), care.provider.name if care.provider else "someone else")
    form.kept = {name: kept[name] for name in ("arrangement", "cost", "is_paid_by_board", "invoice")}
    if not (is_sent and form.asks_again()):
        del form.anyway
    if not form.asks_contact():
        del form.keeps_contact
    form.provider.choices = [("", "Choose"), (UNLISTED, NOT_LISTED), *((str(one.id), one.name) for one in providers)]
    form.contacts = {str(one.id): one.contact for one in providers}
    return form
