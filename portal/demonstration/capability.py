"""The demonstration's mailbox, where the portal is one."""

from __future__ import annotations

from portal.capability import Capability
from portal.demonstration import views
from portal.demonstration.blueprint import bp

DEMONSTRATION = Capability(name="demonstration", blueprint=bp, views=(views,))
