"""How many claims of each rep of a board wait: their number, and nothing of what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from portal.expenses.claims.rules import QUERIED, SENT
from portal.expenses.models import Claim
from portal.infra.wanted import wants

CLAIM = "claim"


def of_board(board_id: UUID) -> Iterator[Select[Any]]:
    rows = wants(CLAIM, Claim.id, Claim.board_id, person_id=Claim.person_id)
    yield rows.where(Claim.board_id == board_id, Claim.status.in_((SENT, QUERIED)))
