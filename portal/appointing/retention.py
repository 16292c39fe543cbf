"""How long proposed appointments are kept."""

from __future__ import annotations

from portal.appointing.models import ProposedAppointment
from portal.appointing.rules import KEPT_DAYS
from portal.retention.rule import RetentionRule

RETENTION = (
    RetentionRule(
        ProposedAppointment,
        "That an officer proposed you for a seat, and what came of it; why is encrypted",
        "30 days after it was confirmed, declined or withdrawn",
        days=KEPT_DAYS,
        is_over=lambda before: ProposedAppointment.answered_at < before,
    ),
)
