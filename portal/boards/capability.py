"""Boards, groups, seats and who holds which role."""

from __future__ import annotations

from portal.access.permissions import BOARDS_LIST, BOARDS_READ, PEOPLE_READ
from portal.boards import due, views
from portal.boards.access import views as access_views
from portal.boards.accounts import views as accounts_views
from portal.boards.asking import roles_changed
from portal.boards.blueprint import bp
from portal.boards.emails import EMAILS
from portal.boards.offers import views as offers_views
from portal.boards.people import views as people_views
from portal.boards.people.invited import invited_to, whom_to_ask
from portal.boards.retention import RETENTION
from portal.boards.seats import views as seats_views
from portal.boards.telling.emails import EMAILS as TOLD_OF_CHANGES
from portal.boards.todo import TODO
from portal.boards.trail import NAMES
from portal.capability import Capability, MenuEntry, Place

BOARDS = Capability(
    name="boards",
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
        MenuEntry(30, "Board", "boards.show", BOARDS_READ, Place.EACH_BOARD),
        MenuEntry(40, "People", "boards.people", PEOPLE_READ, Place.EACH_BOARD),
        MenuEntry(110, "All boards", "boards.index", BOARDS_LIST),
    ),
    emails=(*EMAILS, *TOLD_OF_CHANGES),
    todo=TODO,
    due={
        "terms ending": due.terms_ending,
    },
    retention=RETENTION,
    on_pages={"roles_changed": roles_changed, "invited_to": invited_to, "whom_to_ask": whom_to_ask},
    trail_names=NAMES,
)
