"""Boards, groups, seats and who holds which role."""

from __future__ import annotations

from portal.boards import due, views
from portal.boards.access import views as access_views
from portal.boards.accounts import views as accounts_views
from portal.boards.asking import roles_changed
from portal.boards.blueprint import bp
from portal.boards.contacts import actions as contacts_actions
from portal.boards.contacts import shown
from portal.boards.emails import EMAILS
from portal.boards.offers import views as offers_views
from portal.boards.people import views as people_views
from portal.boards.people.invited import invited_to, whom_to_ask
from portal.boards.retention import RETENTION
from portal.boards.seats import views as seats_views
from portal.boards.telling.emails import EMAILS as TOLD_OF_CHANGES
from portal.boards.todo import TODO
from portal.boards.trail import NAMES
from portal.capability import Capability, MenuEntry
from portal.sections import YOUR_BOARD, Section

BOARDS = Capability(
    name="boards",
    icon="people",
    blueprint=bp,
    views=(
        access_views,
        accounts_views,
        offers_views,
        people_views,
        seats_views,
        views,
    ),
    menu=(
        MenuEntry(
            10,
            "Your board",
            "boards.show",
            Section.BOARD,
            Section.YOU,
            heading=YOUR_BOARD,
            within=("boards.*group*", "boards.settings"),
        ),
        MenuEntry(
            10,
            "People and roles",
            "boards.people",
            Section.PEOPLE,
            Section.REPS,
            within=("boards.*seat*", "boards.*person*", "boards.*people*", "appointing.answer"),
        ),
        MenuEntry(10, "Boards", "boards.index", Section.BOARDS, within=("set_up.*",)),
    ),
    emails=(*EMAILS, *TOLD_OF_CHANGES),
    todo=TODO,
    due={
        "terms ending": due.terms_ending,
    },
    retention=RETENTION,
    on_pages={
        "roles_changed": roles_changed,
        "invited_to": invited_to,
        "whom_to_ask": whom_to_ask,
        "your_officers": shown.your_officers,
        "staff_of": shown.staff_of,
        "contact_of": shown.named,
    },
    chores={
        "remove work phones of those who are staff no longer": contacts_actions.remove_of_former_staff,
    },
    trail_names=NAMES,
)
