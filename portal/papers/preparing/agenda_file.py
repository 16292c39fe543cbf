"""The agenda among the files, beside the agenda here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from portal.papers.destination import THE_AGENDA
from portal.papers.matching.agenda_in_file import differences
from portal.papers.matching.kinds import Item
from portal.papers.pictures.queries import pages_shown
from portal.papers.preparing.rules import AGENDA

if TYPE_CHECKING:
    from portal.meetings.models import AgendaItem
    from portal.papers.models import PaperVersion
    from portal.papers.preparing.proposals import Proposal

MOST_PAGES = 6  # a longer one holds papers too


def said_of_agenda_file(
    versions: Sequence[PaperVersion], items: Sequence[AgendaItem], proposals: Mapping[UUID, Proposal]
) -> list[str]:
    """In words how the two differ, where the file can be read and there is one alone."""
    found = [one for one in versions if one.status == "ready" and _is_agenda(one, proposals.get(one.id))]
    if len(found) != 1 or found[0].pages > MOST_PAGES or not items:
        return []
    text = "\n".join(page.text for page in pages_shown(found[0]))
    return differences(text, [Item(one.id, one.number, one.title, one.is_restricted) for one in items])


def _is_agenda(version: PaperVersion, proposal: Proposal | None) -> bool:
    if proposal is not None:
        return proposal.place == THE_AGENDA
    return version.is_sorted and version.paper.kind == AGENDA
