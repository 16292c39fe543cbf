"""Administrators get the head of their board's trail by email."""

from __future__ import annotations

from portal.audit_trail.events import TrailHeadDue
from portal.boards.emails import administrators, of_board
from portal.core.text import count_words
from portal.infra.notification import Facts, Notification


def trail_head(event: TrailHeadDue) -> Facts:
    lines = count_words(int(event.head.partition(":")[0]), "line")
    return {**of_board(event), "head": event.head, "accounts_head": event.accounts_head, "lines": lines}


EMAILS = (Notification(TrailHeadDue, administrators, "trail-head", trail_head, always=True),)
