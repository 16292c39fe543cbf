"""Setting up a board."""

from __future__ import annotations

from portal.capability import Capability, MenuEntry
from portal.sections import Section
from portal.set_up import views
from portal.set_up.blueprint import bp
from portal.set_up.todo import TODO

SET_UP = Capability(
    name="set_up",
    icon="settings",
    blueprint=bp,
    views=(views,),
    menu=(MenuEntry(12, "Set up this board", "set_up.checklist", Section.BOARD),),
    todo=TODO,
    on_pages={"set_up_line": views.set_up_line, "set_up_of": views.set_up_of},
)
