"""What a capability says about itself, and everything that all of them said, gathered for the app."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from flask import Blueprint, Flask, current_app

from portal.access.roles import Viewer
from portal.core.events import Event
from portal.core.naming import Naming
from portal.core.occasions import Occasion
from portal.infra.correctable import Correctable
from portal.infra.notification import AnyNotification
from portal.infra.todo import AnyToDo
from portal.retention.rule import RetentionRule
from portal.sections import Section

if TYPE_CHECKING:
    from icalendar import Event as CalendarEntry

Value = TypeVar("Value")
Finder = Callable[[datetime], Iterator[Occasion]]
Chore = Callable[[], int]
Work = Callable[..., str | None]
Missing = Callable[[Viewer, Mapping[str, object]], "str | None"]  # of a person, and what is in the address
CalendarEntries = Callable[[Viewer, str, datetime], "list[CalendarEntry]"]  # of a person; the site's own address; now


class MenuEntry:
    """A page that the menu offers to whoever may open it; the pages of a section stand by `order`.

    `sections` are those in which it may stand: it is in the first that the menu of a role has. `heading` is what it
    stands under where its section is long. `within` are other pages that belong to it, as patterns of endpoints, beside
    those of its capability that are in no other entry. `permission` is said only where it is not that of the page's
    door. With `all_boards` it is offered to whoever may do it on every board.
    """

    def __init__(
        self,
        order: int,
        label: str,
        endpoint: str,
        *sections: Section,
        heading: str = "",
        within: tuple[str, ...] = (),
        permission: str = "",
        all_boards: bool = False,
    ) -> None:
        self.order, self.label, self.endpoint, self.sections = order, label, endpoint, sections
        self.heading, self.within, self.permission, self.all_boards = heading, within, permission, all_boards


@dataclass(frozen=True)
class Capability:
    """One thing that the portal does for people, and everything it brings along.

    `views` are the modules that hold its addresses. `emails` say who hears of what; their texts stand in the folder
    `emails` of its templates. `answered_by` is the role of a board that answers for what they say, and signs them; the
    board itself does where there is none. `todo` says what waits for people. `due` finds what today makes happen, by
    name. `work` does what must not happen in a request, by kind; `work_for_who_waits` is for what is quick and somebody
    waits for, in a loop of its own. `chores` are done each minute until they answer 0.
    `forget(person_id)` removes what it keeps for somebody whose account is erased. `reword(meeting_id, was, now)` takes
    a title that names someone out of what it keeps about a meeting. `calendar` adds entries to a
    person's calendar. `corrections` says which facts of the past can be put right, and how.
    `on_pages` are what templates of any capability can ask it, by name. `trail_names` give the names of things that its
    events tell of, today and before they were renamed, by the name of the id in the event.
    `takes_part` says who has said something about a meeting, and so knows of it without an email.
    `answered_before` says whose answer about a meeting was for another day, and for which: they are asked again.
    `online_at` says of those of some meetings to which a person said that they come whether it is online.
    `still_due` says in an email to the readers of a meeting's papers which of them are not here yet.
    `paid_care` says on which day the invoice of a request for care was paid, by its board and its id.
    `missing` makes a page for whoever gave up what is at an address, in the place of "Page not found".
    """

    name: str
    icon: str = "flag"  # beside what it wants of people
    blueprint: Blueprint | None = None
    views: tuple[ModuleType, ...] = ()
    menu: tuple[MenuEntry, ...] = ()
    emails: tuple[AnyNotification, ...] = ()
    answered_by: str = ""
    todo: tuple[AnyToDo, ...] = ()
    due: Mapping[str, Finder] = field(default_factory=dict)
    work: Mapping[str, Work] = field(default_factory=dict)
    work_for_who_waits: Mapping[str, Work] = field(default_factory=dict)
    chores: Mapping[str, Chore] = field(default_factory=dict)
    retention: tuple[RetentionRule, ...] = ()
    forget: Callable[[UUID], None] | None = None
    reword: Callable[[UUID, str, str], None] | None = None
    calendar: CalendarEntries | None = None
    corrections: tuple[Correctable, ...] = ()
    on_pages: Mapping[str, Callable[..., object]] = field(default_factory=dict)
    trail_names: Mapping[str, Naming] = field(default_factory=dict)
    takes_part: Callable[[UUID], Collection[UUID]] | None = None
    answered_before: Callable[[UUID], Mapping[UUID, date]] | None = None
    missing: Missing | None = None
    online_at: Callable[[UUID, Collection[UUID]], Mapping[UUID, bool]] | None = None
    still_due: Callable[[UUID], str] | None = None
    paid_care: Callable[[UUID, UUID], date | None] | None = None


@dataclass(frozen=True)
class Gathered:
    """What all capabilities said, in the order of the list. `sender_of` is the capability of each email."""

    capabilities: tuple[Capability, ...]
    menu: tuple[MenuEntry, ...]
    emails: tuple[AnyNotification, ...]
    sender_of: Mapping[str, str]
    todo: tuple[AnyToDo, ...]
    due: Mapping[str, Finder]
    work: Mapping[str, Work]
    waited_for: frozenset[str]  # kinds of work
    chores: Mapping[str, Chore]
    retention: tuple[RetentionRule, ...]
    correctable: Mapping[str, Correctable]

    @cached_property
    def emails_about(self) -> Mapping[type[Event], Sequence[AnyNotification]]:
        """Whom each event is told to, and how."""
        found = defaultdict(list)
        for notification in self.emails:
            found[notification.event].append(notification)
        return dict(found)

    @cached_property
    def email_called(self) -> Mapping[str, AnyNotification]:
        """One row of each email, by the email's name; what it says of the email itself, all rows of it say."""
        return {notification.email: notification for notification in self.emails}

    @cached_property
    def to_strangers(self) -> frozenset[str]:
        """The emails that go to people without an account."""
        return frozenset(name for name, notification in self.email_called.items() if notification.to_stranger)

    @cached_property
    def trail_names(self) -> Mapping[tuple[str, str], Naming]:
        """How the things in a capability's events are named, by the capability and the name of the id."""
        return {(one.name, key): names for one in self.capabilities for key, names in one.trail_names.items()}

    def answers_for(self, email: str) -> str:
        """The role that signs an email; '' where the board does."""
        of_email, sender = self.email_called[email].answered_by, self.sender_of[email]
        of_sender = next(one.answered_by for one in self.capabilities if one.name == sender)
        return of_sender if of_email is None else of_email

    @property
    def rule_of(self) -> dict[str, RetentionRule]:
        """How long the rows of each table are kept, by its name."""
        return {rule.table: rule for rule in self.retention}


