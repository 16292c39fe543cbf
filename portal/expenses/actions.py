"""Every change to a claim by whoever makes it: begun, offered, lines, receipts, sent, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, or_, update

from portal.boards.models import Board
from portal.core import clock
from portal.expenses import queries
from portal.expenses.categories import BY_KEY
from portal.expenses.events import ClaimBegun, ClaimChanged, ClaimOffered, ClaimSent, ClaimWithdrawn, ReceiptOpened
from portal.expenses.models import Claim, ClaimLine, Receipt
from portal.expenses.pricing import price_again
from portal.expenses.rules import DRAFT, NOTHING, OPEN_TO_CHANGE, SENT, WITHDRAWN, may_become, problems
from portal.expenses.to_check import lines_to_check
from portal.infra import files
from portal.infra.database import db, rows_changed
from portal.infra.sealed_files import lock, unlock
from portal.infra.unit_of_work import record
from portal.infra.versions import ChangedMeanwhile
from portal.meetings.models import Meeting

USUAL = ("category", "tenths", "minutes", "paid")  # what a new claim takes over from the last one


class NotReady(Exception):
    """Something stands in the way of sending; `sentences` says what."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(sentences)
        self.sentences = sentences


def begin(claim_id: UUID, board_id: UUID, person_id: UUID, what: str, title: str, happened_on: date) -> Claim:
    """A new claim for something that is no meeting. The same id twice, from a form sent twice, is one claim."""
    found = queries.own_claim_by_id(person_id, claim_id)
    if found is not None:
        return found
    claim = Claim(id=claim_id, board_id=board_id, person_id=person_id, what=what, title=title)
    return _added(claim, happened_on)


def _added(claim: Claim, happened_on: date) -> Claim:
    claim.happened_on, claim.made_at, claim.status, claim.version = happened_on, clock.now(), DRAFT, 1
    db.session.add(claim)
    db.session.flush()
    record(ClaimBegun(**_of(claim)))
    return claim


def _of(claim: Claim) -> dict[str, Any]:
    return {"board_id": claim.board_id, "claim_id": claim.id, "person_id": claim.person_id}


def begin_for_meeting(meeting: Meeting, person_id: UUID) -> Claim:
    """The claim for a meeting, with what somebody usually claims; there is one for each meeting and person."""
    found = queries.claim_for_meeting(person_id, meeting.id)
    if found is not None:
        if found.status in (WITHDRAWN, NOTHING):
            _move(found, found.version, DRAFT)
        return found
    claim = Claim(id=uuid4(), board_id=meeting.board_id, person_id=person_id, what="meeting")
    claim.title, claim.meeting_id = meeting.group.name, meeting.id
    _added(claim, meeting.meets_on)
    _take_over_usual(claim)
    return claim


def _take_over_usual(claim: Claim) -> None:
    """The lines of the last claim for a meeting, on the new day; receipts are of their own day and stay behind."""
    last = queries.last_sent(claim.person_id, claim.board_id, claim.id)
    for one in queries.lines(last.id) if last else ():
        usual = ClaimLine(id=uuid4(), board_id=claim.board_id, claim_id=claim.id, person_id=claim.person_id)
        for name in USUAL:
            setattr(usual, name, getattr(one, name))
        usual.spent_on, usual.made_at, usual.note = claim.happened_on, clock.now(), one.note
        db.session.add(usual)
    price_again(claim)


def offer(meeting: Meeting, person_id: UUID) -> None:
    """The morning after: ask if it cost anything, with a claim already drafted. Once, and not of whoever began one."""
    if queries.claim_for_meeting(person_id, meeting.id) is None:
        claim = begin_for_meeting(meeting, person_id)
        claim.offered_at = clock.now()
        record(ClaimOffered(**_of(claim), meeting_id=meeting.id))


def keep_line(claim: Claim, line_id: UUID, typed: Mapping[str, Any]) -> ClaimLine:
    """Add a line, or change the one with this id, and price the claim again. Raises ChangedMeanwhile once sent."""
    _take_version(claim)
    line = next((one for one in queries.lines(claim.id) if one.id == line_id), None)
    if line is None:
        line = ClaimLine(id=line_id, board_id=claim.board_id, claim_id=claim.id, person_id=claim.person_id)
        line.made_at = clock.now()
        db.session.add(line)
    for name, value in typed.items():
        setattr(line, name, value)
    price_again(claim)
    record(ClaimChanged(**_of(claim)))
    return line


def _take_version(claim: Claim) -> None:
    """The next version of a claim that is still open. Raises ChangedMeanwhile for one that was sent meanwhile."""
    statement = update(Claim).where(Claim.id == claim.id, Claim.status.in_(OPEN_TO_CHANGE))
    if rows_changed(statement.values(version=Claim.version + 1)) != 1:
        raise ChangedMeanwhile
    db.session.refresh(claim, ["version", "status"])


