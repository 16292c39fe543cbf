"""What claims want of people: reps send and answer, approvers decide, officers look at receipts for care."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from portal.access.permissions import CARE_RECEIPTS_CHECK, CLAIMS_DECIDE, CLAIMS_OWN, DESK_READ
from portal.boards.models import Board
from portal.core.clock import london_day
from portal.core.text import count_words, short_day_words
from portal.expenses.claims.queries import not_of, unsent
from portal.expenses.claims.rules import (
    DRAFT,
    MOST_TOLD,
    OFFER_STANDS,
    QUERIED,
    SENT,
    is_deadline_near,
    last_day_to_send,
    last_to_chase,
    reference,
)
from portal.expenses.models import Claim, ClaimLine, FirstDecision, Receipt
from portal.expenses.on_behalf.queries import unchecked
from portal.expenses.payments.todo import FINANCE_ADDRESS, TO_MAKE_RUN, WITH_FINANCE
from portal.expenses.policies.queries import deadline_days
from portal.expenses.policies.todo import DRAFTED_POLICY, NO_POLICY
from portal.infra.kept import Whoever
from portal.infra.todo import Rows, Says, ToDo, Whom
from portal.infra.todo_line import BY, SINCE, UNSAID, Line


@dataclass(frozen=True)
class Own:
    """A claim of somebody's with a question to answer, that an officer wrote for them, or that is offered to them."""

    board_id: UUID
    claim_id: UUID
    status: str
    prefix: str
    year: int | None
    number: int | None
    title: str
    happened_on: date
    begun_at: datetime
    handed_over_at: datetime | None
    lines: int
    is_copied: bool  # some of it from an earlier claim
    is_asked_for: bool  # offered to them lately, or written for them
    deadline_days: int | None

    @property
    def reference(self) -> str:
        return reference(self.prefix, self.year, self.number)

    @property
    def last_day(self) -> date | None:
        """The last day to send it, where there is something in it."""
        if self.status != DRAFT or not self.lines or self.deadline_days is None:
            return None
        return last_day_to_send(self.happened_on, self.deadline_days)

    def is_near(self, today: date) -> bool:
        return self.last_day is not None and is_deadline_near(self.last_day, today)

    def is_still_to_send(self, today: date) -> bool:
        """Begun by themselves, with something in it, and not long over its last day."""
        if self.status != DRAFT or not self.lines:
            return False
        return self.deadline_days is None or today <= last_to_chase(self.happened_on, self.deadline_days)


def _own(who: Whoever) -> Rows:
    asked_for = or_(Claim.offered_at > who.now - OFFER_STANDS, Claim.to_confirm_at.is_not(None))
    of_claim = (Claim.board_id, Claim.id.label("claim_id"), Claim.status, Claim.prefix, Claim.year, Claim.number)
    moments = (Claim.created_at.label("begun_at"), Claim.to_confirm_at.label("handed_over_at"))
    lines = select(func.count(ClaimLine.id)).where(ClaimLine.claim_id == Claim.id, ClaimLine.cost > 0)
    has = lines.correlate(Claim).scalar_subquery().label("lines")
    copied = exists().where(ClaimLine.claim_id == Claim.id, ClaimLine.is_copied).correlate(Claim)
    more = (copied.label("is_copied"), asked_for.label("is_asked_for"), deadline_days().label("deadline_days"))
    waits = or_(Claim.status == QUERIED, and_(Claim.status == DRAFT, asked_for), unsent(who.today))
    rows = select(*of_claim, Claim.title, Claim.happened_on, *moments, has, *more)
    return rows.where(who.within(CLAIMS_OWN, Claim), waits)


def _finish(found: Sequence[Own], today: date) -> Iterator[Line]:
    """What has a last day that is near goes first, and then what has waited longest."""
    wanted = [one for one in found if one.status == QUERIED or one.is_asked_for or one.is_still_to_send(today)]
    first = sorted(wanted, key=lambda one: (one.last_day if one.is_near(today) else date.max, one.begun_at))
    for claim in first[:MOST_TOLD]:
        line, says_day = _own_line(claim), claim.is_near(today) or not claim.is_asked_for
        yield replace(line, due_on=claim.last_day, day_is=BY) if says_day and claim.last_day else line


