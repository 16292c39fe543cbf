"""Who has a line in the desk's table: everybody who sits on a group of a board today."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import DESK_READ
from portal.accounts.models import Person
from portal.boards.models import Appointment, Group
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, ToDo, Whom


@dataclass(frozen=True)
class Seated:
    """A rep, and one group on which they sit."""

    board_id: UUID
    person_id: UUID
    person_name: str
    group_name: str


def _seated(who: Whoever) -> Rows:
    of_person = (Appointment.board_id, Appointment.person_id, Person.name.label("person_name"))
    return (
        select(*of_person, Group.name.label("group_name"))
        .join(Person, Person.id == Appointment.person_id)
        .join(Group, Group.id == Appointment.group_id)
        .where(Appointment.from_on <= who.today, Appointment.until_on >= who.today, who.within(DESK_READ, Appointment))
    )


SEATED = ToDo("rep of a group", Whom.NOBODY, Seated, _seated, in_table=True)
TODO = (SEATED,)
