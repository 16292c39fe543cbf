"""How long papers are kept, and what readers keep for themselves."""

from __future__ import annotations

from datetime import timedelta

from portal.boards.rules import USUAL_WITHDRAWN_DAYS
from portal.core.clock import london_day
from portal.meetings.retention import PUBLIC_RECORD
from portal.papers.models import (
    DownloadsRequest,
    Note,
    Pack,
    PageText,
    Paper,
    PaperVersion,
    Publication,
    Reading,
    Withdrawal,
    WithdrawnFile,
)
from portal.papers.withdrawing import actions as withdrawing
from portal.retention.rule import RetentionRule

WITH_ACCOUNT = "Until you take it away, or your account ends"

RETENTION = (
    RetentionRule(Paper, "Papers and minutes", PUBLIC_RECORD),
    RetentionRule(PaperVersion, "The files of papers", PUBLIC_RECORD),
    RetentionRule(PageText, "The text of papers", PUBLIC_RECORD),
    RetentionRule(Pack, "Packs: all papers of a meeting in one file", PUBLIC_RECORD),
    RetentionRule(Publication, "When papers were published", PUBLIC_RECORD),
    RetentionRule(Withdrawal, "Which papers were withdrawn, when and why", PUBLIC_RECORD),
    RetentionRule(
        WithdrawnFile,
        "Files that were withdrawn because they contained personal data; nobody can open them",
        f"{USUAL_WITHDRAWN_DAYS} days after they were withdrawn, or as many as the board has set",
        days=1,  # the row says on which day; the board's own number of days is in it already
        is_over=lambda before: WithdrawnFile.goes_on <= london_day(before + timedelta(days=1)),
        before=withdrawing.note_destroyed,
        file=WithdrawnFile.stored_as,
    ),
    RetentionRule(
        DownloadsRequest,
        "Why an administrator asked who downloaded a withdrawn paper",
        "2 years after they asked",
        days=2 * 365 + 1,
        is_over=lambda before: DownloadsRequest.asked_at < before,
        told=True,
    ),
    RetentionRule(Reading, "Papers you marked as read; only you see this", WITH_ACCOUNT),
    RetentionRule(Note, "Your notes on papers, encrypted; only you see them", WITH_ACCOUNT),
)
