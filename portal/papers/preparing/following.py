"""The title of a file whose place a clerk changed: what was typed is kept, what was only proposed follows the place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from portal.papers.destination import Destination, Kind
from portal.papers.matching.kinds import FileKind, Item, Match
from portal.papers.matching.titles import is_bare, propose_title, title_from_name

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem
    from portal.papers.models import PaperVersion

OF_PLACE = {Kind.ITEM: FileKind.ITEM, Kind.AGENDA: FileKind.AGENDA, Kind.MINUTES: FileKind.MINUTES}


def title_at(
    version: PaperVersion, title: str, before: Destination, after: Destination, items: Sequence[AgendaItem]
) -> str:
    """'Contract for home care' where 'Budget update', the title of the item before, was left as it was proposed.

    A bare name ('scan0001') is no title at any place, also at one that was proposed and is left as it was.
    """
    known = [Item(one.id, one.number, one.title) for one in items]
    if after.kind in OF_PLACE and is_bare(version.file_name) and title == title_from_name(version.file_name):
        return _proposed(version, after, known)
    if before == after or after.kind not in OF_PLACE:
        return title
    of_items = {one.id: one.title for one in known}
    is_of_item = before.id in of_items and title == of_items[before.id]
    if is_of_item and after.id in of_items:
        return of_items[after.id]
    was_proposed = title in (_proposed(version, before, known), title_from_name(version.file_name))
    says_nothing = is_bare(version.file_name)
    if is_of_item or (was_proposed and (says_nothing or after.kind is Kind.AGENDA or before.kind is Kind.AGENDA)):
        return _proposed(version, after, known)
    anew = _proposed(version, after, known) if was_proposed else title
    if after.kind is Kind.MINUTES:
        return anew  # which says whether they are approved
    is_of_name = title == title_from_name(version.file_name)
    return anew if is_of_name or title.lower().endswith(anew.lower()) else title  # its number stands beside it now


def _proposed(version: PaperVersion, place: Destination, items: Sequence[Item]) -> str:
    kind = OF_PLACE.get(place.kind, FileKind.NONE)
    return propose_title(version.file_name, Match(kind, place.id, place.stage), items, version.title_inside)
