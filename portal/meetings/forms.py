"""What clerks type about meetings and agendas."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.days import NOT_OVER
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields, hour_field
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.fields.web_links import looks_like_a_link
from portal.infra.merging_form import MergingForm
from portal.meetings.agendas.asking import if_numbered
from portal.meetings.agendas.early import early_words
from portal.meetings.rules import EXEMPT_PARAGRAPHS, MEETING_KINDS, PURPOSES, sits_again

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from portal.meetings.models import AgendaItem, Meeting


class PlaceFields(forms.Form):
    place = forms.line("Place", most=300, hint="The building and room, or leave it blank if it is online only")
    link = forms.line("Link to join online", most=500, checks=[looks_like_a_link])
    kind = forms.radios("Kind of meeting", MEETING_KINDS, "Select the kind of meeting", default="ordinary")


class MeetingForm(PlaceFields):
    """A meeting that is still to come."""

    meets_on = date_fields.day("Day", "Enter the day of the meeting", called="The meeting date")
    hour = hour_field.hour("Starts at", "Enter a start time, like 2pm or 14:30", called="a start time")
    version = forms.version()

    @property
    def is_past(self) -> bool:
        return bool(self.meets_on.data and self.meets_on.data < clock.today())


class ChangeForm(MeetingForm):
    sent_with = "Save the change"

    def validate_meets_on(self, field: Field) -> None:
        if self.is_past:
            date_fields.refuse(field, NOT_OVER)


NO_GROUP = "Select the group that meets"


class GroupFields(forms.Form):
    group = forms.select("Group", NO_GROUP)

    def offer(self, groups: Mapping[str, str], asked: str = "") -> None:
        """Names by key. None is chosen before somebody chooses, but the only one, or the one that was asked for."""
        asked = next(iter(groups)) if len(groups) == 1 else asked if asked in groups else ""
        self.group.choices = [*([] if asked else [("", "Select a group")]), *groups.items()]
        if not self.is_submitted():
            self.group.data = asked


class NewMeetingForm(GroupFields, MeetingForm):
    sent_with = "Save meeting"

    in_the_past = forms.tick("Yes, this meeting is in the past. Record it, and do not email anyone")

    def validate_in_the_past(self, field: Field) -> None:
        if self.is_past and not field.data:
            date_fields.doubt(
                self.meets_on, field, "This day is in the past. Change the day, or tick the box to confirm"
            )


class CancelForm(forms.Form):
    reason = forms.line("Reason for cancelling", "Enter a reason, so that people understand", most=500)
    version = forms.version()


class NotHeldForm(forms.Form):
    reason = forms.line(
        "Why did it not take place?",
        "Enter a reason, so that people understand",
        most=500,
        hint="For example, too few members came, or snow",
    )
    version = forms.version()


class AdjournForm(forms.Form):
    sent_with = "Adjourn the meeting"

    meets_on = date_fields.day("Reconvenes on", "Enter the day it reconvenes", called="The day it reconvenes")
    hour = hour_field.hour("Starts at", "Enter the time it reconvenes, like 2pm or 14:30", called="a start time")
    reason = forms.line("Why is it adjourned?", "Enter a reason, so that people understand", most=500)
    version = forms.version()

    def validate_meets_on(self, field: Field) -> None:
        if field.data and field.data <= clock.today():
            raise ValidationError("Enter a day after today")


class ItemForm(MergingForm):
    not_saved = ("timing_is_right", "number_is_right")

    number = forms.line("Number", most=20, hint="For example, 3(a). Leave it blank to number it by its place")
    number_is_right = forms.tick("Yes, this number is right")
    title = forms.line("Title", "Enter the title of the item", most=300)
    purpose = forms.select("Purpose", "Select a purpose from the list", PURPOSES, may_be_empty=True)
    timing = forms.line("Time", most=40, hint="For example, 10:15am or 10 minutes")
    timing_is_right = forms.tick("Yes, this time is right")
    presenter = forms.line("Presented by", most=120, hint="A name or a post")
    is_verbal = forms.tick("Verbal item (no paper)")
    is_urgent = forms.tick("It is urgent")
    chairs_ruling = forms.line("The chair's ruling on urgency", most=500, hint="Needed for an urgent item")
    is_restricted = forms.tick("It is restricted: not for publication")
    paragraphs = forms.checkboxes("Paragraphs of Schedule 7A", [(p, f"{p}: {label}") for p, label in EXEMPT_PARAGRAPHS])

    starts_at: datetime | None = None  # of the meeting; None where no time is asked about
    timing_before = ""
    about_number: Callable[[str, str], Sequence[str]] | None = None  # what to ask of a number, by title and number
    asks_number = False
    restricts_too_late = False  # a page that was opened before the item was published

    @property
    def stays_restricted(self) -> bool:
        """Once it is published that changes on a page of its own, and paragraphs are here if it is restricted."""
        return self.is_restricted.data if "is_restricted" in self else "paragraphs" in self

    @property
    def asks_timing(self) -> bool:
        return self.timing_is_right.data or bool(self._early)

    @property
    def _early(self) -> str:
        typed = self.timing.data or ""
        return early_words(typed, self.starts_at) if self.starts_at and typed != self.timing_before else ""

    def validate_number(self, field: Field) -> None:
        self.asks_number = bool(self.number_is_right.data)
        if not field.data or not self.about_number or self.asks_number:
            return
        if said := self.about_number(self.title.data or "", field.data):
            self.asks_number = True
            raise ValidationError(f"{'. '.join(said)}. If {field.data} is right, tick the box below")

    def validate_timing(self, field: Field) -> None:
        if self._early and not self.timing_is_right.data:
            raise ValidationError(f"{self._early}. If {field.data} is right, tick the box below")

    def validate_chairs_ruling(self, field: Field) -> None:
        if self.is_urgent.data and not field.data:
            raise ValidationError("Enter the chair's ruling on why this item is urgent")

    def validate_paragraphs(self, field: Field) -> None:
        if self.stays_restricted and not field.data:
            raise ValidationError("Tick at least one paragraph that lets this item be restricted")

    def typed(self) -> Typed:
        values = {k: v for k, v in self.data.items() if k not in ("csrf_token", "once", "version", *self.not_saved)}
        if "is_restricted" in self and not self.is_restricted.data:
            values["paragraphs"] = []
        return {name: ("" if value is None else value) for name, value in values.items()}


class NewItemForm(ItemForm):
    once = IdempotencyKey()


def new_item_form(meeting: Meeting, there: Callable[[], Sequence[AgendaItem]]) -> NewItemForm:
    form = NewItemForm()
    form.is_new()
    form.about_number = lambda title, number: if_numbered(there(), form.once.data, title, number)
    form.starts_at = _first_start(meeting)
    return form


def _first_start(meeting: Meeting) -> datetime | None:
    """An adjourned meeting starts anew on another day, and what was timed on its first one stays."""
    return None if sits_again(meeting) else meeting.starts_at


def item_form(item: AgendaItem, there: Callable[[], Sequence[AgendaItem]]) -> ItemForm:
    """To change an item. A number that is only that of its place stands beside the box, so that saving keeps it so."""
    form = ItemForm(obj=item)
    form.starts_at, form.timing_before = _first_start(item.meeting), item.timing
    form.about_number = lambda title, number: if_numbered(there(), item.id, title, number)
    if item.published_at:
        form.restricts_too_late = bool(
            form.is_restricted.data and form.is_restricted.raw_data and not item.is_restricted
        )
        del form.is_restricted
        if not item.is_restricted:
            del form.paragraphs
    if not item.is_number_typed:
        form.number.description = f"It is {item.number} by its place. A number you type stays the same when items move"
        form.number.object_data = ""
        if form.number.raw_data is None:
            form.number.data = ""
    return form
