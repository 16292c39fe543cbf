"""Help for each role, and how accessible the portal is."""

from __future__ import annotations

from portal.capability import Capability
from portal.help import views
from portal.help.blueprint import bp

HELP = Capability(name="help", icon="help", blueprint=bp, views=(views,))
