"""The menu of each role: few entries, each leading somewhere, and a place for every page that the role may open."""

from __future__ import annotations

import pytest
from flask import Flask

from config import ROOT
from portal.access.permissions import NO, TABLE
from portal.access.roles import ANYONE
from portal.capability import gathered
from portal.infra.guard import guard_of
from portal.navigation import menu_of, places
from portal.sections import CALLED, MENUS, SHARED, Section
from tests.architecture.headings import CALLED_OTHERWISE, other_headings

MOST_ENTRIES = 7
OFFERED_TO_FEWER = {"meetings.index"}  # whoever sees none may open it, from a link they were sent, and is told so
NO_PLACE = {  # of a role: pages that only a link from another page leads to
    "mentor": OFFERED_TO_FEWER | {"expenses.policy", "replacement_care.policy"},
    "approver": OFFERED_TO_FEWER,
    "coordinator": {"home.choose_capacity", "home.more"},
}


def test_every_role_has_a_menu_of_few_entries() -> None:
    assert MENUS.keys() == TABLE["account:own"].keys() - {ANYONE}
    assert MENUS.keys() == CALLED.keys()
    assert {role: sections for role, sections in MENUS.items() if len(sections) > MOST_ENTRIES} == {}
    assert SHARED.items() <= {("depute", "rep"), ("mentor", "rep")}


def test_no_entry_of_a_menu_is_empty(app: Flask) -> None:
    with app.app_context():
        assert [(role, one) for role in MENUS for one, entries in menu_of(role).items() if not entries] == []


def test_every_entry_stands_in_a_menu(app: Flask) -> None:
    with app.app_context():
        standing = {id(entry) for role in MENUS for entries in menu_of(role).values() for entry in entries}
        assert [entry.endpoint for entry in gathered().menu if id(entry) not in standing] == []


@pytest.mark.parametrize("role", MENUS)
def test_every_page_that_a_role_may_open_has_its_place(app: Flask, role: str) -> None:
    """So that the present place is marked on each."""
    with app.app_context():
        pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())}
        rows = {endpoint: TABLE.get(guard_of(app, endpoint), {}) for endpoint in pages}
        open_to = {endpoint for endpoint, row in rows.items() if {row.get(role, NO), row.get(ANYONE, NO)} != {NO}}
        assert open_to - places(role).keys() == NO_PLACE.get(role, set())


@pytest.mark.parametrize(("heading", "said"), [("Meetings of Northfirth", 0), ("All meetings", 1)])
def test_a_page_that_is_not_called_as_the_menu_calls_it_is_noticed(app: Flask, heading: str, said: int) -> None:
    """The walk through every page asks this (test_matrix.py)."""
    with app.app_context():
        assert len(list(other_headings("clerk", {"meetings.index": heading}))) == said


def test_pages_that_are_called_otherwise_are_in_a_menu(app: Flask) -> None:
    with app.app_context():
        assert CALLED_OTHERWISE.keys() <= {entry.endpoint for entry in gathered().menu}


def test_every_icon_is_there_and_used() -> None:
    drawn = {path.stem for path in (ROOT / "static" / "icons").glob("*.svg")}
    source = "".join(path.read_text() for path in (ROOT / "templates").rglob("*.html"))
    source += "".join(path.read_text() for path in (ROOT / "portal").rglob("*.py"))
    assert {one.icon for one in Section} <= drawn
    assert {name for name in drawn if f'"{name}"' not in source} == set()
