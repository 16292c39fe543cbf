"""Papers, from upload to reading, and how much notice they gave."""

from __future__ import annotations

from portal.access.permissions import BOARDS_LIST, NOTICE_READ
from portal.capability import Capability, MenuEntry, Place
from portal.papers import actions, due, packs, preparing_views, views
from portal.papers.blueprint import bp
from portal.papers.emails import EMAILS
from portal.papers.retention import RETENTION

PAPERS = Capability(
    name="papers",
    blueprint=bp,
    views=(
        preparing_views,
        views,
    ),
    menu=(
        MenuEntry(50, "Record of notice", "papers.notice", NOTICE_READ, Place.EACH_BOARD),
        MenuEntry(120, "All boards' notice", "papers.notice_everywhere", BOARDS_LIST),
    ),
    emails=EMAILS,
    due={
        "announcements": due.announcements,
        "papers due": due.papers_due,
        "minutes due": due.minutes_due,
    },
    work={
        actions.CHECK: actions.check_upload,
        packs.BUILD: packs.build_pack,
    },
    retention=RETENTION,
    forget=actions.forget_reader,
)
