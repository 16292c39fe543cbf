"""Receipts of a claim: added, opened, checked by an officer, removed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag

from portal.audit import queries as audit
from portal.core import clock
from portal.expenses.categories import BY_KEY
from portal.expenses.claims import originals, queries
from portal.expenses.claims.versions import take_version
from portal.expenses.events import (
    CareReceiptChecked,
    ClaimChanged,
    ReceiptMadeAgain,
    ReceiptOpened,
)
from portal.expenses.models import Claim, ClaimLine, Receipt, ReceiptOriginal, event_ids
from portal.infra.alarms import alarm
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.storage.files import Damaged
from portal.infra.storage.sealed_files import lock_with, new_key, unlock
from portal.infra.unit_of_work import record
from portal.infra.versions import EditConflict
from portal.papers import uploads
from portal.papers.uploads import AcceptedFile

NUMBERED = re.compile(r"Receipt ([0-9]{1,4})\.")


def add_receipt(
    claim: Claim, line: ClaimLine, name: str, kind: str, content: bytes, sha256: str, original: bytes = b""
) -> Receipt:
    """Keep a checked file for a line: written and synced before its row; locked where it may tell of care.

    `original` is a picture as it was sent, of which the content is a copy.
    """
    take_version(claim)
    receipt = Receipt(board_id=claim.board_id, claim_id=claim.id, person_id=claim.person_id)
    receipt.line_id, receipt.file_name, receipt.kind, receipt.sha256 = line.id, name, kind, sha256
    receipt.created_at, receipt.stored_as = clock.now(), f"receipts/{claim.board_id.hex}/{receipt.id.hex}"
    same = queries.same_files(receipt)
    if BY_KEY[line.category].is_care or any(one.sealed_key for one in same):
        receipt.key, receipt.file_name = new_key(), _name_of_locked(claim.id, name)
    _write(receipt, content)
    db.session.add(receipt)
    db.session.flush()
    if original:
        originals.keep(receipt, original)
    for one in same if receipt.sealed_key else ():
        _lock(one)
    record(ClaimChanged(**event_ids(claim)))
    return receipt


def _name_of_locked(claim_id: UUID, name: str) -> str:
    """The names of files name people, too: one that may tell of care is kept without its own, with a number."""
    every = [one.file_name for found in queries.receipts(claim_id).values() for one in found if one.sealed_key]
    numbers = [int(found[1]) for one in every if (found := NUMBERED.match(one))]
    return f"Receipt {max(numbers, default=0) + 1}.{name.rsplit('.', 1)[-1].lower()[:4]}"


def _lock(receipt: Receipt) -> None:
    """The same file stands beside an expense for care: wherever it stands, it may tell of care."""
    if receipt.sealed_key:
        return
    content = files.read(receipt.stored_as)
    files.delete_later(receipt.stored_as)
    receipt.key, receipt.file_name = new_key(), _name_of_locked(receipt.claim_id, receipt.file_name)
    receipt.stored_as = f"receipts/{receipt.board_id.hex}/{uuid4().hex}"
    _write(receipt, content)
    db.session.flush()


def renamed(found: Iterable[tuple[Receipt, AcceptedFile]]) -> str:
    """'photo.webp was saved as photo.jpg.', of each that was; '' where all have the names they came with."""
    return " ".join(words for receipt, one in found if (words := one.said_as(receipt.file_name)))


def add_with_answer(claim: Claim, version: int, found: Iterable[tuple[ClaimLine, AcceptedFile]]) -> str:
    """Receipts that came with an answer, for the lines that were asked about; what is to be said of their names.

    Raises EditConflict when the claim is not as the page showed it.
    """
    if claim.version != version:
        raise EditConflict
    return renamed((add_file(claim, line, one), one) for line, one in found)


def add_file(claim: Claim, line: ClaimLine, one: AcceptedFile) -> Receipt:
    return add_receipt(claim, line, one.name, one.kind, one.content, one.sha256, one.original)


def _write(receipt: Receipt, content: bytes) -> None:
    locked = lock_with(receipt.key, content, receipt.stored_as) if receipt.sealed_key else content
    files.keep(receipt.stored_as, locked)


def make_again(original_id: UUID) -> bool:
    """Make the copy of a receipt from what was sent; whether it is another one now. Files are written once."""
    original = db.session.get(ReceiptOriginal, original_id)
    if original is None:  # the claim was decided a moment ago
        return False
    receipt = db.session.get_one(Receipt, original.receipt_id)
    made = uploads.check(receipt.file_name, originals.opened(original), "")
    if made.reason or made.content == _kept(receipt):
        return False
    files.delete_later(receipt.stored_as)
    receipt.stored_as = f"receipts/{receipt.board_id.hex}/{uuid4().hex}"
    receipt.key = new_key() if receipt.sealed_key else ""
    receipt.checked_at = receipt.checked_by_id = None  # an officer checked the file that it was
    _write(receipt, made.content)
    record(ReceiptMadeAgain(**_of(receipt)))
    return True


def _kept(receipt: Receipt) -> bytes:
    content = files.read(receipt.stored_as)
    return unlock(receipt.key, content, receipt.stored_as) if receipt.sealed_key else content


def _of(receipt: Receipt) -> dict[str, UUID]:
    """What every event about a receipt says of it."""
    of = {"board_id": receipt.board_id, "claim_id": receipt.claim_id, "person_id": receipt.person_id}
    return {**of, "receipt_id": receipt.id}


class CannotBeOpened(Exception):
    """The file of a receipt is gone, or not as it was kept."""


def open_receipt(receipt: Receipt, checks_id: UUID | None = None) -> bytes:
    """The file, for whoever may see it; the trail has a line for each time. Raises CannotBeOpened.

    `checks_id`: the officer who opens a locked one to check it.
    """
    try:
        content = _kept(receipt)
    except (Damaged, InvalidTag) as error:
        alarm("a stored file is damaged")
        raise CannotBeOpened from error
    record(ReceiptOpened(**_of(receipt), file=_present_file(receipt), checks_id=checks_id))
    return content


class NotOpened(Exception):
    """An officer cannot say that they checked a receipt whose present file they never opened."""


def _present_file(receipt: Receipt) -> str:
    """A receipt whose copy was made again has another one, to be opened again."""
    return receipt.stored_as.rsplit("/", 1)[-1]


def _has_opened(receipt: Receipt, officer_id: UUID) -> bool:
    """Whether the trail says that an officer opened the file as it is now."""
    opened = {"file": _present_file(receipt), "checks_id": str(officer_id)}
    lines = audit.lines_that_mention(receipt.board_id, [ReceiptOpened], [receipt.id])
    return any(opened.items() <= line.facts.items() for line in lines)


def check_care_receipt(receipt: Receipt, officer_id: UUID) -> None:
    """An officer opened a locked receipt, and it is right: approvers see that, and never the receipt.

    Raises NotOpened for one that this officer has not opened as it is now.
    """
    if not _has_opened(receipt, officer_id):
        raise NotOpened
    if receipt.checked_at is None:
        receipt.checked_at, receipt.checked_by_id = clock.now(), officer_id
        record(CareReceiptChecked(**_of(receipt)))


def remove_receipt(claim: Claim, receipt: Receipt) -> None:
    """Raises EditConflict once the claim is sent."""
    take_version(claim)
    forget_receipt(receipt)
    record(ClaimChanged(**event_ids(claim)))


def forget_receipt(receipt: Receipt) -> None:
    originals.forget([receipt.id])
    files.delete_later(receipt.stored_as)
    db.session.delete(receipt)
