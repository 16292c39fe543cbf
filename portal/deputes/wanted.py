"""What nominations want of people: officers confirm, deputes agree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, and_

from portal.access.decide import reach
from portal.access.permissions import DEPUTES_AGREE, DEPUTES_CONFIRM
from portal.access.roles import Viewer
from portal.deputes.models import Nomination
from portal.deputes.rules import ASKED, CONFIRMED
from portal.infra.scope import within
from portal.infra.wanted import wants

TO_CONFIRM, TO_AGREE = "depute_to_confirm", "depute_to_agree"


def _rows(kind: str) -> Select[Any]:
    more = {"moment": Nomination.nominated_at, "name": Nomination.name}
    return wants(kind, Nomination.id, Nomination.board_id, **more)


def of_person(person: Viewer) -> Iterator[Select[Any]]:
    """What waits for this person."""
    if confirm := reach(person, DEPUTES_CONFIRM):
        yield _rows(TO_CONFIRM).where(Nomination.status == ASKED, within(confirm, Nomination))
    if agree := reach(person, DEPUTES_AGREE):
        open_to_agree = and_(Nomination.status == CONFIRMED, Nomination.agreed_at.is_(None))
        yield _rows(TO_AGREE).where(open_to_agree, within(agree, Nomination))
