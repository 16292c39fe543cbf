"""Finding what officers see of one rep's requests for care."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from portal.access.decide import reach
from portal.access.permissions import CARE_ARRANGE
from portal.access.roles import Viewer
from portal.infra.database import db
from portal.infra.scope import within
from portal.replacement_care.models import CareRequest, StoodAside
from portal.replacement_care.requests.queries import not_aside, with_names
from portal.replacement_care.requests.rules import OPEN


def open_of_rep(person: Viewer, board_id: UUID, rep_id: UUID) -> Sequence[CareRequest]:
    """The requests of one rep of a board that have not ended, the soonest first."""
    mine = (within(reach(person, CARE_ARRANGE), CareRequest), not_aside(person))
    of_rep = (CareRequest.board_id == board_id, CareRequest.person_id == rep_id, CareRequest.status.in_(OPEN))
    statement = select(CareRequest).where(*mine, *of_rep)
    return db.session.scalars(with_names(statement.order_by(CareRequest.starts_at, CareRequest.id))).all()


def stands_aside(person: Viewer, board_id: UUID, rep_id: UUID) -> bool:
    """Whether an officer has a personal connection with a rep, and so sees none of their requests."""
    aside = (StoodAside.board_id == board_id, StoodAside.person_id == person.id, StoodAside.of_id == rep_id)
    return db.session.scalar(select(StoodAside.id).where(*aside)) is not None