def gather(capabilities: Iterable[Capability]) -> Gathered:
    """Put together what capabilities say. Raises ValueError for a name that two of them use."""
    every = tuple(capabilities)
    menu = sorted((entry for one in every for entry in one.menu), key=lambda entry: entry.order)
    return Gathered(
        capabilities=every,
        menu=tuple(menu),
        emails=tuple(notification for one in every for notification in one.emails),
        sender_of=_together({notification.email: one.name for notification in _agreed(one.emails)} for one in every),
        todo=tuple(_together({kind.name: kind for kind in one.todo} for one in every).values()),
        due=_together(one.due for one in every),
        work=_together(kinds for one in every for kinds in (one.work, one.work_for_who_waits)),
        waited_for=frozenset(kind for one in every for kind in one.work_for_who_waits),
        chores=_together(one.chores for one in every),
        retention=tuple(rule for one in every for rule in one.retention),
        correctable=_together({kind.kind: kind for kind in one.corrections} for one in every),
    )


def _agreed(emails: Iterable[AnyNotification]) -> Iterable[AnyNotification]:
    """The same rows. Raises ValueError for an event of which nobody hears, and for an email of two minds."""
    said: dict[str, tuple[object, ...]] = {}
    for notification in emails:
        if notification.event.nobody:
            raise ValueError(f"{notification.event.__name__} says that nobody hears of it, and yet there is an email")
        of_email = (
            notification.worth_days,
            notification.to_closed_accounts,
            notification.calendar,
            notification.unlisted,
            notification.to_stranger,
            notification.when_sent,
            notification.answered_by,
        )
        if said.setdefault(notification.email, of_email) != of_email:
            name = notification.email
            raise ValueError(f"two rows of the email {name} do not agree who may get it, with what, or how long")
        yield notification


def _together(each: Iterable[Mapping[str, Value]]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for mapping in each:
        if twice := found.keys() & mapping.keys():
            raise ValueError(f"two capabilities use the name {min(twice)}")
        found |= mapping
    return found


def install(app: Flask, gathered: Gathered) -> None:
    """Let an app know its capabilities."""
    app.extensions["capabilities"] = gathered


def gathered() -> Gathered:
    """What the capabilities of this app said."""
    found: object = current_app.extensions["capabilities"]
    assert isinstance(found, Gathered)  # noqa: S101 - put there by install
    return found


def icon_of(endpoint: str) -> str:
    """The icon of the capability that has a page."""
    name = endpoint.partition(".")[0]
    return next((one.icon for one in gathered().capabilities if one.name == name), "flag")
