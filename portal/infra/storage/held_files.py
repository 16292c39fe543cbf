"""Files that somebody chose in a form that could not be saved yet: held, locked, for them alone, until it is.

A browser does not fill a file box in again. Without this, one wrong amount would lose a photo without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock
from portal.infra.database import Identified, Model, db
from portal.infra.sealed import CannotOpen, SealedData
from portal.infra.storage import files
from portal.infra.storage.sealed_files import lock, unlock

HELD_FOR = timedelta(days=1)
MOST_OF_ONE_PERSON = 12
MOST_BYTES = 20 * 1024 * 1024
AT_ONCE = 200


class HeldFile(Identified, Model):
    """One file as it was sent. Nothing looked into it yet: it is checked when its form is sent again."""

    __tablename__ = "held_files"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), index=True)
    created_at: Mapped[datetime]
    stored_as: Mapped[str] = mapped_column(String(120))
    sealed_name: Mapped[str] = mapped_column(Text)
    sealed_key: Mapped[str] = mapped_column(Text)
    name = SealedData()
    key = SealedData()


def hold(person_id: UUID, name: str, content: bytes) -> HeldFile | None:
    """Hold a file for its person; None for one that no form takes, as it is empty or too large."""
    if not 0 < len(content) <= MOST_BYTES:
        return None
    _make_room(person_id)
    held = HeldFile(person_id=person_id, created_at=clock.now())
    held.stored_as, held.name = f"held/{held.id.hex}", name
    held.key, locked = lock(content, held.stored_as)
    files.keep(held.stored_as, locked)
    db.session.add(held)
    db.session.flush()
    return held


def take(person_id: UUID, ids: Sequence[UUID]) -> list[tuple[str, bytes]]:
    """Name and content of somebody's own held files, in this order. They are held no more."""
    mine = (HeldFile.person_id == person_id, HeldFile.id.in_(ids), HeldFile.created_at > clock.now() - HELD_FOR)
    found = {one.id: one for one in db.session.scalars(select(HeldFile).where(*mine).order_by(HeldFile.id))}
    held = [found[key] for key in dict.fromkeys(ids) if key in found]
    taken = [opened for one in held if (opened := _opened(one))]
    _remove(held)
    return taken


def _opened(held: HeldFile) -> tuple[str, bytes] | None:
    """None when its key is gone: it is chosen once more."""
    try:
        return held.name, unlock(held.key, files.read(held.stored_as), held.stored_as)
    except CannotOpen:
        return None


def _make_room(person_id: UUID) -> None:
    """A bound on what one person can fill the store with: the oldest go."""
    mine = select(HeldFile).where(HeldFile.person_id == person_id)
    oldest = mine.order_by(HeldFile.created_at.desc(), HeldFile.id).offset(MOST_OF_ONE_PERSON - 1)
    _remove(db.session.scalars(oldest).all())


def _remove(held: Iterable[HeldFile]) -> int:
    ids = []
    for one in held:
        files.delete_later(one.stored_as)
        ids.append(one.id)
    db.session.execute(delete(HeldFile).where(HeldFile.id.in_(ids)))
    return len(ids)


def remove_old() -> int:
    """Remove what was held for a day; how many."""
    old = select(HeldFile).where(HeldFile.created_at <= clock.now() - HELD_FOR).order_by(HeldFile.id).limit(AT_ONCE)
    return _remove(db.session.scalars(old).all())


def remove_of_person(person_id: UUID) -> None:
    """Whatever is held for this person."""
    _remove(db.session.scalars(select(HeldFile).where(HeldFile.person_id == person_id).order_by(HeldFile.id)).all())
