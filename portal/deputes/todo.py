"""What nominations want of people: officers confirm, deputes agree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from portal.access.permissions import DEPUTES_AGREE, DEPUTES_CONFIRM
from portal.accounts.models import Person
from portal.boards.models import Group
from portal.core.clock import london_day
from portal.deputes.models import Nomination
from portal.deputes.rules import ASKED, CONFIRMED
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import SINCE, Line
from portal.role_descriptions.models import RoleDescription
from portal.role_descriptions.queries import is_newest, not_agreed


@dataclass(frozen=True)
class Nominated:
    """Somebody whom a rep would like to stand in."""

    board_id: UUID
    nomination_id: UUID
    name: str
    nominated_at: datetime
    group_name: str
    rep_name: str

    @property
    def since(self) -> date:
        return london_day(self.nominated_at)

    @property
    def for_whom(self) -> str:
        return f"for {self.rep_name}, {self.group_name}"


def _nominated() -> Rows:
    names = (Group.name.label("group_name"), Person.name.label("rep_name"))
    of_nomination = (Nomination.board_id, Nomination.id.label("nomination_id"), Nomination.name)
    statement = select(*of_nomination, Nomination.nominated_at, *names).join(Nomination.group)
    return statement.join(Person, Person.id == Nomination.on_behalf_of_id)


def _to_confirm(who: Whoever) -> Rows:
    return _nominated().where(Nomination.status == ASKED, who.within(DEPUTES_CONFIRM, Nomination))


def _confirm(found: Sequence[Nominated], _today: date) -> Iterator[Line]:
    for depute in found:
        where = {"nomination_id": depute.nomination_id}
        yield Line(depute.since, f"Confirm {depute.name} as depute", where=where, day_is=SINCE, apart=depute.for_whom)


def _confirm_on_desk(found: Sequence[Nominated], _today: date) -> Iterator[Line]:
    for depute in found:
        where = {"nomination_id": depute.nomination_id}
        yield Line(depute.since, f"{depute.name}: confirm as depute", where=where, day_is=SINCE, apart=depute.for_whom)


def _to_agree(who: Whoever) -> Rows:
    is_open = (Nomination.status == CONFIRMED, Nomination.agreed_at.is_(None))
    return _nominated().where(*is_open, who.within(DEPUTES_AGREE, Nomination))


def _agree(found: Sequence[Nominated], _today: date) -> Iterator[Line]:
    for depute in found:
        yield Line(depute.since, "Agree to be a depute", "Someone would like you to be their stand-in", day_is=SINCE)


@dataclass(frozen=True)
class RoleChanged:
    """A group of which a depute agreed to stand in, and not to the newest description of the role."""

    board_id: UUID
    group_name: str
    published_at: datetime


def _role_changed(who: Whoever) -> Rows:
    of_group = (Nomination.board_id, Group.name.label("group_name"), RoleDescription.published_at)
    statement = select(*of_group).join(Nomination.group).distinct()
    statement = statement.join(RoleDescription, RoleDescription.group_id == Nomination.group_id)
    agreed = (Nomination.status == CONFIRMED, Nomination.agreed_at.is_not(None))
    return statement.where(*agreed, is_newest(), not_agreed(who.id), who.within(DEPUTES_AGREE, Nomination))


def _agree_again(found: Sequence[RoleChanged], _today: date) -> Iterator[Line]:
    for role in found:
        title = f"Read and agree the role of a rep you stand in for: {role.group_name}"
        yield Line(london_day(role.published_at), title, "The role has a new version", day_is=SINCE)


TO_CONFIRM = ToDo(
    "depute to confirm",
    Whom.STAFF,
    Nominated,
    _to_confirm,
    first_page=Says("deputes.decide", _confirm),
    desk=Says("deputes.decide", _confirm_on_desk),
)
TO_AGREE = ToDo(
    "agreement to be a depute", Whom.THEMSELVES, Nominated, _to_agree, first_page=Says("deputes.index", _agree)
)
ROLE_CHANGED = ToDo(
    "new version of the role for a depute",
    Whom.THEMSELVES,
    RoleChanged,
    _role_changed,
    first_page=Says("deputes.index", _agree_again),
)
TODO = (TO_CONFIRM, TO_AGREE, ROLE_CHANGED)
