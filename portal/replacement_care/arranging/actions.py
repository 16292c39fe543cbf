"""What officers do with requests for care."""

from __future__ import annotations

from uuid import UUID

from portal.core import clock
from portal.core.values import Typed
from portal.infra.database import db
from portal.infra.unit_of_work import record
from portal.infra.versions import EditConflict, changes, save_unless_changed
from portal.replacement_care.arranging.paid import paid_on
from portal.replacement_care.events import (
    CareArranged,
    CareAskedAgain,
    CareCannot,
    CareCostKept,
    CareEvent,
    CarePriceKept,
    CareProviderTold,
    CareTaken,
    CareTextRead,
    CareToAgree,
    OfficerStoodAside,
)
from portal.replacement_care.models import CareRequest, StoodAside, event_ids
from portal.replacement_care.requests import queries as requests_queries
from portal.replacement_care.requests.actions import move, save
from portal.replacement_care.requests.earlier_times import same_times, when_offered
from portal.replacement_care.requests.rules import (
    ARRANGED,
    ARRANGING,
    ASKED,
    CANNOT,
    CHANGE_AGREED,
    NEW_TIMES,
    OPEN,
    OTHERWISE,
    PAYER,
    PRICE,
    REP,
    Span,
)


class OnlyOfficer(Exception):
    """Nobody else could arrange it."""


def take(care: CareRequest, version: int, officer_id: UUID) -> None:
    """This officer arranges it from now on. Raises EditConflict when another took it first."""
    move(care, version, ARRANGING if care.status == ASKED else care.status, officer_id=officer_id)
    record(CareTaken(**event_ids(care)))


def arrange(care: CareRequest, version: int, officer_id: UUID, span: Span, typed: Typed) -> None:
    """Somebody comes. Other times than those asked for wait for the rep's yes, and both stay to be read.

    Raises EditConflict.
    """
    is_arranged = care.status == ARRANGED and care.officer_id == officer_id and care.version == version
    if is_arranged and not changes(care, **span.kept(), **typed):
        return
    same, before = same_times(span, care.span), _Before(care, typed)
    earlier = {} if same else when_offered(care.span, span, care.wanted_span)
    to_agree = "" if same and care.to_agree != REP else REP
    move(
        care,
        version,
        ARRANGED,
        officer_id=officer_id,
        to_agree=to_agree,
        arranged_at=care.arranged_at if care.status == ARRANGED else min(clock.now(), care.ends_at),
        ended_at=None,
        **earlier,
    )
    save(care, span, {**typed, **_entered(care, officer_id, typed)})
    db.session.flush()
    record(CareToAgree(**event_ids(care)) if to_agree else before.event(care))


class _Before:
    """How a request stood before it was arranged, and what of it is new to the rep."""

    def __init__(self, care: CareRequest, typed: Typed) -> None:
        self.is_change, self.was_arranged, self.had_cost = care.is_change, care.status == ARRANGED, bool(care.cost)
        self.others = set(changes(care, **typed))

    def event(self, care: CareRequest) -> CareEvent:
        if self.is_change:
            return CareArranged(**event_ids(care), news=NEW_TIMES if care.was_span else CHANGE_AGREED)
        if not self.was_arranged:
            return CareArranged(**event_ids(care))
        if self.others - {"cost", "invoice", "is_paid_by_board"}:
            return CareArranged(**event_ids(care), news=OTHERWISE)
        news = self._of_money(care)
        return CareArranged(**event_ids(care), news=news) if news else CarePriceKept(**event_ids(care))

    def _of_money(self, care: CareRequest) -> str:
        """Whoever is to pay first hears of each price, and that there is none any more."""
        if self.had_cost and "is_paid_by_board" in self.others:
            return PAYER
        if care.is_paid_by_board or "cost" not in self.others:
            return ""
        return PRICE if care.cost else OTHERWISE


def cannot(care: CareRequest, version: int, officer_id: UUID, answer: str) -> None:
    """It cannot be provided: why, and what else is offered. Raises EditConflict."""
    move(care, version, CANNOT, officer_id=officer_id, to_agree="", arranged_at=None, ended_at=clock.now())
    care.answer = answer
    db.session.flush()
    record(CareCannot(**event_ids(care)))


def read_text(care: CareRequest) -> None:
    """The trail has a line for each time, and the rep sees who read it."""
    record(CareTextRead(**event_ids(care)))


def _entered(care: CareRequest, officer_id: UUID, typed: Typed) -> Typed:
    """Who enters an invoice neither puts it into a payment run nor marks that as paid: it is kept who did."""
    is_other = any(name in typed and typed[name] != getattr(care, name) for name in ("cost", "invoice"))
    return {"invoiced_by_id": officer_id} if is_other else {}


def keep_late_cost(
    care: CareRequest, version: int, officer_id: UUID, provider_id: UUID, cost: int, invoice: str
) -> None:
    """What a provider charges afterwards, or although it was cancelled; the board pays it. Raises EditConflict.

    Another amount than was there before is kept with it: whoever approves it reads that it was changed, or where no
    invoice was there yet, at what price it was arranged. Nothing is kept once it is paid: EditConflict as well.
    """
    if paid_on(care):
        raise EditConflict
    typed: Typed = {"provider_id": provider_id, "cost": cost, "invoice": invoice}
    if care.cost not in (None, cost):
        typed = {**typed, "cost_was": care.cost, "cost_changed_at": clock.now() if care.invoice else None}
    typed = {**typed, **_entered(care, officer_id, typed)}
    save_unless_changed(care, version, **typed, is_paid_by_board=True)
    record(CareCostKept(**event_ids(care)))


def tell_provider(care: CareRequest, version: int) -> None:
    """Whoever was to come knows that it is called off. Raises EditConflict."""
    save_unless_changed(care, version, provider_told_at=clock.now())
    record(CareProviderTold(**event_ids(care)))


def stand_aside(care: CareRequest, officer_id: UUID) -> None:
    """This officer knows the rep in private life. Raises OnlyOfficer when nobody else is there to arrange it."""
    if [key for key in requests_queries.officers_for(care) if key != officer_id] == []:
        raise OnlyOfficer
    db.session.add(StoodAside(board_id=care.board_id, person_id=officer_id, of_id=care.person_id, since=clock.now()))
    for each in requests_queries.open_of_person(care.person_id):
        if each.officer_id == officer_id and each.board_id == care.board_id and each.status in OPEN:
            move(each, each.version, ASKED if each.status == ARRANGING else each.status, officer_id=None)
            record(CareAskedAgain(**event_ids(each)))
    record(OfficerStoodAside(board_id=care.board_id, person_id=officer_id, of_id=care.person_id))
