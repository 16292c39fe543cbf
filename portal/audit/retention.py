"""How long the trail is kept. Its lines name nobody; what does stands apart and goes."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, update

from portal.audit.models import AuditLine, ChainHead
from portal.infra.database import rows_changed
from portal.infra.scope import CrossBoardReason, across_boards
from portal.retention.rule import RetentionRule

TRAIL = "As long as the board uses the portal; it names people by a number only"


def _erase_personal_parts(which: ColumnElement[bool]) -> int:
    """Take what names people out of some lines; how many. Their chains stay whole."""
    erased = update(AuditLine).where(which).values(sealed_personal=None, personal_salt="")
    return rows_changed(across_boards(erased, CrossBoardReason.CLOCK))


RETENTION = (
    RetentionRule(
        AuditLine,
        "Who changed what (the audit trail), and addresses that stand in it",
        "Addresses: 2 years. Lines: " + TRAIL[0].lower() + TRAIL[1:],
        days=2 * 365 + 1,
        is_over=lambda before: and_(AuditLine.happened_at < before, AuditLine.sealed_personal.is_not(None)),
        told=True,
        empty=_erase_personal_parts,
        secret=("personal_salt", "personal_hash", "mark", "chain_id", "sealed_personal"),
    ),
    RetentionRule(ChainHead, "The head of the audit trail", TRAIL),
)
