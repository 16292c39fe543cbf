"""What a page left open does to each kind of box: left alone it takes what was saved, typed in it stays or is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any
from uuid import uuid4

import lxml.html
import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from portal.infra import forms
from portal.infra.fields import date_fields, hour_field
from portal.infra.fields.duration_field import duration
from portal.infra.fields.each_field import Thing, each
from portal.infra.fields.version_field import Saved
from portal.infra.merging_form import MergingForm

GROUP = uuid4()


class TalkForm(MergingForm):
    class Meta:
        csrf = False

    title = forms.line("Title", "Enter a title")
    day = date_fields.day("Day", "Enter the day", called="The day of the test")
    hour = hour_field.hour("Hour")
    long = duration("How long?")
    topics = forms.checkboxes("Topics", (("a", "Apples"), ("b", "Berries")))
    is_open = forms.tick("It is open")
    members = each(forms.whole_number("How many?", 0, 99), may_be_missing=True)


BEFORE = {"title": "Talk", "day": date(2026, 3, 3), "hour": time(14), "long": 90, "topics": ["a"], "is_open": True}
AFTER = {"title": "Walk", "day": date(2026, 4, 5), "hour": time(9, 30), "long": 120, "topics": ["b"], "is_open": False}
SENT = [("title", "Talk"), ("day", "3"), ("day", "3"), ("day", "2026"), ("hour", "14:00"), ("long", "1:30")]
SENT += [("topics", "a"), ("is_open", "y"), (f"members-{GROUP}", "7")]


def kept(values: dict[str, Any], members: int = 7) -> dict[str, Any]:
    return {**values, "members": {GROUP: Thing("Main Group", members)}}


def marks(app: Flask, opened: dict[str, Any]) -> list[tuple[str, str]]:
    with app.test_request_context():
        boxes = lxml.html.fromstring(f"<p>{TalkForm(**opened).version}</p>").xpath("//input/@value")
    return [("version", value) for value in ("", boxes[-1])]


@pytest.fixture
def send(app: Flask) -> Iterator[Any]:
    """Send the old page with other values in some of its boxes."""

    def sent(now: dict[str, Any], opened: dict[str, Any] = BEFORE, **typed: str) -> TalkForm:
        fields = MultiDict([*SENT, *marks(app, kept(opened))])
        for name, value in typed.items():
            fields[name.replace("members", f"members-{GROUP}")] = value
        contexts.append(app.test_request_context(method="POST", data=fields))
        contexts[-1].push()
        return TalkForm(**now)

    contexts: list[Any] = []
    yield sent
    while contexts:
        contexts.pop().pop()


def test_every_kind_of_box_that_was_left_alone_takes_what_was_saved(send: Any) -> None:
    form = send(kept(AFTER, members=8))
    assert form.validate(), form.errors
    assert {name: form[name].data for name in AFTER} == AFTER
    assert form.members.data == {GROUP: "8"}


def test_every_kind_of_box_that_was_left_alone_shows_what_was_saved_beside_a_mistake(send: Any) -> None:
    form = send(kept({**AFTER, "title": "Talk"}, members=8), title="")
    assert not form.validate()
    assert form.errors == {"title": ["Enter a title"]}
    page = lxml.html.fromstring("<p>" + "".join(str(field()) for field in form) + "</p>")
    shown = [(box.get("name"), box.get("value")) for box in page.xpath("//input[@type='text'] | //input[@checked]")]
    assert [value for name, value in shown if name == "day"] == ["05", "04", "2026"]
    assert dict(shown) | {"day": ""} == {
        "title": "",
        "day": "",
        "hour": "09:30",
        "long": "2",
        "topics": "b",
        f"members-{GROUP}": "8",
    }


def test_what_was_changed_here_and_there_is_said_and_nothing_is_saved(send: Any) -> None:
    form = send(kept(AFTER, members=8), title="Stalk", long="3", members="9")
    assert not form.validate()
    assert form.meanwhile == [
        Saved("Title", "Walk"),
        Saved("How long?", "2"),
        Saved("Main Group: how many?", "8"),
    ]
    assert form.day.data == AFTER["day"]


def test_what_was_changed_here_alone_is_saved(send: Any) -> None:
    form = send(kept(BEFORE), title="Stalk", hour="4pm", members="9")
    assert form.validate()
    assert (form.title.data, form.hour.data, form.members.data) == ("Stalk", time(16), {GROUP: "9"})


def test_what_cannot_be_read_is_kept_to_be_put_right(send: Any) -> None:
    form = send(kept({**BEFORE, "long": 120}), {**BEFORE, "long": None}, long="a while")
    assert not form.validate()
    assert 'value="a while"' in form.long()


def test_of_what_is_new_nothing_is_kept_yet(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"title": "Talk", "day": "3", "version": "0"}):
        form = TalkForm(title="Usual")
        form.is_new()
        form.validate()
        assert form.title.data == "Talk"
