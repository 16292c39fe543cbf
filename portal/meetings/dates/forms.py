"""What clerks paste to call a year of meetings, and what they are asked about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID, uuid5

from wtforms import Field

from portal.core.text import count_words, day_words
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import hour_field
from portal.infra.fields.date_fields import COMING, example
from portal.infra.fields.each_field import Thing, each
from portal.infra.fields.pasted_field import pasted
from portal.meetings.dates.doubts import Names
from portal.meetings.dates.pasted import ReadDates, read_dates
from portal.meetings.dates.rules import LEAVE_OUT, MOST_DATES, Planned, Question, line_of, planned
from portal.meetings.forms import GroupFields, PlaceFields

MOST_PASTED = 10_000
_OF_DATES = UUID("5d0f7c9e-3b1a-4f63-9a54-0c6b8e1d2f70")
KEPT = ("group", "dates", "hour", "place", "link", "kind")  # what the next page brings along


def _hint() -> str:
    day = example(COMING)
    return (
        f"One on each line, or several. For example, {day.day}/{day.month}/{day.year} or {day_words(day)} at 10am. "
        "A time or place beside a date holds for that date. You’ll see everything before it is saved"
    )


class SeveralForm(GroupFields, PlaceFields):
    sent_with = "Continue"

    dates = pasted("Dates", "Enter at least one date", MOST_PASTED)
    hour = hour_field.hour("Starts at", hint="For example, 2pm or 14:30. Leave blank if each date has its own")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.dates.description = _hint()
        self.names = Names()
        self.reading = ReadDates()
        self.meetings: list[Planned] = []

    def validate_dates(self, field: Field) -> None:
        """All that is wrong is said at once, each problem in a line of its own at the top of the page."""
        self.reading = read_dates(field.data or "", self.names)
        problems = [*self.reading.problems, *self._plan()]
        if not problems and not 0 < len(self.reading.dates) <= MOST_DATES:
            problems = [f"Enter from 1 to {MOST_DATES} dates. There are {len(self.reading.dates)}"]
        field.every_error = problems
        lines = count_words(len(problems), "date needs", "dates need")
        field.errors = [f"{lines} another look. See the list at the top"] if len(problems) > 1 else problems

    def _plan(self) -> list[str]:
        where = self.place.data or "", self.link.data or ""
        self.meetings, problems = planned(self.reading.dates, self.hour.data, *where)
        return problems

    def validate_hour(self, field: Field) -> None:
        if field.data is None and not field.errors and any(not one.hour for one in self.reading.dates):
            field.errors = ["Enter the hour at which they start"]


class CheckDatesForm(SeveralForm):
    """The same again, with an answer for each date that is not sure."""

    answers = each(forms.radios("", (), "Choose what is right"))

    def days(self, asked: Mapping[int, Question]) -> list[tuple[date, Planned]]:
        """The meetings to call, each with its day; those that are left out are not among them."""
        found = []
        for place, one in enumerate(self.meetings):
            answer = self.answers.data[_keys(self.meetings)[place]] if place in asked else one.read.day.isoformat()
            if answer != LEAVE_OUT:
                found.append((date.fromisoformat(answer), one))
        return found


def _keys(meetings: Sequence[Planned]) -> list[UUID]:
    """By what each was typed as, so that an answer stays with its date when other lines of the list change."""
    typed = [f"{one.read.typed}\n{one.read.line}" for one in meetings]
    return [uuid5(_OF_DATES, f"{words}\n{typed[:place].count(words)}") for place, words in enumerate(typed)]


def check_form(meetings: Sequence[Planned], asked: Mapping[int, Question], **options: object) -> CheckDatesForm:
    """With radio buttons for each date that is asked about."""
    keys = _keys(meetings)
    form = CheckDatesForm(answers={keys[place]: Thing(_named(meetings[place])) for place in asked}, **options)
    for place, question in asked.items():
        box = form.answers[keys[place]]
        box.label.text = f"{_named(meetings[place])} ({line_of(meetings[place].read).lower()})"
        box.choices = question.choices
        box.description = ". ".join(question.reasons)
    return form


def _named(one: Planned) -> str:
    return day_words(one.read.day)


def answers_in(typed: Mapping[str, str]) -> Typed:
    """What was answered before, to bring along while the list is changed."""
    return {name: value for name, value in typed.items() if name.startswith("answers-")}


def kept(typed: Mapping[str, str]) -> Typed:
    """What was typed, for the page that asks about it."""
    return {name: typed.get(name, "") for name in KEPT}
