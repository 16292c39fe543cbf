"""Work phone numbers go with the last role that they were given for."""

from __future__ import annotations

from sqlalchemy import exists, or_

from portal.accounts.models import Person
from portal.accounts.work_phones.actions import remove_work_phones
from portal.boards.contacts.rules import WITH_WORK_PHONE
from portal.boards.models import StaffRole
from portal.core import clock
from portal.infra.unit_of_work import records_nothing


@records_nothing("that the last role ended is recorded")
def remove_of_former_staff() -> int:
    """Of whoever works for no board any more, nor will; how many."""
    works = exists().where(
        StaffRole.person_id == Person.id,
        StaffRole.role.in_(WITH_WORK_PHONE),
        or_(StaffRole.until_on.is_(None), StaffRole.until_on >= clock.today()),
    )
    return remove_work_phones(~works)
