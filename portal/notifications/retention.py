"""How long the record of emails is kept."""

from __future__ import annotations

from portal.capability import gathered
from portal.notifications.models import Email
from portal.retention.rule import RetentionRule

RETENTION = (
    RetentionRule(
        Email,
        "Emails the portal sent you, and whether they arrived",
        "12 months after they were sent",
        days=365,
        is_over=lambda before: Email.asked_at < before,
        told=True,
        secret=("turn",),
        unless=lambda: Email.template.in_(gathered().to_strangers),
    ),
)
