"""An officer's desk: where each rep stands."""

from __future__ import annotations

from portal.capability import Capability, MenuEntry
from portal.desk import views
from portal.desk.blueprint import bp
from portal.sections import YOUR_BOARD, Section

DESK = Capability(
    name="desk",
    icon="people",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(5, "Today", "desk.show", Section.TODAY),
        MenuEntry(60, "Boards side by side", "desk.support", Section.REPORTS, Section.YOU, heading=YOUR_BOARD),
    ),
)
