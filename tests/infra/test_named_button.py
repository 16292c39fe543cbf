"""A question about what was typed names the button that sends what is filled in, and the page has that button."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from lxml.html import HtmlElement, fromstring
from wtforms import Form

from portal.infra.fields.duration_field import DurationField
from portal.infra.fields.hour_field import HourField
from tests.cast import Cast
from tests.expenses.claiming import begin
from tests.infra.every_field import of_kind
from tests.meetings.test_record import BEGUN
from tests.visitor import text_of

NAMED = re.compile(r"If it’s right, select (.+?)\. If not, change it first")
HOUR, SPAN, LENGTH = {"hour": "2"}, {"from_hour": "2", "until_hour": "3"}, {"hours": "1.30"}


@pytest.mark.parametrize(
    ("who", "path", "typed", "button"),
    [
        ("clerk", "/boards/northfirth/meetings/new", HOUR, "Save meeting"),
        ("clerk", "/meetings/{coming_id}/change", HOUR, "Save the change"),
        ("clerk", "/boards/northfirth/meetings/new/several", HOUR, "Continue"),
        ("officer", "/meetings/{coming_id}/support/arrange", HOUR, "Save support meeting"),
        ("officer", "/boards/northfirth/training-sessions/new", SPAN, "Save session"),
        ("officer", "/training-sessions/{session_id}", SPAN, "Save"),
        ("rep", "/care/new?what=event&board={board}", SPAN, "Request care"),
        ("depute", "/care/{request_id}/change", SPAN, "Save"),
        ("officer", "/care/{request_id}/arrange", SPAN, "Save, and tell the rep"),
        ("officer", "/boards/northfirth/care/new", SPAN, "Make the request"),
        ("rep", "/role/hours", LENGTH, "Save these hours"),
    ],
)
def test_the_page_has_the_button_that_the_question_names(
    visit: Any, cast: Cast, who: str, path: str, typed: Mapping[str, str], button: str
) -> None:
    things = {**cast.northfirth.things, "board": cast.northfirth.id}
    visitor, address = visit(f"northfirth.{who}"), path.format(**things)
    version = fromstring(visitor.get(address).text).xpath("//main//input[@name='version']/@value")[:1]
    page = visitor.post(address, {**typed, **dict(zip(("version",), version, strict=False))})
    names_its_button(page, typed, button)


def names_its_button(page: Any, typed: Mapping[str, str], button: str) -> None:
    assert "There is a problem" in text_of(page)
    assert set(NAMED.findall(text_of(page))) == {button}, "it asks, and names one button"
    [box, *_] = fromstring(page.text).xpath(f"//main//input[@name='{next(iter(typed))}']")
    [form] = box.iterancestors("form")
    assert button in buttons_of(form)


def buttons_of(form: HtmlElement) -> set[str]:
    return {" ".join(one.text_content().split()) for one in form.xpath(".//button")}


def test_an_expense_that_counts_hours_names_it_too(app: Flask, visit: Any, cast: Cast) -> None:
    rep, claim = begin(app, visit, cast)
    names_its_button(rep.post(f"/claims/{claim.id}/lines/new?category=replacement_care", LENGTH), LENGTH, "Save")


def test_a_meeting_that_is_adjourned_names_it_too(visit: Any, cast: Cast, at: Any) -> None:
    at(BEGUN)
    names_its_button(
        visit("northfirth.clerk").post(f"/meetings/{cast.northfirth.things['meeting_id']}/adjourn", HOUR),
        HOUR,
        "Adjourn the meeting",
    )


@pytest.mark.same_anywhere
def test_every_form_that_may_ask_knows_its_button() -> None:
    kinds = {form for form, _ in (*of_kind(HourField), *of_kind(DurationField))}
    assert len(kinds) >= 9
    nameless = {one.__name__ for one in kinds if not (issubclass(one, Form) and one.sent_with) and not _is_base(one)}
    assert nameless == set()


def _is_base(form: type[Any]) -> bool:
    """Not on a page itself, but each that is made of it."""
    return bool(form.__subclasses__()) and all(one.sent_with or _is_base(one) for one in form.__subclasses__())
