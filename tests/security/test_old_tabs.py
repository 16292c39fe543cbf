"""A page left open undoes nothing: each form that shows what is stored says what its boxes held when it was opened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse
from wtforms.fields.core import UnboundField

from portal.corrections.correcting_form import CorrectingForm
from portal.infra.forms import Form
from tests.cast import Cast
from tests.security.sent_as_shown import ShownForm, filled_forms, forms_in
from tests.security.test_saved_unchanged import odd_values

__all__ = ["odd_values"]  # what the cast lacks
pytestmark = pytest.mark.slow

NEW = "what it shows is where a new thing begins: nothing is stored yet"
ONE_ANSWER = "one answer or decision, given once"
OWN_SETTING = "a setting of one's own: whoever saves it last meant it"
WITHOUT_MARKS = {
    **dict.fromkeys(("boards.new_group", "boards.new_seat", "meetings.new", "meetings.several"), NEW),
    **dict.fromkeys(("meetings.paste_agenda", "meetings.copy_agenda"), NEW),
    **dict.fromkeys(("mentoring.new_mentor", "mentoring.new_session", "deputes.nominate"), NEW),
    **dict.fromkeys(("replacement_care.providers", "role_profiles.give_time"), NEW),
    **dict.fromkeys(("training.new_awareness", "training.new_record"), NEW),
    **dict.fromkeys(("accounts.accept_invitation", "boards.end_appointment", "boards.settle_role"), ONE_ANSWER),
    **dict.fromkeys(("expenses.paid", "mentoring.end"), ONE_ANSWER),
    **dict.fromkeys(("role_profiles.settle_stop", "meetings.move_item"), ONE_ANSWER),
    **dict.fromkeys(("accounts.known_as", "accounts.notifications"), OWN_SETTING),
}


def marks_of(form: ShownForm) -> str:
    """What a form says that its boxes held when its page was opened: the second box of the version's name."""
    return next(iter([value for name, value in form.fields if name == "version"][1:]), "")


@pytest.mark.long
def test_every_form_that_shows_what_is_stored_says_what_it_showed(
    app: Flask, cast: Cast, visit: Any, rolled_back: Connection, odd_values: None
) -> None:
    found = {endpoint: bool(marks_of(form)) for endpoint, form in filled_forms(app, cast, visit)}
    without = {endpoint for endpoint, has_marks in found.items() if not has_marks}
    assert without - WITHOUT_MARKS.keys() == set(), "see portal/infra/merging_form.py, or say why it is safe"
    assert WITHOUT_MARKS.keys() - without == set(), "no exception that is none"


ASKS_WHY = ("Why is it corrected?", "Why is the record wrong?")


def every_form(of: type[Form] = Form) -> Iterator[type[Form]]:
    yield of
    for one in of.__subclasses__():
        yield from every_form(one)


def label_of(field: UnboundField) -> str:
    return str(field.kwargs.get("label") or next(iter(field.args), ""))


def test_every_form_that_corrects_the_record_says_what_the_record_said() -> None:
    """Its boxes are mostly empty, so what is filled in does not find it; what it asks does."""
    fields = {form: [one for one in vars(form).values() if isinstance(one, UnboundField)] for form in every_form()}
    asking = {form for form, found in fields.items() if any(label_of(one) in ASKS_WHY for one in found)}
    assert {form.__name__ for form in asking} >= {"DayForm", "CorrectAttendanceForm", "MeetingForm", "TargetForm"}
    assert {form for form in asking if not issubclass(form, CorrectingForm)} == set()


MEANWHILE = "This was changed since you opened this page."
EMPTY = ("Words", "2", "4.50", "somebody@else.test", "https://else.test/page", "4pm")  # that one of any box may take

SEVERAL = {
    *("boards.settings", "expenses.change_line", "expenses.change_line_for_rep", "expenses.change_policy"),
    *("expenses.change_terms", "expenses.payees", "meetings.change", "meetings.change_item"),
    "meetings.change_standing_item",
    *("mentoring.as_mentor", "mentoring.mentor", "mentoring.session", "papers.details", "replacement_care.arrange"),
    *("replacement_care.change", "replacement_care.change_provider", "replacement_care.write_policy"),
    *("role_descriptions.write", "support_meetings.arrange", "training.arranged", "training.change_course"),
}  # the others have one box for words, beside days and choices


