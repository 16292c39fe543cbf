"""What people type about sessions: officers day, place and places; reps if care is needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from wtforms import Field
from wtforms.validators import ValidationError

from portal.core import clock
from portal.core.calendar import NoSuchHour, moment
from portal.core.clock import LONDON
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields, hour_field
from portal.infra.fields.idempotency import IdempotencyKey
from portal.infra.fields.unread import refuse_unread
from portal.infra.fields.web_links import looks_like_a_safe_link
from portal.training.records.forms import LISTED
from portal.training.sessions.rules import problem_with_day

if TYPE_CHECKING:
    from portal.training.models import Course, TrainingSession


YES_NO = (("no", "No"), ("yes", "Yes, request it for me"))


MOST_PLACES, MOST_MEMBERS = 500, 999


class BookForm(forms.Form):
    care = forms.radios(
        "Do you need someone to provide care while you’re there?",
        YES_NO,
        "Select whether you need someone to provide care",
        hint="If you travel and we know your usual journey, we add it to the hours. You can change them afterwards",
    )


class UnbookedForm(forms.Form):
    person = forms.select("Who else was there, without a place?", "Select who was there")


def unbooked_form(people: Mapping[UUID, str]) -> UnbookedForm:
    form = UnbookedForm()
    form.person.choices = [("", "Select someone"), *((str(key), name) for key, name in people.items())]
    return form


class SessionForm(forms.Form):
    sent_with = "Save session"

    course = forms.select("Which training?", "Choose the training", may_be_empty=True)
    title = forms.line("If it is not in the list, what is it called?")
    day = date_fields.day("Day", "Enter the session date", called="The session date")
    from_hour = hour_field.hour("From", "Enter when it begins, like 10am", called="when it begins")
    until_hour = hour_field.hour("Until", "Enter when it ends, like 1pm", called="when it ends", is_end=True)
    place = forms.line("Place", most=300, hint="Leave blank if it is online only")
    link = forms.line("Link to join online", most=500, hint="It starts with https://", checks=[looks_like_a_safe_link])
    places = forms.whole_number("How many places?", 1, MOST_PLACES)
    version = forms.version()
    once = IdempotencyKey()
    fewest = 0  # how many places are taken
    is_new = True

    def validate_places(self, field: Field) -> None:
        if not field.errors and int(field.data) < self.fewest:
            raise ValidationError(f"{self.fewest} people have a place already")

    def validate_title(self, field: Field) -> None:
        if not self.course.data and not field.data:
            raise ValidationError("Choose a training from the list, or enter what it is called")
        refuse_unread(field, bool(self.course.data), LISTED)

    def validate_day(self, field: Field) -> None:
        if field.data and (problem := problem_with_day(field.data, clock.today(), is_new=self.is_new)):
            date_fields.refuse(field, problem)

    def validate_until_hour(self, field: Field) -> None:
        if self.from_hour.data and field.data and field.data <= self.from_hour.data:
            raise ValidationError("It must end after it begins")
        if self.day.data and self.from_hour.data and field.data:
            try:
                self._moments()
            except NoSuchHour:
                raise ValidationError("The clocks go forward in this hour. Choose another") from None

    def validate_place(self, field: Field) -> None:
        if not field.data and not self.link.data:
            raise ValidationError("Enter the place, or a link to join online")

    def _moments(self) -> tuple[datetime, datetime]:
        day = self.day.data
        return moment(day, self.from_hour.data), moment(day, self.until_hour.data)

    def typed(self, courses: Mapping[str, Course]) -> Typed:
        course, (starts_at, ends_at) = courses.get(self.course.data), self._moments()
        return {
            "course_id": course.id if course else None,
            "title": course.title if course else self.title.data,
            "starts_at": starts_at,
            "ends_at": ends_at,
            "place": self.place.data or "",
            "link": self.link.data or "",
            "places": int(self.places.data),
        }


def session_form(courses: Mapping[str, Course], one: TrainingSession | None = None) -> SessionForm:
    """For a new session, or filled with one that is there."""
    kept: Typed = {"once": uuid4(), "places": "12"}
    if one is not None:
        starts, ends = (at.astimezone(LONDON) for at in (one.starts_at, one.ends_at))
        kept = {"day": starts.date(), "from_hour": starts.time(), "until_hour": ends.time()}
        kept["title"] = "" if str(one.course_id) in courses else one.title
        kept |= {"places": str(one.places), "course": str(one.course_id or ""), "place": one.place, "link": one.link}
        kept |= {"version": one.version, "once": one.id}
    form = SessionForm(**kept)
    if one is not None:
        form.sent_with, form.is_new = "Save", False
    form.course.choices = [("", "Something else"), *((key, course.title) for key, course in courses.items())]
    return form
