"""How long corrections are kept."""

from __future__ import annotations

from sqlalchemy import and_

from portal.corrections.models import Correction
from portal.retention.rule import RetentionRule

RETENTION = (
    RetentionRule(
        Correction,
        "Corrections of the record; of a row about you, what it said goes when the row or your account does",
        "As long as the board uses the portal, as its figures rest on them",
        whose=("about_id",),
        also=lambda person_id: and_(Correction.about_id.is_(None), Correction.asked_by_id == person_id),
    ),
)
