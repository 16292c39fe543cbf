"""What the page of a check-in offers: the same with a mailed link and signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from portal.access.roles import Viewer
from portal.check_in import queries
from portal.check_in.undoing import queries as undoing
from portal.deputes import queries as deputes

if TYPE_CHECKING:
    from portal.check_in.undoing.queries import Said
    from portal.meetings.models import Meeting


@dataclass(frozen=True)
class Offer:
    """`said` is what is so of them by now; `depute`, whether "my depute will" is an answer."""

    said: Said | None
    is_depute: bool
    depute: bool

    @property
    def goes(self) -> bool:
        """Whether a depute goes for them."""
        return bool(self.said and self.said.instead)


def offer(meeting: Meeting, person_id: UUID) -> Offer:
    """A depute is an answer where one goes already, or has agreed to go to this group's meetings."""
    said = undoing.answers_of(Viewer(person_id), [meeting]).get(meeting.id)
    is_depute = queries.stand_in_of(meeting, person_id) is not None
    goes = bool(said and said.instead)
    return Offer(
        said, is_depute, goes or (not is_depute and bool(deputes.deputes_of(person_id, meeting.group_id, meeting.id)))
    )
