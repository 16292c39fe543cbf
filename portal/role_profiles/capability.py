"""A rep's own page of their role."""

from __future__ import annotations

from portal.access.permissions import LEAVING_READ, REPS_READ, ROLE_PROFILE_OWN
from portal.capability import Capability, MenuEntry, Place
from portal.role_profiles import actions, due, views
from portal.role_profiles.blueprint import bp
from portal.role_profiles.emails import EMAILS
from portal.role_profiles.retention import RETENTION

ROLE_PROFILES = Capability(
    name="role_profiles",
    blueprint=bp,
    views=(views,),
    menu=(
        MenuEntry(70, "Reps and seats", "role_profiles.of_board", REPS_READ, Place.EACH_BOARD),
        MenuEntry(20, "Your role", "role_profiles.show", ROLE_PROFILE_OWN),
        MenuEntry(150, "Why reps leave", "role_profiles.leaving", LEAVING_READ),
    ),
    emails=EMAILS,
    due={
        "claims to offer after talks and training": due.outings_to_offer,
    },
    retention=RETENTION,
    forget=actions.forget_person,
)
