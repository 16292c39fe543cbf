"""Items that become restricted where their files are matched: which, and for what else that holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from portal.papers.destination import Destination
from portal.papers.preparing.checks import called, says_private

if TYPE_CHECKING:
    from portal.core.values import Typed
    from portal.meetings.models import AgendaItem
    from portal.papers.models import PaperVersion
    from portal.papers.preparing.proposals import Proposal
    from portal.papers.preparing.queries import PaperThere


@dataclass(frozen=True)
class Restricting:
    """An item that is to be restricted, with the papers and files that are closed to others with it."""

    item: AgendaItem
    published: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def name(self) -> str:
        """'Item 3, Budget'."""
        return f"{called(self.item)}, {self.item.title}" if self.item.number else called(self.item)


def proposed(
    versions: Sequence[PaperVersion], proposals: Mapping[UUID, Proposal], at: Mapping[Destination, AgendaItem]
) -> dict[UUID, str]:
    """By which word a file that nobody has matched yet says that it is private: its item is ticked as restricted."""
    placed = [(one, at.get(proposals[one.id].place)) for one in versions if one.id in proposals]
    said = {one.id: says_private(one.file_name, item) for one, item in placed if item is not None}
    return {key: word for key, word in said.items() if word}


def to_restrict(
    typed: Mapping[UUID, Typed],
    versions: Sequence[PaperVersion],
    at: Mapping[Destination, AgendaItem],
    papers: Sequence[PaperThere],
) -> list[Restricting]:
    """From what was typed of each file: the items that are ticked and open so far, in the order of the files."""
    placed = {key: at.get(Destination.read(str(one["place"] or ""))) for key, one in typed.items()}
    ticked = [placed[key] for key, one in typed.items() if one["restricted"]]
    items = {one.id: one for one in ticked if one is not None and not one.is_restricted}
    return [
        Restricting(
            item,
            tuple(one.title for one in papers if one.item_id == key and one.is_published),
            tuple(one.file_name for one in versions if (there := placed.get(one.id)) and there.id == key),
        )
        for key, item in items.items()
    ]
