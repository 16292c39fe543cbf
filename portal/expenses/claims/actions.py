"""Every change to a claim by whoever makes it: begun, offered, lines, sent, taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import update

from portal.boards.models import Board
from portal.core import clock
from portal.core.values import Typed
from portal.expenses.categories import CARE
from portal.expenses.claims import queries
from portal.expenses.claims.completeness import as_sent, lines_to_check
from portal.expenses.claims.drafting import CheckInAnswer, UsualLine, drafted
from portal.expenses.claims.prices import price_again
from portal.expenses.claims.receipts import forget_receipt
from portal.expenses.claims.rules import DRAFT, NOTHING, OPEN_TO_CHANGE, SENT, WITHDRAWN, may_become, problems
from portal.expenses.claims.versions import forget_first, take_version
from portal.expenses.events import (
    ClaimBegun,
    ClaimChanged,
    ClaimPrompted,
    ClaimSent,
    ClaimToConfirm,
    ClaimWithdrawn,
)
from portal.expenses.models import Claim, ClaimLine, event_ids
from portal.expenses.policies import queries as policies_queries
from portal.expenses.questions import actions as questions_actions
from portal.expenses.questions import queries as questions_queries
from portal.expenses.questions.rules import WITHDRAWN as CLAIM_WITHDRAWN
from portal.expenses.questions.rules import problem_with_answer, what_was_done
from portal.infra.database import db, rows_changed
from portal.infra.unit_of_work import record, records_nothing
from portal.infra.versions import EditConflict, assign
from portal.meetings.models import Meeting
from portal.replacement_care.requests.rules import Span


class NotReady(Exception):
    """Something stands in the way of sending; `sentences` says what."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(sentences)
        self.sentences = sentences


def begin(
    claim_id: UUID,
    board_id: UUID,
    person_id: UUID,
    what: str,
    title: str,
    happened_on: date,
    helped_by_id: UUID | None = None,
) -> Claim:
    """A new claim for something. The same id twice, from a form sent twice, is one claim.

    `helped_by_id` is the officer who writes it for the person; the person confirms it by sending it.
    """
    found = queries.own_claim_by_id(person_id, claim_id)
    if found is not None:
        return found
    claim = Claim(
        id=claim_id, board_id=board_id, person_id=person_id, what=what, title=title, helped_by_id=helped_by_id
    )
    return _added(claim, happened_on)


def _added(claim: Claim, happened_on: date) -> Claim:
    claim.happened_on, claim.created_at, claim.status, claim.version = happened_on, clock.now(), DRAFT, 1
    db.session.add(claim)
    db.session.flush()
    record(ClaimBegun(**event_ids(claim), meeting_id=claim.meeting_id))
    return claim


def ask_to_confirm(claim: Claim) -> None:
    """An officer hands over what they wrote. From then on only the person can change it. Raises EditConflict."""
    take_version(claim)
    claim.to_confirm_at = clock.now()
    record(ClaimToConfirm(**event_ids(claim)))


def begin_for_meeting(meeting: Meeting, person_id: UUID, said: CheckInAnswer | None = None) -> Claim:
    """The claim for a meeting, with what somebody usually claims; there is one for each meeting and person."""
    found = queries.claim_for_meeting(person_id, meeting.id)
    if found is not None:
        if found.status in (WITHDRAWN, NOTHING):
            move(found, found.version, DRAFT)
        return found
    claim = Claim(board_id=meeting.board_id, person_id=person_id, what="meeting")
    claim.title, claim.meeting_id = meeting.group.name, meeting.id
    _added(claim, meeting.meets_on)
    _draft_lines(claim, said)
    return claim


def _draft_lines(claim: Claim, said: CheckInAnswer | None) -> None:
    """The lines of the last claim for a meeting that fit this one; receipts are of their own day and stay behind."""
    last = queries.last_sent(claim.person_id, claim.board_id, claim.id)
    before = queries.lines(last.id) if last else ()
    usual = [UsualLine(one.category, one.tenths, one.minutes, one.paid, one.note, one.is_return) for one in before]
    for one in drafted(usual, said):
        line = ClaimLine(board_id=claim.board_id, claim_id=claim.id, person_id=claim.person_id)
        line.category, line.tenths, line.minutes, line.paid = one.category, one.tenths, one.minutes, one.paid
        line.spent_on, line.created_at, line.note = claim.happened_on, clock.now(), one.note
        line.is_return, line.is_copied = one.is_return, one in usual
        db.session.add(line)
    claim.copied_from_id = last.id if last and usual else None
    price_again(claim)


def draft_care(person_id: UUID, board_id: UUID, meeting_id: UUID | None, title: str, span: Span, paid: int) -> None:
    """Care took place and the person paid for it: a line on the claim of that meeting or day, without a word of it.

    One that was drafted empty is filled in. A claim that was sent stays as it is, and there is a new one.
    """
    claim = queries.claim_for_meeting(person_id, meeting_id) if meeting_id else None
    if claim is None or claim.status not in OPEN_TO_CHANGE:
        of = {"board_id": board_id, "person_id": person_id, "title": title}
        free = None if claim else meeting_id  # a meeting has one claim
        claim = Claim(**of, what="meeting" if meeting_id else "event", meeting_id=free)
        _added(claim, span.day)
    take_version(claim)
    empty = (one for one in queries.lines(claim.id) if one.category == CARE and not one.paid)
    line = next(empty, None) or ClaimLine(board_id=board_id, claim_id=claim.id, person_id=person_id)
    line.category, line.spent_on, line.minutes, line.paid = CARE, span.day, span.minutes, paid
    line.created_at = line.created_at or clock.now()
    db.session.add(line)
    price_again(claim)
    record(ClaimChanged(**event_ids(claim)))


