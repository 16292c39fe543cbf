"""What the operator must look at: one line of the log each, 'alarm', that says what kind of thing and how many."""

from __future__ import annotations

from portal.infra.logs import log


def alarm(kind: str, count: int = 1) -> None:
    """Raise one. `kind` is plain words of ours; no name, address, typed text or place of a file goes with it."""
    log.critical("alarm", kind=kind, count=count)
