"""Saving an expense together with the receipts that came with it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from portal.expenses.claims import actions, receipts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from portal.core.values import Typed
    from portal.expenses.models import Claim
    from portal.papers.uploads import AcceptedFile


def save_with_receipts(claim: Claim, line_id: UUID, typed: Typed, files: Sequence[AcceptedFile]) -> str:
    """What to say of files whose names were changed, or ''. Raises EditConflict once the claim is sent."""
    line = actions.save_line(claim, line_id, typed)
    return receipts.renamed((receipts.add_file(claim, line, one), one) for one in files)