@records_nothing("who came is recorded")
def note_attendance(board_id: UUID, meeting_id: UUID, came: Collection[UUID]) -> None:
    """Keep for the claims of a meeting whose being there the clerk confirmed. The confirming itself is the event."""
    of_meeting = update(Claim).where(Claim.board_id == board_id, Claim.meeting_id == meeting_id)
    db.session.execute(of_meeting.values(is_attendance_confirmed=Claim.person_id.in_(list(came))))


def prompt_for_meeting(meeting: Meeting, person_id: UUID, said: CheckInAnswer | None = None) -> None:
    """The morning after: ask if it cost anything, with a claim already drafted. Once, and not of whoever began one."""
    if queries.claim_for_meeting(person_id, meeting.id) is None:
        claim = begin_for_meeting(meeting, person_id, said)
        claim.offered_at = clock.now()
        record(ClaimPrompted(**event_ids(claim), meeting_id=meeting.id))


def prompt_for_activity(board_id: UUID, person_id: UUID, what: str, title: str, day: date) -> None:
    """The same after a talk with carers or training that somebody logged."""
    of = {"board_id": board_id, "person_id": person_id, "what": what, "title": title}
    claim = _added(Claim(**of), day)
    claim.offered_at = clock.now()
    record(ClaimPrompted(**event_ids(claim)))


def save_line(claim: Claim, line_id: UUID, typed: Typed) -> ClaimLine:
    """Add a line, or change the one with this id, and price the claim again. Raises EditConflict once sent."""
    take_version(claim)
    line = next((one for one in queries.lines(claim.id) if one.id == line_id), None)
    if line is None:
        line = ClaimLine(id=line_id, board_id=claim.board_id, claim_id=claim.id, person_id=claim.person_id)
        line.created_at = clock.now()
        db.session.add(line)
    if not assign(line, **typed, is_copied=False):
        return line
    price_again(claim)
    record(ClaimChanged(**event_ids(claim)))
    return line


def remove_line(claim: Claim, line: ClaimLine) -> None:
    """Take a line away with its receipts. Raises EditConflict once the claim is sent."""
    take_version(claim)
    for receipt in queries.receipts(claim.id)[line.id]:
        forget_receipt(receipt)
    db.session.flush()
    db.session.delete(line)
    price_again(claim)
    record(ClaimChanged(**event_ids(claim)))


def send(claim: Claim, version: int, answer: str = "") -> None:
    """Send a claim to the approvers, with an answer if they asked something.

    Raises NotReady, and EditConflict when it is not as the page showed it.
    """
    lines, terms = price_again(claim)
    receipts = queries.receipts(claim.id)
    found = problems(lines_to_check(lines, terms, receipts), sum(one.covered for one in lines))
    asked, now = questions_queries.open_question(claim), questions_queries.lines_now(lines, receipts)
    about = asked.about if asked else {}
    found += [problem_with_answer(about, now, answer)] if asked else []
    if any(found):
        raise NotReady([one for one in found if one])
    is_first = claim.status == DRAFT
    move(claim, version, SENT)
    claim.sent_at = clock.now()
    claim.first_sent_at = claim.sent_at if is_first else claim.first_sent_at
    questions_actions.close(claim, answer, what_was_done(about, now))
    claim.before_lines, claim.sent_lines = claim.sent_lines, as_sent(lines, receipts)
    for one in lines:
        one.approved, one.declined_because = None, ""
    if is_new := claim.number is None:
        _give_reference(claim)
    record(ClaimSent(**event_ids(claim), version=claim.version, is_first=is_new))


def _give_reference(claim: Claim) -> None:
    """The next number of the board's year. The board's row is locked, so that two at once get two numbers."""
    board = db.session.get_one(Board, claim.board_id, with_for_update=True)
    policy = policies_queries.policy_on(claim.board_id, claim.happened_on)
    claim.prefix = (policy.prefix if policy else "") or board.short_name[:2].upper()
    claim.year = clock.today().year
    claim.number = queries.next_number(claim.board_id, claim.year)
    db.session.flush()


@records_nothing("why it moves is recorded")
def move(claim: Claim, version: int, status: str) -> None:
    """The claim's next state, in one UPDATE that two at once cannot both win. Raises EditConflict."""
    if not may_become(claim.status, status):
        raise EditConflict
    statement = update(Claim).where(Claim.id == claim.id, Claim.version == version, Claim.status == claim.status)
    if rows_changed(statement.values(status=status, version=version + 1)) != 1:
        raise EditConflict
    db.session.refresh(claim, ["status", "version"])
    forget_first(claim.id)


def withdraw(claim: Claim, version: int) -> None:
    """Take a claim back before it is decided. Raises EditConflict."""
    move(claim, version, WITHDRAWN)
    claim.earlier_days = 0
    questions_actions.close(claim, "", [CLAIM_WITHDRAWN])
    record(ClaimWithdrawn(**event_ids(claim)))
