"""The audit trail as it is kept."""

from __future__ import annotations

from portal.audit import actions
from portal.audit.retention import RETENTION
from portal.capability import Capability

AUDIT = Capability(
    name="audit",
    chores={
        "chain the audit": actions.chain_lines,
    },
    retention=RETENTION,
)
