"""Finding the talks and notes that somebody recorded, to change or remove them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import MENTORING_OWN
from portal.infra.database import db
from portal.infra.sight import Sight, seen_with
from portal.mentoring.models import MentoringNote, MentoringSession, Pair
from portal.mentoring.pairs.queries import Side, with_names

Kept = TypeVar("Kept", MentoringSession, MentoringNote)


@dataclass(frozen=True)
class Own(Generic[Kept]):
    """A talk or note with its pair, for whoever recorded it."""

    row: Kept
    side: Side

    @property
    def board_id(self) -> UUID:
        return self.row.board_id

    @property
    def person_id(self) -> UUID:
        return self.side.person_id


def talks_recorded(pair: Pair) -> dict[tuple[date, str, str], tuple[UUID, UUID]]:
    """By day, minutes and way each talk of a pair, and which of the two recorded it."""
    of_pair = (MentoringSession.board_id == pair.board_id, MentoringSession.pair_id == pair.id)
    alike = (MentoringSession.held_on, MentoringSession.minutes, MentoringSession.way)
    kept = (MentoringSession.id, MentoringSession.kept_by_id)
    rows = db.session.execute(select(*alike, *kept).where(*of_pair).order_by(MentoringSession.id))
    return {(day, str(minutes), way): (key, by) for day, minutes, way, key, by in rows}


@seen_with(MENTORING_OWN)
def own_session(sight: Sight, session_id: UUID) -> Own[MentoringSession] | None:
    """A talk that somebody recorded."""
    me = sight.person.id
    one = select(MentoringSession).where(MentoringSession.id == session_id, MentoringSession.kept_by_id == me)
    return _with_its_pair(db.session.scalar(one), me)


@seen_with(MENTORING_OWN)
def own_note(sight: Sight, note_id: UUID) -> Own[MentoringNote] | None:
    """A note that somebody wrote."""
    own = sight.of(MentoringNote)
    return _with_its_pair(
        db.session.scalar(select(MentoringNote).where(MentoringNote.id == note_id, own)), sight.person.id
    )


def _with_its_pair(found: Kept | None, person_id: UUID) -> Own[Kept] | None:
    if found is None:
        return None
    of_pair = select(Pair).where(Pair.board_id == found.board_id, Pair.id == found.pair_id)
    return Own(found, Side(db.session.scalars(with_names(of_pair)).one(), person_id))
