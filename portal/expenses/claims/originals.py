"""The bytes of receipts as they were sent: locked, opened by no page, and gone once the claim is decided.

A copy that turns out to be spoilt can be made again from them (`flask portal make-receipts-again`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, delete, select

from portal.core import clock
from portal.expenses.models import Receipt, ReceiptOriginal
from portal.infra.database import db
from portal.infra.scope import CrossBoardReason, across_boards
from portal.infra.storage import files
from portal.infra.storage.sealed_files import lock, unlock
from portal.infra.unit_of_work import records_nothing

KEPT_FOR = timedelta(days=90)
AT_ONCE = 200


@records_nothing("that the receipt is added is recorded")
def keep(receipt: Receipt, content: bytes) -> None:
    """Written and synced before its row."""
    kept = ReceiptOriginal(board_id=receipt.board_id, claim_id=receipt.claim_id, person_id=receipt.person_id)
    kept.receipt_id, kept.created_at = receipt.id, clock.now()
    kept.stored_as = f"receipts/{receipt.board_id.hex}/{kept.id.hex}-sent"
    kept.key, locked = lock(content, kept.stored_as)
    files.keep(kept.stored_as, locked)
    db.session.add(kept)
    db.session.flush()


def opened(original: ReceiptOriginal) -> bytes:
    """What was sent."""
    return unlock(original.key, files.read(original.stored_as), original.stored_as)


def every_id() -> list[UUID]:
    """Those of every board, for the operator's command."""
    every = across_boards(select(ReceiptOriginal.id).order_by(ReceiptOriginal.id), CrossBoardReason.CLOCK)
    return list(db.session.scalars(every))


@records_nothing("what becomes of the receipts is recorded")
def forget(receipt_ids: Collection[UUID]) -> None:
    """Of these receipts."""
    _forget(ReceiptOriginal.receipt_id.in_(list(receipt_ids)))


@records_nothing("the decision is recorded")
def forget_of_claim(board_id: UUID, claim_id: UUID) -> None:
    """Of a whole claim, as it is decided."""
    _forget((ReceiptOriginal.board_id == board_id) & (ReceiptOriginal.claim_id == claim_id))


@records_nothing("nobody did it: its time is over")
def remove_old() -> int:
    """Remove what was sent 90 days ago; how many. A legal hold keeps the copies, not these."""
    old = select(ReceiptOriginal.id).where(ReceiptOriginal.created_at <= clock.now() - KEPT_FOR)
    old = old.order_by(ReceiptOriginal.id).limit(AT_ONCE)
    ids = db.session.scalars(across_boards(old, CrossBoardReason.CLOCK)).all()
    _forget(ReceiptOriginal.id.in_(ids))
    return len(ids)


def _forget(which: ColumnElement[bool]) -> None:
    """Each file goes once the transaction is through."""
    stored = select(ReceiptOriginal.stored_as).where(which).order_by(ReceiptOriginal.id)
    for stored_as in db.session.scalars(stored).all():
        files.delete_later(stored_as)
    db.session.execute(delete(ReceiptOriginal).where(which).execution_options(synchronize_session=False))
