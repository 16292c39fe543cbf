"""The menu, from what each capability offers: the ways of a role on a board. It never offers a shut door.

Whoever has several roles, or one on several boards, works as one of them at a time. A page that only another of them
has in its menu changes to that one, so that the present place is always marked; on a page that both have, it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from uuid import UUID

from flask import current_app, g, request, session, url_for

from portal.access.decide import LISTED, boards_listing, reach
from portal.access.permissions import ALL, NO, TABLE
from portal.access.roles import ANYONE, ROLES, Viewer
from portal.capability import MenuEntry, gathered
from portal.infra.guard import guard_of
from portal.sections import CALLED, FIRST_PAGES, MENUS, OF_NO_BOARD, SHARED, TABS, WITHOUT_ROLE, Section

FIRST_PAGE = "home.index"
IN_A_ROW = 4  # pages of an entry that a phone shows in a row; more are folded away
REMEMBERED = "works as"  # the word of it, in the session


@dataclass(frozen=True)
class Capacity:
    """What somebody works as: a role, and its board where it is of one."""

    role: str
    board_id: UUID | None = None
    key: str = ""
    board: str = ""

    @property
    def word(self) -> str:
        """What tells it from others in an address or a session."""
        return f"{self.role}:{self.key}"

    @property
    def called(self) -> str:
        """'Clerk, Northfirth'."""
        return ", ".join(filter(None, (CALLED[self.role], self.board)))


@dataclass(frozen=True)
class Page:
    """A page that the menu offers: its words, its address, and whether it is this one or holds it."""

    label: str
    address: str
    heading: str
    is_here: bool


class Way:
    """An entry of the menu with its pages, at least one. They are put into words only where they are shown."""

    def __init__(self, section: Section, entries: Sequence[MenuEntry], menu: Menu) -> None:
        self.section, self._entries, self._menu = section, entries, menu
        self.is_here = menu.here is not None and menu.here in menu_of(menu.role)[section]

    @property
    def address(self) -> str:
        return self._menu.address_of(self._entries[0])

    @property
    def has_several(self) -> bool:
        return len(self._entries) > 1

    @property
    def fits_a_row(self) -> bool:
        return len(self._entries) <= IN_A_ROW

    @cached_property
    def pages(self) -> list[Page]:
        of, here, heading = self._menu.address_of, self._menu.here, self._menu.heading_of
        return [Page(one.label, of(one), heading(one), one is here) for one in self._entries]

    @property
    def under_headings(self) -> dict[str, list[Page]]:
        """Its pages by their heading, in order."""
        found: dict[str, list[Page]] = {}
        for page in self.pages:
            found.setdefault(page.heading, []).append(page)
        return found


class Menu:
    """The menu of a person on the page that is shown."""

    def __init__(self, person: Viewer, capacity: Capacity | None = None) -> None:
        self.person = person
        self.capacities = list(capacities(person))
        self.capacity = capacity or self._present()
        self.role = self.capacity.role if self.capacity else ""
        self.sections = MENUS.get(self.role, WITHOUT_ROLE)
        self.here = places(self.role).get(request.endpoint or "")

    def _present(self) -> Capacity | None:
        remembered = session.get(REMEMBERED) if len(self.capacities) > 1 else None
        first = next((one for one in self.capacities if one.word == remembered), None)
        in_order = [first, *self.capacities] if first else self.capacities
        board_id = _board_of_page(self.person)
        fitting = [one for one in in_order if board_id is None or one.board_id in (None, board_id)]
        found = next((one for one in fitting if request.endpoint in places(one.role)), None)
        if found and found is not first and len(self.capacities) > 1:
            session[REMEMBERED] = found.word
        return found or first or next(iter(self.capacities), None)

    @cached_property
    def ways(self) -> list[Way]:
        """The entries of the menu that lead somewhere."""
        return [way for section in self.sections if (way := self._way(section))]

    @cached_property
    def you(self) -> Way | None:
        """The person's own pages, whether the menu has them or the header."""
        return self._way(Section.YOU)

    @cached_property
    def first_page(self) -> str:
        """The address of the page that takes the place of the first one; '' where that has more to say."""
        has_more_to_say = len(self.capacities) != 1 or self.person.kept_out  # the first page speaks of all boards
        if has_more_to_say or self.role not in FIRST_PAGES:
            return ""
        entry = places(self.role)[FIRST_PAGES[self.role]]
        return self.address_of(entry) if self._is_open(entry) else ""

    @property
    def tabs(self) -> list[Way]:
        """What the bottom of a phone has room for; where that is not all, a tab for the rest comes last."""
        return self.ways if Section.YOU in self.sections else self.ways[: TABS - 1]

    @property
    def rest(self) -> list[Way]:
        """What the bottom of a phone has no room for."""
        return [] if Section.YOU in self.sections else [*self.ways[TABS - 1 :], *filter(None, [self.you])]

    @property
    def present(self) -> Way | None:
        """The entry whose page this is."""
        return next((way for way in (*self.ways, self.you) if way and way.is_here), None)

    def way_to(self, endpoint: str) -> tuple[Section, str, str] | None:
        """The entry that a page is under, the page's words and its address; None where this menu has no such page."""
        entries = ((section, one) for section, found in menu_of(self.role).items() for one in found)
        section, entry = next(((section, one) for section, one in entries if one.endpoint == endpoint), (None, None))
        if section is None or entry is None or not self._is_open(entry):
            return None
        return section, entry.label, self.address_of(entry)

    def _way(self, section: Section) -> Way | None:
        entries = [entry for entry in menu_of(self.role)[section] if self._is_open(entry)]
        if self.first_page:
            entries = [entry for entry in entries if entry.endpoint != FIRST_PAGE]
        return Way(section, entries, self) if entries else None

    def address_of(self, entry: MenuEntry) -> str:
        """The page of an entry, on the board of which the menu is."""
        board = self.capacity.key if self.capacity and is_of_board(entry) else ""
        return url_for(entry.endpoint, board=board) if board else url_for(entry.endpoint)

    def heading_of(self, entry: MenuEntry) -> str:
        """Under what a page stands, for whoever has a board and whoever has none."""
        has_board = self.capacity is not None and self.capacity.board_id is not None
        return entry.heading if has_board else OF_NO_BOARD.get(entry.heading, entry.heading)

    def _is_open(self, entry: MenuEntry) -> bool:
        permission = permission_for(entry)
        if is_of_board(entry):
            return self.capacity is not None and self.capacity.board_id in boards_listing(self.person, permission)
        within = reach(self.person, permission)
        return within.everything if entry.all_boards else bool(within)


