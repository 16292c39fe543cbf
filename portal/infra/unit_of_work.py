"""One transaction a request: actions record events, and finishing handles them all before the one commit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from portal.core.events import Event
from portal.infra.database import db, will_write

Action = TypeVar("Action", bound=Callable[..., Any])  # any action
Recorded = TypeVar("Recorded", bound=Event)
Handler = Callable[[Event], None]
_handlers: list[Handler] = []
_OF_TRANSACTION = ("events", "held", "emails_to", "later", "leaving")
acting: ContextVar[UUID | None] = ContextVar("acting", default=None)  # who caused what is recorded


def handled_by(*handlers: Handler) -> None:
    """Set what is done with every event, in this order (the audit, reactions, emails)."""
    _handlers[:] = handlers


def record(event: Event) -> None:
    """Say that something happened; it is handled when the transaction finishes."""
    db.session.info.setdefault("events", []).append(event)


@dataclass(frozen=True)
class Held:
    """Until when the emails of a transaction wait, as it may be undone; and the undo by which they are found."""

    undo_id: UUID
    until: datetime


def hold_emails(undo_id: UUID, until: datetime) -> None:
    """Let the emails of everything in this transaction wait until then."""
    db.session.info["held"] = Held(undo_id, until)


def held() -> Held | None:
    found: Held | None = db.session.info.get("held")
    return found


def recorded(kind: type[Recorded]) -> list[Recorded]:
    """What of one kind has happened in this transaction so far, and waits to be handled."""
    return [event for event in db.session.info.get("events", []) if isinstance(event, kind)]


@dataclass(frozen=True)
class EmailTo:
    """Somebody to whom an email of this transaction goes; maybe later, only once they have joined, or with others."""

    person_id: UUID
    at: datetime | None = None
    once_joined: bool = False
    is_daily: bool = False  # it is part of the one email that they have asked for each day
    about: str = ""  # which email it is, by its name
    facts: Mapping[str, object] = field(default_factory=dict, compare=False)  # what this person reads in it


Foresees = Callable[[Event, datetime], Iterable[EmailTo]]
_foresee: list[Foresees] = []


def foreseen_by(foresee: Foresees) -> None:
    """Set what says who would be emailed about an event that happens at a moment to come."""
    _foresee[:] = [foresee]


def note_email(to: EmailTo) -> None:
    """An email was written: whoever writes it says so here, and nothing else knows how many there are."""
    db.session.info.setdefault("emails_to", []).append(to)


def record_later(event: Event, at: datetime) -> None:
    """Say that the clock will record this event then, so that its emails count among what was set off now."""
    db.session.info.setdefault("later", []).append((event, at))


def foreseen(event: Event, at: datetime) -> list[EmailTo]:
    """Who would be emailed about an event that the clock will record then."""
    return list(_foresee[0](event, at))


def emails_written() -> list[EmailTo]:
    """To whom everything that has happened so far is told: it is handled now, in the same transaction."""
    _handle()
    later = [to for event, at in db.session.info.get("later", []) for to in foreseen(event, at)]
    return [*db.session.info.get("emails_to", []), *later]


def records_nothing(_why: str) -> Callable[[Action], Action]:
    """Marks an action that records no event of its own, and says why."""
    return lambda action: action


def _handle() -> None:
    """What is done with the recorded events, and with those they cause."""
    waiting = db.session.info.setdefault("events", [])
    while waiting:
        event = waiting.pop(0)
        for handler in _handlers:
            handler(event)


def finish() -> None:
    """Handle the recorded events, and those they cause, then commit everything at once."""
    _handle()
    _forget()
    db.session.commit()


def abandon() -> None:
    """Leave nothing of this transaction behind."""
    db.session.info.pop("events", None)
    _forget()
    db.session.rollback()


def _forget() -> None:
    for what in _OF_TRANSACTION[1:]:
        db.session.info.pop(what, None)


@contextmanager
def tried_out() -> Iterator[None]:
    """What is done inside is taken back with all that it set off: a page can say beforehand what that would be."""
    before = {what: db.session.info.pop(what) for what in _OF_TRANSACTION if what in db.session.info}
    try:
        with db.session.begin_nested() as point:
            yield
            point.rollback()
    finally:
        for what in _OF_TRANSACTION:
            db.session.info.pop(what, None)
        db.session.info.update(before)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """A transaction outside a request: committed at the end, abandoned on any error."""
    token = will_write.set(True)
    try:
        yield
        finish()
    except BaseException:
        abandon()
        raise
    finally:
        will_write.reset(token)


@contextmanager
def look() -> Iterator[None]:
    """A transaction outside a request that changes nothing, so that on SQLite nobody who writes waits for it."""
    token = will_write.set(False)
    try:
        yield
        db.session.commit()
    except BaseException:
        abandon()
        raise
    finally:
        will_write.reset(token)
