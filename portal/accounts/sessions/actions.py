"""Ending one's sessions elsewhere."""

from __future__ import annotations

from portal.accounts import actions as accounts
from portal.accounts.events import OtherSessionEnded
from portal.accounts.models import SignedInSession
from portal.core import clock
from portal.infra.unit_of_work import record


def end_elsewhere(session: SignedInSession) -> None:
    """Sign its person out of another browser of theirs."""
    session.ended_at = clock.now()
    record(OtherSessionEnded(person_id=session.person_id))


def end_others(session: SignedInSession) -> None:
    """Sign its person out of every browser but this one."""
    accounts.end_every_session(session.person_id, but=session.key)
    record(OtherSessionEnded(person_id=session.person_id))
