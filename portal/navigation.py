"""The menu, from what each capability offers. It never offers a shut door."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import request, url_for

from portal.access.decide import Reach, boards_listing, reach
from portal.access.roles import Viewer
from portal.capability import MenuEntry, Place, gathered


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: str
    address: str
    is_here: bool


def menu(person: Viewer) -> list[Entry]:
    """What this person can open; with several boards, each entry names its board."""
    first, *rest = [_entry(one) for one in gathered().menu if _is_offered_once(one, reach(person, one.permission))]
    return [first, *_of_boards(person), *rest]


def _is_offered_once(one: MenuEntry, within: Reach) -> bool:
    return within.everything if one.place is Place.ALL_BOARDS else one.place is Place.EVERYWHERE and bool(within)


def _of_boards(person: Viewer) -> list[Entry]:
    several = len(person.boards) > 1
    return [
        _entry(one, f", {name}" if several else "", board=key)
        for board_id, key, name in person.boards
        for one in _at(Place.EACH_BOARD)
        if board_id in boards_listing(person, one.permission)
    ]


def board_pages(person: Viewer, board_id: UUID, key: str) -> list[Entry]:
    """What this person can open of a board beside the menu."""
    shown = (one for one in _at(Place.BOARD_PAGE) if board_id in boards_listing(person, one.permission))
    return [_entry(one, board=key) for one in shown]


def _at(place: Place) -> list[MenuEntry]:
    return [one for one in gathered().menu if one.place is place]


def _entry(offered: MenuEntry, of_board: str = "", board: str | None = None) -> Entry:
    """One line; `board` is the key of the board whose page it is, `of_board` what its label says of it."""
    is_here = request.endpoint == offered.endpoint and board in (None, (request.view_args or {}).get("board"))
    address = url_for(offered.endpoint, board=board) if board else url_for(offered.endpoint)
    return Entry(offered.label + of_board, address, is_here)
