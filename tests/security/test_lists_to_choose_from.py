"""Lists and options to choose from: what is not offered, or chooses nothing, is never taken for an answer.

`test_hostile_forms.py` sends each form once in `make test`, each field in one way of five, and only what its page
shows on one day: a list whose empty line led on to a fault could be missed. Here each list is sent each of them, on a
day on which things are ahead and on one on which they have begun.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection

from tests.cast import NOW, Cast
from tests.security.found_forms import FoundForm, Senders
from tests.security.found_forms import forms as every_form

NOTHING_OFFERED = ("", "not-offered", "00000000-0000-0000-0000-000000000001", None)  # None: not sent at all
DAYS = {"ahead": 0, "begun": 20}  # the cast's training session begins after 20 days


@pytest.mark.slow
@pytest.mark.parametrize("day", DAYS)
def test_no_list_falls_over_what_it_does_not_offer(
    app: Flask, cast: Cast, visit: Any, rolled_back: Connection, at: Any, day: str
) -> None:
    at(NOW + timedelta(days=DAYS[day], minutes=5))
    senders, sent = Senders(app, cast, visit), set()
    for form in every_form(app, cast):
        for name in sorted(senders.look(form).lists):
            sent.add(f"{form.endpoint}.{name}")
            for value in NOTHING_OFFERED:
                _send(senders, rolled_back, form, name, value)
    assert len(sent) > 40, sorted(sent)
    assert ("training.unbooked.person" in sent) == (day == "begun")


def _send(senders: Senders, connection: Connection, form: FoundForm, name: str, value: str | None) -> None:
    untouched, visitor = connection.begin_nested(), senders.of(form)
    body = {**form.fields, name: value, "csrf_token": visitor.csrf_token()}
    with visitor.as_it_is():
        response = visitor.client.post(senders.path(form), data={k: v for k, v in body.items() if v is not None})
    untouched.rollback()
    assert response.status_code < 500, f"{form.endpoint}, {name}={value!r}"
