"""Emails, and where they are on their way."""

from __future__ import annotations

from portal.access.permissions import EMAILS_READ
from portal.capability import Capability, MenuEntry, Place
from portal.notifications import due, fewer, outbox, queries, rewording, views
from portal.notifications.blueprint import bp
from portal.notifications.emails import EMAILS
from portal.notifications.retention import RETENTION
from portal.notifications.trail import NAMES
from portal.notifications.until_undone import emailed_unless_undone

NOTIFICATIONS = Capability(
    name="notifications",
    blueprint=bp,
    views=(views, fewer),
    menu=(MenuEntry(140, "Emails sent", "notifications.index", EMAILS_READ, Place.EACH_BOARD),),
    emails=EMAILS,
    due={
        "daily emails": due.daily_emails,
        "emails that are gathered": due.gathered_emails,
    },
    chores={"emails that were held too long": outbox.give_up_held},
    retention=RETENTION,
    reword=rewording.reword,
    on_pages={"emails_told": queries.told, "emailed_unless_undone": emailed_unless_undone},
    trail_names=NAMES,
)
