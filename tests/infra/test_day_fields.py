"""Every date field of every form: a day is what was typed to the letter, or an error that says what is missing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import fromstring

from portal.infra.fields import date_fields
from portal.infra.fields.error_list import error_list
from tests.core.typed_days import PIECES, THREE, literally
from tests.infra.every_field import FormKind, called, filled, of_kind

pytestmark = pytest.mark.same_anywhere  # words and forms, of which no database says more

parts = st.one_of(THREE, st.lists(PIECES, max_size=5).map(tuple))


FIELDS = of_kind(date_fields.DayField)
IDS = called(FIELDS)


def test_the_date_fields_of_all_capabilities_are_found() -> None:
    assert {"meetings", "expenses", "training", "mentoring", "boards", "replacement_care", "audit_trail"} <= {
        one.split(".")[0] for one in IDS
    }
    assert len(FIELDS) >= 24


@pytest.mark.same_anywhere
@pytest.mark.parametrize(("form", "name"), FIELDS, ids=IDS)
def test_no_date_field_guesses(app: Flask, form: FormKind, name: str) -> None:
    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(parts)
    def type_in(typed: tuple[str, ...]) -> None:
        field = filled(form, name, *typed)[name]
        is_typed = any(part.strip() for part in typed)
        three = (*typed, "", "", "")[:3]
        expected = None if any(typed[3:]) else literally(*three)
        assert field.data == expected
        assert bool(field.process_errors) is (is_typed and expected is None)

    with app.test_request_context():
        type_in()


@pytest.mark.parametrize(("form", "name"), FIELDS, ids=IDS)
@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (("3", "3", ""), "must include a year"),
        (("", "3", "2027"), "must include a day"),
        (("3", "", ""), "must include a month and a year"),
        (("3", "3", "20206"), "must include a year with 4 numbers"),
        (("31", "2", "2027"), "must be a real date"),
    ],
    ids=["no year", "no day", "a day alone", "five digits", "no such day"],
)
def test_a_wrong_date_is_said_in_a_plain_sentence_and_shown_again(
    app: Flask, form: FormKind, name: str, typed: tuple[str, str, str], problem: str
) -> None:
    with app.test_request_context():
        sent = filled(form, name, *typed)
        field = sent[name]
        sent.validate()
        assert field.errors == [f"{field.called} {problem}"], "this alone, and not that it is missing as well"
        assert field.called.startswith("The ")
        assert "?" not in field.called
        boxes = fromstring(str(field())).xpath("//input")
        assert tuple(box.get("value", "") for box in boxes) == typed


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        (("3", "3", ""), "year"),
        (("", "3", "2027"), "day"),
        (("3", "13", "2027"), "month"),
        (("3", "Mar.", "20277"), "year"),
        (("31", "2", "2027"), "day"),
        (("x", "y", "z"), "day"),
    ],
)
def test_the_list_of_errors_leads_to_the_first_box_that_is_wrong(app: Flask, typed: Any, part: str) -> None:
    with app.test_request_context():
        for form, name in FIELDS:
            sent = filled(form, name, *typed)
            sent.validate()
            [href] = [line["href"] for line in error_list(sent)["errorList"] if line["href"].startswith(f"#{name}-")]
            wrong = fromstring(str(sent[name]())).xpath("//input[contains(@class, 'govuk-input--error')]/@id")
            assert href == f"#{name}-{part}"
            assert wrong == [href[1:]], "and this one alone is marked"


@pytest.mark.parametrize(("form", "name"), FIELDS, ids=IDS)
def test_the_example_of_a_date_field_is_a_day_that_it_takes(app: Flask, form: FormKind, name: str) -> None:
    """Whoever asks about the past has an example in the past."""
    with app.test_request_context():
        hint = str(form(meta={"csrf": False})[name].description)
        example = re.search(r"For example, (\d+) (\d+) (\d{4})$", hint)
        assert example, hint
        field = filled(form, name, *example.groups())
        field.validate()
        assert field[name].errors == []


def test_examples_follow_the_clock(app: Flask, at: Any) -> None:
    at(datetime(2031, 1, 9, 12, tzinfo=UTC))
    assert date_fields.example(date_fields.PAST) == date(2030, 11, 27)
    assert date_fields.example(date_fields.COMING) == date(2031, 3, 27)


def test_two_dates_of_one_form_are_called_differently(app: Flask) -> None:
    with app.test_request_context():
        for form in {form for form, _ in FIELDS}:
            names = [field.called for field in form(meta={"csrf": False}) if isinstance(field, date_fields.DayField)]
            assert len(set(names)) == len(names), form


def test_an_odd_text_is_shown_again_to_the_letter(app: Flask) -> None:
    typed = (" 3", "<b>", "２０２７")
    with app.test_request_context():
        field = filled(*FIELDS[0], *typed)[FIELDS[0][1]]
        assert tuple(box.get("value") for box in fromstring(str(field())).xpath("//input")) == typed
