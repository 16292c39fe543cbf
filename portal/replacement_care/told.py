"""Who is emailed of a request for care, by name: whom somebody knows on its board, and whose it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portal.boards import queries as board_queries
from portal.infra.guard import viewer
from portal.infra.web.emailed import emailed

if TYPE_CHECKING:
    from portal.replacement_care.models import CareRequest


def emailed_of(care: CareRequest) -> str:
    """'Isla Grant will be emailed.'"""
    return emailed({**board_queries.known_to(viewer(), care.board_id), care.person_id: care.person.name})
