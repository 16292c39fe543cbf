"""Every list to choose from: its empty line stands for "Choose", and is refused unless it is an answer of its own."""

from __future__ import annotations

import pytest
from flask import Flask
from wtforms import SelectField

from tests.infra.every_field import FormKind, called, every_field, filled

pytestmark = pytest.mark.same_anywhere  # words and forms, of which no database says more

FIELDS = every_field(lambda one: one.field_class is SelectField)
IDS = called(FIELDS)
EMPTY_IS_AN_ANSWER = {  # with what its line says
    "audit_trail.WantedForm.event": "Everything",
    "audit_trail.WantedForm.person": "Everyone",
    "boards.GroupForm.parent": "None",
    "deputes.NominateForm.only": "Any meeting of the group",
    "meetings.ItemForm.purpose": "Not said",
    "meetings.NewItemForm.purpose": "Not said",
    "meetings.StandingItemForm.purpose": "Not said",
    "support_meetings.PointForm.item": "The meeting as a whole",
    "training.RecordForm.course": "Something else",
    "training.SessionForm.course": "Something else",
}


def test_the_lists_of_all_capabilities_are_found() -> None:
    assert len(FIELDS) >= 25
    assert set(IDS) >= EMPTY_IS_AN_ANSWER.keys()


@pytest.mark.parametrize(("form", "name"), FIELDS, ids=IDS)
def test_a_list_takes_what_it_offers_and_nothing_else(app: Flask, form: FormKind, name: str) -> None:
    [called_so] = called([(form, name)])

    def takes(*typed: str) -> bool:
        sent = filled(form, name, *typed)
        sent[name].choices = [("", "Choose"), ("one", "One")]
        assert sent[name].validate(sent) is not bool(sent[name].errors)
        return not sent[name].errors

    with app.test_request_context():
        assert takes("one")
        is_required = not takes("not offered")
        assert takes() is not is_required, "not sent at all"
        assert takes("") is (called_so in EMPTY_IS_AN_ANSWER or not is_required)
