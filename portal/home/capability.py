"""The first page, and help."""

from __future__ import annotations

from portal.access.permissions import ACCOUNT_OWN
from portal.capability import Capability, MenuEntry
from portal.home import views
from portal.home.blueprint import bp
from portal.home.glossary import views as glossary_views

HOME = Capability(
    name="home",
    blueprint=bp,
    views=(views, glossary_views),
    menu=(MenuEntry(10, "Your next steps", "home.index", ACCOUNT_OWN),),
)
