"""How many requests for care each rep of a board has open, and which are not arranged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case

from portal.access.roles import Viewer
from portal.accounts.models import Person
from portal.infra.wanted import wants
from portal.replacement_care.models import CareRequest
from portal.replacement_care.requests.queries import in_sight
from portal.replacement_care.requests.rules import OPEN, UNARRANGED

CARE = "care"


def of_board(person: Viewer, board_id: UUID) -> Iterator[Select[Any]]:
    """Open requests within an officer's sight; `number` is 1 where one is not arranged."""
    of: dict[str, Any] = {"person_id": CareRequest.person_id, "day": CareRequest.on_day, "name": Person.name}
    of["number"] = case((CareRequest.status.in_(UNARRANGED), 1), else_=0)
    rows = wants(CARE, CareRequest.id, CareRequest.board_id, **of).join(Person, Person.id == CareRequest.person_id)
    yield rows.where(CareRequest.board_id == board_id, CareRequest.status.in_(OPEN), in_sight(person))
