"""Who stands in for a rep."""

from __future__ import annotations

from portal.access.permissions import DEPUTES_CONFIRM, DEPUTES_OWN
from portal.capability import Capability, MenuEntry, Place
from portal.deputes import actions, due, views
from portal.deputes.blueprint import bp
from portal.deputes.emails import EMAILS
from portal.deputes.retention import RETENTION
from portal.deputes.todo import TODO

DEPUTES = Capability(
    name="deputes",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(80, "Deputes to confirm", "deputes.of_board", DEPUTES_CONFIRM, Place.EACH_BOARD),
        MenuEntry(30, "Deputes", "deputes.index", DEPUTES_OWN),
    ),
    emails=EMAILS,
    todo=TODO,
    due={
        "deputes' roles to agree": due.roles_to_agree,
    },
    retention=RETENTION,
    forget=actions.forget_person,
)
