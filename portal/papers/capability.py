"""Papers, from upload to reading, and how much notice they gave."""

from __future__ import annotations

from portal.access.permissions import NOTICE_READ
from portal.capability import Capability, MenuEntry, Place
from portal.papers import due
from portal.papers.blueprint import bp
from portal.papers.emails import EMAILS
from portal.papers.notice import views as notice_views
from portal.papers.packs import actions as packs_actions
from portal.papers.packs import views as packs_views
from portal.papers.preparing import actions as preparing_actions
from portal.papers.preparing import views as preparing_views
from portal.papers.reading import actions as reading_actions
from portal.papers.reading import views as reading_views
from portal.papers.retention import RETENTION
from portal.papers.todo import TODO

PAPERS = Capability(
    name="papers",
    blueprint=bp,
    views=(
        notice_views,
        packs_views,
        preparing_views,
        reading_views,
    ),
    menu=(
        MenuEntry(50, "Record of notice", "papers.notice", NOTICE_READ, Place.EACH_BOARD),
        MenuEntry(120, "All boards' notice", "papers.notice_everywhere", NOTICE_READ, Place.ALL_BOARDS),
    ),
    emails=EMAILS,
    todo=TODO,
    due={
        "announcements": due.announcements,
        "papers due": due.papers_due,
        "minutes due": due.minutes_due,
    },
    work={
        preparing_actions.CHECK: preparing_actions.check_upload,
        packs_actions.BUILD: packs_actions.build_pack,
    },
    retention=RETENTION,
    forget=reading_actions.forget_reader,
)
