"""How long nominations are kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_

from portal.deputes.models import Nomination
from portal.deputes.rules import DECLINED, WITHDRAWN
from portal.retention.rule import RetentionRule


def _ended(before: datetime) -> ColumnElement[bool]:
    return and_(Nomination.decided_at < before, Nomination.status.in_((DECLINED, WITHDRAWN)))


RETENTION = (
    RetentionRule(
        Nomination,
        "Deputes you nominated, and who you are one for; why is encrypted",
        "12 months after it was declined or cancelled",
        days=365,
        is_over=_ended,
        told=True,
        whose=("person_id", "on_behalf_of_id"),
    ),
)
