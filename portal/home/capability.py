"""The first page, and the glossary."""

from __future__ import annotations

from portal.access.permissions import ACCOUNT_OWN
from portal.capability import Capability, MenuEntry
from portal.home import views
from portal.home.blueprint import bp
from portal.home.glossary import views as glossary_views
from portal.sections import Section

HOME = Capability(
    name="home",
    icon="home",
    blueprint=bp,
    views=(views, glossary_views),
    menu=(MenuEntry(10, "Your next steps", "home.index", Section.HOME, Section.TODAY, permission=ACCOUNT_OWN),),
)
