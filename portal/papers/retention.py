"""How long papers are kept, and what readers keep for themselves."""

from __future__ import annotations

from portal.meetings.retention import PUBLIC_RECORD
from portal.papers.models import Note, Pack, PageText, Paper, PaperVersion, Publication, Reading
from portal.retention.rule import RetentionRule

WITH_ACCOUNT = "Until you take it away, or your account ends"

RETENTION = (
    RetentionRule(Paper, "Papers and minutes", PUBLIC_RECORD),
    RetentionRule(PaperVersion, "The files of papers", PUBLIC_RECORD),
    RetentionRule(PageText, "The text of papers", PUBLIC_RECORD),
    RetentionRule(Pack, "Packs: all papers of a meeting in one file", PUBLIC_RECORD),
    RetentionRule(Publication, "When papers were published", PUBLIC_RECORD),
    RetentionRule(Reading, "Papers you marked as read; only you see this", WITH_ACCOUNT),
    RetentionRule(Note, "Your notes on papers, encrypted; only you see them", WITH_ACCOUNT),
)
