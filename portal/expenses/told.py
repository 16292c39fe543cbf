"""Who is emailed of claims, by name: for those of a board who see whose claims they are."""

from __future__ import annotations

from portal.boards import queries as board_queries
from portal.infra.unit_of_work import emails_written
from portal.infra.web.emailed import emailed


def emailed_by_name() -> str:
    """'Ann Fraser and Bo Both will be emailed.'"""
    return emailed(board_queries.people_named(one.person_id for one in emails_written()))
