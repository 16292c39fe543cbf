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
from portal.infra.todo import SINCE, Line, Rows, Says, ToDo, Whom


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
TODO = (TO_CONFIRM, TO_AGREE)
