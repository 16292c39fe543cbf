"""Proposed appointments."""

from __future__ import annotations

from portal.appointing import actions, views
from portal.appointing.blueprint import bp
from portal.appointing.emails import EMAILS
from portal.appointing.retention import RETENTION
from portal.appointing.todo import TODO
from portal.capability import Capability, MenuEntry
from portal.sections import Section

APPOINTING = Capability(
    name="appointing",
    icon="people",
    blueprint=bp,
    views=(views,),
    menu=(MenuEntry(12, "Proposed appointments", "appointing.of_board", Section.REPS),),
    emails=EMAILS,
    todo=TODO,
    retention=RETENTION,
    forget=actions.forget_person,
    on_pages={"proposed_for": views.proposed_for},
)
