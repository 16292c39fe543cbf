"""Every change to work phone numbers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ColumnElement, update

from portal.accounts.events import WorkPhoneChanged
from portal.accounts.models import Person
from portal.infra.database import rows_changed
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import assign


def set_work_phone(person: Person, number: str) -> None:
    """As its owner says; '' takes it away."""
    if assign(person, work_phone=number):
        record(WorkPhoneChanged(person_id=person.id))


def give_work_phone(person: Person, number: str, board_id: UUID) -> bool:
    """As an administrator says who gives a role. Whether it is theirs now: one that somebody has stays."""
    if not number or (person.work_phone and person.work_phone != number):
        return not number
    if assign(person, work_phone=number):
        record(WorkPhoneChanged(person_id=person.id, board_id=board_id))
    return True


@records_nothing("that the last role ended is recorded")
def remove_work_phones(which: ColumnElement[bool]) -> int:
    """Of some people; how many had one."""
    return rows_changed(update(Person).where(Person.work_phone != "", which).values(work_phone=""))
