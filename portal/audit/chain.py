"""The hash chain: each line's mark is made from the mark before it and from what the line says.

One chain a board and one for accounts. A line that is edited, removed, put in or moved no longer fits its neighbours;
a tail that is cut no longer reaches the head, nor the heads that administrators get by email each day.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from portal.audit.models import AuditLine


ACCOUNTS = UUID(int=0)  # the chain of what happened to accounts, on no board
FIRST_MARK = "0" * 64


@dataclass(frozen=True)
class Head:
    """Where a chain ends: written 'number:mark' in emails and on the command line."""

    number: int = 0
    mark: str = FIRST_MARK

    def __str__(self) -> str:
        return f"{self.number}:{self.mark}"


def read_head(written: str) -> Head:
    """Raises ValueError for anything but 'number:mark'."""
    number, _, mark = written.strip().partition(":")
    if len(mark) != 64:
        raise ValueError(written)
    return Head(int(number), mark)


def hash_of_personal(salt: str, words: str) -> str:
    """What the chain keeps of words about a person: useless without the salt, which is erased with them."""
    return hashlib.sha256(f"{salt}{words}".encode()).hexdigest() if words else ""


def mark_of(before: str, number: int, line: AuditLine) -> str:
    """The mark of a line at a place, after the mark of the line before it."""
    said = {
        "before": before,
        "number": number,
        "chain": line.chain_id.hex,
        "id": line.id.hex,
        "board": line.board_id.hex if line.board_id else None,
        "at": line.happened_at.isoformat(),
        "actor": line.actor_id.hex if line.actor_id else None,
        "event": line.event,
        "facts": line.facts,
        "personal": line.personal_hash,
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def first_fault(lines: Iterable[AuditLine], head: Head, known: Iterable[Head] = ()) -> str:
    """What is first wrong with a chain, its lines in the order of their numbers; '' when it is whole.

    `known` are heads from elsewhere, like those in the daily emails: the chain must run through each of them.
    """
    reached, to_pass, unopened = Head(), {one.number: one.mark for one in known}, ""
    for line in lines:
        number = reached.number + 1
        if line.number != number:
            return f"Line {number} is missing"
        if line.mark != mark_of(reached.mark, number, line):
            return f"Line {number} was changed, put in or moved"
        try:
            if line.sealed_personal and hash_of_personal(line.personal_salt, line.personal) != line.personal_hash:
                return f"The personal part of line {number} was changed"
        except ValueError:  # no key opens it; what comes after can be checked all the same
            unopened = (
                unopened or f"The personal part of line {number} cannot be opened: it was changed, or its key is gone"
            )
        if to_pass.pop(number, line.mark) != line.mark:
            return f"Line {number} is not the one that was mailed out"
        reached = Head(number, line.mark)
    if reached.number < head.number or to_pass:
        return f"The end is cut: the trail stops at line {reached.number}"
    return unopened if reached == head else f"Lines after {head.number} were put in"
