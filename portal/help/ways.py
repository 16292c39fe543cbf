"""Where a page is in the menu of a role, in words, and its address for whoever holds that role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from portal.access.roles import Viewer
from portal.infra.guard import whoever_looks
from portal.navigation import Menu, capacities, menu_of
from portal.sections import SHARED, Section


@dataclass(frozen=True)
class Place:
    """A page as the menu names it; `under` is the entry it is under, where that has another name."""

    words: str
    under: str = ""
    address: str = ""  # '' for whoever may not open it


def place_of(role: str, endpoint: str) -> Place:
    """Where those with a role find a page. LookupError for one that is not in their menu."""
    reader = whoever_looks()
    here = next((found for menu in _menus(reader, role) if (found := menu.way_to(endpoint))), None) if reader else None
    section, label = here[:2] if here else _in_menu(role, endpoint)
    if section.label == label or len(menu_of(role).get(section, ())) == 1:
        return Place(section.label, address=here[2] if here else "")
    return Place(label, section.label, here[2] if here else "")


def places_for(role: str) -> partial[Place]:
    """The same, for the template of one role: place('papers.own')."""
    return partial(place_of, role)


def _menus(reader: Viewer, role: str) -> Iterator[Menu]:
    """What somebody has for a menu in a role, on each of their boards; roles that share one have it in the other's."""
    wanted = {role, SHARED.get(role, role)} if role in reader.held else set()
    yield from (Menu(reader, one) for one in capacities(reader) if one.role in wanted)


def _in_menu(role: str, endpoint: str) -> tuple[Section, str]:
    for section, entries in menu_of(role).items():
        if found := next((one for one in entries if one.endpoint == endpoint), None):
            return section, found.label
    raise LookupError(f"{endpoint} is not in the menu of {role}")