def others(value: str) -> tuple[str, ...]:
    """What may be typed into a box instead of what it holds."""
    if value.isdigit():
        return str(int(value) + 1), str(int(value) - 1)
    if re.fullmatch(r"[0-9]+\.[0-9]{2}", value):
        return (f"{int(value[:-3]) + 1}{value[-3:]}",)
    if re.fullmatch(r"[0-9:.]+(am|pm)?", value):
        return "4pm", "1.5", "2:45pm"
    return (f"{value} too", f"x{value}") if value else EMPTY


class Tab:
    """A page that lies open, with its form."""

    def __init__(self, connection: Connection, form: ShownForm) -> None:
        self.connection, self.form = connection, form

    @contextmanager
    def tried(self) -> Iterator[None]:
        """Nothing of what is done inside stays."""
        point = self.connection.begin_nested()
        with self.form.visitor.as_it_is():
            yield
        point.rollback()

    def save(self, box: str, value: str) -> TestResponse:
        """Send the page as it was opened, with one box changed."""
        fields = MultiDict(self.form.fields)
        fields[box] = value
        return self.form.visitor.client.post(self.form.path, data=fields)

    def now(self, box: str) -> str:
        """What a page that is opened now shows there."""
        return dict(self.form.again()).get(box, "")

    def shown(self, answer: TestResponse, box: str) -> str:
        """What the answer shows there."""
        found = forms_in(answer, self.form.page, self.form.visitor)
        return next((dict(one.fields)[box] for one in found if box in dict(one.fields) and box in one.typed), "")

    def changes(self) -> dict[str, tuple[str, str]]:
        """By box: something else that can be saved there, and how it is shown then."""
        return {box: found for box in self.form.typed if (found := self._change(box))}

    def _change(self, box: str) -> tuple[str, str] | None:
        before = dict(self.form.fields)[box]
        for value in others(before):
            with self.tried():
                is_saved, shown = self.save(box, value).status_code == 302, self.now(box)
            if is_saved and shown != before:
                return value, shown
        return None

    def undone(self, first: tuple[str, str, str], second: tuple[str, str, str]) -> list[str]:
        """What is lost when one page saves a change, and then one that was opened before it saves another."""
        (box, value, is_now), (other, typed, shown) = first, second
        with self.tried():
            assert self.save(box, value).status_code == 302
            answer = self.save(other, typed)
            saved, also = self.now(box), self.now(other)
        lost = [f"{box}: undone"] if saved != is_now else []
        if answer.status_code == 302:
            return lost + ([f"{other}: not saved"] if also != shown else [])
        lost += [] if MEANWHILE in answer.text else [f"{other}: not said"]
        lost += [f"{box}: shown as it was"] if self.shown(answer, box) != is_now else []
        return lost + ([f"{other}: not shown"] if self.shown(answer, other) not in (typed, shown) else [])


@pytest.mark.long
def test_what_another_page_saved_stays_and_what_this_one_changed_is_saved_or_shown(
    app: Flask, cast: Cast, visit: Any, rolled_back: Connection, odd_values: None
) -> None:
    lost, tried = {}, {}
    for endpoint, form in filled_forms(app, cast, visit):
        if endpoint in WITHOUT_MARKS or not marks_of(form):
            continue
        tab = Tab(rolled_back, form)
        changes = [(box, *change) for box, change in tab.changes().items()]
        tried[endpoint] = len(changes)
        for first, second in zip(changes, [*changes[1:], *changes[:1]], strict=True):
            if first != second and (found := tab.undone(first, second)):
                lost[endpoint, first[0], second[0]] = found
    assert lost == {}
    assert {endpoint for endpoint, boxes in tried.items() if boxes > 1} >= SEVERAL, "each can be changed in two boxes"