def remove_line(claim: Claim, line: ClaimLine) -> None:
    """Take a line away with its receipts. Raises ChangedMeanwhile once the claim is sent."""
    _take_version(claim)
    for receipt in queries.receipts(claim.id)[line.id]:
        _forget(receipt)
    db.session.flush()
    db.session.delete(line)
    price_again(claim)
    record(ClaimChanged(**_of(claim)))


def add_receipt(claim: Claim, line: ClaimLine, name: str, kind: str, content: bytes, sha256: str) -> Receipt:
    """Keep a checked file for a line: written and synced before its row; locked where it may tell of care."""
    _take_version(claim)
    receipt = Receipt(id=uuid4(), board_id=claim.board_id, claim_id=claim.id, person_id=claim.person_id)
    receipt.line_id, receipt.file_name, receipt.kind, receipt.sha256 = line.id, name, kind, sha256
    receipt.made_at, receipt.stored_as = clock.now(), f"receipts/{claim.board_id.hex}/{receipt.id.hex}"
    if BY_KEY[line.category].is_care:
        receipt.key, content = lock(content, receipt.stored_as)
        receipt.file_name = "Receipt." + name.rsplit(".", 1)[-1].lower()[:4]  # names of files name people, too
    files.keep(receipt.stored_as, content)
    db.session.add(receipt)
    record(ClaimChanged(**_of(claim)))
    return receipt


def open_receipt(receipt: Receipt) -> bytes:
    """The file, for whoever may see it; the trail has a line for each time."""
    of = {"board_id": receipt.board_id, "claim_id": receipt.claim_id, "person_id": receipt.person_id}
    record(ReceiptOpened(**of, receipt_id=receipt.id))
    content = files.read(receipt.stored_as)
    return unlock(receipt.key, content, receipt.stored_as) if receipt.sealed_key else content


def remove_receipt(claim: Claim, receipt: Receipt) -> None:
    """Raises ChangedMeanwhile once the claim is sent."""
    _take_version(claim)
    _forget(receipt)
    record(ClaimChanged(**_of(claim)))


def _forget(receipt: Receipt) -> None:
    files.let_go(receipt.stored_as)
    db.session.delete(receipt)


def send(claim: Claim, version: int) -> None:
    """Send a claim to the approvers. Raises NotReady, and ChangedMeanwhile when it is not as the page showed it."""
    price_again(claim)
    lines = queries.lines(claim.id)
    if found := problems(lines_to_check(claim, lines), sum(one.covered for one in lines)):
        raise NotReady(found)
    _move(claim, version, SENT)
    claim.sent_at, claim.reason = clock.now(), ""
    for one in lines:
        one.approved, one.declined_because = None, ""
    if claim.number is None:
        _give_reference(claim)
    record(ClaimSent(**_of(claim), version=claim.version))


def _give_reference(claim: Claim) -> None:
    """The next number of the board's year. The board's row is locked, so that two at once get two numbers."""
    board = db.session.get_one(Board, claim.board_id, with_for_update=True)
    policy = queries.policy_on(claim.board_id, claim.happened_on)
    claim.prefix = (policy.prefix if policy else "") or board.short_name[:2].upper()
    claim.year = clock.today().year
    claim.number = queries.next_number(claim.board_id, claim.year)
    db.session.flush()


def _move(claim: Claim, version: int, status: str) -> None:
    """The claim's next state, in one UPDATE that two at once cannot both win. Raises ChangedMeanwhile."""
    if not may_become(claim.status, status):
        raise ChangedMeanwhile
    statement = update(Claim).where(Claim.id == claim.id, Claim.version == version, Claim.status == claim.status)
    if rows_changed(statement.values(status=status, version=version + 1)) != 1:
        raise ChangedMeanwhile
    db.session.refresh(claim, ["status", "version"])


def withdraw(claim: Claim, version: int) -> None:
    """Take a claim back before it is decided. Raises ChangedMeanwhile."""
    _move(claim, version, WITHDRAWN)
    record(ClaimWithdrawn(**_of(claim)))


def nothing_to_claim(claim: Claim, version: int) -> None:
    """It cost nothing, or they do not wish to say: a private choice, so no event. The board sees a count."""
    _move(claim, version, NOTHING)


def forget_person(person_id: UUID) -> None:
    """An account ended: claims that were never sent go; what was paid stays as the board's accounts."""
    never_sent = (Claim.person_id == person_id, or_(Claim.status == DRAFT, Claim.status == NOTHING))
    for claim in db.session.scalars(queries.of_person(person_id)):
        if claim.status in (DRAFT, NOTHING) and claim.sent_at is None:
            for receipts in queries.receipts(claim.id).values():
                for receipt in receipts:
                    _forget(receipt)
            db.session.flush()
            db.session.execute(delete(ClaimLine).where(ClaimLine.claim_id == claim.id))
    db.session.execute(delete(Claim).where(*never_sent, Claim.sent_at.is_(None)))
