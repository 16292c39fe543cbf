"""Checking one chain from its first line to its head."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from portal.audit import queries
from portal.audit.chain import Head, first_fault
from portal.core.text import count_words


def check_chain(name: str, chain_id: UUID, known: Sequence[Head] = ()) -> tuple[str, bool]:
    """(what was found, in words; whether the chain is whole)."""
    head = queries.heads().get(chain_id, Head())
    fault = first_fault(queries.whole_chain(chain_id), head, known)
    waiting = len(queries.waiting(chain_id, 10_000))
    lines = f"{count_words(head.number, 'line')}, {waiting} waiting for their place"
    return f"{name}: {fault or 'whole'} ({lines}; head {head})", not fault
