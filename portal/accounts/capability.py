"""Signing in, and one's own account."""

from __future__ import annotations

from portal.accounts import actions, due, pauses, refusals, views
from portal.accounts.blueprint import bp
from portal.accounts.emails import EMAILS
from portal.accounts.joining import views as joining_views
from portal.accounts.link_codes import views as link_codes_views
from portal.accounts.naming import views as naming_views
from portal.accounts.passkeys import views as passkeys_views
from portal.accounts.retention import RETENTION
from portal.accounts.sessions import views as sessions_views
from portal.accounts.work_phones import views as work_phones_views
from portal.capability import Capability, MenuEntry
from portal.infra.storage import held_files
from portal.infra.web import counts, interrupted_form
from portal.sections import YOUR_ACCOUNT, Section

ACCOUNTS = Capability(
    name="accounts",
    icon="person",
    blueprint=bp,
    views=(
        views,
        refusals,
        joining_views,
        link_codes_views,
        naming_views,
        passkeys_views,
        sessions_views,
        work_phones_views,
    ),
    menu=(
        MenuEntry(
            90,
            "Your account",
            "accounts.account",
            Section.YOU,
            heading=YOUR_ACCOUNT,
            within=("privacy.own_data*", "boards.offers", "corrections.own", "meetings.calendar"),
        ),
    ),
    emails=EMAILS,
    due={
        "wrong passwords": due.wrong_passwords,
    },
    work_for_who_waits={
        actions.MAIL_LINK: actions.mail_link,
    },
    chores={
        "remove forms that could not be sent": interrupted_form.remove_old,
        "remove files of forms that were not saved": held_files.remove_old,
        "remove counts that are over": counts.remove_old,
        "remove pauses that are over": pauses.remove_old_pauses,
        "remove ended sessions": actions.remove_ended_sessions,
    },
    retention=RETENTION,
)
