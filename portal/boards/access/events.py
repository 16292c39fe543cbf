"""What can have happened to somebody's access to a board."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from portal.core.events import BoardEvent


@dataclass(frozen=True, kw_only=True)
class AccessChanged(BoardEvent, abstract=True):
    """What an administrator did to somebody's access to their board."""

    person_id: UUID
    by_id: UUID


class SignedOutOfBoard(AccessChanged, sentence="Signed someone out of the board"):
    pass


class AccessSuspended(AccessChanged, sentence="Suspended someone’s access"):
    pass


class AccessRestored(AccessChanged, sentence="Gave someone their access back"):
    pass


class ReadingEnded(AccessChanged, sentence="Closed past papers to someone whose term is over"):
    pass
