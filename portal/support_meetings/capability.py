"""Getting ready together, and saying how a meeting was."""

from __future__ import annotations

from portal.access.permissions import VOICE_READ
from portal.capability import Capability, MenuEntry, Place
from portal.support_meetings import actions, due, views
from portal.support_meetings.blueprint import bp
from portal.support_meetings.calendar import entries
from portal.support_meetings.emails import EMAILS
from portal.support_meetings.retention import RETENTION

SUPPORT_MEETINGS = Capability(
    name="support_meetings",
    blueprint=bp,
    views=(views,),
    menu=(MenuEntry(70, "How meetings are for reps", "support_meetings.voices", VOICE_READ, Place.BOARD_PAGE),),
    emails=EMAILS,
    due={
        "support meetings tomorrow": due.support_tomorrow,
    },
    retention=RETENTION,
    forget=actions.forget_person,
    calendar=entries,
    on_pages={"support_coming": views.coming},
)
