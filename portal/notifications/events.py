"""What can have happened to emails themselves."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import Event


@dataclass(frozen=True, kw_only=True)
class DailyEmailDue(Event, sentence="A daily email was due"):
    """7am: a person who wants one email a day has news waiting."""

    person_id: UUID
    emails: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True)
class EmailSentAgain(Event, sentence="Sent an email again", nobody=True):
    email_id: UUID
    asked_by: UUID
