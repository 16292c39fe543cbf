"""What administrators type about people."""

from __future__ import annotations

import json

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from portal.access.roles import DEPUTE, ROLE_NAMES, STAFF_ROLES
from portal.accounts.work_phones.forms import work_phone
from portal.boards.people.import_rules import MOST_ROWS, is_cell
from portal.core import clock
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields

ADD_SEATS = "Add a seat to a group where none is free"


class RoleForm(forms.Form):
    name = forms.name("Name", "Enter the person's name")
    email = forms.email()
    role = forms.radios(
        "Role", [(role, ROLE_NAMES[role].capitalize()) for role in STAFF_ROLES], "Select the role they will have"
    )
    work_phone = work_phone(
        "Optional. People of your board will see it. Leave this blank for a depute, whose number is private"
    )
    from_on = date_fields.day("From", hint="Leave this blank for today", called="The first day")
    until_on = date_fields.day("Until", hint="Leave this blank if there is no last day", called="The last day")

    def validate_work_phone(self, field: Field) -> None:
        if field.data and self.role.data == DEPUTE:
            raise ValidationError("Leave the work phone blank. A depute’s number is private")

    def validate_until_on(self, field: Field) -> None:
        if field.data and field.data < (self.from_on.data or clock.today()):
            raise ValidationError("The last day must be after the first day")


class ImportForm(forms.Form):
    file = forms.files(
        "List of people",
        f"A CSV, text or Excel (XLSX) file with at most {MOST_ROWS} people",
        accept=".csv,.txt,.tsv,.xlsx",
        multiple=False,
    )
    add_seats = forms.tick(ADD_SEATS)


class ConfirmImportForm(forms.Form):
    rows = HiddenField()
    add_seats = HiddenField()

    def validate_rows(self, field: Field) -> None:
        try:
            rows = json.loads(field.data or "")
            assert isinstance(rows, list)
            assert 0 < len(rows) <= MOST_ROWS
            assert all(isinstance(row, dict) for row in rows)
            assert all(is_cell(cell) for row in rows for cell in row.values())
        except (ValueError, AssertionError):
            raise ValidationError("Choose the file again") from None

    def cells(self) -> list[Typed]:
        """The rows of the preview, as cells by column."""
        named = {"from_on": "from", "until_on": "until"}
        return [{named.get(k, k): v for k, v in row.items()} for row in json.loads(self.rows.data)]