def capacities(person: Viewer) -> Iterator[Capacity]:
    """Everything that somebody can work as, by role and board."""
    names = {board_id: (key, name) for board_id, key, name in person.boards}
    for role in ROLES:
        if role not in person.held or role not in MENUS or SHARED.get(role) in person.held:
            continue
        boards = [one for one in names if one in person.boards_with(role)]
        yield from (Capacity(role, one, *names[one]) for one in boards)
        if not boards and (role, None) in person.roles:
            yield Capacity(role)


def _board_of_page(person: Viewer) -> UUID | None:
    """The board that this page is of, where it is of one of theirs."""
    key = (request.view_args or {}).get("board")
    found = next((board_id for board_id, name, _ in person.boards if name == key), None)
    return found or g.get("board_of_thing")


def menu_of(role: str) -> dict[Section, list[MenuEntry]]:
    """What the table lets a role open, by section; each entry stands in the first of its sections that the menu has.

    Worked out once. Roles that share a menu have the pages of all of them there.
    """
    known: dict[str, dict[Section, list[MenuEntry]]] = current_app.extensions.setdefault("menus of roles", {})
    if role not in known:
        sections = sections_of(role)
        known[role] = {section: [] for section in sections}
        for entry in gathered().menu:
            section = next((one for one in sections if one in entry.sections), None)
            if section and _is_offered(entry, role):
                known[role][section].append(entry)
    return known[role]


def sections_of(role: str) -> tuple[Section, ...]:
    """The sections of a menu, with that of the person's own pages, which the header has where the menu has not."""
    sections = MENUS.get(role, WITHOUT_ROLE)
    return sections if Section.YOU in sections else (*sections, Section.YOU)


def _is_offered(entry: MenuEntry, role: str) -> bool:
    cells = _cells(role, permission_for(entry))
    if is_of_board(entry):
        return bool(cells & set(LISTED))
    return ALL in cells if entry.all_boards else cells != {NO}


def _cells(role: str, permission: str) -> set[str]:
    """What the table gives a role, and those that share its menu."""
    row = TABLE.get(permission, {})
    held = (ANYONE, role, *(one for one, other in SHARED.items() if other == role))
    return {row.get(one, NO) for one in held}


def _opens(role: str, permission: str) -> bool:
    return _cells(role, permission) != {NO}


def permission_for(entry: MenuEntry) -> str:
    """What opens the page of an entry."""
    return entry.permission or guard_of(current_app, entry.endpoint)


def is_of_board(entry: MenuEntry) -> bool:
    """Whether its page is of one board."""
    known: dict[str, bool] = current_app.extensions.setdefault("pages of a board", {})
    if entry.endpoint not in known:
        rules = current_app.url_map.iter_rules(entry.endpoint)
        known[entry.endpoint] = any("board" in rule.arguments for rule in rules)
    return known[entry.endpoint]


def places(role: str) -> Mapping[str, MenuEntry]:
    """In the menu of a role, the entry that holds each page, by endpoint. Worked out once."""
    known: dict[str, dict[str, MenuEntry]] = current_app.extensions.setdefault("places in menus", {})
    if role not in known:
        offered = [entry for entries in menu_of(role).values() for entry in entries]
        entries = {entry.endpoint for entry in offered}
        found = {
            endpoint: place_of(endpoint, offered)
            for endpoint in current_app.view_functions
            if endpoint in entries or _opens(role, guard_of(current_app, endpoint))
        }
        known[role] = {endpoint: entry for endpoint, entry in found.items() if entry}
    return known[role]


def place_of(endpoint: str, offered: Sequence[MenuEntry]) -> MenuEntry | None:
    """The entry that a page belongs to: it is the page, it says that it holds it, or it is of the same capability."""
    if exact := next((one for one in offered if one.endpoint == endpoint), None):
        return exact
    holding = [(len(pattern), one) for one in offered for pattern in one.within if fnmatchcase(endpoint, pattern)]
    if holding:
        return max(holding, key=lambda pair: pair[0])[1]
    capability = endpoint.partition(".")[0]
    return next((one for one in offered if one.endpoint.partition(".")[0] == capability), None)
