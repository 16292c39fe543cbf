"""The audit trail as it is read."""

from __future__ import annotations

from portal.audit_trail import due, views
from portal.audit_trail.blueprint import bp
from portal.audit_trail.emails import EMAILS
from portal.capability import Capability, MenuEntry
from portal.sections import Section

AUDIT_TRAIL = Capability(
    name="audit_trail",
    icon="clock",
    blueprint=bp,
    views=(views,),
    menu=(MenuEntry(10, "Audit trail", "audit_trail.index", Section.RECORDS),),
    emails=EMAILS,
    due={
        "trail heads": due.trail_heads,
    },
)
