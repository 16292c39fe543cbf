"""How long requests for care are kept; what was typed about them goes much earlier, by due.py."""

from __future__ import annotations

from portal.replacement_care.models import CarePolicy, CareProvider, CareRequest, StoodAside
from portal.replacement_care.requests.rules import MOST_TEXT_DAYS, TEXT_DAYS
from portal.retention.rule import RetentionRule

PORTAL_USED = "As long as the board uses the portal"
WORDS_GO = f"{TEXT_DAYS} days after the day, or another number of days that the board has set, up to {MOST_TEXT_DAYS}"

RETENTION = (
    RetentionRule(CarePolicy, "The board's policy of care", PORTAL_USED),
    RetentionRule(
        CareRequest,
        f"When you asked for care, and what came of it. What you wrote: {WORDS_GO}. Only you "
        "and the officer who arranged it could read it",
        "3 years after the day",
        days=3 * 365 + 1,
        is_over=lambda before: CareRequest.on_day < before.date(),
        told=True,
        secret=("sealed_note", "sealed_why_late", "sealed_arrangement", "sealed_answer", "sealed_kind"),
    ),
    RetentionRule(CareProvider, "Providers of care that the board works with", PORTAL_USED),
    RetentionRule(StoodAside, "From whose requests for care an officer stands aside", PORTAL_USED),
)
