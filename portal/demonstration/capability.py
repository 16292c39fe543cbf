"""What visitors of the demonstration have beside the portal, where it is one."""

from __future__ import annotations

from portal.capability import Capability
from portal.demonstration.blueprint import bp
from portal.demonstration.day import views as day
from portal.demonstration.mailbox import views as mailbox
from portal.demonstration.tour import views as tour

DEMONSTRATION = Capability(name="demonstration", blueprint=bp, views=(tour, mailbox, day))
