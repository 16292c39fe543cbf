"""Facts of the past put right, with both values kept beside the figures that rest on them."""

from __future__ import annotations

from portal.access.permissions import CORRECTIONS_CONFIRM, CORRECTIONS_READ
from portal.capability import Capability, MenuEntry, Place
from portal.corrections import actions, views
from portal.corrections.blueprint import bp
from portal.corrections.emails import EMAILS
from portal.corrections.retention import RETENTION
from portal.corrections.todo import TODO
from portal.corrections.trail import NAMES

CORRECTIONS = Capability(
    name="corrections",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(135, "Corrections of the record", "corrections.of_board", CORRECTIONS_READ, Place.BOARD_PAGE),
        MenuEntry(115, "Corrections to confirm", "corrections.waiting", CORRECTIONS_CONFIRM, Place.ALL_BOARDS),
    ),
    emails=EMAILS,
    todo=TODO,
    retention=RETENTION,
    trail_names=NAMES,
    forget=actions.forget_person,
)
