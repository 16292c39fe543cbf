"""Finding somebody's live sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import current_app
from sqlalchemy import select

from portal.accounts.models import SignedInSession
from portal.accounts.rules import is_session_alive
from portal.accounts.sessions.rules import mark_of
from portal.core import clock
from portal.infra.database import db


def is_alive(session: SignedInSession) -> bool:
    """Whether a session that was not ended still opens anything: it was used lately, and is not too old."""
    config = current_app.config["PORTAL"]
    idle, absolute = timedelta(hours=config.session_idle_hours), timedelta(days=config.session_absolute_days)
    return is_session_alive(session.began_at, session.seen_at, clock.now(), idle, absolute)


def live_sessions(person_id: UUID) -> Sequence[SignedInSession]:
    """Where somebody is signed in, the browser used last first."""
    statement = select(SignedInSession).where(
        SignedInSession.person_id == person_id, SignedInSession.ended_at.is_(None)
    )
    found = db.session.scalars(statement.order_by(SignedInSession.seen_at.desc(), SignedInSession.key))
    return [one for one in found if is_alive(one)]


def session_marked(person_id: UUID, mark: str) -> SignedInSession | None:
    """The live session of somebody that stands behind a mark on their page."""
    return next((one for one in live_sessions(person_id) if mark_of(one.key) == mark), None)
