"""Boxes for each of many things by their id: whose they are, what is taken from them, and where their errors stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from govuk_frontend_wtf.main import wtforms_errors
from lxml.html import fromstring
from werkzeug.datastructures import MultiDict

from portal.infra import forms
from portal.infra.fields.each_field import Part, Thing, each
from tests.cast import Cast
from tests.made_papers import made_paper
from tests.papers.test_pages import send, waiting

APPLE, PEAR, NOT_OFFERED = uuid4(), uuid4(), uuid4()
FRUIT = {APPLE: "Apple", PEAR: "Pear"}


class _Verdict(Part):
    say = forms.radios("Eat this?", (("yes", "Yes"), ("no", "No")), "Choose yes or no")
    why = forms.line("Why?", most=5)
    where = forms.select("Where?", choices=(("home", "At home"),))


class _FruitForm(forms.Form):
    number = each(forms.whole_number("How many?", 0, 9), may_be_missing=True)
    name = each(forms.line("", most=5))
    verdict = each(_Verdict)


def form_of(app: Flask, sent: list[tuple[str, str]] | None = None, **shown: Any) -> _FruitForm:
    """The form with both fruits on offer, as it is opened, or as it was sent."""
    things = {what: {key: Thing(name, shown.get(what)) for key, name in FRUIT.items()} for what in WHAT}
    with app.test_request_context():
        form = _FruitForm(MultiDict(sent) if sent is not None else None, meta={"csrf": False}, **things)
        form.is_taken = sent is not None and form.validate()
        return form


WHAT = ("number", "name", "verdict")


def right(keys: Any = FRUIT) -> list[tuple[str, str]]:
    return [pair for key in keys for pair in ((f"number-{key}", "3"), (f"verdict-{key}-say", "yes"))]


def test_an_answer_belongs_to_its_id_and_not_to_its_place(app: Flask) -> None:
    form = form_of(app, [(f"number-{PEAR}", "3"), (f"name-{PEAR}", " Conny "), *right([APPLE, PEAR])[2:]])
    assert form.number.data == {PEAR: "3"}
    assert form.name.data == {APPLE: "", PEAR: "Conny"}


def test_an_id_that_is_not_on_offer_is_ignored(app: Flask) -> None:
    form = form_of(app, [*right(), *right([NOT_OFFERED, "0", "x"]), ("number-", "2"), ("number", "2")])
    assert form.is_taken
    assert set(form.number.data) == set(form.name.data) == set(form.verdict.data) == set(FRUIT)


def test_of_a_doubled_field_the_first_counts(app: Flask) -> None:
    form = form_of(app, [*right(), (f"number-{APPLE}", "many"), (f"verdict-{PEAR}-say", "no")])
    assert form.is_taken
    assert form.number.data[APPLE] == "3"
    assert form.verdict.data[PEAR]["say"] == "yes"


def test_what_a_page_showed_is_never_taken_for_an_answer(app: Flask) -> None:
    shown = {"number": 4, "name": "Red", "verdict": {"say": "yes", "why": "Sweet"}}
    opened = form_of(app, **shown)
    assert (opened.name[PEAR].data, opened.verdict[PEAR].say.data) == ("Red", "yes")
    form = form_of(app, right([APPLE]), **shown)
    assert form.errors == {"verdict": {str(PEAR): {"say": ["Pear: choose yes or no"]}}}
    assert form.number.data == {APPLE: "3"}, "it may be missing, so it is left out"
    assert (form.name.data[PEAR], form.verdict.data[PEAR]["why"]) == ("", "")


def test_each_error_names_its_thing_and_leads_to_its_box(app: Flask) -> None:
    wrong = [(f"number-{PEAR}", "many"), (f"name-{APPLE}", "Cox’s O"), (f"verdict-{PEAR}-why", "It is sweet")]
    form = form_of(app, wrong + right())
    with app.test_request_context():
        said = {one["href"]: one["text"] for one in wtforms_errors(form)["errorList"]}
    assert said == {
        f"#number-{PEAR}": "Pear: how many? Enter a whole number from 0 to 9",
        f"#name-{APPLE}": "Apple: use 5 characters or fewer",
        f"#verdict-{PEAR}-why": "Pear: why? Use 5 characters or fewer",
    }
    assert form.verdict[PEAR].why.data == "It is sweet", "nothing is cut"
    labels = (form.number[PEAR].label.text, form.name[PEAR].label.text)
    assert labels == ("Pear: how many?", "Pear")


def test_a_list_that_asks_for_nothing_takes_what_is_not_in_it_for_nothing(app: Flask) -> None:
    form = form_of(app, [*right(), (f"verdict-{APPLE}-where", "home"), (f"verdict-{PEAR}-where", "elsewhere")])
    assert form.is_taken
    assert [one["where"] for one in form.verdict.data.values()] == ["home", ""]


PAGES = [
    (
        "northfirth.clerk",
        "/meetings/{meeting_id}/attendance",
        "attended-{rep}",
        "perhaps",
        "CANARYNORTH Depute (for CANARYNORTH Rep): select whether they came",
    ),
    (
        "northfirth.approver",
        "/claims/{claim_id}/decide",
        "lines-{line_id}-reason",
        "x" * 301,
        "Miles by car, £9.00: the reason must be 300 characters or fewer",
    ),
    (
        "northfirth.approver",
        "/boards/northfirth/payees",
        "payee-{rep}",
        "x" * 41,
        "CANARYNORTH Rep: use 40 characters or fewer",
    ),
    (
        "northfirth.clerk",
        "/meetings/{coming_id}/papers/sort",
        "files-{file_id}-title",
        "x" * 301,
        "Budget.pdf: title must be 300 characters or fewer",
    ),
    (
        "northfirth.officer",
        "/boards/northfirth/carer-awareness/members",
        "members-{group_id}",
        "many",
        "CANARYNORTH Main Group: how many other members? Enter a whole number from 0 to 999",
    ),
]


@pytest.fixture
def ids(app: Flask, cast: Cast, visit: Any, at: Any) -> Mapping[str, UUID]:
    """Things to ask about, after the meeting has been held; a file waits to be sorted."""
    at(datetime(2026, 3, 13, 13, 0, tzinfo=UTC))
    things = cast.northfirth.things
    send(visit("northfirth.clerk"), things["coming_id"], ("Budget.pdf", made_paper("Budget", 1)))
    [(file_id, *_)] = waiting(app, things["coming_id"])
    return {**things, "rep": cast.northfirth.people["rep"], "file_id": file_id}


@pytest.mark.parametrize(
    ("who", "path", "box", "typed", "message"), PAGES, ids=[one[1].rsplit("/", 1)[-1] for one in PAGES]
)
def test_an_error_stands_at_its_box_and_in_the_summary(
    visit: Any, ids: Mapping[str, UUID], who: str, path: str, box: str, typed: str, message: str
) -> None:
    box = box.format(**ids)
    answer = visit(who).post(path.format(**ids), {box: typed})
    assert answer.status_code == 200
    page = fromstring(answer.text)
    assert page.findtext(".//title").startswith("Error: ")
    [summary] = page.find_class("govuk-error-summary")
    said = {one.get("href"): one.text_content().strip() for one in summary.iter("a")}
    assert said[f"#{box}"] == message
    assert page.get_element_by_id(f"{box}-error").text_content().split(":", 1)[1].strip() == message
    control = page.get_element_by_id(box)
    if control.get("type") == "radio":  # what is in no list cannot be shown, and nothing is chosen in its place
        control = next(control.iterancestors("fieldset"))
        assert not control.xpath(".//input[@checked]")
    else:
        assert control.value == typed, "what was typed is there to be mended"
    assert f"{box}-error" in control.get("aria-describedby")
