"""Meetings and their agendas."""

from __future__ import annotations

from portal.access.permissions import MEETINGS_READ
from portal.access.roles import CLERK
from portal.capability import Capability, MenuEntry
from portal.meetings import due, queries, views
from portal.meetings.agendas import rules as agenda_rules
from portal.meetings.agendas import shown, standing_views
from portal.meetings.agendas import views as agenda_views
from portal.meetings.blueprint import bp
from portal.meetings.dates import views as dates_views
from portal.meetings.deputes_go import goes_instead_at
from portal.meetings.emails import EMAILS
from portal.meetings.naming import meeting_name
from portal.meetings.retention import RETENTION
from portal.meetings.trail import NAMES
from portal.sections import Section

MEETINGS = Capability(
    name="meetings",
    icon="calendar",
    blueprint=bp,
    views=(views, agenda_views, standing_views, dates_views),
    menu=(
        MenuEntry(
            10,
            "Meetings",
            "meetings.index",
            Section.MEETINGS,
            within=("papers.*", "check_in.*", "support_meetings.*"),
            permission=MEETINGS_READ,
        ),
    ),
    emails=EMAILS,
    answered_by=CLERK,
    due={
        "meetings soon": due.meetings_soon,
    },
    retention=RETENTION,
    trail_names=NAMES,
    on_pages={
        "first_meeting_from": queries.first_meeting_from,
        "meeting_name": meeting_name,
        "stands_in_for": views.stands_in_for,
        "goes_instead_at": goes_instead_at,
        "restricted_because": shown.restricted_because,
        "restriction_changed": shown.restriction_changed,
        "is_agenda_fixed": shown.is_agenda_fixed,
        "is_order_fixed": shown.is_order_fixed,
        "doubled_numbers": agenda_rules.doubles,
        "numbers_out_of_order": agenda_rules.out_of_order,
    },
)
