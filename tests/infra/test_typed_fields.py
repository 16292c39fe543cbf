"""Hours, durations, amounts and numbers of every form: read to the letter, asked about, or refused."""

from __future__ import annotations

import re
from datetime import time

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml.html import fromstring
from wtforms import HiddenField, StringField

from portal.core.hours import NotAnHour, hour_of
from portal.core.said_back import Unsure
from portal.core.text import clean_line
from portal.infra.fields.duration_field import DurationField
from portal.infra.fields.each_field import EachField
from portal.infra.fields.error_list import error_list
from portal.infra.fields.hour_field import HourField
from portal.infra.fields.money_field import pence_of
from tests.core.test_durations import typed_durations
from tests.core.test_hours import typed_hours
from tests.infra.every_field import called, every_field, filled, has_check, of_kind

pytestmark = pytest.mark.same_anywhere  # words and forms, of which no database says more

HOURS, DURATIONS, AMOUNTS = of_kind(HourField), of_kind(DurationField), has_check("_is_money")
NUMBERS = has_check("is_whole_number")
FIGURES = st.sampled_from((*"0123456789", ".", ",", " ", "£", "p", "-"))
typed_amounts = st.one_of(st.text(max_size=8), st.lists(FIGURES, max_size=7).map("".join))
few = settings(max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck))
PLAIN = {"csrf": False}
many = settings(few, max_examples=150)
BARE = re.compile("[1-9]|1[0-2]")  # an hour of which nobody can tell whether it is in the morning
LOOKS_TYPED = re.compile(
    r"how (many|much|long)|\b(hours?|minutes|miles|pounds|days?|months|weeks|dates?|when|times?|amount|cost|rate)\b",
    re.I,
)
WORDS_ONLY = {  # what asks for words although its label sounds like a number; and the two with readers of their own
    "boards.SettingsForm.reminder_days": "whole numbers in a row, each within its limits",
    "expenses.WholeMilesForm.miles": "tenths of a mile",
    "expenses.MilesForm.miles": "tenths of a mile",
    "expenses.PolicyForm.cost_code": "a code",
    "meetings.ItemForm.timing": "an hour or a length, printed on the agenda as a clerk writes it",
    "meetings.NewItemForm.timing": "the same",
    "replacement_care.CareForm.why_late": "words",
    "replacement_care.ForRepForm.why_late": "words",
}


def test_fields_of_each_kind_are_found() -> None:
    assert {"meetings", "support_meetings", "training", "replacement_care"} == {
        one.split(".")[0] for one in called(HOURS)
    }
    assert {"expenses", "role_profiles"} == {one.split(".")[0] for one in called(DURATIONS)}
    assert len(AMOUNTS) >= 10
    assert len(NUMBERS) >= 18


@pytest.mark.same_anywhere
def test_no_hour_of_any_form_is_guessed(app: Flask) -> None:
    @few
    @example("2")
    @example("11")
    @example("12")
    @given(typed_hours)
    def type_in(typed: str) -> None:
        for form, name in HOURS:
            field = filled(form, name, typed)[name]
            expected, question = _read(typed, field.is_end)
            assert field.data == expected
            assert bool(field.process_errors) is (expected is None and clean_line(typed) != "")
            if BARE.fullmatch(typed):
                assert question
            if question:
                assert field.process_errors == [str(question)]
                assert f'value="{question.likely}"' in field()
                assert filled(form, name, question.likely)[name].data == hour_of(question.likely)

    with app.test_request_context():
        type_in()


def _read(typed: str, is_end: bool) -> tuple[time | None, Unsure | None]:
    try:
        return hour_of(typed, is_end), None
    except Unsure as question:
        return None, question
    except NotAnHour:
        return None, None


@pytest.mark.same_anywhere
def test_no_duration_of_any_form_is_guessed(app: Flask) -> None:
    @few
    @given(typed_durations)
    def type_in(typed: str) -> None:
        for form, name in DURATIONS:
            field = filled(form, name, typed)[name]
            assert 0 < (field.data or 1) <= 1440
            nothing = clean_line(typed) == ""
            assert (field.data is None) is any((field.process_errors, nothing))
            if field.suggested:
                assert filled(form, name, field.suggested)[name].data

    with app.test_request_context():
        type_in()


@pytest.mark.same_anywhere
def test_no_amount_of_any_form_is_guessed(app: Flask) -> None:
    """Pounds with two figures for pence, or pence with a p; commas only between thousands."""
    literal = re.compile(r"£? ?((?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,6})(?:\.[0-9]{1,2})?)|([0-9]{1,5}) ?p", re.I)

    @many
    @given(typed_amounts)
    def type_in(typed: str) -> None:
        form, name = AMOUNTS[len(typed) % len(AMOUNTS)]
        sent = filled(form, name, typed)
        sent.validate()
        field = sent[name]
        found = literal.fullmatch(field.data or "")
        expected = (round(float(found[1].replace(",", "")) * 100) if found[1] else int(found[2])) if found else None
        assert pence_of(field.data) == expected
        if field.data and not 0 < (expected or 0) <= 1_000_000:
            assert "an amount, like 4.50" in field.errors[0]

    with app.test_request_context():
        type_in()


@pytest.mark.parametrize("typed", ["4 50", "4,50", "1.234", "1e3", "-5", "12,5", "£", "five", "4.50.1"])
def test_an_amount_that_may_be_another_is_refused_everywhere(app: Flask, typed: str) -> None:
    with app.test_request_context():
        for form, name in AMOUNTS:
            sent = filled(form, name, typed)
            sent.validate()
            assert "an amount, like 4.50" in sent[name].errors[0]
            assert "? must" not in sent[name].errors[0]


@pytest.mark.parametrize("typed", ["1.5", "1,5", "1e1", "-1", "+1", "٣", "one", "0x1", "1 2", "99999999"])
def test_a_number_that_is_not_whole_is_refused_everywhere(app: Flask, typed: str) -> None:
    with app.test_request_context():
        for form, name in NUMBERS:
            sent = filled(form, name, typed)
            sent.validate()
            assert re.search(r"a whole number from \d", sent[name].errors[0])
            assert "? must" not in sent[name].errors[0]


def test_whatever_asks_for_a_number_a_day_or_an_hour_reads_it_so(app: Flask) -> None:
    """No box of plain words asks for one: it would be guessed by whoever uses it."""
    read = {*HOURS, *DURATIONS, *AMOUNTS, *NUMBERS}
    plain = set(every_field(lambda declared: declared.field_class is StringField)) - read
    with app.test_request_context():
        asks = {(form, name) for form, name in plain if LOOKS_TYPED.search(str(form(meta=PLAIN)[name].label.text))}
    assert set(called(asks)) == set(WORDS_ONLY)


def test_every_error_leads_to_a_box(app: Flask) -> None:
    """Not to a div around it, which takes no focus."""
    with app.test_request_context():
        for kind in sorted({form for form, _ in every_field()}, key=str):
            form = kind(meta=PLAIN)
            for field in form:
                if isinstance(field, HiddenField | EachField):  # of each thing: see test_each_field.py
                    continue
                if hasattr(field, "choices"):
                    field.choices = field.choices or [("a", "A")]
                field.errors = ["Enter it"]
                [line] = error_list(form)["errorList"]
                boxes = fromstring(f"<main>{field()}</main>").xpath("//input/@id | //select/@id | //textarea/@id")
                assert line["href"][1:] in boxes, f"{kind.__name__}.{field.name}"
                field.errors = []