def _own_line(claim: Own) -> Line:
    where, day, since = {"claim_id": claim.claim_id}, short_day_words(claim.happened_on), london_day(claim.begun_at)
    if claim.status == QUERIED:
        title = f"Answer a question about your expenses: {claim.title}"
        return Line(since, title, claim.reference, where, day_is=UNSAID)
    if claim.handed_over_at:
        since, words = london_day(claim.handed_over_at), f"{claim.title}, {day}. Your officer wrote it for you"
        return Line(since, "Check a claim and send it", words, where, day_is=UNSAID)
    if not claim.is_asked_for:
        return Line(since, f"Send your claim: {claim.title}", day, where, day_is=UNSAID)
    if claim.lines and not claim.is_copied:
        return Line(since, f"Send your claim: {claim.title}", f"{day}. It has not been sent yet", where, day_is=UNSAID)
    usual = "We’ve started a claim with your usual expenses. Check it and send it"
    nothing = "Add what you spent, or say that you have no expenses for this"
    words = f"{day}. {usual if claim.lines else nothing}"
    return Line(since, f"Did it cost you anything? {claim.title}", words, where, day_is=UNSAID)


@dataclass(frozen=True)
class Unchecked:
    """How many locked receipts for care wait on a board for an officer."""

    board_id: UUID
    board: str
    receipts: int
    oldest_at: datetime


def _unchecked(who: Whoever) -> Rows:
    of_board = (Receipt.board_id, Board.key.label("board"))
    return (
        select(*of_board, func.count(Receipt.id).label("receipts"), func.min(Claim.sent_at).label("oldest_at"))
        .join(Claim, Claim.id == Receipt.claim_id)
        .join(Board, Board.id == Receipt.board_id)
        .where(who.within(CARE_RECEIPTS_CHECK, Receipt), unchecked())
        .group_by(*of_board)
    )


def _look_at_receipts(found: Sequence[Unchecked], _today: date) -> Iterator[Line]:
    for waiting in found:
        title, since = f"Check {count_words(waiting.receipts, 'care receipt')}", london_day(waiting.oldest_at)
        yield Line(since, title, "Approvers cannot open these", {"board": waiting.board}, day_is=SINCE)


@dataclass(frozen=True)
class Undecided:
    """How many claims wait on a board for an approver, and since when the oldest does."""

    board_id: UUID
    claims: int
    oldest_at: datetime


def _undecided(who: Whoever) -> Rows:
    claims, oldest_at = func.count(Claim.id).label("claims"), func.min(Claim.sent_at).label("oldest_at")
    rows = select(Claim.board_id, claims, oldest_at).where(who.within(CLAIMS_DECIDE, Claim), Claim.status == SENT)
    first = (FirstDecision.claim_id == Claim.id, FirstDecision.by_id == who.id, FirstDecision.version == Claim.version)
    waits_for_another = exists().where(*first).correlate(Claim)
    return rows.where(not_of(who.id), ~waits_for_another).group_by(Claim.board_id)


def _decide(found: Sequence[Undecided], _today: date) -> Iterator[Line]:
    """All boards together, as they stand on one page."""
    since = london_day(min(board.oldest_at for board in found))
    title = f"Decide {count_words(sum(board.claims for board in found), 'claim')}"
    yield Line(since, title, day_is=SINCE)


@dataclass(frozen=True)
class OfRep:
    """How many claims of a rep wait for a decision: their number, and nothing of what is in them."""

    board_id: UUID
    person_id: UUID
    claims: int


def _of_reps(who: Whoever) -> Rows:
    of_rep = (Claim.board_id, Claim.person_id)
    rows = select(*of_rep, func.count(Claim.id).label("claims")).where(who.within(DESK_READ, Claim))
    return rows.where(Claim.status == SENT).group_by(*of_rep)


OWN = ToDo("own claim", Whom.THEMSELVES, Own, _own, first_page=Says("expenses.show", _finish))
TO_CHECK = ToDo(
    "care receipts",
    Whom.STAFF,
    Unchecked,
    _unchecked,
    first_page=Says("expenses.care_receipts", _look_at_receipts),
    desk=Says("expenses.care_receipts", _look_at_receipts),
)
TO_DECIDE = ToDo(
    "claims to decide",
    Whom.STAFF,
    Undecided,
    _undecided,
    first_page=Says("expenses.to_decide", _decide, all_boards=True),
)
CLAIMS_OF_REPS = ToDo("claims of a rep", Whom.NOBODY, OfRep, _of_reps, in_table=True)
TODO = (OWN, TO_CHECK, TO_DECIDE, TO_MAKE_RUN, WITH_FINANCE, FINANCE_ADDRESS, NO_POLICY, DRAFTED_POLICY, CLAIMS_OF_REPS)
