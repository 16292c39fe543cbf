"""What administrators type about boards, groups, seats and people."""

from __future__ import annotations

import json
from typing import Any

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from portal.access.roles import ROLE_NAMES, STAFF_ROLES
from portal.boards.import_rules import MOST_ROWS
from portal.boards.rules import (
    CAPACITIES,
    GROUP_KINDS,
    LEFT_BECAUSE,
    last_day_of_longest_term,
    parse_reminder_days,
    votes_from,
)
from portal.core import clock
from portal.infra import date_fields, forms


class GroupForm(forms.Form):
    name = forms.line("Name of the group", "Enter the name of the group")
    kind = forms.radios("Kind of group", GROUP_KINDS, "Choose the kind of group")
    parent = forms.select("Part of", "Choose a group from the list")


class SeatForm(forms.Form):
    title = forms.line("Name of the seat", "Enter a name for the seat", hint="For example, Carer representative")
    created_on = date_fields.day(
        "Since when is there such a seat?",
        "Enter the day from which there is such a seat",
        called="The first day of the seat",
    )
    votes_from = date_fields.day(
        "May vote from", hint="Leave this empty if whoever sits here may not vote", called="The voting date"
    )


def new_seat_form(group: Any, board: Any) -> SeatForm:
    """The page as it is opened: from when the law lets carers of the board itself vote."""
    return SeatForm(votes_from=votes_from(group.kind, board.model))


class AppointForm(forms.Form):
    name = forms.line("Name", "Enter the person's name")
    email = forms.email()
    capacity = forms.radios("They sit here as", CAPACITIES, "Choose in what capacity they sit here")
    from_on = date_fields.day("First day", "Enter the first day of the appointment", called="The first day")
    until_on = date_fields.day(
        "Last day",
        "Enter the last day of the appointment",
        "At most three years after the first day",
        called="The last day",
    )

    def validate_until_on(self, field: Field) -> None:
        if not (self.from_on.data and field.data):
            return
        if field.data < self.from_on.data:
            raise ValidationError("The last day must be after the first day")
        if field.data > last_day_of_longest_term(self.from_on.data):
            raise ValidationError("A term is at most three years. Enter an earlier last day")


class EndForm(forms.Form):
    last_day = date_fields.day("Last day", "Enter the last day", called="The last day")
    because = forms.radios(
        "Why do they leave?",
        LEFT_BECAUSE,
        "Choose why they leave, or that they did not say",
        "For figures only: it is never shown beside a name",
    )


class RoleForm(forms.Form):
    name = forms.line("Name", "Enter the person's name")
    email = forms.email()
    role = forms.radios(
        "Role", [(role, ROLE_NAMES[role].capitalize()) for role in STAFF_ROLES], "Choose the role they will have"
    )
    from_on = date_fields.day("From", hint="Leave this empty for today", called="The first day")
    until_on = date_fields.day("Until", hint="Leave this empty if there is no last day", called="The last day")

    def validate_until_on(self, field: Field) -> None:
        if field.data and field.data < (self.from_on.data or clock.today()):
            raise ValidationError("The last day must be after the first day")


class ButtonForm(forms.Form):
    """A page with one button and nothing to type."""


class SettingsForm(forms.Form):
    paper_target_days = forms.whole_number("Target for papers, in days before the meeting", 1, 60)
    clear_notice_days = forms.whole_number("Clear days of notice under your standing orders", 0, 60)
    public_access_days = forms.whole_number("Clear days of public access", 0, 60)
    reminder_days = forms.line(
        "Remind us of papers due, in days before the meeting",
        "Enter at least one day, like 14, 10, 8",
        hint="For example, 14, 10, 8. The day of the target and each day after it are always included.",
    )
    contact = forms.line("Who can people ask?", hint="A name and a phone number or email address that members may see")
    version = forms.version()

    check_in_days = forms.whole_number(
        "Days before a meeting when reps are asked if they come",
        4,
        60,
        hint="Who has not answered is asked again 3 days before",
    )

    def validate_reminder_days(self, field: Field) -> None:
        try:
            parse_reminder_days(field.data or "")
        except ValueError:
            raise ValidationError("Enter whole days from 1 to 90, like 14, 10, 8") from None

    def settings(self) -> dict[str, Any]:
        """The typed values as the board keeps them."""
        numbers = ("paper_target_days", "clear_notice_days", "public_access_days", "check_in_days")
        return {
            **{name: int(self[name].data) for name in numbers},
            "reminder_days": parse_reminder_days(self.reminder_days.data),
            "contact": self.contact.data or "",
        }


def settings_form(board: Any) -> SettingsForm:
    return SettingsForm(
        paper_target_days=board.paper_target_days,
        clear_notice_days=board.clear_notice_days,
        public_access_days=board.public_access_days,
        reminder_days=", ".join(map(str, board.reminder_days)),
        check_in_days=str(board.check_in_days),
        contact=board.contact,
        version=board.version,
    )


class ImportForm(forms.Form):
    file = forms.files(
        "List of people", "A CSV or Excel (XLSX) file, at most 300 rows", accept=".csv,.xlsx", multiple=False
    )


class ConfirmImportForm(forms.Form):
    rows = HiddenField()

    def validate_rows(self, field: Field) -> None:
        try:
            rows = json.loads(field.data or "")
            assert isinstance(rows, list)
            assert 0 < len(rows) <= MOST_ROWS
            assert all(isinstance(row, dict) for row in rows)
        except (ValueError, AssertionError):
            raise ValidationError("Choose the file again") from None

    def cells(self) -> list[dict[str, Any]]:
        """The rows of the preview, as cells by column."""
        named = {"from_on": "from", "until_on": "until"}
        return [{named.get(k, k): v for k, v in row.items()} for row in json.loads(self.rows.data)]
