"""Writing the trail with the change it tells of, or apart from it; and chaining its lines afterwards."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock
from uuid import UUID

from portal.audit import queries
from portal.audit.chain import ACCOUNTS, FIRST_MARK, hash_of_personal, mark_of
from portal.audit.models import AuditLine, ChainHead
from portal.core import clock
from portal.core.events import Event
from portal.infra.database import db, transaction_of_its_own
from portal.infra.sealed import CannotOpen
from portal.infra.unit_of_work import acting, records_nothing

CHAINED_AT_ONCE = 500


class _Moments:
    """When each line was written: of two in one moment of the clock, the second is a microsecond later.

    Lines get their place in the chain in the order of their moments. Without this, two of one moment got theirs by
    chance, and an answer could stand before its question for good.
    """

    def __init__(self) -> None:
        self.lock, self.more = Lock(), 0
        self.last: datetime | None = None

    def next(self) -> datetime:
        with self.lock:
            now = clock.now()
            self.more = self.more + 1 if now == self.last else 0
            self.last = now
            return now + timedelta(microseconds=self.more)


_moments = _Moments()


@records_nothing("it is the trail itself")
def write_line(event: Event) -> None:
    """One line for one event, committed with the change it describes."""
    db.session.add(_line(event))


@records_nothing("it is the trail itself")
def write_line_apart(event: Event) -> None:
    """One line that stays even though nothing else of this request will."""
    with transaction_of_its_own() as session:
        session.add(_line(event))


def _line(event: Event) -> AuditLine:
    line = AuditLine(
        board_id=event.board_id,
        chain_id=event.board_id or ACCOUNTS,
        happened_at=_moments.next(),
        actor_id=acting.get(),
        event=event.name,
        facts=event.facts,
    )
    if event.about_people:
        words = json.dumps(event.about_people, sort_keys=True)
        line.personal, line.personal_salt = words, secrets.token_hex(16)
        line.personal_hash = hash_of_personal(line.personal_salt, words)
    return line


@records_nothing("what it is done for is recorded")
def erase_words(board_id: UUID, kinds: Sequence[type[Event]], ids: Sequence[UUID], holding: str = "") -> None:
    """Take what people typed out of earlier lines about some things, or of those alone that hold some words.

    The lines stay, and so does their chain. Words that no key opens go as well.
    """
    for line in queries.lines_that_mention(board_id, kinds, ids):
        if line.sealed_personal and _may_hold(line, holding):
            line.sealed_personal, line.personal_salt = None, ""


def _may_hold(line: AuditLine, words: str) -> bool:
    """Fields hold words as they are, or as JSON."""
    try:
        said = line.about_people.values() if words else ()
    except CannotOpen:
        return True
    return not words or any(one in field for field in said for one in (words, json.dumps(words)[1:-1]))


@records_nothing("it is the trail itself")
def chain_lines() -> int:
    """Give lines their place in their chains; how many. The clock calls it each minute until nothing waits."""
    return sum(_chain(chain_id) for chain_id in queries.chains_waiting())


def _chain(chain_id: UUID) -> int:
    """The head is held before the lines are read: of two at once, the second finds what the first left."""
    head = queries.head_to_move(chain_id) or _new_head(chain_id)
    lines = queries.waiting(chain_id, CHAINED_AT_ONCE)
    for line in lines:
        line.number = head.number + 1
        line.mark = head.mark = mark_of(head.mark, line.number, line)
        head.number = line.number
    head.sealed_at = clock.now()
    return len(lines)


def _new_head(chain_id: UUID) -> ChainHead:
    head = ChainHead(chain_id=chain_id, number=0, mark=FIRST_MARK, sealed_at=clock.now())
    db.session.add(head)
    db.session.flush()
    return head
