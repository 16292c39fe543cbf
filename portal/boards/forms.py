"""What administrators type about boards and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wtforms import Field
from wtforms.validators import ValidationError

from portal.boards.rules import (
    GROUP_KINDS,
    LEAST_TARGET_DAYS,
    MOST_TARGET_DAYS,
    parse_reminder_days,
    problem_with_target_day,
)
from portal.core import clock
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields

if TYPE_CHECKING:
    from portal.boards.models import Board


class GroupForm(forms.Form):
    name = forms.line("Name of the group", "Enter the name of the group")
    kind = forms.radios("Kind of group", GROUP_KINDS, "Choose the kind of group")
    parent = forms.select("Part of", "Choose a group from the list")


def looks_like_a_link(_form: object, field: Field) -> None:
    if field.data and not field.data.startswith("https://"):
        raise ValidationError("Enter a link that starts with https://")


class SettingsForm(forms.Form):
    paper_target_days = forms.whole_number(
        "Target for papers, in days before the meeting", LEAST_TARGET_DAYS, MOST_TARGET_DAYS
    )
    target_from = date_fields.day(
        "If you change the target: from which day?",
        hint="Leave it empty for today. Meetings whose papers were due before that day keep the target they had",
        called="The day of the new target",
    )
    clear_notice_days = forms.whole_number("Clear days of notice under your standing orders", 0, 60)
    public_access_days = forms.whole_number("Clear days of public access", 0, 60)
    reminder_days = forms.line(
        "Remind us of papers due, in days before the meeting",
        "Enter at least one day, like 14, 10, 8",
        hint="For example, 14, 10, 8. The day of the target and each day after it are always included.",
    )
    contact = forms.line(
        "Who can people ask?", hint="A name and a phone number or email address that members may see", is_sentence=True
    )
    data_protection_contact = forms.line(
        "Who answers questions about personal data?",
        hint="Your data protection officer, with an email address or phone number. Everyone can read this",
        is_sentence=True,
    )
    privacy_notice = forms.line(
        "Link to your board's privacy notice, if it has one",
        most=500,
        hint="It starts with https://",
        checks=[looks_like_a_link],
    )
    version = forms.version()

    check_in_days = forms.whole_number(
        "Days before a meeting when reps are asked if they come",
        4,
        60,
        hint="Who has not answered is asked again 3 days before",
    )

    def validate_target_from(self, field: Field) -> None:
        if field.data and (problem := problem_with_target_day(field.data, clock.today())):
            raise ValidationError(problem)

    def validate_reminder_days(self, field: Field) -> None:
        try:
            parse_reminder_days(field.data or "")
        except ValueError:
            raise ValidationError("Enter whole days from 1 to 90, like 14, 10, 8") from None

    def settings(self) -> Typed:
        """The typed values as the board keeps them."""
        numbers = ("clear_notice_days", "public_access_days", "check_in_days")
        return {
            **{name: int(self[name].data) for name in numbers},
            "reminder_days": parse_reminder_days(self.reminder_days.data),
            **{name: self[name].data or "" for name in ("contact", "data_protection_contact", "privacy_notice")},
        }


def settings_form(board: Board, target_days: int) -> SettingsForm:
    return SettingsForm(
        paper_target_days=target_days,
        clear_notice_days=board.clear_notice_days,
        public_access_days=board.public_access_days,
        reminder_days=", ".join(map(str, board.reminder_days)),
        check_in_days=str(board.check_in_days),
        contact=board.contact,
        data_protection_contact=board.data_protection_contact,
        privacy_notice=board.privacy_notice,
        version=board.version,
    )
