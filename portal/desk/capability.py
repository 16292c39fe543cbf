"""An officer's desk: where each rep stands."""

from __future__ import annotations

from portal.access.permissions import DESK_READ, SUPPORT_FIGURES
from portal.capability import Capability, MenuEntry, Place
from portal.desk import views
from portal.desk.blueprint import bp

DESK = Capability(
    name="desk",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(10, "Your desk", "desk.show", DESK_READ, Place.EACH_BOARD),
        MenuEntry(170, "Support of reps", "desk.support", SUPPORT_FIGURES, Place.ALL_BOARDS),
    ),
)
