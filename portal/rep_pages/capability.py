"""One page for each rep, and notes about supporting them."""

from __future__ import annotations

from portal.access.roles import OFFICER
from portal.capability import Capability, MenuEntry
from portal.rep_pages.blueprint import bp
from portal.rep_pages.emails import EMAILS
from portal.rep_pages.notes import actions
from portal.rep_pages.notes import views as notes_views
from portal.rep_pages.page import views as page_views
from portal.rep_pages.retention import RETENTION
from portal.sections import YOUR_SUPPORT, Section

REP_PAGES = Capability(
    name="rep_pages",
    icon="person",
    blueprint=bp,
    views=(page_views, notes_views),
    menu=(MenuEntry(9, "Notes by your officer", "rep_pages.own_notes", Section.YOU, heading=YOUR_SUPPORT),),
    emails=EMAILS,
    answered_by=OFFICER,
    retention=RETENTION,
    forget=actions.forget_person,
    on_pages={"page_of_rep": page_views.page_of_rep},
)
