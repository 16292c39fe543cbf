"""Emails, and where they are on their way."""

from __future__ import annotations

from portal.capability import Capability, MenuEntry
from portal.notifications import due, fewer, of_rep, outbox, queries, rewording, views
from portal.notifications.blueprint import bp
from portal.notifications.emails import EMAILS
from portal.notifications.retention import RETENTION
from portal.notifications.trail import NAMES
from portal.notifications.until_undone import emailed_unless_undone
from portal.sections import Section

NOTIFICATIONS = Capability(
    name="notifications",
    icon="mail",
    blueprint=bp,
    views=(views, fewer),
    menu=(MenuEntry(60, "Emails sent", "notifications.index", Section.BOARD),),
    emails=EMAILS,
    due={
        "daily emails": due.daily_emails,
        "emails that are gathered": due.gathered_emails,
    },
    chores={"emails that were held too long": outbox.give_up_held},
    retention=RETENTION,
    reword=rewording.reword,
    on_pages={
        "emails_told": queries.told,
        "emailed_unless_undone": emailed_unless_undone,
        "emails_to_rep": of_rep.emails_to_rep,
    },
    trail_names=NAMES,
)
