"""What can have happened on a board."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from portal.boards.rules import GROUP_KINDS
from portal.boards.setting_words import SETTING_WORDS
from portal.core.changes import ChangeEvent, Label
from portal.core.events import BoardEvent, Event, personal
from portal.core.text import count_words, date_words
from portal.core.values import EventFacts


@dataclass(frozen=True, kw_only=True)
class BoardCreated(Event, sentence="Added the board", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class SettingsChanged(Event, sentence="Changed the settings"):
    """`values` are what each setting was and is; those that may name a person are erasable."""

    changed: tuple[str, ...]
    values: tuple[tuple[str, str, str], ...] = ()
    was_contact: str = personal()
    contact: str = personal()
    was_finance_email: str = personal()
    finance_email: str = personal()
    was_controller: str = personal()
    controller: str = personal()
    was_controller_address: str = personal()
    controller_address: str = personal()
    was_data_protection_contact: str = personal()
    data_protection_contact: str = personal()
    was_data_protection_email: str = personal()
    data_protection_email: str = personal()
    was_complaints_who: str = personal()
    complaints_who: str = personal()
    was_complaints_email: str = personal()
    complaints_email: str = personal()
    was_complaints_page: str = personal()
    complaints_page: str = personal()

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        values = {name: (was, now) for name, was, now in facts.get("values", ())}
        for name in facts["changed"]:
            if about_people.keys() & {name, f"was_{name}"}:
                values[name] = about_people.get(f"was_{name}", ""), about_people.get(name, "")
            words = SETTING_WORDS.get(name, name.replace("_", " "))
            was, now = values.get(name, ("", ""))
            yield f"{words}: was {was or 'empty'}, now {now or 'empty'}" if name in values else words


@dataclass(frozen=True, kw_only=True)
class PaperTargetSet(BoardEvent, sentence="Set the target for papers"):
    """From a day on; `meetings_from` is the first day whose meetings are measured by it."""

    was_days: int
    days: int
    from_on: date
    meetings_from: date

    @classmethod
    def details(cls, facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        yield f"was {count_words(facts['was_days'], 'day')}, now {count_words(facts['days'], 'day')}"
        yield f"for meetings from {date_words(date.fromisoformat(facts['meetings_from']))}"


@dataclass(frozen=True, kw_only=True)
class GroupCreated(Event, sentence="Added a group", nobody=True):
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class GroupChanged(ChangeEvent, sentence="Changed a group", nobody=True):
    """With the names it had and has; an older line holds none."""

    group_id: UUID
    was_name: str = ""
    now_name: str = ""

    labels: ClassVar[Mapping[str, Label]] = {
        "name": "name",
        "kind": ("kind", lambda kind: dict(GROUP_KINDS).get(str(kind), str(kind))),
    }

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        if not facts.get("values") and facts.get("was_name") != facts.get("now_name"):  # as older lines have it
            yield f"now called {facts['now_name']}"
        yield from super().details(facts, about_people)


@dataclass(frozen=True, kw_only=True)
class GroupClosed(Event, sentence="Closed a group", nobody=True):
    group_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatCreated(Event, sentence="Added a seat"):
    group_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class SeatChanged(ChangeEvent, sentence="Changed a seat"):
    group_id: UUID
    seat_id: UUID
    votes_from: date | None
    was_title: str = ""
    title: str = ""

    labels: ClassVar[Mapping[str, Label]] = {
        "title": "name",
        "created_on": "there since",
        "votes_from": "with a vote from",
    }

    @classmethod
    def details(cls, facts: EventFacts, about_people: Mapping[str, str]) -> Iterable[str]:
        if not facts.get("values") and facts.get("was_title") != facts.get("title"):  # as older lines have it
            yield f"now called {facts['title']}"
        yield from super().details(facts, about_people)


@dataclass(frozen=True, kw_only=True)
class SeatClosed(Event, sentence="Closed a seat"):
    group_id: UUID
    seat_id: UUID


@dataclass(frozen=True, kw_only=True)
class RepAppointed(BoardEvent, sentence="Appointed a carer rep"):
    group_id: UUID
    seat_id: UUID
    appointment_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(BoardEvent, sentence="Ended an appointment"):
    group_id: UUID
    appointment_id: UUID
    person_id: UUID
    was_until_on: date
    until_on: date | None = None  # an older line does not hold the new last day

    @classmethod
    def details(cls, facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        was = f"was until {date_words(date.fromisoformat(facts['was_until_on']))}"
        now = facts.get("until_on")
        yield f"{was}, now until {date_words(date.fromisoformat(now))}" if now else was


@dataclass(frozen=True, kw_only=True)
class DaysFree(BoardEvent, abstract=True):
    """An appointment is gone: its event is its history, with the days that are free again."""

    group_id: UUID
    seat_id: UUID
    person_id: UUID
    from_on: date
    until_on: date

    @classmethod
    def details(cls, facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        first, last = (date_words(date.fromisoformat(facts[name])) for name in ("from_on", "until_on"))
        yield f"from {first} until {last}"


class AppointmentCancelled(DaysFree, sentence="Cancelled an appointment that had not begun"):
    pass


class SeatGivenUp(DaysFree, sentence="Freed the seat of someone who did not join", nobody=True):
    """They had declined, or their invitation was withdrawn; others can be appointed for their days."""


@dataclass(frozen=True, kw_only=True)
class TermEndsSoon(BoardEvent, sentence="A term ends soon"):
    """An occasion of the calendar: six, three or one months are left."""

    group_id: UUID
    appointment_id: UUID
    person_id: UUID
    until_on: date


@dataclass(frozen=True, kw_only=True)
class RoleGiven(Event, sentence="Gave a role"):
    """`from_on` where it begins later; `until_on` where it has a last day; `asked_by` where another agreed to it."""

    named_as: ClassVar[Mapping[str, str]] = {"asked_by": "asked for by {}"}

    person_id: UUID
    role: str
    from_on: date | None = None
    until_on: date | None = None
    asked_by: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class RoleAsked(BoardEvent, sentence="Gave themselves a role, which another administrator has to confirm"):
    person_id: UUID
    role: str
    role_id: UUID


@dataclass(frozen=True, kw_only=True)
class RoleAnswered(BoardEvent, sentence="Answered whether a role that someone gave themselves begins"):
    person_id: UUID
    role: str
    role_id: UUID
    is_agreed: bool

    @classmethod
    def details(cls, facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        yield "agreed" if facts["is_agreed"] else "refused"


@dataclass(frozen=True, kw_only=True)
class RoleEnded(Event, sentence="Ended a role"):
    person_id: UUID
    role: str
    never_began: bool = False  # they had given it to themselves, and nobody had agreed


@dataclass(frozen=True, kw_only=True)
class OfferAccepted(BoardEvent, sentence="Accepted an invitation with the account they had"):
    """`offer_id` is the person whom the board had invited, under the name that was typed then."""

    person_id: UUID
    offer_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountChangeAgreed(Event, sentence="Agreed to change an account", nobody=True):
    """An administrator agreed, for their board, to a change of somebody's account."""

    person_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class BoardChangedAccount(BoardEvent, abstract=True):
    """An administrator changed the account of somebody in whose account no other board has a say."""

    person_id: UUID


class BoardClosedAccount(BoardChangedAccount, sentence="Closed someone’s account", nobody=True):
    pass


class BoardOpenedAccount(BoardChangedAccount, sentence="Reopened someone’s account", nobody=True):
    pass


class BoardClearedFactor(BoardChangedAccount, sentence="Reset someone’s two-step sign-in", nobody=True):
    pass


@dataclass(frozen=True, kw_only=True)
class AgreementAsked(BoardEvent, sentence="Administrators were asked to agree to change an account"):
    """Another board of the same person must agree too: its administrators are asked."""

    person_id: UUID
    what: str


@dataclass(frozen=True, kw_only=True)
class PeopleImported(Event, sentence="Imported people from a list"):
    """`people` counts roles and seats; `into` says which, with the number of each. An older line does not hold it."""

    people: int
    into: tuple[str, ...] = ()

    @classmethod
    def details(cls, facts: EventFacts, _about_people: Mapping[str, str]) -> Iterable[str]:
        yield from facts.get("into") or (count_words(facts["people"], "role or seat", "roles and seats"),)
