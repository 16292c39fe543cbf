"""What a capability says of an email: what happened, who hears of it, in which email, and the facts of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from portal.core.events import Event

Facts = dict[str, Any]  # as JSON; kept with the email, and given to its templates
Happened = TypeVar("Happened", bound=Event)


@dataclass(frozen=True)
class Recipient:
    """A person to write to, at their own address unless another is given."""

    person_id: UUID
    address: str | None = None


@dataclass(frozen=True)
class Reader:
    """Whoever will read an email, as far as its facts can depend on it."""

    id: UUID
    minutes_per_page: int


@dataclass(frozen=True)
class Letter:
    """From which address to which an email goes."""

    sender: str
    to: str


@dataclass(frozen=True)
class CalendarPart:
    """A calendar file that goes with an email, and what calendars are to do with it (RFC 5546)."""

    method: str
    content: str


@dataclass(frozen=True)
class Later(Generic[Happened]):
    """Of an email that tells of a change: the one by which people first hear of what has changed.

    Where that one is still to go to somebody who knows nothing of it, it goes with the facts of then, and this does
    not; at once, where `is_soon` says of the event that it cannot be held. Where this goes, that one does not: `why`.
    """

    first: str
    is_soon: Callable[[Happened], bool]
    why: str


@dataclass(frozen=True)
class Notification(Generic[Happened]):
    """One row of the emails of a capability. Several rows may tell of one event, and in one email of several.

    `facts` is worked out once for an event, however many people hear of it; None says that there is nothing to tell.
    `for_each` adds what differs from reader to reader, and asks the database nothing.

    Somebody chooses to get emails at once, in one a day, or only those that need them. `always` comes even to them who
    want only these; `at_once` comes at once, whatever was chosen. `gathered`: what comes of these on a day comes as one
    email, unless the reader chose otherwise. `worth_days` is how long it is worth sending; `until`, by
    the facts, where that is less. `calendar` makes the event itself, as calendars read it, from the facts.
    `unlisted`: no list of emails shows it to anybody.
    `to_stranger`: it goes to somebody without an account, in the name of a person who must not see it; their address is
    kept no longer than until it was sent.
    `cannot_wait`: it goes before the others, like a link that somebody sits and waits for.
    `to_address` says to which address of a board it goes, that is nobody's own; '' for none. Such a letter greets
    nobody, holds no link of somebody's, and is in no copy of anybody's data; `who` says who gets the same in person.
    `when_sent` looks at it once more before it goes, by its facts and by how many minutes its reader needs for a page:
    the facts as they are by then; or why it is not sent, in words that "before this email went out" can follow. An
    email that does not say so is sent as it was written.
    `takes_back`: the email that it takes back. Whoever was never sent that one, nor any other about the meeting, does
    not hear of this either. `later`: the email whose facts it changes, and that it does not go before.
    `follows`: the thing of which it says something new. What was held about that for the same person goes before it.
    `answered_by`: who signs it, where that is not who answers for the rest of its capability; '' for the board.
    `is_first`, by its facts: its reader hears of a thing by it and knew nothing of that before. What `follows` does not
    go to them while this waits: this says then what holds.
    Whoever has not joined gets links that let them in, and the rest once they have a password; `before_joining`: this
    goes to them too, as it tells of their account itself.
    """

    event: type[Happened]
    who: Callable[[Happened], list[Recipient]]
    email: str
    facts: Callable[[Happened], Facts | None]
    for_each: Callable[[Happened, Facts, Reader], Facts] | None = None
    always: bool = False
    at_once: bool = False
    gathered: bool = False
    worth_days: int = 7
    to_closed_accounts: bool = False
    to_suspended: bool = False
    calendar: Callable[[Facts, Letter], CalendarPart | None] | None = None
    cannot_wait: bool = False
    before_joining: bool = False
    unlisted: bool = False
    to_stranger: bool = False
    until: Callable[[Facts], datetime | None] | None = None
    to_address: Callable[[Happened], str] | None = None
    when_sent: Callable[[Facts, int], Facts | str] | None = None
    takes_back: str = ""
    later: Later[Happened] | None = None
    follows: Callable[[Happened], UUID] | None = None
    is_first: Callable[[Facts], bool] | None = None
    answered_by: str | None = None


# A table of rows is written without its type: with this one given to it, mypy would compare no row's event, people and
# facts with each other any more.
AnyNotification = Notification[Any]  # of whichever event


class AboutPerson(Protocol):
    """An event about somebody, who may have no account yet."""

    @property
    def person_id(self) -> UUID | None: ...


def the_person(event: AboutPerson) -> list[Recipient]:
    """Whom the event is about, if they have an account."""
    return [Recipient(event.person_id)] if event.person_id else []


def each(ids: Iterable[UUID]) -> list[Recipient]:
    """People at their own addresses, nobody twice."""
    return [Recipient(person_id) for person_id in dict.fromkeys(ids)]


def only_an_address(_event: Event) -> list[Recipient]:
    """Of what goes to an address alone."""
    return []


def nothing_more(_event: Event) -> Facts:
    """For an email that says the same to everybody."""
    return {}


def whether_own(event: AboutPerson, _facts: Facts, reader: Reader) -> Facts:
    """`own`: whether it is about the reader."""
    return {"own": event.person_id == reader.id}
