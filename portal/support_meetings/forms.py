"""What people type about support meetings: officers when and where, reps points, and how a meeting was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.calendar import NoSuchHour, moment
from portal.core.clock import LONDON, london_day
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields, hour_field
from portal.infra.fields.idempotency import IdempotencyKey
from portal.support_meetings.rules import ANSWERS, QUESTIONS, problem_with_day, problem_with_hour

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem
    from portal.support_meetings.models import SupportMeeting


class SupportForm(forms.Form):
    sent_with = "Save support meeting"
    not_saved = ("anyway",)

    day = date_fields.day("Day", "Enter the day of the support meeting", called="The day of the support meeting")
    hour = hour_field.hour("Time", "Enter the time, like 2pm")
    place = forms.line("Place", most=300, hint="Leave blank if it is online only")
    link = forms.line("Link to join online", most=500, hint="It starts with https://")
    anyway = forms.tick("Use this time even though it overlaps")
    version = forms.version()
    before: datetime | None = None  # when the meeting starts, where it is known
    other: Callable[[datetime], str]  # what else reps have then, in words
    shows_anyway = False

    def _problem_with_day(self) -> str:
        return problem_with_day(self.day.data, london_day(self.before), clock.today()) if self.before else ""

    def validate_day(self, field: Field) -> None:
        if field.data and (problem := self._problem_with_day()):
            raise ValidationError(problem)

    def validate_hour(self, field: Field) -> None:
        if not (self.before and self.day.data and field.data) or self._problem_with_day():
            return
        try:
            problem = problem_with_hour(self.starts_at(), self.before, clock.now())
        except NoSuchHour:
            problem = "The clocks go forward in this hour. Enter another time"
        if problem := problem or self._overlap():
            raise ValidationError(problem)

    def _overlap(self) -> str:
        """What it overlaps, once said; whoever keeps the time all the same has read it."""
        found = self.other(self.starts_at())
        self.shows_anyway = bool(found)
        if not found or self.anyway.data:
            return ""
        return f"This overlaps {found}. Enter another time, or tick the box below to use this one"

    def validate_place(self, field: Field) -> None:
        if not field.data and not self.link.data:
            raise ValidationError("Enter the place, or a link to join online")

    def validate_link(self, field: Field) -> None:
        if field.data and not field.data.startswith("https://"):
            raise ValidationError("Enter a link that starts with https://")

    def starts_at(self) -> datetime:
        return moment(self.day.data, self.hour.data)


def support_form(found: SupportMeeting | None, before: datetime, other: Callable[[datetime], str]) -> SupportForm:
    kept: Typed = {}
    if found is not None:
        local = found.starts_at.astimezone(LONDON)
        kept = {"day": local.date(), "hour": local.time(), "place": found.place, "link": found.link}
    form = SupportForm(**kept, version=found.version if found else 1)
    form.before, form.other = before, other
    if form.day.data == london_day(before):
        form.hour.is_near(before.astimezone(LONDON).time())
    return form


class PointForm(forms.Form):
    text = forms.paragraphs("Your point", "Write your point", 1000)
    item = forms.select("About which item?", "Choose from the list", may_be_empty=True)
    is_brought = forms.tick("Share it at the support meeting: other reps and your officer can read it")
    once = IdempotencyKey()


def point_form(items: Sequence[AgendaItem]) -> PointForm:
    form = PointForm(once=uuid4())
    form.item.choices = [
        ("", "The meeting as a whole"),
        *((str(one.id), f"{one.number} {one.title}".strip()) for one in items),
    ]
    return form


class HowItWasForm(forms.Form):
    spoke = forms.radios(QUESTIONS[0][1], ANSWERS, "Select whether you could say what you wanted to say")
    understood = forms.radios(QUESTIONS[1][1], ANSWERS, "Select whether people understood you")
    explained = forms.radios(QUESTIONS[2][1], ANSWERS, "Select whether hard words were explained")

    def answers(self) -> dict[str, str]:
        return {key: self[key].data for key, _ in QUESTIONS}
