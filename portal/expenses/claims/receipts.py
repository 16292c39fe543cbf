"""Receipts of a claim: added, opened, checked by an officer, removed."""

from __future__ import annotations

from uuid import UUID

from portal.core import clock
from portal.expenses.categories import BY_KEY
from portal.expenses.claims.versions import take_version
from portal.expenses.events import (
    CareReceiptChecked,
    ClaimChanged,
    ReceiptOpened,
)
from portal.expenses.models import Claim, ClaimLine, Receipt, event_ids
from portal.infra.database import db
from portal.infra.storage import files
from portal.infra.storage.sealed_files import lock, unlock
from portal.infra.unit_of_work import record


def add_receipt(claim: Claim, line: ClaimLine, name: str, kind: str, content: bytes, sha256: str) -> Receipt:
    """Keep a checked file for a line: written and synced before its row; locked where it may tell of care."""
    take_version(claim)
    receipt = Receipt(board_id=claim.board_id, claim_id=claim.id, person_id=claim.person_id)
    receipt.line_id, receipt.file_name, receipt.kind, receipt.sha256 = line.id, name, kind, sha256
    receipt.created_at, receipt.stored_as = clock.now(), f"receipts/{claim.board_id.hex}/{receipt.id.hex}"
    if BY_KEY[line.category].is_care:
        receipt.key, content = lock(content, receipt.stored_as)
        receipt.file_name = "Receipt." + name.rsplit(".", 1)[-1].lower()[:4]  # names of files name people, too
    files.keep(receipt.stored_as, content)
    db.session.add(receipt)
    record(ClaimChanged(**event_ids(claim)))
    return receipt


def open_receipt(receipt: Receipt) -> bytes:
    """The file, for whoever may see it; the trail has a line for each time."""
    of = {"board_id": receipt.board_id, "claim_id": receipt.claim_id, "person_id": receipt.person_id}
    record(ReceiptOpened(**of, receipt_id=receipt.id))
    content = files.read(receipt.stored_as)
    return unlock(receipt.key, content, receipt.stored_as) if receipt.sealed_key else content


def check_care_receipt(receipt: Receipt, officer_id: UUID) -> None:
    """An officer looked at a locked receipt, and it is right: approvers see that, and never the receipt."""
    if receipt.checked_at is None:
        receipt.checked_at, receipt.checked_by_id = clock.now(), officer_id
        of = {"board_id": receipt.board_id, "claim_id": receipt.claim_id, "person_id": receipt.person_id}
        record(CareReceiptChecked(**of, receipt_id=receipt.id))


def remove_receipt(claim: Claim, receipt: Receipt) -> None:
    """Raises EditConflict once the claim is sent."""
    take_version(claim)
    forget_receipt(receipt)
    record(ClaimChanged(**event_ids(claim)))


def forget_receipt(receipt: Receipt) -> None:
    files.delete_later(receipt.stored_as)
    db.session.delete(receipt)
