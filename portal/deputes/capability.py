"""Who stands in for a rep."""

from __future__ import annotations

from portal.access.roles import OFFICER
from portal.capability import Capability, MenuEntry
from portal.deputes import actions, due, views
from portal.deputes.blueprint import bp
from portal.deputes.emails import EMAILS
from portal.deputes.retention import RETENTION
from portal.deputes.todo import TODO
from portal.sections import YOUR_SUPPORT, Section

DEPUTES = Capability(
    name="deputes",
    icon="people",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(50, "Deputes", "deputes.of_board", Section.REPS),
        MenuEntry(8, "Deputes", "deputes.index", Section.YOU, heading=YOUR_SUPPORT),
    ),
    emails=EMAILS,
    answered_by=OFFICER,
    todo=TODO,
    due={
        "deputes' roles to agree": due.roles_to_agree,
    },
    retention=RETENTION,
    forget=actions.forget_person,
)
