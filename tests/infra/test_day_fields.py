"""Every date field of every form: a day is what was typed to the letter, or an error that says what is missing."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml.html import fromstring
from werkzeug.datastructures import MultiDict

import portal
from portal.infra import forms
from portal.infra.fields import date_fields
from tests.core.typed_days import PIECES, literally

parts = st.one_of(st.tuples(PIECES, PIECES, PIECES), st.lists(PIECES, max_size=5).map(tuple))


def every_form(base: type[forms.Form] = forms.Form) -> Iterator[type[forms.Form]]:
    for form in base.__subclasses__():
        yield form
        yield from every_form(form)


def _fields() -> list[tuple[type[forms.Form], str]]:
    """(form, field) of every date field that any module of the app declares."""
    for module in pkgutil.walk_packages(portal.__path__, "portal."):
        if module.name.endswith("forms"):
            importlib.import_module(module.name)
    declared = {(form, name) for form in every_form() for name in dir(form) if _is_day(getattr(form, name))}
    return sorted(declared, key=lambda one: (one[0].__module__, one[0].__name__, one[1]))


def _is_day(declared: Any) -> bool:
    return isinstance(getattr(declared, "field_class", None), type) and issubclass(
        declared.field_class, date_fields.DayField
    )


FIELDS = _fields()
IDS = [f"{form.__module__.split('.')[1]}.{form.__name__}.{name}" for form, name in FIELDS]


def filled(form: type[forms.Form], name: str, typed: tuple[str, ...]) -> Any:
    return form(MultiDict([(name, part) for part in typed]), meta={"csrf": False})


def test_the_date_fields_of_all_capabilities_are_found() -> None:
    assert {"meetings", "expenses", "training", "mentoring", "boards", "replacement_care", "audit_trail"} <= {
        one.split(".")[0] for one in IDS
    }
    assert len(FIELDS) >= 24


@pytest.mark.same_anywhere
@pytest.mark.parametrize(("form", "name"), FIELDS, ids=IDS)
def test_no_date_field_guesses(app: Flask, form: type[forms.Form], name: str) -> None:
    @settings(max_examples=40, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(parts)
    def type_in(typed: tuple[str, ...]) -> None:
        field = filled(form, name, typed)[name]
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
    app: Flask, form: type[forms.Form], name: str, typed: tuple[str, str, str], problem: str
) -> None:
    with app.test_request_context():
        sent = filled(form, name, typed)
        field = sent[name]
        sent.validate()
        assert field.errors == [f"{field.called} {problem}"], "this alone, and not that it is missing as well"
        assert field.called.startswith("The ")
        assert "?" not in field.called
        boxes = fromstring(str(field())).xpath("//input")
        assert tuple(box.get("value", "") for box in boxes) == typed


def test_two_dates_of_one_form_are_called_differently(app: Flask) -> None:
    with app.test_request_context():
        for form in {form for form, _ in FIELDS}:
            names = [field.called for field in form(meta={"csrf": False}) if isinstance(field, date_fields.DayField)]
            assert len(set(names)) == len(names), form


def test_an_odd_text_is_shown_again_to_the_letter(app: Flask) -> None:
    typed = (" 3", "<b>", "２０２７")
    with app.test_request_context():
        field = filled(*FIELDS[0], typed)[FIELDS[0][1]]
        assert tuple(box.get("value") for box in fromstring(str(field())).xpath("//input")) == typed
