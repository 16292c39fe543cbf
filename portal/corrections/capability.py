"""Facts of the past put right, with both values kept beside the figures that rest on them."""

from __future__ import annotations

from portal.capability import Capability, MenuEntry
from portal.corrections import actions, views
from portal.corrections.blueprint import bp
from portal.corrections.emails import EMAILS
from portal.corrections.retention import RETENTION
from portal.corrections.todo import TODO
from portal.corrections.trail import NAMES
from portal.sections import YOUR_BOARD, Section

CORRECTIONS = Capability(
    name="corrections",
    icon="changed",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(70, "Corrections", "corrections.of_board", Section.REPORTS, Section.YOU, heading=YOUR_BOARD),
        MenuEntry(70, "Corrections to confirm", "corrections.waiting", Section.REPORTS, all_boards=True),
    ),
    emails=EMAILS,
    todo=TODO,
    retention=RETENTION,
    trail_names=NAMES,
    forget=actions.forget_person,
)
