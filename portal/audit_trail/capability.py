"""The audit trail as it is read."""

from __future__ import annotations

from portal.access.permissions import AUDIT_READ
from portal.audit_trail import due, views
from portal.audit_trail.blueprint import bp
from portal.audit_trail.emails import EMAILS
from portal.capability import Capability, MenuEntry, Place

AUDIT_TRAIL = Capability(
    name="audit_trail",
    blueprint=bp,
    views=(views,),
    menu=(MenuEntry(150, "Audit trail", "audit_trail.index", AUDIT_READ, Place.EACH_BOARD),),
    emails=EMAILS,
    due={
        "trail heads": due.trail_heads,
    },
)
