"""Getting ready together, and saying how a meeting was."""

from __future__ import annotations

from portal.access.roles import OFFICER
from portal.capability import Capability, MenuEntry
from portal.sections import YOUR_BOARD, Section
from portal.support_meetings import actions, due, views
from portal.support_meetings.blueprint import bp
from portal.support_meetings.calendar import entries
from portal.support_meetings.emails import EMAILS
from portal.support_meetings.retention import RETENTION
from portal.support_meetings.todo import TODO

SUPPORT_MEETINGS = Capability(
    name="support_meetings",
    icon="speech",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(
            50, "How meetings are for reps", "support_meetings.voices", Section.REPORTS, Section.YOU, heading=YOUR_BOARD
        ),
    ),
    emails=EMAILS,
    answered_by=OFFICER,
    todo=TODO,
    due={
        "support meetings tomorrow": due.support_tomorrow,
    },
    retention=RETENTION,
    forget=actions.forget_person,
    calendar=entries,
    on_pages={"support_coming": views.coming},
)
