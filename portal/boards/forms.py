"""What administrators type about boards and groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from wtforms import Field, HiddenField
from wtforms.validators import ValidationError

from portal.boards import data_protection
from portal.boards.rules import (
    COMPLAINTS,
    GROUP_KINDS,
    LEAST_TARGET_DAYS,
    MOST_TARGET_DAYS,
    USUAL_WITHDRAWN_DAYS,
    can_be_part_of,
    parse_reminder_days,
    problem_with_target_day,
)
from portal.core import clock
from portal.core.addresses import is_web_page
from portal.core.names import name_key
from portal.core.values import Typed
from portal.infra import forms
from portal.infra.fields import date_fields
from portal.infra.fields.checks import AtMost
from portal.infra.merging_form import MergingForm

if TYPE_CHECKING:
    from portal.boards.models import Board, Group


def looks_like_a_page(_form: object, field: Field) -> None:
    if field.data and not is_web_page(field.data):
        raise ValidationError("Enter the whole address of the web page, like https://www.example.scot/page")


class GroupForm(MergingForm):
    name = forms.name("Name of the group", "Enter the name of the group")
    kind = forms.radios("Kind of group", GROUP_KINDS, "Select the kind of group")
    parent = forms.select("Part of", "Select a group from the list", may_be_empty=True)
    others: Sequence[Group] = ()  # open groups of the board

    def validate_name(self, field: Field) -> None:
        same = next((one.name for one in self.others if name_key(one.name) == name_key(field.data or "")), "")
        if same:
            raise ValidationError(f"There is a group called {same} already. Enter another name")

    def parent_id(self) -> UUID | None:
        return UUID(self.parent.data) if self.parent.data else None


def group_form(groups: Sequence[Group], group: Group | None = None) -> GroupForm:
    """For a new group, or to change one, among the open groups of the board."""
    form = GroupForm(obj=group, parent=str(group.parent_id or "") if group else "")
    form.others = [one for one in groups if one is not group]
    parents = {one.id: one.parent_id for one in groups}
    possible = can_be_part_of(group.id, parents) if group else set(parents)
    choices = [(str(one.id), one.name) for one in groups if one.id in possible]
    form.parent.choices = [("", "None"), *choices]
    if group is None:
        form.is_new()
    return form


# Settings that are text, or empty.
WORDS = ("contact", "finance_email", *data_protection.NEEDED, "data_protection_contact", "privacy_notice", *COMPLAINTS)


class SettingsForm(forms.Form):
    not_saved = ("target_from", "target_seen")
    target_seen = HiddenField(validators=[AtMost(max=40)])  # the new target that was read before saving it

    paper_target_days = forms.whole_number(
        "Target for papers, in days before the meeting",
        LEAST_TARGET_DAYS,
        MOST_TARGET_DAYS,
        called="The target for papers",
    )
    target_from = date_fields.day(
        "If you change the target, when should it start?",
        hint="Leave it blank for today. A meeting keeps the target it had if its papers, by either target, were due "
        "before that day",
        called="The day of the new target",
    )
    clear_notice_days = forms.whole_number("Clear days before a meeting, under your standing orders", 0, 60)
    public_access_days = forms.whole_number("Clear days of public access", 0, 60)
    reminder_days = forms.line(
        "Remind us of papers due, in days before the meeting",
        "Enter on which days before a meeting to remind you of papers, like 14, 10, 8",
        hint="For example, 14, 10, 8. The day of the target and each day after it are always included.",
    )
    check_in_days = forms.whole_number(
        "Days before a meeting when reps are asked if they’re coming",
        4,
        60,
        hint="Anyone who has not answered is asked again 3 days before the meeting",
    )
    contact = forms.line(
        "Who can people ask?", hint="A name and a phone number or email address that members may see", is_sentence=True
    )
    finance_email = forms.email(
        "Finance’s email address",
        "We tell it of each payment run: its number, how much is in it and the total, without names. Finance sees from "
        "this what one person decided and paid alone",
        is_optional=True,
    )
    complaints_who = forms.line("Who looks after complaints?", hint="For example, Complaints team, or a name and post")
    complaints_email = forms.email(
        "Email address for complaints", "People with a role on your board can see it", is_optional=True
    )
    complaints_page = forms.line(
        "Web page about complaints",
        most=500,
        hint="It starts with https:// and says how people can complain about your board",
        checks=[looks_like_a_page],
    )
    controller = forms.line(
        "Who is responsible for personal data?",
        hint="In law, the controller: usually the board itself, under its full name. Everyone can read this",
    )
    controller_address = forms.line(
        "Where can people write to them?", most=300, hint="A postal or email address. Everyone can read this"
    )
    data_protection_contact = forms.line(
        "Who answers questions about personal data?",
        hint="Your data protection officer, and a phone number if there is one. Everyone can read this",
        is_sentence=True,
    )
    data_protection_email = forms.email(
        "Email address for questions about personal data", "Everyone can read this", is_optional=True
    )
    health_condition = forms.radios(
        "Why may your board hold data about health?",
        data_protection.CHOICES,
        "Select why your board may hold data about health, or “Not chosen yet”",
        hint="Requests for replacement care can tell of someone’s health. Ask your data protection officer. "
        "Everyone can read this",
        default="",
    )
    privacy_notice = forms.line(
        "Link to your board’s privacy notice, if it has one",
        most=500,
        hint="It starts with https://",
        checks=[looks_like_a_page],
    )
    withdrawn_days = forms.whole_number(
        "Days until a file withdrawn for personal data is destroyed",
        1,
        365,
        optional=True,
        called="The days until it is destroyed",
        hint="Until then nobody can open it. A legal hold keeps it longer. Leave it blank for 30 days",
    )
    version = forms.version()

    def validate_target_from(self, field: Field) -> None:
        if field.data and (problem := problem_with_target_day(field.data, clock.today())):
            date_fields.refuse(field, problem)

    def validate_reminder_days(self, field: Field) -> None:
        try:
            parse_reminder_days(field.data or "")
        except ValueError:
            raise ValidationError(
                "Enter the days of the reminders as whole numbers from 1 to 90, like 14, 10, 8"
            ) from None

    def settings(self) -> Typed:
        """The typed values as the board keeps them."""
        numbers = ("clear_notice_days", "public_access_days", "check_in_days")
        return {
            **{name: int(self[name].data) for name in numbers},
            "withdrawn_days": int(self.withdrawn_days.data or USUAL_WITHDRAWN_DAYS),
            "reminder_days": parse_reminder_days(self.reminder_days.data),
            **{name: self[name].data or "" for name in WORDS},
        }


def settings_form(board: Board, target_days: int) -> SettingsForm:
    return SettingsForm(
        paper_target_days=target_days,
        clear_notice_days=board.clear_notice_days,
        public_access_days=board.public_access_days,
        reminder_days=", ".join(map(str, board.reminder_days)),
        check_in_days=str(board.check_in_days),
        withdrawn_days=board.withdrawn_days,
        **{name: getattr(board, name) for name in WORDS},
        version=board.version,
    )
