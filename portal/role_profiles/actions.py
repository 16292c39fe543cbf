"""Every change to hours, public profiles and the letters to reps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete

from portal.core import clock
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import assign
from portal.role_profiles import queries
from portal.role_profiles.events import PublicProfileChanged
from portal.role_profiles.models import HoursLogged, ProfileMessage, PublicProfile


@records_nothing("nobody else sees what somebody logs")
def log_hours(person_id: UUID, board_id: UUID, group_id: UUID, spent_on: date, minutes: int, kind: str) -> None:
    """Keep somebody's hours. Nobody else sees them, so no event tells of them."""
    of = {"board_id": board_id, "group_id": group_id, "person_id": person_id}
    db.session.add(HoursLogged(**of, spent_on=spent_on, minutes=minutes, kind=kind))


@records_nothing("nobody else sees what somebody logs")
def remove_hours(entry: HoursLogged) -> None:
    """Likewise, no event."""
    db.session.delete(entry)


def show_publicly(board_id: UUID, person_id: UUID, shows: Sequence[str], about: str, photo: bytes) -> None:
    """Keep what a rep lets everyone see; a new photo takes the place of the one before."""
    found = queries.profile(board_id, person_id)
    if found is None:
        found = PublicProfile(board_id=board_id, person_id=person_id, photo_stored_as="")
        db.session.add(found)
    if not (assign(found, shows=list(shows), about=about) or photo):
        return
    found.changed_at = clock.now()
    if photo:
        if found.photo_stored_as:
            files.delete_later(found.photo_stored_as)
        found.photo_stored_as = f"profiles/{board_id.hex}/{uuid4().hex}.jpg"
        files.keep(found.photo_stored_as, photo)
    db.session.flush()
    record(PublicProfileChanged(board_id=board_id, person_id=person_id, shows=tuple(shows)))


@records_nothing("nobody else knows of the message")
def mark_message_read(message: ProfileMessage) -> None:
    """It waits for the rep no more, and stays until its time is over."""
    message.read_at = message.read_at or clock.now()


@records_nothing("whoever it was for removes it")
def take_message_away(message: ProfileMessage) -> None:
    """The rep has read it and needs it no more. Nobody else knew of it: no event."""
    db.session.delete(message)


@records_nothing("that the account was erased is recorded")
def forget_person(person_id: UUID) -> None:
    """An account ended: hours, profile, photo and letters go with it. The trail has its line."""
    for stored_as in db.session.scalars(queries.photos_of(person_id)):
        files.delete_later(stored_as)
    for model in (HoursLogged, PublicProfile, ProfileMessage):
        db.session.execute(delete(model).where(model.person_id == person_id))
