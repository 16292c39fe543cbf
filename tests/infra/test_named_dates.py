"""Each error about a date says which date it means, as a form may ask for two."""

from __future__ import annotations

import re

import portal.capabilities  # noqa: F401 - loads every form
from config import ROOT
from portal.infra.fields.date_fields import DayField
from portal.infra.forms import Form


def forms_of(kind: type[Form]) -> list[type[Form]]:
    return [one for sub in kind.__subclasses__() for one in (sub, *forms_of(sub))]


def test_every_date_has_a_name_that_its_errors_begin_with() -> None:
    dates = [
        (form.__name__, name, field)
        for form in forms_of(Form)
        for name, field in vars(form).items()
        if getattr(field, "field_class", None) is DayField
    ]
    assert len(dates) > 15
    assert not [(form, name) for form, name, field in dates if field.kwargs["called"] == "The date"]


def test_no_error_asks_for_a_day_without_saying_which() -> None:
    text = "".join(path.read_text() for path in sorted((ROOT / "portal").rglob("*.py")))
    assert not re.findall(r'"Enter (?:today or|the day")', text)
