"""What a page says of what was typed is a sentence of its own: it stands alone at the top of the page too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from portal.infra.fields.date_fields import DayField
from tests.infra.every_field import FormKind, every_field

pytestmark = pytest.mark.same_anywhere

JUNK = ("", "x" * 6000, "-1", "1e9", "999999", "javascript:")


def answers(form: FormKind, junk: str) -> Iterator[tuple[str, str]]:
    """(label, message) of what each box of a form says by itself, with the same typed into all of them."""
    boxes = [(one.name, 3 if isinstance(one, DayField) else 1) for one in form(meta={"csrf": False})]
    typed: MultiDict[str, str] = MultiDict([(name, junk) for name, number in boxes for _ in range(number)])
    filled: Any = form(typed, meta={"csrf": False})
    for field in filled:
        field.validate(filled)
        yield from ((field.label.text, str(message)) for message in field.errors)


def is_sentence(message: str) -> bool:
    """Whether it begins as one does, and not after a subject that only its box has."""
    return message[:1].isupper() and not message.lower().startswith("must ") and "?:" not in message


def test_every_error_is_a_sentence_that_says_what_it_is_about(app: Flask) -> None:
    forms = sorted({form for form, _ in every_field()}, key=str)
    with app.test_request_context(method="POST"):
        said = [(form.__name__, *one) for form in forms for junk in JUNK for one in answers(form, junk)]
    assert len(said) > 500, "or this asks nothing"
    assert [one for one in said if not is_sentence(one[2])] == []


@pytest.mark.parametrize("message", ["must be a whole number", "Must be a day", "What?: choose from the list", ""])
def test_what_is_no_sentence_is_noticed(message: str) -> None:
    assert not is_sentence(message)
